/* SPDX-License-Identifier: MIT */
/* The server's receipts: read and verified by workers, and what is wrong with
 * them. */
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/pack.h"
#include "base/value.h"
#include "base/workers.h"
#include "catalogue/history_store.h"
#include "pipeline/progress.h"
#include "pipeline/stage_history.h"
#include "source/history.h"
#include "source/receipt.h"
#include "source/signature.h"

/* Notes that a worker takes at once. */
enum { CHUNK = 64 };

/* A signature takes a process of some milliseconds. */
enum { CHUNK_SECONDS = 600 };

/* What can be wrong with a note, by the words that the store keeps. */
static const struct {
	const char *fault;
	enum diag_code code;
} faults[] = {
	{ "malformed", DIAG_RECEIPT_MALFORMED },
	{ "foreign", DIAG_RECEIPT_FOREIGN },
	{ "unknown", DIAG_RECEIPT_UNKNOWN_COMMIT },
	{ "early", DIAG_RECEIPT_EARLY },
	{ "unsigned", DIAG_RECEIPT_UNSIGNED },
	{ "key", DIAG_RECEIPT_UNKNOWN_KEY },
	{ "signature", DIAG_RECEIPT_BAD_SIGNATURE },
};

void receipt_report(void *context, const struct stored_note *note)
{
	struct diag_list *diags = context;
	struct mark mark = { .path = STR(RECEIPTS_REF) };
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		if (str_eq(note->fault, str_from(faults[i].fault)))
			diag_report(diags, mark, faults[i].code,
			    str_slice(str_hex(&arena, note->id), 0, 12),
			    note->detail);
	arena_dispose(&arena);
}

/* -- in a worker ---------------------------------------------------------- */

/* What a note turned out to be; one that many commits share is looked at
 * once. */
struct examined {
	unsigned char note[OBJECT_SIZE];
	bool is_there;
	struct arena arena;
	struct vec receipts;		/* struct receipt */
	const char *fault;		/* NULL: none */
	struct str detail;
};

struct examining {
	struct chronicle *chronicle;
	struct keyring *keyring;	/* NULL: none are signed */
	struct examined last;
	struct diag_list *diags;
};

static const char *fault_of_signature(const struct signature_verdict *verdict)
{
	switch (verdict->state) {
	case SIGNATURE_GOOD:
		return NULL;
	case SIGNATURE_NONE:
		return "unsigned";
	case SIGNATURE_UNKNOWN_KEY:
		return "key";
	case SIGNATURE_BAD:
	case SIGNATURE_UNREADABLE:
	case SIGNATURE_UNVERIFIED:
		break;
	}
	return "signature";
}

/* The first of its receipts that has a wrong signature decides. */
static bool verify(struct examining *e, struct examined *at)
{
	struct signature_verdict verdict;

	for (size_t i = 0; at->fault == NULL && i < at->receipts.count; i++) {
		const struct receipt *receipt = vec_at(&at->receipts, i);

		if (!keyring_verify(e->keyring, receipt->text,
		    receipt->signature, &at->arena, &verdict, e->diags))
			return false;
		if (verdict.state == SIGNATURE_UNVERIFIED)
			return diag_report(e->diags, ((struct mark){ .path =
			    STR(RECEIPTS_REF) }), DIAG_NO_SSH_KEYGEN);
		at->fault = fault_of_signature(&verdict);
		at->detail = verdict.fingerprint;
	}
	return true;
}

static bool examine(struct examining *e, const unsigned char *note)
{
	struct examined *at = &e->last;
	struct str bytes;

	if (at->is_there && memcmp(at->note, note, OBJECT_SIZE) == 0)
		return true;
	at->is_there = true;
	memcpy(at->note, note, OBJECT_SIZE);
	arena_reset(&at->arena);
	vec_clear(&at->receipts);
	at->fault = NULL;
	at->detail = STR_NONE;
	if (!receipt_read(e->chronicle->history, note, &at->arena, &bytes,
	    e->diags))
		return false;
	if (!receipt_parse(bytes, &at->receipts)) {
		at->fault = "malformed";
		vec_clear(&at->receipts);
	}
	return e->keyring == NULL || verify(e, at);
}

/* Whether each receipt names the commit that it is noted on. */
static bool all_name(const struct examined *at, const unsigned char *commit)
{
	for (size_t i = 0; i < at->receipts.count; i++)
		if (!receipt_names(vec_at(&at->receipts, i), commit))
			return false;
	return true;
}

static void pack_note(struct examining *e, const struct noted *noted,
    struct buf *answer)
{
	const struct examined *at = &e->last;
	const char *fault = at->fault;
	struct vec parents;

