/* SPDX-License-Identifier: MIT */
/*
 * The registry on top of the catalogue that its last run has kept: what differs
 * is found by git's names of files, which a folder's are asked for only where
 * the file system says that something may have changed; then that, and what it
 * reaches, is judged (pipeline_resume.c), and the kept catalogue becomes what a
 * new one would be. Wherever that is in doubt a new one is made.
 */
#include "base/date.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/resume.h"
#include "catalogue/touched.h"
#include "catalogue/worked_out.h"
#include "pipeline/pipeline.h"
#include "pipeline/pipeline_inside.h"
#include "pipeline/stages.h"
#include "pipeline/tally.h"
#include "render/attachment.h"
#include "source/source.h"

#include <string.h>

/* -- what changed --------------------------------------------------------- */

struct comparison {
	struct pipeline *pipeline;
	struct vec now;		/* struct source_entry: all there is */
	struct vec changes;	/* struct source_change */
	struct vec anew;	/* struct source_entry *: that are otherwise,
				 * or whose times are */
	struct arena scratch;	/* of one file */
	bool is_unsure;		/* a file could not be read, or is none: it
				 * may be the same */
};

static void add_change(struct comparison *c, struct str path,
    enum source_change_kind kind, const struct source_entry *entry,
    uint32_t before)
{
	struct source_change *change = vec_push(&c->changes);

	change->path = path;
	change->kind = kind;
	change->before = (enum source_kind)before;
	if (entry != NULL)
		change->entry = *entry;
}

/* By its bytes, which are named; those of a commit have their name already. */
static bool is_same_object(struct comparison *c, struct source_entry *entry,
    struct str object)
{
	struct source *source = c->pipeline->registry.source;
	struct diag_list silent;
	struct str bytes;
	uint64_t size;
	bool is_read = true;

	if (source_is_worktree(source)) {
		diag_list_init(&silent, &c->scratch);
		is_read = source_read(source, entry, ATTACHMENT_LIMIT,
		    &c->scratch, &bytes, &size, &silent) &&
		    size <= ATTACHMENT_LIMIT;
		if (is_read)
			source_name_bytes(bytes, entry->object);
		c->is_unsure = c->is_unsure || !is_read;
		diag_list_dispose(&silent);
		arena_reset(&c->scratch);
	}
	return is_read && str_eq(object, (struct str){
	    (const char *)entry->object, sizeof(entry->object) });
}

static void compare_file(struct comparison *c, struct source_entry *entry,
    const struct file_state *kept)
{
	bool is_file = entry->kind == SOURCE_FILE &&
	    kept->kind == SOURCE_FILE;

	if (is_file && entry->status != 0 && entry->status == kept->status) {
		if (kept->object.len == sizeof(entry->object))
			memcpy(entry->object, kept->object.ptr,
			    sizeof(entry->object));
		return;
	}
	/* A link may have become a file, whose bytes are then named as well. */
	if (entry->kind == SOURCE_FILE &&
	    is_same_object(c, entry, kept->object) && is_file) {
		if (entry->status != kept->status)
			*(struct source_entry **)vec_push(&c->anew) = entry;
		return;
	}
	/* What is no file is refused in each run, so it is a change. */
	c->is_unsure = c->is_unsure || (entry->kind != SOURCE_FILE &&
	    (int)entry->kind == (int)kept->kind);
	add_change(c, entry->path, SOURCE_CHANGED, entry, kept->kind);
	*(struct source_entry **)vec_push(&c->anew) = entry;
}

static void take_added(struct comparison *c, struct source_entry *entry)
{
	if (entry->kind == SOURCE_FILE)
		(void)is_same_object(c, entry, STR_NONE);
	add_change(c, entry->path, SOURCE_ADDED, entry, SOURCE_FILE);
	*(struct source_entry **)vec_push(&c->anew) = entry;
}

