/* SPDX-License-Identifier: MIT */
/* When each file came to the main branch: the commits that are new, walked by
 * workers. What follows from them for records is stage_arrivals.c. */
#include "pipeline/stage_history.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/pack.h"
#include "base/value.h"
#include "base/workers.h"
#include "catalogue/history_store.h"
#include "pipeline/pipeline.h"
#include "source/history.h"
#include "source/receipt.h"
#include "source/source.h"

/* Commits that a worker takes at once: neighbours share most of their trees. */
enum { CHUNK = 64 };

/* A first import is one commit, and a big one. */
enum { CHUNK_SECONDS = 1800 };

/* Packs are mapped into memory, which counts. */
#define CHUNK_MEMORY ((size_t)8 * 1024 * 1024 * 1024)

static struct str id_str(const unsigned char *id)
{
	return (struct str){ (const char *)id, OBJECT_SIZE };
}

/* -- in a worker ---------------------------------------------------------- */

static bool begin(void *context)
{
	struct chronicle *chronicle = context;

	return history_reopen(chronicle->history);
}

/* The commit that had the file first, as bytes; empty for none. */
static struct str introduction_of(const struct vec *introductions,
    struct str path, size_t *next)
{
	const struct introduction *at = *next < introductions->count ?
	    vec_at(introductions, *next) : NULL;

	/* They are in the order of the changes. */
	if (at == NULL || !str_eq(at->path, path))
		return STR_NONE;
	(*next)++;
	return id_str(at->id);
}

static void pack_changes(struct buf *answer, const struct vec *changes,
    const struct vec *introductions, bool is_bulk)
{
	size_t next = 0;

	pack_number(answer, (uint32_t)changes->count);
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = vec_at(changes, i);
		bool is_rename = change->kind == CHANGE_RENAMED;

		pack_number(answer, (uint32_t)change_letter(change));
		pack_str(answer, change->path);
		pack_str(answer, is_rename ? change->old_path : STR_NONE);
		pack_number(answer, change->similarity);
		pack_str(answer, id_str(change->object));
		pack_str(answer, id_str(change->old_object));
		pack_number(answer, is_rename &&
		    history_carries(change, is_bulk));
		pack_str(answer, introduction_of(introductions, change->path,
		    &next));
	}
}

/* Number `index` of the new ones, counted from the oldest. */
static const struct landing *new_landing(const struct chronicle *chronicle,
    size_t index)
{
	return vec_at(&chronicle->landings,
	    chronicle->landing_count - 1 - index);
}

/* The one before it may be known already; the very first has none. */
static const struct landing *landing_before(
    const struct chronicle *chronicle, size_t index)
{
	size_t at = chronicle->landing_count - index;

	return at < chronicle->landings.count ?
	    vec_at(&chronicle->landings, at) : NULL;
}

static bool walk_one(struct chronicle *chronicle, size_t index,
    struct buf *answer, struct diag_list *diags)
{
	const struct landing *landing = new_landing(chronicle, index);
	struct arena *arena = &chronicle->scratch;
	struct vec changes, introductions;
	bool ok;

	vec_init(&changes, sizeof(struct change));
	vec_init(&introductions, sizeof(struct introduction));
	ok = history_changes(chronicle->history,
	    landing_before(chronicle, index), landing, arena, &changes,
	    diags) && history_introductions(chronicle->history, landing,
	    &changes, arena, &introductions, diags);
	if (ok)
		pack_changes(answer, &changes, &introductions,
		    history_is_bulk(chronicle->history, landing->id));
	vec_dispose(&introductions);
	vec_dispose(&changes);
	return ok;
}

