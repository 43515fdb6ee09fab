/* SPDX-License-Identifier: MIT */
/*
 * Changes on top of the kept catalogue, those of a proposal or those since the
 * last run (pipeline_go_on.c). What changed is read again, then whatever asked
 * for something that changed; all of it is judged in this process, since nobody
 * else sees what is not committed. The verdicts are those of a run over
 * everything: see tests/properties/.
 */
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/resume.h"
#include "model/kind.h"
#include "pipeline/pipeline.h"
#include "pipeline/pipeline_inside.h"
#include "pipeline/stages.h"
#include "pipeline/tally.h"
#include "rules/ruleset.h"
#include "schema/schema.h"
#include "source/source.h"

#include <string.h>


/* -- what changed --------------------------------------------------------- */

static bool is_content(struct str path)
{
	struct str rest = path;

	if (!str_eq(str_cut(&rest, '/'), STR("content")))
		return false;
	while (rest.len > 0)
		if (str_starts(str_cut(&rest, '/'), STR(".")))
			return false;
	return true;
}

/* False when there are too many. */
static bool find_changes(const struct pipeline *pipeline, struct vec *changes)
{
	size_t count = 0;

	source_changes(pipeline->registry.source, changes);
	for (size_t i = 0; i < changes->count; i++) {
		const struct source_change *change = vec_at(changes, i);

		if (source_is_too_deep(change->path))
			return false;
		count += is_content(change->path);
	}
	return count <= MOST_CHANGES;
}

static void read_again(struct pipeline *pipeline,
    const struct source_entry *entry, uint32_t number)
{
	*(struct source_entry *)vec_push(&pipeline->entries) = *entry;
	*(uint32_t *)vec_push(&pipeline->numbers) = number;
}

/* 0 for what will be no record. */
static uint32_t number_for(struct pipeline *pipeline, struct str path)
{
	struct diag_list told_by_workers;
	struct content_path what;
	bool is_record;

	diag_list_init(&told_by_workers, pipeline->arena);
	is_record = kind_of_path(path, &what, &told_by_workers) &&
	    what.role == PATH_RECORD;
	diag_list_dispose(&told_by_workers);
	return is_record ? catalogue_number(pipeline->catalogue, path) : 0;
}

static void take_change(struct pipeline *pipeline,
    const struct source_change *change)
{
	bool was_file = change->kind != SOURCE_ADDED &&
	    change->before == SOURCE_FILE;
	bool is_file = change->kind != SOURCE_REMOVED &&
	    change->entry.kind == SOURCE_FILE;

	catalogue_forget(pipeline->catalogue, change->path, &pipeline->known);
	if (is_file)
		read_again(pipeline, &change->entry, number_for(pipeline,
		    change->path));
	/* Else it was refused when all files were listed. */
	if (pipeline->registry.base == NULL)
		return;
	pipeline->file_count += is_file;
	pipeline->file_count -= was_file;
	if (!is_file && change->kind != SOURCE_REMOVED)
		pipeline_refuse_entry(pipeline, &change->entry);
}

/* Here, once, and not in each worker. */
static void open_schemas(const struct pipeline *pipeline)
{
	struct diag_list told_by_workers;

	diag_list_init(&told_by_workers, pipeline->arena);
	for (size_t i = 0; i < pipeline->entries.count; i++) {
		const struct source_entry *entry = vec_at(&pipeline->entries,
		    i);
		struct content_path what;

		if (kind_of_path(entry->path, &what, &told_by_workers) &&
		    what.role == PATH_RECORD)
			(void)schema_fields(pipeline->schemas, what.kind);
	}
	diag_list_dispose(&told_by_workers);
}

/* Their files are as they were; what is found in them may not be. False if they
 * are too many. */
