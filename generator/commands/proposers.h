/* SPDX-License-Identifier: MIT */
/*
 * Who may change what: editors (content/site.yaml) everything, the officers of
 * a unit (content/units) what stands below content/achievements/<unit>/. Both
 * are read from the main branch as it is, never from what is pushed: a key or
 * an account that a proposal adds counts once it is merged.
 *
 * Where neither are listed, people are not told apart.
 */
#ifndef COMMANDS_PROPOSERS_H
#define COMMANDS_PROPOSERS_H

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct diag_list;
struct frontmatter_limits;
struct reader;

struct proposer {
	struct str name;
	struct str unit;	/* empty: an editor */
	struct str key;		/* as it is written; may be empty */
	struct str account;	/* may be empty */
};

struct proposers {
	struct arena *arena;
	struct vec items;	/* struct proposer */
	bool by_account;	/* the account that pushed counts, else keys */
};

/* Reads them through `reader`; a record that cannot be read has none. */
bool proposers_read(struct proposers *proposers, struct arena *arena,
    const struct reader *reader, const struct frontmatter_limits *limits,
    struct diag_list *diags) __attribute__((warn_unused_result));
void proposers_dispose(struct proposers *proposers);

/* The allowed signers of ssh-keygen(1): proposer n is "zheli-n". */
void proposers_append_signers(const struct proposers *proposers,
    struct buf *out);

/* What is known of who made a change; all may be empty. */
struct identity {
	struct str principal;	/* that ssh-keygen found: "zheli-3" */
	struct str fingerprint;	/* of the key of a good signature */
	struct str account;
};

/* Whether anybody listed goes by that identity. */
bool proposers_know(const struct proposers *proposers,
    const struct identity *identity);

/* Whether whoever that is may change the file. */
bool proposers_allow(const struct proposers *proposers,
    const struct identity *identity, struct str path);

/* Who that is, for messages: "name (unit)"; in the arena. */
struct str proposers_name(const struct proposers *proposers,
    const struct identity *identity);

#endif
