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
#include "source/signature.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;
struct frontmatter_limits;
struct reader;
struct value;

struct proposer {
	struct str name;
	struct str unit;		/* empty: an editor */
	struct str account;		/* empty: none, or none there can be */
	bool has_key;			/* that can be understood */
	struct signing_key key;
	struct str fingerprint;		/* of a key of OpenSSH; else empty */
};

struct proposers {
	struct arena *arena;
	struct vec items;	/* struct proposer */
	bool by_account;	/* the account that pushed counts, else keys */
	struct str editors_group;	/* at the forge; may be empty */
};

/* Whether it can be a group's name, as schemas/common.xsd has it. */
bool proposers_group_is_plain(struct str group);

/*
 * Reads them through `reader`; a record that cannot be read has none. Where the
 * units' `officers` are known already (rows of the query `officers`, made from
 * the same main branch), only the editors are read; else they are NULL.
 */
bool proposers_read(struct proposers *proposers, struct arena *arena,
    const struct reader *reader, const struct frontmatter_limits *limits,
    const struct value *officers, struct diag_list *diags)
    __attribute__((warn_unused_result));
void proposers_dispose(struct proposers *proposers);

/* What is known of who made a change. */
struct identity {
	const struct proposer *signer;	/* whose key signed; NULL: nobody's */
	struct str account;		/* that pushed; may be empty */
};

/* The first listed that goes by that identity; NULL: nobody does. */
const struct proposer *proposers_find(const struct proposers *proposers,
    const struct identity *identity);

/* The first listed with that account, whether or not accounts count. */
const struct proposer *proposers_by_account(const struct proposers *proposers,
    struct str account);

/* Whether whoever that is may change the file. */
bool proposers_allow(const struct proposers *proposers,
    const struct identity *identity, struct str path);

/* For messages: "name (unit)"; in the arena. */
struct str proposer_name(struct arena *arena,
    const struct proposer *proposer);

#endif
