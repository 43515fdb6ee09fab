/* SPDX-License-Identifier: MIT */
/*
 * The history of the main branch: which commit brought what, found by one walk
 * along first parents. Each commit on that line is a *landing*: what the main
 * branch was at some moment, whatever side branches were merged by it.
 *
 * Dates. A commit states when it was made, and so do its author and committer:
 * all of that is written by whoever makes the commit, on a clock that they set,
 * and a merge made today can bring commits dated last year. So no deadline
 * is ever decided by it. What counts is, in this order:
 *
 *   1. the receipt of the commit that handed the record in (receipt.h): the
 *      server's own note of when it saw that commit first, on whatever branch;
 *   2. the receipt of the landing, where the commits handed in have none, as
 *      after a forge has squashed them into one;
 *   3. where the server writes no receipts: nothing. Then what the office has
 *      stated in the dossier (received.date, registration.date) stands alone,
 *      and the date of the commit is shown as "stated by the commit, unproven".
 *
 * A record's landing is where its present, unbroken stay on the main branch
 * began. It goes on through a rename of the same bytes or under the same file
 * name, which mends an id or moves a folder; through every rename in a bulk
 * move; and through a deletion that was taken back with the same bytes. Where
 * both the name and the text have changed, git may still call it a rename: it
 * is told as one, but it is a new handing-in, or an old record would lend its
 * date to whatever is half like it.
 *
 * What is looked at: content/, first parents, git's own measure of renames
 * (rename.h). `git replace` and grafts are not followed: they are local notes
 * that change what history says. A shallow clone is refused, since its history
 * begins wherever it was cut.
 *
 * Life cycle: history_open() in the parent; history_reopen() in each worker
 * after the fork; history_close(). Commits that the caller knows already need
 * not be walked again: see history_chain().
 */
#ifndef SOURCE_HISTORY_H
#define SOURCE_HISTORY_H

#include "base/str.h"
#include "source/change.h"
#include "source/object.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag_list;
struct history;
struct source;
struct vec;

struct history_settings {
	/* The main branch: "main" is looked for at origin, then here; a name
	 * that begins with refs/ is taken as it is. */
	struct str branch;
	/* A file of the registry that names bulk moves, one full commit id a
	 * line, as `git blame --ignore-revs-file` reads it. */
	struct str ignore_revs;
};

#define HISTORY_SETTINGS_DEFAULT ((struct history_settings){ \
	STR("main"), STR(".git-blame-ignore-revs") })

/*
 * Sets `*history` to NULL when there is none to be had: no repository, no
 * commit yet. False with a diagnostic when there is one that cannot be used:
 * a shallow clone, objects that are missing. Lives in `arena`.
 */
bool history_open(struct arena *arena, const struct source *source,
    const struct history_settings *settings, struct history **history,
    struct diag_list *diags) __attribute__((warn_unused_result));
void history_close(struct history *history);
/* A worker's own handles. */
bool history_reopen(struct history *history);

/* The last commit of the main branch, and the one that the source shows. */
const unsigned char *history_tip(const struct history *history);
const unsigned char *history_shown(const struct history *history);
/* The name of the main branch on the server: "refs/heads/main". */
struct str history_branch(const struct history *history);
/* Where what is worked out from history may be kept: a folder inside git's
 * own, which no commit can write into. */
struct str history_cache(const struct history *history);
/* All that the changes depend on beside the commits, in one word: the prefix
 * of the registry, the bulk moves, and whether there are receipts. */
struct str history_basis(const struct history *history);

/* A commit on the line of first parents. */
struct landing {
	unsigned char id[OBJECT_SIZE], tree[OBJECT_SIZE];
	unsigned parents;
	struct stated_time committed;	/* what the commit says */
};

/* Whether the caller knows the commit. */
typedef bool history_known(void *context, const unsigned char *id);

/*
 * Appends `from` and its first parents to `landings` (struct landing), newest
 * first, up to a known one, which is the last appended, or the first of all.
 */
bool history_chain(struct history *history, const unsigned char *from,
    history_known *known, void *context, struct vec *landings,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* 1 if `id` is `of` or an ancestor of it, by any parent, 0 if not, negative
 * when git cannot tell: history_unreadable() says why. */
bool history_unreadable(struct diag_list *diags);
int history_holds(struct history *history, const unsigned char *of,
    const unsigned char *id);

/* Whether the commit is a bulk move. */
bool history_is_bulk(const struct history *history, const unsigned char *id);

/*
 * What a landing changed in content/, against its first parent `before` (NULL
 * for none), with renames; paths are those of the registry, in `arena`.
 */
bool history_changes(struct history *history, const struct landing *before,
    const struct landing *landing, struct arena *arena, struct vec *changes,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* Whether a rename leaves a record's dates as they are; see above. */
bool history_carries(const struct change *rename, bool is_bulk);

/* A commit of a merged branch that handed a file in. */
struct introduction {
	struct str path;
	unsigned char id[OBJECT_SIZE];
};

/* A merge of more commits than this is an import, and introduces nothing. */
enum { INTRODUCTIONS_MAX = 4096 };

/*
 * For the files that a merge has brought (`changes`), the commits on its other
 * sides that first had them, by the same rule as landings, in the order of the
 * changes. Nothing for a landing that is no merge, nor where the server has
 * written no receipts, which are all that they are wanted for.
 */
bool history_introductions(struct history *history,
    const struct landing *landing, const struct vec *changes,
    struct arena *arena, struct vec *introductions,
    struct diag_list *diags) __attribute__((warn_unused_result));

#endif