/* Both in path order. False when too much is otherwise. */
static bool compare(struct comparison *c)
{
	struct catalogue *catalogue = c->pipeline->catalogue;
	struct file_state kept;
	size_t at = 0;

	pipeline_list_now(c->pipeline, &c->now);
	while (catalogue_next_file(catalogue, &kept)) {
		struct source_entry *entry = NULL;
		int order = 1;

		for (; at < c->now.count; at++) {
			entry = vec_at(&c->now, at);
			order = str_cmp(entry->path, kept.path);
			if (order >= 0)
				break;
			take_added(c, entry);
		}
		if (at < c->now.count && order == 0) {
			compare_file(c, entry, &kept);
			at++;
		} else {
			add_change(c, str_dup(c->pipeline->arena, kept.path),
			    SOURCE_REMOVED, NULL, kept.kind);
		}
	}
	for (; at < c->now.count; at++)
		take_added(c, vec_at(&c->now, at));
	return c->changes.count <= MOST_CHANGES &&
	    c->changes.count * 2 <= c->now.count;
}

/* -- keeping what is found ------------------------------------------------ */

static void put_rows(const struct comparison *c)
{
	struct pipeline *pipeline = c->pipeline;

	for (size_t i = 0; i < c->changes.count; i++) {
		const struct source_change *change = vec_at(&c->changes, i);

		if (change->kind == SOURCE_REMOVED)
			catalogue_drop_file(pipeline->catalogue, change->path);
	}
	for (size_t i = 0; i < c->anew.count; i++)
		pipeline_put_file(pipeline,
		    *(struct source_entry **)vec_at(&c->anew, i));
}

/* Puts what was found beside what stands. */
static void put_found(struct pipeline *pipeline,
    const struct diag_list *found)
{
	const struct diag_list *lists[] = { pipeline->diags, found };

	catalogue_drop_passing(pipeline->catalogue);
	for (size_t list = 0; list < 2; list++)
		for (size_t i = 0; i < lists[list]->items.count; i++)
			catalogue_put_diagnostic(pipeline->catalogue,
			    vec_at(&lists[list]->items, i));
}

/* Works out what follows from all that stands. */
static void conclude(struct pipeline *pipeline)
{
	struct catalogue *catalogue = pipeline->catalogue;
	struct diag_list errors;

	diag_list_init(&errors, pipeline->arena);
	catalogue_kept_errors(catalogue, &errors);
	for (size_t i = 0; i < errors.items.count; i++) {
		const struct diagnostic *d = vec_at(&errors.items, i);

		catalogue_note_faulty(catalogue, pipeline_record_of(pipeline,
		    d->mark.path));
	}
	diag_list_dispose(&errors);
	catalogue_withhold_faulty(catalogue);
	catalogue_conclude(catalogue);
}

/* -- when nothing has changed --------------------------------------------- */

static bool is_same(const struct diagnostic *a, const struct diagnostic *b)
{
	return str_eq(a->mark.path, b->mark.path) &&
	    a->severity == b->severity && str_eq(a->id, b->id) &&
	    str_eq(a->message[LANG_ZH], b->message[LANG_ZH]) &&
	    str_eq(a->message[LANG_EN], b->message[LANG_EN]);
}

/* Whether this run has found anew what the last one had. */
static bool is_found_again(struct pipeline *pipeline,
    const struct diag_list *found)
{
	const struct diag_list *lists[] = { pipeline->diags, found };
	struct diag_list now, before;
	bool same;

	diag_list_init(&now, pipeline->arena);
	diag_list_init(&before, pipeline->arena);
	for (size_t list = 0; list < 2; list++)
		for (size_t i = 0; i < lists[list]->items.count; i++)
			diag_add(&now, vec_at(&lists[list]->items, i));
	catalogue_kept_passing(pipeline->catalogue, &before);
	diag_sort(&now);
	diag_sort(&before);
	same = now.items.count == before.items.count;
	for (size_t i = 0; same && i < now.items.count; i++)
		same = is_same(vec_at(&now.items, i),
		    vec_at(&before.items, i));
	diag_list_dispose(&before);
	diag_list_dispose(&now);
	return same;
}

/* Then all that was kept stands. */
static bool is_unchanged(const struct comparison *c,
    const struct diag_list *found)
{
	struct pipeline *pipeline = c->pipeline;
	struct str name = STR("head");

	return c->changes.count == 0 &&
	    catalogue_is_untouched(pipeline->catalogue) &&
	    str_eq(catalogue_cell(pipeline->catalogue, QUERY_meta, &name, 1,
		pipeline->arena), source_commit(pipeline->registry.source,
		NULL)) && is_found_again(pipeline, found);
}

/* -- in order ------------------------------------------------------------- */

