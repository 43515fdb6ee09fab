/* SPDX-License-Identifier: MIT */
/* Whether what is judged is what the commit checked out has. */
#include "base/date.h"
#include "base/path.h"
#include "catalogue/catalogue.h"
#include "pipeline/pipeline.h"
#include "pipeline/pipeline_inside.h"
#include "render/attachment.h"
#include "source/head.h"
#include "source/source.h"

#include <stdlib.h>
#include <string.h>

static int compare_paths(const void *a, const void *b)
{
	return str_cmp(((const struct source_entry *)a)->path,
	    ((const struct source_entry *)b)->path);
}

bool pipeline_lists(const struct pipeline *pipeline, struct str path)
{
	const struct vec *files = &pipeline->files;
	const struct source_entry wanted = { .path = path };

	return files->count > 0 && bsearch(&wanted, files->items, files->count,
	    sizeof(wanted), compare_paths) != NULL;
}

void pipeline_list_now(const struct pipeline *pipeline, struct vec *now)
{
	const struct vec *parts[] = { &pipeline->entries, &pipeline->others };

	for (size_t part = 0; part < 2; part++)
		for (size_t i = 0; i < parts[part]->count; i++)
			*(struct source_entry *)vec_push(now) =
			    *(struct source_entry *)vec_at(parts[part], i);
	vec_sort(now, compare_paths);
}

/* Names the bytes of those that have no name yet; what cannot be read keeps
 * none. */
static void name_entries(struct pipeline *pipeline, struct vec *entries)
{
	static const unsigned char unknown[20] = { 0 };
	struct diag_list silent;
	struct arena scratch;

	arena_init(&scratch);
	for (size_t i = 0; i < entries->count; i++) {
		struct source_entry *entry = vec_at(entries, i);
		struct str bytes;
		uint64_t size;

		if (entry->kind != SOURCE_FILE || memcmp(entry->object,
		    unknown, sizeof(unknown)) != 0)
			continue;
		diag_list_init(&silent, &scratch);
		if (source_read(pipeline->registry.source, entry,
		    ATTACHMENT_LIMIT, &scratch, &bytes, &size, &silent) &&
		    size <= ATTACHMENT_LIMIT)
			source_name_bytes(bytes, entry->object);
		diag_list_dispose(&silent);
		arena_reset(&scratch);
	}
	arena_dispose(&scratch);
}

/* What pages and verdicts are made of besides; it is little. */
static enum head_state compare_rest(struct pipeline *pipeline)
{
	static const struct str folders[] = { { "schemas", 7 },
		{ "themes", 6 } };
	enum head_state state = HEAD_UNKNOWN;
	struct diag_list silent;
	struct vec entries;
	bool ok = true;

	vec_init(&entries, sizeof(struct source_entry));
	diag_list_init(&silent, pipeline->arena);
	for (size_t i = 0; ok && i < 2; i++)
		ok = source_entries(pipeline->registry.source, folders[i],
		    pipeline->arena, &entries, &silent);
	vec_sort(&entries, compare_paths);
	if (ok) {
		name_entries(pipeline, &entries);
		state = head_compare(pipeline->registry.source, folders, 2,
		    &entries);
	}
	diag_list_dispose(&silent);
	vec_dispose(&entries);
	return state;
}

void pipeline_compare_head(struct pipeline *pipeline, struct vec *now)
{
	static const struct str folders[] = { { "content", 7 },
		{ "register", 8 } };

	pipeline->head = HEAD_SAME;
	if (now != NULL) {
		name_entries(pipeline, now);
		pipeline->head = head_compare(pipeline->registry.source,
		    folders, 2, now);
	}
	if (pipeline->head == HEAD_SAME)
		pipeline->head = compare_rest(pipeline);
}

/* All there is in the folder that `path` is in. */
static enum head_state compare_around(struct pipeline *pipeline,
    struct str path)
{
	struct str folder = str_dup(pipeline->arena, path_folder(path));
	enum head_state state = HEAD_UNKNOWN;
	struct diag_list silent;
	struct vec entries;

	vec_init(&entries, sizeof(struct source_entry));
	diag_list_init(&silent, pipeline->arena);
	if (source_entries(pipeline->registry.source, folder, pipeline->arena,
	    &entries, &silent)) {
		name_entries(pipeline, &entries);
		state = head_compare(pipeline->registry.source, &folder, 1,
		    &entries);
	}
	diag_list_dispose(&silent);
	vec_dispose(&entries);
	return state;
}

bool pipeline_differs_from_head(struct pipeline *pipeline,
    const struct vec *entries)
{
	if (source_commit(pipeline->registry.source, NULL).len == 0)
		pipeline->head = HEAD_OTHER;
	else
		pipeline->head = HEAD_UNKNOWN;
	for (size_t i = 0; pipeline->head != HEAD_OTHER && i < entries->count;
	     i++)
		pipeline->head = compare_around(pipeline,
		    ((const struct source_entry *)vec_at(entries, i))->path);
	return pipeline->head == HEAD_OTHER;
}

/* Of a catalogue. */
static struct str meta(struct pipeline *pipeline, struct str name)
{
	return catalogue_cell(pipeline->catalogue, QUERY_meta, &name, 1,
	    pipeline->arena);
}

bool pipeline_is_kept_of_now(struct pipeline *pipeline)
{
	const struct registry *registry = &pipeline->registry;
	struct str commit = source_commit(registry->source, NULL);

	return registry_is_of_now(registry) &&
	    str_eq(meta(pipeline, STR("as_of")),
	    date_iso(pipeline->arena, registry->as_of)) &&
	    str_eq(meta(pipeline, STR("head")), commit) &&
	    str_eq(source_reference(registry->source, "HEAD"), commit);
}

bool pipeline_is_clean(struct pipeline *pipeline, bool *clean,
    struct diag_list *diags)
{
	struct vec now;
	bool ok = true;

	if (pipeline->head == HEAD_UNKNOWN) {
		vec_init(&now, sizeof(struct source_entry));
		pipeline_list_now(pipeline, &now);
		pipeline_compare_head(pipeline, &now);
		vec_dispose(&now);
	}
	*clean = pipeline->head == HEAD_SAME;
	if (pipeline->head == HEAD_UNKNOWN) {
		ok = source_is_clean(pipeline->registry.source, clean, diags);
		if (ok)
			pipeline->head = *clean ? HEAD_SAME : HEAD_OTHER;
	}
	return ok;
}