	vec_init(&parents, OBJECT_SIZE);
	if (!receipt_parents(e->chronicle->history, noted->commit, &parents))
		fault = "unknown";
	else if (fault == NULL && !all_name(at, noted->commit))
		fault = "foreign";
	pack_str(answer, str_from(fault));
	pack_str(answer, at->detail);
	pack_str(answer, (struct str){ parents.items,
	    parents.count * OBJECT_SIZE });
	pack_number(answer, (uint32_t)at->receipts.count);
	for (size_t i = 0; i < at->receipts.count; i++) {
		const struct receipt *receipt = vec_at(&at->receipts, i);

		pack_str(answer, (struct str){ (const char *)
		    &receipt->seconds, sizeof(receipt->seconds) });
		pack_str(answer, receipt->ref);
		pack_str(answer, receipt->account);
	}
	vec_dispose(&parents);
}

static bool is_gone(const struct noted *noted)
{
	static const unsigned char none[OBJECT_SIZE];

	return memcmp(noted->note, none, OBJECT_SIZE) == 0;
}

static bool begin(void *context)
{
	struct chronicle *chronicle = context;

	return history_reopen(chronicle->history);
}

static bool run_chunk(struct examining *e, size_t job, struct buf *answer)
{
	const struct vec *noted = &e->chronicle->noted;

	for (size_t i = job * CHUNK; i < (job + 1) * CHUNK &&
	    i < noted->count; i++) {
		const struct noted *at = vec_at(noted, i);

		if (is_gone(at))
			continue;
		if (!examine(e, at->note))
			return false;
		pack_note(e, at, answer);
	}
	return true;
}

/* An answer: diagnostics, then what each note of the chunk says. */
static void run(void *context, size_t job, struct buf *answer)
{
	struct chronicle *chronicle = context;
	struct examining e = { .chronicle = chronicle };
	struct diag_list diags;
	struct arena found;
	struct buf rest;

	arena_init(&found);
	diag_list_init(&diags, &found);
	buf_init(&rest);
	arena_init(&e.last.arena);
	vec_init(&e.last.receipts, sizeof(struct receipt));
	e.diags = &diags;
	if (chronicle->key_count > 0)
		e.keyring = keyring_open(&found, chronicle->keys,
		    chronicle->key_count, STR(RECEIPTS_SPACE), &diags);
	if (e.keyring != NULL || chronicle->key_count == 0)
		(void)run_chunk(&e, job, &rest);
	if (e.keyring != NULL)
		keyring_close(e.keyring);
	pack_diags(answer, &diags);
	buf_append(answer, buf_str(&rest));
	vec_dispose(&e.last.receipts);
	arena_dispose(&e.last.arena);
	buf_dispose(&rest);
	diag_list_dispose(&diags);
	arena_dispose(&found);
}

/* -- in the parent -------------------------------------------------------- */

static bool unpack_receipts(struct str *bytes, struct arena *arena,
    struct stored_note *note)
{
	struct stored_receipt *receipts;
	struct str seconds;
	uint32_t count;

	if (!unpack_number(bytes, &count) || count > bytes->len)
		return false;
	receipts = arena_array(arena, count, sizeof(*receipts));
	for (uint32_t i = 0; i < count; i++) {
		if (!unpack_str(bytes, &seconds) ||
		    seconds.len != sizeof(int64_t) ||
		    !unpack_str(bytes, &receipts[i].ref) ||
		    !unpack_str(bytes, &receipts[i].account))
			return false;
		memcpy(&receipts[i].seconds, seconds.ptr, seconds.len);
	}
	note->receipts = receipts;
	note->receipt_count = count;
	return true;
}

static bool take_note(struct chronicle *chronicle, const struct noted *noted,
    struct str *answer)
{
	struct stored_note note = {
		.id = { (const char *)noted->commit, OBJECT_SIZE },
		.note = { (const char *)noted->note, OBJECT_SIZE } };
	struct arena arena;
	bool ok;

	if (is_gone(noted)) {
		history_store_drop_note(chronicle->store, note.id);
		return true;
	}
	arena_init(&arena);
	ok = unpack_str(answer, &note.fault) &&
	    unpack_str(answer, &note.detail) &&
	    unpack_str(answer, &note.parents) &&
	    unpack_receipts(answer, &arena, &note);
	if (ok)
		history_store_put_note(chronicle->store, &note);
	arena_dispose(&arena);
	return ok;
}

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct chronicle *chronicle = context;
	bool ok = outcome == WORKER_DONE &&
	    unpack_diags(&answer, chronicle->diags) &&
	    chronicle->diags->counts[DIAG_FATAL] == 0;

	progress_step(chronicle->progress);
	if (outcome != WORKER_DONE)
		(void)worker_report(outcome, STR(RECEIPTS_REF),
		    chronicle->diags);
	for (size_t i = job * CHUNK; ok && i < (job + 1) * CHUNK &&
	    i < chronicle->noted.count; i++)
		ok = take_note(chronicle, vec_at(&chronicle->noted, i),
		    &answer);
	chronicle->has_failed = chronicle->has_failed || !ok;
}

