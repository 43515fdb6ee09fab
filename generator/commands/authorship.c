/* SPDX-License-Identifier: MIT */
#include "commands/authorship.h"

#include "base/diag.h"
#include "base/vec.h"
#include "commands/pipeline.h"
#include "commands/proposers.h"
#include "source/proposal.h"
#include "source/signature.h"
#include "source/source.h"

/* Of one commit no more than this many files are told. */
enum { TOLD_MAX = 20, SHORT_ID = 12 };

struct authorship {
	struct pipeline *pipeline;
	struct proposers proposers;
	struct proposal *proposal;
	struct str account;
	struct vec keys;		/* struct signing_key */
	struct vec owners;		/* size_t: whose of the proposers */
	struct keyring *keyring;
	struct diag_list *told;
};

/* One commit, while it is looked at. */
struct looking {
	struct authorship *a;
	size_t index;
	struct arena arena;
	struct proposal_commit commit;
	struct str id;			/* its beginning, for people */
	struct identity who;
};

static struct mark nowhere(void)
{
	return (struct mark){ .line = 0 };
}

/* -- whose key it is ------------------------------------------------------ */

static void collect_keys(struct authorship *a)
{
	for (size_t i = 0; i < a->proposers.items.count; i++) {
		const struct proposer *proposer =
		    vec_at(&a->proposers.items, i);
		struct signing_key key;

		if (!signing_key_parse(a->pipeline->arena, proposer->key,
		    &key))
			continue;
		*(struct signing_key *)vec_push(&a->keys) = key;
		*(size_t *)vec_push(&a->owners) = i;
	}
}

static void identify(struct looking *l,
    const struct signature_verdict *verdict)
{
	struct authorship *a = l->a;

	l->who.account = a->account;
	if (verdict->state != SIGNATURE_GOOD)
		return;
	l->who.fingerprint = verdict->fingerprint;
	/* As proposers.h numbers them. */
	l->who.principal = str_format(&l->arena, "zheli-%zu",
	    *(size_t *)vec_at(&a->owners, verdict->key));
}

/* True when it is known who answers for the commit. */
static bool judge_signature(struct looking *l,
    const struct signature_verdict *verdict)
{
	struct diag_list *told = l->a->told;

	if (l->a->proposers.by_account)
		return proposers_know(&l->a->proposers, &l->who);
	switch (verdict->state) {
	case SIGNATURE_GOOD:
		return true;
	case SIGNATURE_NONE:
		return diag_report(told, nowhere(), DIAG_COMMIT_UNSIGNED,
		    l->id);
	case SIGNATURE_UNKNOWN_KEY:
		return diag_report(told, nowhere(), DIAG_COMMIT_UNKNOWN_KEY,
		    l->id, verdict->fingerprint);
	case SIGNATURE_BAD:
		return diag_report(told, nowhere(),
		    DIAG_COMMIT_BAD_SIGNATURE, l->id);
	case SIGNATURE_UNREADABLE:
	case SIGNATURE_UNVERIFIED:
		break;
	}
	return diag_report(told, nowhere(), DIAG_COMMIT_UNVERIFIED, l->id);
}

/* Who signed, who is named, who pushed. */
static void tell_people(struct looking *l, bool is_signed)
{
	struct identity signer = { .principal = l->who.principal,
		.fingerprint = l->who.fingerprint };
	struct authorship *a = l->a;
	struct proposers by_key = a->proposers;
	struct str name = STR("-");

	by_key.by_account = false;
	if (is_signed)
		name = proposers_name(&by_key, &signer);
	diag_report(a->told, nowhere(), DIAG_COMMIT_PEOPLE, l->id, name,
	    l->commit.author, a->account.len > 0 ? a->account : STR("-"));
}

/* -- what they may touch -------------------------------------------------- */

