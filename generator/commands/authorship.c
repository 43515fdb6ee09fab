/* SPDX-License-Identifier: MIT */
#include "commands/authorship.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/instant.h"
#include "base/map.h"
#include "commands/command.h"
#include "commands/proposers.h"
#include "pipeline/pipeline.h"
#include "pipeline/stage_history.h"
#include "source/proposal.h"
#include "source/receipt.h"
#include "source/source.h"

#include <stdlib.h>

/* Of one commit no more than this many files are told. */
enum { TOLD_MAX = 20, SHORT_ID = 12 };

struct looker {
	const struct authorship_request *request;
	struct authorship *result;
	struct proposers proposers;
	struct proposal *proposal;
	struct vec keys;		/* struct signing_key */
	struct vec owners;		/* const struct proposer * */
	struct keyring *keyring;
	struct keyring *receipts;	/* NULL: receipts are not signed */
	struct map strangers;		/* accounts that were told */
	struct diag_list *told;
};

/* One commit, while it is looked at. */
struct looking {
	struct looker *looker;
	size_t index;
	struct arena arena;
	struct proposal_commit commit;
	struct commit_people *people;
	struct str id;			/* its beginning, for people */
	struct identity who;
};

static struct mark nowhere(void)
{
	return (struct mark){ .line = 0 };
}

static struct str short_id(struct str id)
{
	return str_slice(id, 0, SHORT_ID);
}

/* -- who pushed ----------------------------------------------------------- */

struct str pushing_account(const struct invocation *invocation)
{
	struct str account = invocation_value(invocation, "account");

	if (account.len == 0)
		account = str_from(getenv("ZHELI_ACCOUNT"));
	if (account.len == 0)
		account = str_from(getenv("REMOTE_USER"));
	return receipt_account_is_plain(account) ? account : STR_NONE;
}

/*
 * The first receipt tells whose push brought it. One that nobody has signed
 * anybody can have written who may push notes, as on a forge: it decides
 * nothing, and where accounts decide, the one that is given is shown.
 */
static bool take_receipt(struct looking *l)
{
	struct looker *looker = l->looker;
	struct arena *arena = looker->request->arena;
	struct receipt first;
	bool found;

	if (!proposal_receipt(looker->proposal, l->index, looker->receipts,
	    &l->arena, &first, &found, looker->told))
		return false;
	if (!found)
		return true;
	l->people->received = instant_format(arena, first.seconds,
	    ZONE_CHINA);
	if (first.account.len == 0 || (looker->receipts == NULL &&
	    looker->request->account.len > 0 && looker->proposers.by_account))
		return true;
	l->people->account = str_dup(arena, first.account);
	if (looker->receipts != NULL)
		l->who.account = l->people->account;
	return true;
}

static bool find_pusher(struct looking *l)
{
	struct looker *looker = l->looker;
	const struct proposer *pusher;

	l->people->account = l->who.account = looker->request->account;
	if (looker->request->settings != NULL && !take_receipt(l))
		return false;
	pusher = proposers_by_account(&looker->proposers, l->people->account);
	if (pusher != NULL)
		l->people->pusher = proposer_name(looker->request->arena,
		    pusher);
	return true;
}

/* -- who signed ----------------------------------------------------------- */

static void collect_keys(struct looker *looker)
{
	for (size_t i = 0; i < looker->proposers.items.count; i++) {
		const struct proposer *proposer =
		    vec_at(&looker->proposers.items, i);

		if (!proposer->has_key)
			continue;
		*(struct signing_key *)vec_push(&looker->keys) =
		    proposer->key;
		*(const struct proposer **)vec_push(&looker->owners) =
		    proposer;
	}
}

