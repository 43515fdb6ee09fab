/* SPDX-License-Identifier: MIT */
/*
 * Who made a proposal, and whether they may: for a proposal that is judged, for
 * one that is reviewed, and for a push before a server takes it.
 *
 * Three people can be meant, and are told apart: who signed a commit, whom it
 * names as its author, which anybody can write, and who pushed it, which only
 * the server knows, and has noted in its receipt.
 *
 * Every commit that the base has not is looked at by itself, since whoever may
 * touch a file must have signed the commit that touches it. Keys, accounts and
 * what they may touch are those of the base (proposers.h): a key that a
 * proposal brings along opens nothing.
 */
#ifndef COMMANDS_AUTHORSHIP_H
#define COMMANDS_AUTHORSHIP_H

#include "base/str.h"
#include "base/vec.h"
#include "source/signature.h"

#include <stdbool.h>

struct arena;
struct diag_list;
struct frontmatter_limits;
struct invocation;
struct pipeline;
struct reader;
struct source;
struct value;

/* All may be empty but `id` and `author`. */
struct commit_people {
	struct str id;			/* 40 digits */
	enum signature_state state;
	struct str signer;		/* "name (unit)", of a good signature */
	struct str fingerprint;		/* of the key that signed */
	struct str author;		/* "Name <mail>", as the commit says */
	struct str account;		/* that pushed it */
	struct str pusher;		/* "name (unit)" whom the base lists
					 * with that account */
	struct str received;		/* when, by the receipt */
};

struct authorship_request {
	struct arena *arena;
	const struct source *source;	/* of the repository */
	const struct reader *base;	/* whose people count */
	const struct frontmatter_limits *limits;
	const struct value *officers;	/* of the base; NULL: they are read */
	const struct value *settings;	/* of the base, for the keys of
					 * receipts; NULL: they are not
					 * looked at */
	struct str from, to;		/* see proposal_open() */
	struct str account;		/* that pushes what has no receipt;
					 * may be empty */
	bool shows_all;			/* also where the base lists nobody */
};

struct authorship {
	bool is_judged;			/* the base lists somebody */
	struct vec people;		/* struct commit_people */
};

/*
 * Looks at the commits and adds to `told` what is wrong with them; where the
 * base lists neither editors nor officers nothing can be, and nobody is looked
 * at unless the request wants it. False with a
 * diagnostic when commits cannot be read. The result is disposed of in any
 * case.
 */
bool authorship_check(const struct authorship_request *request,
    struct authorship *authorship, struct diag_list *told)
    __attribute__((warn_unused_result));
void authorship_dispose(struct authorship *authorship);

/* The same for the pipeline's range. */
bool authorship_of_range(const struct invocation *invocation,
    const struct pipeline *pipeline, bool shows_all,
    struct authorship *authorship, struct diag_list *told)
    __attribute__((warn_unused_result));

/* Adds a notice for each commit: who made it; if somebody is listed. */
void authorship_tell(const struct authorship *authorship,
    struct diag_list *told);

/* Who pushes: --account, else what a server's hook or a forge's workflow has
 * in ZHELI_ACCOUNT or REMOTE_USER; empty when that is no account. */
struct str pushing_account(const struct invocation *invocation);

#endif
