/* SPDX-License-Identifier: MIT */
/*
 * What history says of a registry: the walk (stage_history.c) and the server's
 * receipts (stage_receipts.c), both by workers, into a store that is kept from
 * run to run. Commands other than check and build use it for receipts alone.
 */
#ifndef PIPELINE_STAGE_HISTORY_H
#define PIPELINE_STAGE_HISTORY_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag_list;
struct history;
struct history_store;
struct keyring;
struct pipeline;
struct progress;
struct signing_key;
struct source;
struct value;

struct chronicle {
	struct arena *arena;
	struct diag_list *diags;
	struct progress *progress;
	size_t jobs;
	struct history *history;	/* NULL: there is none */
	struct history_store *store;
	struct vec landings;		/* struct landing, newest first */
	size_t landing_count;		/* that are new */
	struct vec noted;		/* struct noted: that changed */
	const struct signing_key *keys;	/* that sign receipts */
	size_t key_count;
	int64_t shown;			/* the landing that the source shows,
					 * or the last that it has; 0: none */
	struct arena scratch;		/* of a worker */
	bool has_failed;
};

/*
 * Walks what is new and reads what notes are new. `settings` are those of
 * content/site.yaml. False with a diagnostic when that cannot be done; closed
 * all the same by chronicle_close().
 */
bool chronicle_open(struct chronicle *chronicle, const struct source *source,
    const struct value *settings, struct arena *arena,
    struct progress *progress, size_t jobs, struct diag_list *diags);
void chronicle_close(struct chronicle *chronicle);

/*
 * The keys that sign receipts, `receipts.keys` of the settings, into `arena`.
 * One that is no SSH key fails, with a diagnostic: without it receipts of
 * anybody's making would count.
 */
bool receipt_keys_read(struct arena *arena, const struct value *settings,
    const struct signing_key **keys, size_t *count, struct diag_list *diags);

/* A ring of these keys, to be opened after the fork; NULL where none are
 * listed. */
bool receipt_ring_open(struct arena *arena, const struct value *settings,
    struct keyring **keyring, struct diag_list *diags);

/* The diagnostic of a faulty note; `context` is the list. */
struct stored_note;
void receipt_report(void *context, const struct stored_note *note);

/* For stage_history.c. */
bool chronicle_read_keys(struct chronicle *chronicle,
    const struct value *settings);
bool chronicle_read_receipts(struct chronicle *chronicle);

#endif