static bool take_reached(struct pipeline *pipeline)
{
	const struct value *rows = catalogue_rows(pipeline->catalogue,
	    QUERY_reached, NULL, 0, pipeline->arena, NULL, NULL);

	if (pipeline->registry.base == NULL && value_count(rows) >
	    MOST_CHANGES && value_count(rows) > pipeline->file_count / 4)
		return false;
	vec_clear(&pipeline->entries);
	vec_clear(&pipeline->numbers);
	for (size_t i = 0; i < value_count(rows); i++) {
		struct str path = value_text_at(rows->list.items[i],
		    STR("path"));
		struct source_entry entry;
		struct str object;

		if (!source_find(pipeline->registry.source, path, &entry)) {
			if (pipeline->registry.base == NULL)
				return false;
			continue;
		}
		object = catalogue_cell(pipeline->catalogue, QUERY_object_of,
		    &path, 1, pipeline->arena);
		if (source_is_worktree(pipeline->registry.source) &&
		    object.len == sizeof(entry.object))
			memcpy(entry.object, object.ptr, object.len);
		catalogue_forget(pipeline->catalogue, path, &pipeline->known);
		read_again(pipeline, &entry, catalogue_number(
		    pipeline->catalogue, path));
	}
	open_schemas(pipeline);
	return true;
}

/* -- in order ------------------------------------------------------------- */

/* False if it cannot be done so: files that were read, and whom they reach. */
static bool read_changes(struct pipeline *pipeline, const struct vec *changes)
{
	struct catalogue *catalogue = pipeline->catalogue;

	for (size_t i = 0; i < changes->count; i++) {
		const struct source_change *change = vec_at(changes, i);

		if (is_content(change->path))
			take_change(pipeline, change);
	}
	open_schemas(pipeline);
	if (!catalogue_has_numbers(catalogue) || !stage_read(pipeline))
		return false;
	for (size_t i = 0; i < pipeline->entries.count; i++)
		catalogue_note(catalogue, ((struct source_entry *)vec_at(
		    &pipeline->entries, i))->path);
	if (pipeline->registry.base == NULL && !stage_arrivals(pipeline))
		return false;
	catalogue_reach(catalogue);
	return take_reached(pipeline) && stage_read(pipeline);
}

bool pipeline_judge_changes(struct pipeline *pipeline,
    const struct vec *changes)
{
	struct catalogue *catalogue = pipeline->catalogue;

	if (!read_changes(pipeline, changes))
		return false;
	(void)catalogue_check(catalogue, pipeline->arena, pipeline->diags);
	if (!stage_register(pipeline, changes) || !stage_proposal(pipeline))
		return false;
	stage_judge_here(pipeline);
	return true;
}

static void go_on(struct pipeline *pipeline, const struct vec *changes)
{
	struct str name = STR("files");

	pipeline->is_resumed = true;
	pipeline->catalogue = pipeline->kept;
	pipeline->kept = NULL;
	(void)str_to_size(catalogue_cell(pipeline->catalogue, QUERY_meta,
	    &name, 1, pipeline->arena), &pipeline->file_count);
	pipeline->officers = catalogue_rows(pipeline->catalogue,
	    QUERY_officers, NULL, 0, pipeline->arena, NULL, NULL);
	if (pipeline_judge_changes(pipeline, changes))
		tally_put_judged(pipeline->tally, pipeline->catalogue);
	(void)catalogue_is_well(pipeline->catalogue, pipeline->diags);
	diag_sort(pipeline->diags);
}

/* As if nothing had been tried. */
static void take_back(struct pipeline *pipeline, size_t found,
    const size_t *counts)
{
	catalogue_close(pipeline->catalogue);
	pipeline->catalogue = NULL;
	pipeline->is_resumed = false;
	pipeline->officers = NULL;
	vec_clear(&pipeline->entries);
	vec_clear(&pipeline->numbers);
	pipeline->diags->items.count = found;
	memcpy(pipeline->diags->counts, counts,
	    sizeof(pipeline->diags->counts));
}

bool pipeline_resume(struct pipeline *pipeline)
{
	size_t found = pipeline->diags->items.count;
	size_t counts[DIAG_FATAL + 1];
	struct str damaged = STR_NONE;
	struct vec changes;

	if (pipeline->kept == NULL)
		return false;
	memcpy(counts, pipeline->diags->counts, sizeof(counts));
	vec_init(&changes, sizeof(struct source_change));
	if (find_changes(pipeline, &changes))
		go_on(pipeline, &changes);
	vec_dispose(&changes);
	if (pipeline->is_resumed && catalogue_is_damaged(pipeline->catalogue))
		damaged = catalogue_path(pipeline->catalogue);
	if (pipeline->is_resumed && (damaged.len > 0 ||
	    !catalogue_has_numbers(pipeline->catalogue)))
		take_back(pipeline, found, counts);
	if (damaged.len > 0)
		catalogue_report_damage(damaged, pipeline->diags);
	return pipeline->is_resumed;
}