static bool find_signer(struct looking *l)
{
	struct looker *looker = l->looker;
	struct arena *arena = looker->request->arena;
	struct signature_verdict verdict;

	if (!keyring_verify(looker->keyring, l->commit.text,
	    l->commit.signature, &l->arena, &verdict, looker->told))
		return false;
	l->people->state = verdict.state;
	l->people->fingerprint = str_dup(arena, verdict.fingerprint);
	if (verdict.state == SIGNATURE_GOOD) {
		l->who.signer = *(const struct proposer **)vec_at(
		    &looker->owners, verdict.key);
		l->people->signer = proposer_name(arena, l->who.signer);
	}
	return true;
}

/* -- whether they are listed ---------------------------------------------- */

/* Once for each account. */
static bool judge_account(struct looker *looker,
    const struct identity *identity)
{
	if (proposers_find(&looker->proposers, identity) != NULL)
		return true;
	if (map_has(&looker->strangers, identity->account))
		return false;
	map_put(&looker->strangers, identity->account, looker);
	return diag_report(looker->told, nowhere(), DIAG_ACCOUNT_UNKNOWN,
	    identity->account);
}

/* True when it is known who answers for the commit. */
static bool judge_signature(struct looking *l)
{
	struct diag_list *told = l->looker->told;

	switch (l->people->state) {
	case SIGNATURE_GOOD:
		return true;
	case SIGNATURE_NONE:
		return diag_report(told, nowhere(), DIAG_COMMIT_UNSIGNED,
		    l->id);
	case SIGNATURE_UNKNOWN_KEY:
		return diag_report(told, nowhere(), DIAG_COMMIT_UNKNOWN_KEY,
		    l->id, l->people->fingerprint);
	case SIGNATURE_BAD:
		return diag_report(told, nowhere(),
		    DIAG_COMMIT_BAD_SIGNATURE, l->id);
	case SIGNATURE_UNREADABLE:
	case SIGNATURE_UNVERIFIED:
		break;
	}
	return diag_report(told, nowhere(), DIAG_COMMIT_UNVERIFIED, l->id);
}

/* -- what they may touch -------------------------------------------------- */

static bool judge_change(struct looking *l,
    const struct proposal_change *change)
{
	struct looker *looker = l->looker;
	struct arena *arena = looker->request->arena;
	/* The list keeps copies of texts, and marks as they are. */
	struct mark mark = { .path = str_dup(arena, change->path) };

	if (!change->is_plain)
		return diag_report(looker->told, mark, DIAG_ODD_PATH, l->id);
	/* Outside of the registry nothing is an officer's. */
	return proposers_allow(&looker->proposers, &l->who,
	    change->is_inside ? change->path : STR_NONE) ||
	    diag_report(looker->told, mark, DIAG_NOT_THEIRS, mark.path,
		proposer_name(arena, proposers_find(&looker->proposers,
		    &l->who)), l->id);
}

static bool judge_changes(struct looking *l)
{
	struct vec changes;
	size_t faults = 0;
	bool ok;

	vec_init(&changes, sizeof(struct proposal_change));
	ok = proposal_changes(l->looker->proposal, l->index, &l->arena,
	    &changes, l->looker->told);
	for (size_t i = 0; ok && i < changes.count && faults < TOLD_MAX; i++)
		faults += !judge_change(l, vec_at(&changes, i));
	vec_dispose(&changes);
	return ok;
}

/* -- all of it ------------------------------------------------------------ */

static bool look_at(struct looking *l)
{
	struct looker *looker = l->looker;
	struct arena *arena = looker->request->arena;
	bool is_known;

	if (!proposal_commit(looker->proposal, l->index, &l->arena,
	    &l->commit, looker->told))
		return false;
	l->people = vec_push(&looker->result->people);
	*l->people = (struct commit_people){
		.id = str_hex(arena, (struct str){
		    (const char *)l->commit.id, OBJECT_SIZE }),
		.author = str_dup(arena, l->commit.author) };
	l->id = short_id(l->people->id);
	if (!find_pusher(l) || !find_signer(l))
		return false;
	if (!looker->result->is_judged)
		return true;
	is_known = looker->proposers.by_account ?
	    judge_account(looker, &l->who) : judge_signature(l);
	/* Of a stranger nothing more need be said. */
	return !is_known || judge_changes(l);
}