/* False if anything went wrong. */
static bool judge(struct comparison *c, struct diag_list *found)
{
	struct pipeline *pipeline = c->pipeline;
	struct diag_list *own = pipeline->diags;
	struct vec entries = pipeline->entries;
	bool ok;

	vec_init(&pipeline->entries, sizeof(struct source_entry));
	pipeline->diags = found;
	pipeline->is_resumed = true;
	ok = pipeline_judge_changes(pipeline, &c->changes);
	pipeline->is_resumed = false;
	pipeline->diags = own;
	vec_dispose(&pipeline->entries);
	pipeline->entries = entries;
	return ok && !pipeline->is_torn && found->counts[DIAG_FATAL] == 0;
}

/* What is about the registry as a whole, and the counts of all verdicts. */
static void judge_whole(struct pipeline *pipeline, struct diag_list *found)
{
	struct diag_list *own = pipeline->diags;

	pipeline->diags = found;
	catalogue_take_reminders(pipeline->catalogue);
	tally_take_out(pipeline->tally, catalogue_taken(pipeline->catalogue));
	stage_tally(pipeline);
	pipeline->diags = own;
}

/* What was kept may be known to have been of this very commit. */
static void compare_head(struct comparison *c)
{
	struct pipeline *pipeline = c->pipeline;
	struct str name = STR("commit"), commit = catalogue_cell(
	    pipeline->catalogue, QUERY_meta, &name, 1, pipeline->arena);

	if (commit.len == 0 || !str_eq(commit, source_commit(
	    pipeline->registry.source, NULL)))
		pipeline_compare_head(pipeline, &c->now);
	else if (c->changes.count > 0)
		pipeline->head = c->is_unsure ? HEAD_UNKNOWN : HEAD_OTHER;
	else
		pipeline_compare_head(pipeline, NULL);
}

static void keep(struct comparison *c, struct diag_list *found,
    struct diag_list *all, struct diag_list *silent)
{
	struct pipeline *pipeline = c->pipeline;

	compare_head(c);
	if (!is_unchanged(c, found)) {
		judge_whole(pipeline, found);
		put_found(pipeline, found);
		conclude(pipeline);
		pipeline_fit(pipeline);
	}
	pipeline->has_left_found = pipeline->leaves_found;
	if (pipeline->has_left_found) {
		catalogue_count_kept(pipeline->catalogue, all->counts);
	} else {
		catalogue_kept(pipeline->catalogue, all);
		diag_sort(all);
	}
	put_rows(c);
	catalogue_drop_stale(pipeline->catalogue);
	/* Closing takes back what rests on something that could not be read. */
	if (catalogue_is_well(pipeline->catalogue, silent))
		catalogue_commit(pipeline->catalogue);
}

/* What became of a cache is told whether the rest was found in vain or not; it
 * is not among what is kept. */
static void tell_damage(struct pipeline *pipeline,
    const struct diag_list *found)
{
	for (size_t i = 0; i < found->items.count; i++) {
		const struct diagnostic *d = vec_at(&found->items, i);

		if (diag_is_of_cache(d))
			diag_add(pipeline->diags, d);
	}
	if (catalogue_is_damaged(pipeline->catalogue))
		catalogue_report_damage(catalogue_path(pipeline->catalogue),
		    pipeline->diags);
}

static bool go_on(struct comparison *c)
{
	struct pipeline *pipeline = c->pipeline;
	struct diag_list found, all, silent;
	bool ok;

	diag_list_init(&found, pipeline->arena);
	diag_list_init(&all, pipeline->arena);
	diag_list_init(&silent, pipeline->arena);
	ok = catalogue_turn_to(pipeline->catalogue, date_iso(pipeline->arena,
	    pipeline->registry.as_of)) && compare(c) && judge(c, &found);
	if (ok)
		keep(c, &found, &all, &silent);
	ok = catalogue_is_well(pipeline->catalogue, &silent) && ok &&
	    found.counts[DIAG_FATAL] == 0;
	diag_list_dispose(ok ? pipeline->diags : &all);
	if (ok)
		*pipeline->diags = all;
	else
		pipeline->has_left_found = false;
	tell_damage(pipeline, &found);
	diag_list_dispose(&silent);
	diag_list_dispose(&found);
	return ok;
}