static bool read_notes(struct chronicle *chronicle)
{
	static const struct text what = TEXT("核对收件凭据",
	    "verifying receipts");
	const struct workers_request request = {
		.jobs = (chronicle->noted.count + CHUNK - 1) / CHUNK,
		.processes = chronicle->jobs,
		.seconds = CHUNK_SECONDS,
		.context = chronicle,
		.begin = begin,
		.leave = SANDBOX_RUN,
		.run = run,
		.take = take,
	};
	bool ok;

	progress_begin(chronicle->progress, &what, request.jobs);
	ok = workers_run(&request, chronicle->diags);
	progress_end(chronicle->progress);
	if (ok && !chronicle->has_failed)
		history_store_order_notes(chronicle->store);
	return ok && !chronicle->has_failed;
}

/* A commit may have been fetched since. */
static void look_again(void *context, const struct stored_note *note)
{
	struct chronicle *chronicle = context;
	struct noted *noted;

	if (!str_eq(note->fault, STR("unknown")))
		return;
	noted = vec_push(&chronicle->noted);
	memcpy(noted->commit, note->id.ptr, OBJECT_SIZE);
	memcpy(noted->note, note->note.ptr, OBJECT_SIZE);
}

bool chronicle_read_receipts(struct chronicle *chronicle)
{
	struct str known = history_store_word(chronicle->store,
	    STR("receipts"), chronicle->arena);
	unsigned char tree[OBJECT_SIZE] = { 0 };
	bool is_whole;

	if (known.len == OBJECT_SIZE)
		memcpy(tree, known.ptr, OBJECT_SIZE);
	if (!receipts_changed(chronicle->history, tree, &is_whole,
	    &chronicle->noted, chronicle->diags))
		return false;
	if (is_whole)
		history_store_drop_notes(chronicle->store);
	history_store_faults(chronicle->store, 0, look_again, chronicle);
	if (chronicle->noted.count > 0 && !read_notes(chronicle))
		return false;
	history_store_set_word(chronicle->store, STR("receipts"),
	    (struct str){ (const char *)tree, OBJECT_SIZE });
	return true;
}

/* Other keys, other verdicts: all notes are read anew then. */
static void note_keys(struct chronicle *chronicle)
{
	struct str digest = STR_NONE, before;
	char hex[SHA256_HEX_SIZE];

	for (size_t i = 0; i < chronicle->key_count; i++) {
		sha256_hex(str_join(chronicle->arena, digest,
		    chronicle->keys[i].bytes), hex);
		digest = str_dup(chronicle->arena, str_from(hex));
	}
	before = history_store_word(chronicle->store, STR("keys"),
	    chronicle->arena);
	if (str_eq(before, digest))
		return;
	history_store_set_word(chronicle->store, STR("receipts"), STR_NONE);
	history_store_set_word(chronicle->store, STR("keys"), digest);
}

bool receipt_keys_read(struct arena *arena, const struct value *settings,
    const struct signing_key **keys, size_t *count, struct diag_list *diags)
{
	const struct value *list = value_find(settings, STR("receipts.keys"));
	struct signing_key *found = arena_array(arena, value_count(list),
	    sizeof(*found));

	*count = value_count(list);
	*keys = found;
	for (size_t i = 0; i < *count; i++) {
		const struct value *item = list->list.items[i];
		struct str text = item->kind == VALUE_TEXT ? item->text :
		    STR_NONE;
		struct mark mark = { STR("content/site.yaml"), item->line,
			item->column };

		if (!signing_key_parse(arena, text, &found[i]) ||
		    found[i].kind == KEY_PGP)
			return diag_report(diags, mark, DIAG_RECEIPT_KEY);
	}
	return true;
}

bool receipt_ring_open(struct arena *arena, const struct value *settings,
    struct keyring **keyring, struct diag_list *diags)
{
	const struct signing_key *keys;
	size_t count;

	*keyring = NULL;
	if (!receipt_keys_read(arena, settings, &keys, &count, diags))
		return false;
	if (count > 0)
		*keyring = keyring_open(arena, keys, count,
		    STR(RECEIPTS_SPACE), diags);
	return count == 0 || *keyring != NULL;
}

bool chronicle_read_keys(struct chronicle *chronicle,
    const struct value *settings)
{
	if (!receipt_keys_read(chronicle->arena, settings, &chronicle->keys,
	    &chronicle->key_count, chronicle->diags))
		return false;
	note_keys(chronicle);
	return true;
}