/* An answer: diagnostics, then the changes of each landing. */
static void run(void *context, size_t job, struct buf *answer)
{
	struct chronicle *chronicle = context;
	struct diag_list diags;
	struct arena found;
	struct buf rest;
	bool ok = true;

	arena_init(&found);
	diag_list_init(&diags, &found);
	buf_init(&rest);
	for (size_t i = job * CHUNK; ok && i < (job + 1) * CHUNK &&
	    i < chronicle->landing_count; i++) {
		arena_reset(&chronicle->scratch);
		ok = walk_one(chronicle, i, &rest, &diags);
	}
	pack_diags(answer, &diags);
	buf_append(answer, buf_str(&rest));
	buf_dispose(&rest);
	diag_list_dispose(&diags);
	arena_dispose(&found);
}

/* -- in the parent -------------------------------------------------------- */

static bool unpack_change(struct str *bytes, struct stored_change *change)
{
	uint32_t letter, carries;

	if (!unpack_number(bytes, &letter) ||
	    !unpack_str(bytes, &change->path) ||
	    !unpack_str(bytes, &change->old_path) ||
	    !unpack_number(bytes, &change->similarity) ||
	    !unpack_str(bytes, &change->object) ||
	    !unpack_str(bytes, &change->old_object) ||
	    !unpack_number(bytes, &carries) ||
	    !unpack_str(bytes, &change->introduced))
		return false;
	change->kind = (char)letter;
	change->carries = carries != 0;
	return true;
}

static bool take_one(struct chronicle *chronicle, size_t index,
    struct str *answer)
{
	const struct landing *landing = new_landing(chronicle, index);
	const struct stored_landing stored = { id_str(landing->id),
		landing->parents, landing->committed.seconds,
		history_is_bulk(chronicle->history, landing->id) };
	struct stored_change *changes;
	struct arena arena;
	uint32_t count;
	bool ok = unpack_number(answer, &count) && count <= answer->len;

	if (!ok)
		return false;
	arena_init(&arena);
	changes = arena_array(&arena, count, sizeof(*changes));
	for (uint32_t i = 0; ok && i < count; i++)
		ok = unpack_change(answer, &changes[i]);
	if (ok)
		history_store_put(chronicle->store, &stored, changes, count);
	arena_dispose(&arena);
	return ok;
}

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct chronicle *chronicle = context;
	bool ok = outcome == WORKER_DONE &&
	    unpack_diags(&answer, chronicle->diags);

	progress_step(chronicle->progress);
	if (chronicle->has_failed)
		return;
	if (outcome != WORKER_DONE)
		(void)worker_report(outcome, STR(".git"), chronicle->diags);
	for (size_t i = job * CHUNK; ok && i < (job + 1) * CHUNK &&
	    i < chronicle->landing_count; i++)
		ok = take_one(chronicle, i, &answer);
	/* What follows would be put at the wrong place. */
	chronicle->has_failed = !ok;
}

static bool walk(struct chronicle *chronicle)
{
	static const struct text what = TEXT("读取历史", "reading history");
	const struct workers_request request = {
		.jobs = (chronicle->landing_count + CHUNK - 1) / CHUNK,
		.processes = chronicle->jobs,
		.seconds = CHUNK_SECONDS,
		.memory = CHUNK_MEMORY,
		.context = chronicle,
		.begin = begin,
		.run = run,
		.take = take,
	};
	bool ok;

	if (request.jobs == 0)
		return true;
	progress_begin(chronicle->progress, &what, request.jobs);
	ok = workers_run(&request, chronicle->diags);
	progress_end(chronicle->progress);
	if (ok && chronicle->has_failed &&
	    chronicle->diags->counts[DIAG_FATAL] == 0)
		diag_report(chronicle->diags, ((struct mark){ .path =
		    STR(".git") }), DIAG_OBJECT_UNREADABLE, STR(".git"),
		    STR("the walk of its history ended early"));
	return ok && !chronicle->has_failed;
}

static bool is_known(void *context, const unsigned char *id)
{
	struct chronicle *chronicle = context;

	return history_store_find(chronicle->store, id_str(id)) > 0;
}

