/* SPDX-License-Identifier: MIT */
/*
 * A proposal on top of the kept catalogue. What it changes is read again, then
 * whatever asked for something that changed; all of it is judged in this
 * process, since nobody else sees a catalogue that is never written. The
 * verdicts are those of a run over everything: see tests/properties/.
 */
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/resume.h"
#include "commands/pipeline.h"
#include "commands/tally.h"
#include "model/kind.h"
#include "rules/ruleset.h"
#include "schema/schema.h"
#include "source/source.h"

/* Beyond so many files a run over everything with all processors is no slower,
 * or hardly. */
enum { MOST_CHANGES = 2000 };

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

static void take_change(struct pipeline *pipeline,
    const struct source_change *change)
{
	bool was_file = change->kind != SOURCE_ADDED &&
	    change->before == SOURCE_FILE;
	bool is_file = change->kind != SOURCE_REMOVED &&
	    change->entry.kind == SOURCE_FILE;

	catalogue_forget(pipeline->catalogue, change->path, &pipeline->known);
	pipeline->file_count += is_file;
	pipeline->file_count -= was_file;
	if (is_file)
		read_again(pipeline, &change->entry, catalogue_number(
		    pipeline->catalogue, change->path));
	else if (change->kind != SOURCE_REMOVED)
		pipeline_refuse_entry(pipeline, &change->entry);
}

/* Their files are as they were; what is found in them may not be. */
static void take_reached(struct pipeline *pipeline)
{
	const struct value *rows = catalogue_rows(pipeline->catalogue,
	    QUERY_reached, NULL, 0, pipeline->arena, NULL, NULL);

	vec_clear(&pipeline->entries);
	vec_clear(&pipeline->numbers);
	for (size_t i = 0; i < value_count(rows); i++) {
		struct str path = value_text_at(rows->list.items[i],
		    STR("path"));
		struct source_entry entry;

		if (!source_find(pipeline->registry.source, path, &entry))
			continue;
		catalogue_forget(pipeline->catalogue, path, &pipeline->known);
		read_again(pipeline, &entry, catalogue_number(
		    pipeline->catalogue, path));
	}
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

/* -- in order ------------------------------------------------------------- */

static void judge_changes(struct pipeline *pipeline,
    const struct vec *changes)
{
	struct catalogue *catalogue = pipeline->catalogue;

	for (size_t i = 0; i < changes->count; i++) {
		const struct source_change *change = vec_at(changes, i);

		if (is_content(change->path))
			take_change(pipeline, change);
	}
	open_schemas(pipeline);
	if (!stage_read(pipeline))
		return;
	for (size_t i = 0; i < pipeline->entries.count; i++)
		catalogue_note(catalogue, ((struct source_entry *)vec_at(
		    &pipeline->entries, i))->path);
	catalogue_reach(catalogue);
	take_reached(pipeline);
	open_schemas(pipeline);
	if (!stage_read(pipeline))
		return;
	(void)catalogue_check(catalogue, pipeline->arena, pipeline->diags);
	if (!stage_register(pipeline, changes) || !stage_proposal(pipeline))
		return;
	stage_judge_here(pipeline, catalogue_rows(catalogue, QUERY_to_judge,
	    NULL, 0, pipeline->arena, NULL, NULL));
	tally_put_judged(pipeline->tally, catalogue);
	(void)catalogue_is_well(catalogue, pipeline->diags);
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
	judge_changes(pipeline, changes);
	diag_sort(pipeline->diags);
}

bool pipeline_resume(struct pipeline *pipeline)
{
	struct vec changes;

	if (pipeline->kept == NULL)
		return false;
	vec_init(&changes, sizeof(struct source_change));
	if (find_changes(pipeline, &changes))
		go_on(pipeline, &changes);
	vec_dispose(&changes);
	return pipeline->is_resumed;
}