static void begin_comparison(struct comparison *c, struct pipeline *pipeline)
{
	*c = (struct comparison){ .pipeline = pipeline };
	arena_init(&c->scratch);
	vec_init(&c->now, sizeof(struct source_entry));
	vec_init(&c->changes, sizeof(struct source_change));
	vec_init(&c->anew, sizeof(struct source_entry *));
}

static void end_comparison(struct comparison *c)
{
	vec_dispose(&c->anew);
	vec_dispose(&c->changes);
	vec_dispose(&c->now);
	arena_dispose(&c->scratch);
	vec_clear(&c->pipeline->numbers);
}

bool pipeline_go_on(struct pipeline *pipeline)
{
	struct comparison c;
	bool ok;

	if (pipeline->fingerprint.len == 0)
		return false;
	pipeline->catalogue = catalogue_go_on(pipeline->arena,
	    pipeline_cache(pipeline), pipeline->fingerprint, pipeline->diags);
	if (pipeline->catalogue == NULL)
		return false;
	/* So that what is worked out from tables that did not change stands. */
	catalogue_watch(pipeline->catalogue);
	begin_comparison(&c, pipeline);
	ok = go_on(&c);
	end_comparison(&c);
	if (!ok)
		pipeline_leave(pipeline);
	return ok;
}

/* -- ahead of a run ------------------------------------------------------- */

/* False where a file has come or gone. */
static bool compare_paths(struct comparison *c, const struct vec *paths)
{
	struct pipeline *pipeline = c->pipeline;
	struct source *source = pipeline->registry.source;

	for (size_t i = 0; i < paths->count; i++) {
		struct str path = *(struct str *)vec_at(paths, i);

		if (!pipeline_lists(pipeline, path) || !source_find(source,
		    path, vec_push(&c->now)))
			return false;
	}
	for (size_t i = 0; i < c->now.count; i++) {
		struct source_entry *entry = vec_at(&c->now, i);
		struct str object = catalogue_cell(pipeline->catalogue,
		    QUERY_object_of, &entry->path, 1, pipeline->arena);

		if (object.len == 0)
			return false;
		if (is_same_object(c, entry, object))
			continue;
		add_change(c, entry->path, SOURCE_CHANGED, entry, SOURCE_FILE);
		*(struct source_entry **)vec_push(&c->anew) = entry;
	}
	return true;
}

/* What was kept is of this day and commit, and of these files but for `paths`;
 * nothing of them may be wrong. */
static enum pipeline_ahead judge_ahead(struct comparison *c,
    const struct vec *paths, struct diag_list *found)
{
	struct pipeline *pipeline = c->pipeline;

	if (!pipeline_is_kept_of_now(pipeline) || !compare_paths(c, paths))
		return AHEAD_STALE;
	if (!pipeline_differs_from_head(pipeline, &c->now) ||
	    !judge(c, found) || diag_errors(found) > 0)
		return AHEAD_REFUSED;
	judge_whole(pipeline, found);
	put_found(pipeline, found);
	conclude(pipeline);
	put_rows(c);
	catalogue_drop_stale(pipeline->catalogue);
	return diag_errors(found) == 0 && catalogue_is_well(
	    pipeline->catalogue, found) ? AHEAD_JUDGED : AHEAD_REFUSED;
}

bool pipeline_open_kept(struct pipeline *pipeline)
{
	if (pipeline->fingerprint.len == 0)
		return false;
	pipeline->catalogue = catalogue_resume(pipeline->arena,
	    pipeline_cache(pipeline), pipeline->fingerprint, pipeline->diags);
	return pipeline->catalogue != NULL;
}

enum pipeline_ahead pipeline_judge_ahead(struct pipeline *pipeline,
    const struct vec *paths)
{
	enum pipeline_ahead how;
	struct diag_list found;
	struct comparison c;

	if (!pipeline_open_kept(pipeline))
		return AHEAD_STALE;
	catalogue_watch(pipeline->catalogue);
	begin_comparison(&c, pipeline);
	diag_list_init(&found, pipeline->arena);
	how = judge_ahead(&c, paths, &found);
	diag_list_dispose(&found);
	end_comparison(&c);
	if (how != AHEAD_JUDGED)
		pipeline_leave(pipeline);
	return how;
}