/*
 * Lists the commits that are not known, and cuts off what is known but no
 * longer on the main branch: its history was rewritten.
 */
static bool list_new(struct chronicle *chronicle)
{
	const struct landing *oldest;
	int64_t sequence;

	if (!history_chain(chronicle->history,
	    history_tip(chronicle->history), is_known, chronicle,
	    &chronicle->landings, chronicle->diags))
		return false;
	oldest = vec_at(&chronicle->landings, chronicle->landings.count - 1);
	sequence = history_store_find(chronicle->store, id_str(oldest->id));
	chronicle->landing_count = chronicle->landings.count -
	    (sequence > 0);
	if (sequence < history_store_last(chronicle->store))
		history_store_cut(chronicle->store, sequence);
	return true;
}

/*
 * The last landing that the commit shown has: itself when it is one. Landings
 * lie in a row, so whatever it has of them is a beginning of the row. False
 * when git cannot tell.
 */
static bool find_shown(struct chronicle *chronicle)
{
	const unsigned char *shown = history_shown(chronicle->history);
	int64_t sequence = history_store_find(chronicle->store,
	    id_str(shown));
	int64_t least = 0, most = history_store_last(chronicle->store);

	while (sequence == 0 && least < most) {
		int64_t middle = least + (most - least + 1) / 2;
		struct str id = history_store_id(chronicle->store, middle,
		    &chronicle->scratch);

		int holds = id.len != OBJECT_SIZE ? 0 : history_holds(
		    chronicle->history, shown,
		    (const unsigned char *)id.ptr);

		if (holds < 0)
			return history_unreadable(chronicle->diags);
		if (holds > 0)
			least = middle;
		else
			most = middle - 1;
	}
	chronicle->shown = sequence > 0 ? sequence : least;
	return true;
}

static struct history_settings history_settings(const struct value *settings)
{
	struct history_settings found = HISTORY_SETTINGS_DEFAULT;
	struct str branch = value_text_at(settings, STR("history.branch"));
	struct str ignore = value_text_at(settings,
	    STR("history.ignore_revs"));

	if (branch.len > 0)
		found.branch = branch;
	if (ignore.len > 0)
		found.ignore_revs = ignore;
	return found;
}

static bool bring_up_to_date(struct chronicle *chronicle,
    const struct value *settings)
{
	if (!chronicle_read_keys(chronicle, settings) ||
	    !list_new(chronicle) || !walk(chronicle) ||
	    !chronicle_read_receipts(chronicle) || !find_shown(chronicle))
		return false;
	history_store_keep(chronicle->store);
	return history_store_is_well(chronicle->store, chronicle->diags);
}

bool chronicle_open(struct chronicle *chronicle, const struct source *source,
    const struct value *settings, struct arena *arena,
    struct progress *progress, size_t jobs, struct diag_list *diags)
{
	const struct history_settings wanted = history_settings(settings);

	*chronicle = (struct chronicle){ .arena = arena, .diags = diags,
		.progress = progress, .jobs = jobs };
	arena_init(&chronicle->scratch);
	vec_init(&chronicle->landings, sizeof(struct landing));
	vec_init(&chronicle->noted, sizeof(struct noted));
	if (!history_open(arena, source, &wanted, &chronicle->history, diags))
		return false;
	if (chronicle->history == NULL)
		return true;
	chronicle->store = history_store_open(arena,
	    history_cache(chronicle->history),
	    history_basis(chronicle->history), diags);
	return chronicle->store != NULL &&
	    bring_up_to_date(chronicle, settings);
}

void chronicle_close(struct chronicle *chronicle)
{
	if (chronicle->store != NULL)
		history_store_close(chronicle->store);
	if (chronicle->history != NULL)
		history_close(chronicle->history);
	vec_dispose(&chronicle->noted);
	vec_dispose(&chronicle->landings);
	arena_dispose(&chronicle->scratch);
}