static bool judge_change(struct looking *l,
    const struct proposal_change *change)
{
	struct authorship *a = l->a;
	/* The list keeps copies of texts, and marks as they are. */
	struct mark mark = { .path = str_dup(a->pipeline->arena,
	    change->path) };

	if (!change->is_plain)
		return diag_report(a->told, mark, DIAG_ODD_PATH, l->id);
	/* Outside of the registry nothing is an officer's. */
	return proposers_allow(&a->proposers, &l->who, change->is_inside ?
	    change->path : STR_NONE) ||
	    diag_report(a->told, mark, DIAG_NOT_THEIRS, mark.path,
		proposers_name(&a->proposers, &l->who), l->id);
}

static bool judge_changes(struct looking *l)
{
	struct vec changes;
	size_t faults = 0;
	bool ok;

	vec_init(&changes, sizeof(struct proposal_change));
	ok = proposal_changes(l->a->proposal, l->index, &l->arena, &changes,
	    l->a->told);
	for (size_t i = 0; ok && i < changes.count && faults < TOLD_MAX; i++)
		faults += !judge_change(l, vec_at(&changes, i));
	vec_dispose(&changes);
	return ok;
}

/* -- all of it ------------------------------------------------------------ */

static bool look_at(struct looking *l)
{
	struct authorship *a = l->a;
	struct signature_verdict verdict;
	bool is_known;

	if (!proposal_commit(a->proposal, l->index, &l->arena, &l->commit,
	    a->told) ||
	    !keyring_verify(a->keyring, l->commit.text, l->commit.signature,
		&l->arena, &verdict, a->told))
		return false;
	l->id = str_slice(str_hex(&l->arena, (struct str){
	    (const char *)l->commit.id, OBJECT_SIZE }), 0, SHORT_ID);
	identify(l, &verdict);
	is_known = judge_signature(l, &verdict);
	tell_people(l, verdict.state == SIGNATURE_GOOD);
	/* Of a stranger nothing more need be said. */
	return !is_known || judge_changes(l);
}

static bool look_at_all(struct authorship *a)
{
	bool ok = true;

	for (size_t i = 0; ok && i < proposal_count(a->proposal); i++) {
		struct looking l = { .a = a, .index = i };

		arena_init(&l.arena);
		ok = look_at(&l);
		arena_dispose(&l.arena);
	}
	return ok;
}

static bool open_proposal(struct authorship *a)
{
	const struct registry *registry = &a->pipeline->registry;

	a->proposal = proposal_open(a->pipeline->arena, registry->source,
	    source_commit(registry->base, NULL),
	    source_commit(registry->source, NULL), a->told);
	return a->proposal != NULL;
}

static bool check(struct authorship *a)
{
	struct identity pusher = { .account = a->account };
	bool ok;

	if (a->proposers.by_account &&
	    !proposers_know(&a->proposers, &pusher))
		(void)diag_report(a->told, nowhere(), DIAG_ACCOUNT_UNKNOWN,
		    a->account);
	collect_keys(a);
	if (!open_proposal(a))
		return false;
	a->keyring = keyring_open(a->pipeline->arena, a->keys.items,
	    a->keys.count, STR("git"), a->told);
	ok = a->keyring != NULL && look_at_all(a);
	if (a->keyring != NULL)
		keyring_close(a->keyring);
	proposal_close(a->proposal);
	return ok;
}

bool authorship_check(struct pipeline *pipeline, struct str account,
    struct diag_list *told)
{
	struct authorship a = { .pipeline = pipeline, .account = account,
		.told = told };
	struct reader reader = source_reader(pipeline->registry.base);
	bool ok;

	vec_init(&a.keys, sizeof(struct signing_key));
	vec_init(&a.owners, sizeof(size_t));
	ok = proposers_read(&a.proposers, pipeline->arena, &reader,
	    &pipeline->limits, told) &&
	    (a.proposers.items.count == 0 || check(&a));
	vec_dispose(&a.owners);
	vec_dispose(&a.keys);
	proposers_dispose(&a.proposers);
	return ok;
}