static bool look_at_all(struct looker *looker)
{
	const struct identity pusher = { .account =
	    looker->request->account };
	size_t count = proposal_count(looker->proposal);
	bool ok = true;

	if (count == 0 && looker->proposers.by_account &&
	    looker->result->is_judged)
		(void)judge_account(looker, &pusher);
	for (size_t i = 0; ok && i < count; i++) {
		struct looking l = { .looker = looker, .index = i };

		arena_init(&l.arena);
		ok = look_at(&l);
		arena_dispose(&l.arena);
	}
	return ok;
}

/* Where nobody is listed nothing is judged, and so nothing is too much. */
static bool open_proposal(struct looker *looker)
{
	const struct authorship_request *request = looker->request;
	struct diag_list known;

	diag_list_init(&known, request->arena);
	looker->proposal = proposal_open(request->arena, request->source,
	    request->from, request->to, looker->result->is_judged ?
	    looker->told : &known);
	diag_list_dispose(&known);
	return looker->proposal != NULL;
}

static bool look(struct looker *looker)
{
	struct arena *arena = looker->request->arena;
	bool ok;

	if (!open_proposal(looker))
		return !looker->result->is_judged;
	collect_keys(looker);
	looker->keyring = keyring_open(arena, looker->keys.items,
	    looker->keys.count, STR("git"), looker->told);
	ok = looker->keyring != NULL && (looker->request->settings == NULL ||
	    receipt_ring_open(arena, looker->request->settings,
		&looker->receipts, looker->told)) && look_at_all(looker);
	if (looker->receipts != NULL)
		keyring_close(looker->receipts);
	if (looker->keyring != NULL)
		keyring_close(looker->keyring);
	proposal_close(looker->proposal);
	return ok;
}

bool authorship_check(const struct authorship_request *request,
    struct authorship *authorship, struct diag_list *told)
{
	struct looker looker = { .request = request, .result = authorship,
		.told = told };
	bool ok;

	*authorship = (struct authorship){ .is_judged = false };
	vec_init(&authorship->people, sizeof(struct commit_people));
	vec_init(&looker.keys, sizeof(struct signing_key));
	vec_init(&looker.owners, sizeof(const struct proposer *));
	map_init(&looker.strangers, request->arena);
	ok = proposers_read(&looker.proposers, request->arena, request->base,
	    request->limits, request->officers, told);
	authorship->is_judged = ok && looker.proposers.items.count > 0;
	if (authorship->is_judged || request->shows_all)
		ok = ok && look(&looker);
	vec_dispose(&looker.owners);
	vec_dispose(&looker.keys);
	proposers_dispose(&looker.proposers);
	return ok;
}

void authorship_dispose(struct authorship *authorship)
{
	vec_dispose(&authorship->people);
}

bool authorship_of_range(const struct invocation *invocation,
    const struct pipeline *pipeline, bool shows_all,
    struct authorship *authorship, struct diag_list *told)
{
	const struct registry *registry = &pipeline->registry;
	const struct reader base = source_reader(registry->base);
	const struct authorship_request request = {
		.arena = invocation->arena, .source = registry->source,
		.base = &base, .limits = &pipeline->limits,
		.officers = pipeline->officers,
		.settings = pipeline->settings,
		.from = source_commit(registry->base, NULL),
		.to = source_commit(registry->source, NULL),
		.account = pushing_account(invocation),
		.shows_all = shows_all };

	return authorship_check(&request, authorship, told);
}

void authorship_tell(const struct authorship *authorship,
    struct diag_list *told)
{
	for (size_t i = 0; authorship->is_judged &&
	    i < authorship->people.count; i++) {
		const struct commit_people *people =
		    vec_at(&authorship->people, i);

		diag_report(told, nowhere(), DIAG_COMMIT_PEOPLE,
		    short_id(people->id), people->signer.len > 0 ?
		    people->signer : STR("-"), people->author,
		    people->account.len > 0 ? people->account : STR("-"));
	}
}
