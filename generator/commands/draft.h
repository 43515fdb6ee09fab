/* SPDX-License-Identifier: MIT */
/*
 * `zheli draft`: a first version of a record that publishes, from what the
 * library has. draft.c reads the command line and writes the file;
 * draft_record.c knows what each kind of record says beside its items;
 * draft_items.c finds the candidates, has them judged by the very rules that
 * will judge the record, and picks; draft_notice.c makes a page of
 * announcements.
 *
 * Everything lives in the pipeline's arena.
 */
#ifndef COMMANDS_DRAFT_H
#define COMMANDS_DRAFT_H

#include "base/date.h"
#include "base/lang.h"
#include "base/str.h"
#include "model/kind.h"

#include <stdbool.h>
#include <stddef.h>

struct pipeline;
struct value;

struct draft {
	struct pipeline *pipeline;
	enum lang lang;		/* of the comments; records are Chinese */
	enum kind kind;
	struct str id;
	struct date first, last;	/* the period it is about */
	struct date date;	/* when it is out */
	struct str field, city;	/* only these; empty: all */
	size_t wanted;		/* how many items, about */
	struct value *presets;	/* for the skeleton: what the record says */
	size_t picked, listed;	/* what draft_items() found */
};

/* What a bulletin, release or ranking with this id says beside its items:
 * presets, period, date and how many items. The id is one of its kind. */
void draft_record(struct draft *draft);

/* Sets `items` in presets: those picked, then further candidates commented
 * out, each with the reasons. */
void draft_items(struct draft *draft);

/* The presets of a page that announces what a month brought; sets `listed`. */
void draft_notice(struct draft *draft);

/* Where it goes: record_path(), for a notice below notices/. */
struct str draft_path(const struct draft *draft);

#endif
