/* SPDX-License-Identifier: MIT */
/*
 * Receipts: when the server received a commit, in its own words, on its own
 * clock. After each push the server's hook writes one for the commits that the
 * push brought, as notes (git-notes(1)) under RECEIPTS_REF: nobody who pushes
 * has a hand in it, as long as the server lets nobody push to that ref.
 *
 * A note holds one receipt or, where a commit came once on a unit's branch and
 * once more with the main branch, several with an empty line between them:
 *
 *   received 2026-11-21T08:15:30+08:00 refs/heads/main ACCOUNT
 *   commit 5d8e6a0c…
 *   commit 91b7c4f2…
 *   -----BEGIN SSH SIGNATURE-----
 *   …
 *
 * ACCOUNT, who pushed, is left out where the server does not know. All commits
 * of one push share the receipt, up to RECEIPT_COMMITS; that it names them
 * makes it worthless on any other commit. What is signed are the lines above
 * the signature, as they stand, for the namespace RECEIPTS_SPACE:
 *
 *   git notes --ref receipts show COMMIT | sed '/^-----BEGIN/,$d' |
 *       ssh-keygen -Y verify -n zheli-receipt -s … -f … -I …
 */
#ifndef SOURCE_RECEIPT_H
#define SOURCE_RECEIPT_H

#include "base/str.h"
#include "source/change.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag_list;
struct history;
struct source;
struct vec;

#define RECEIPTS_REF "refs/notes/receipts"
#define RECEIPTS_SPACE "zheli-receipt"

enum { RECEIPT_COMMITS = 1000 };

struct receipt {
	int64_t seconds;
	struct str ref;			/* what was pushed to */
	struct str account;		/* by whom; may be empty */
	struct str commits;		/* the lines that name them */
	struct str text, signature;	/* what is signed, and by what */
};

/* The receipts of a note, appended to `receipts`, views into it. False when it
 * is not written as above; what was appended is then to be forgotten. */
bool receipt_parse(struct str note, struct vec *receipts);

/* Whether the receipt names the commit. */
bool receipt_names(const struct receipt *receipt,
    const unsigned char *commit);

/* Whether an account can stand in a receipt: letters, digits, "._@+-". */
bool receipt_account_is_plain(struct str account);

/* -- reading them all ----------------------------------------------------- */

struct noted {
	unsigned char commit[OBJECT_SIZE];
	unsigned char note[OBJECT_SIZE];	/* its bytes; zero: none */
};

/*
 * What has changed since the notes' tree was `tree` (zero: nothing was known),
 * as struct noted: those gone first, the rest by note. git may move a note to
 * another place in its tree; then it is among both. `tree` becomes that of now,
 * zero where there are no notes. `*is_whole`: all there are were appended, and
 * what was known is to be forgotten.
 */
bool receipts_changed(struct history *history, unsigned char *tree,
    bool *is_whole, struct vec *changed, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* The bytes of a note, at most RECEIPT_BYTES of them; longer ones are cut off
 * and so are malformed. */
enum { RECEIPT_BYTES = 1024 * 1024 };
bool receipt_read(struct history *history, const unsigned char *note,
    struct arena *arena, struct str *bytes, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* Appends the ids of the commit's parents; false when there is no such commit
 * in the repository. */
bool receipt_parents(struct history *history, const unsigned char *commit,
    struct vec *parents);

/* -- writing -------------------------------------------------------------- */

/* A line of what git tells its receive hooks. */
struct pushed {
	struct str old_id, id, ref;
};

struct receipt_request {
	int64_t seconds;	/* the server's clock */
	struct str branch;	/* the main branch: "refs/heads/main" */
	struct str account;	/* who pushed; may be empty */
	struct str key;		/* a private key to sign with; may be empty */
	bool is_dry;		/* only count them, and write nothing */
};

/*
 * Writes receipts for the commits of branches that have none yet, and for those
 * that the main branch has got, and says for how many. Hooks that run at the
 * same time take turns. A clock that was set back gives no receipt that is
 * older than those of the parents. False with a diagnostic when some could not
 * be written.
 */
bool receipts_write(struct arena *arena, const struct source *source,
    const struct receipt_request *request, const struct pushed *pushed,
    size_t count, size_t *written, struct diag_list *diags)
    __attribute__((warn_unused_result));

#endif
