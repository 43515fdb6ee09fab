/* SPDX-License-Identifier: MIT */
/*
 * A list that is split by time: an index with the reasons for the list, its
 * figures, its newest rows and its parts; and a page for each part, a month or
 * a year. So no page grows without end, and a new row moves no old one.
 *
 * To add one: a line in series_all[] (pages_series.c), its queries in
 * queries_lists.sql and its parts in lists.sql, its words under series.<index>
 * in both i18n files, and a golden site that has it.
 */
#ifndef RENDER_SERIES_H
#define RENDER_SERIES_H

#include "render/page.h"

#include <stdbool.h>

struct listing_column;

struct series {
	const char *name;		/* list_part.list */
	const char *folder;		/* of the index: "registry/" */
	const struct page_kind *index, *part;
	const struct listing_column *columns;
	/* ?1: how many; ?1: the part. `day` of a row is its date, `event` what
	 * tells it from other rows of the same achievement. */
	int newest, rows;
	int figures;	/* {name, count, href} above; < 0: none */
	const char *const *rules;	/* it is there for; ends with NULL */
	bool has_feed;
};

/* The series of an index or a part; NULL if the kind is neither. */
const struct series *series_of(const struct page_kind *kind);

/* All of them, ended by one without a name. */
extern const struct series series_all[];

/* Adds the pages of all of them. */
void series_list(struct site *site, struct arena *arena);

/* All of them with something in: [{label, href, count}]. */
struct value *series_index(struct site *site, struct arena *arena);

/* -- for the page kinds of a series: see struct page_kind ------------------ */

bool series_fill_index(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags);
bool series_fill_part(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags);
struct value *series_newest(struct site *site, const struct page *page,
    struct arena *arena);
struct value *series_rows(struct site *site, const struct page *page,
    struct arena *arena);
void series_add_parts(struct site *site, const struct page *page,
    struct arena *arena, struct value *head);

#endif
