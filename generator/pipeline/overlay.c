/* SPDX-License-Identifier: MIT */
#include "pipeline/overlay.h"

#include "base/path.h"
#include "catalogue/catalogue.h"
#include "model/kind.h"
#include "pipeline/stages.h"
#include "pipeline/tally.h"
#include "source/source.h"

/* -- opening ------------------------------------------------------------- */

bool overlay_is_apart(const struct source *registry, struct str folder,
    struct diag_list *diags)
{
	struct mark mark = { .path = STR("--private") };

	switch (source_exposure(registry, folder)) {
	case SOURCE_APART:
		return true;
	case SOURCE_NOT_IGNORED:
		return diag_report(diags, mark, DIAG_PRIVATE_EXPOSED, folder,
		    STR("it is not in .gitignore"),
		    STR(".gitignore 中没有它"));
	case SOURCE_TRACKED:
		return diag_report(diags, mark, DIAG_PRIVATE_EXPOSED, folder,
		    STR("files of it are tracked"),
		    STR("其中有文件已纳入版本管理"));
	case SOURCE_IS_REGISTRY:
		break;
	}
	return diag_report(diags, mark, DIAG_PRIVATE_IS_REGISTRY, folder);
}

static bool is_private_record(struct str path)
{
	struct content_path what;
	struct diag_list ignored;
	struct arena arena;
	bool is;

	arena_init(&arena);
	diag_list_init(&ignored, &arena);
	/* A file under a name that is no id is a fault of a private folder. */
	is = !kind_of_private_path(path, &what, &ignored) ||
	    what.role == PATH_RECORD;
	diag_list_dispose(&ignored);
	arena_dispose(&arena);
	return is;
}

/* What stands beside the records, such as a README, is left out. */
static bool list_files(struct overlay *overlay)
{
	struct pipeline *pipeline = &overlay->pipeline;
	struct vec found;
	bool ok;

	vec_init(&found, sizeof(struct source_entry));
	ok = source_entries(pipeline->registry.source, STR_NONE,
	    pipeline->arena, &found, pipeline->diags);
	for (size_t i = 0; i < found.count; i++) {
		const struct source_entry *entry = vec_at(&found, i);

		if (!is_private_record(entry->path))
			continue;
		if (entry->kind != SOURCE_FILE) {
			diag_report(pipeline->diags,
			    ((struct mark){ .path = entry->path }),
			    entry->kind == SOURCE_LINK ? DIAG_SYMBOLIC_LINK :
			    DIAG_ODD_ENTRY, entry->path);
			continue;
		}
		*(struct source_entry *)vec_push(&pipeline->entries) = *entry;
	}
	pipeline->files = pipeline->entries;
	vec_dispose(&found);
	return ok;
}

/* Whether the folder has at least one of those that hold records. */
static bool looks_private(const struct pipeline *registry, struct str folder)
{
	struct diag_list ignored;
	struct folder opened;
	bool has = false;

	diag_list_init(&ignored, registry->arena);
	for (size_t i = 0; i < KIND_COUNT && !has; i++) {
		struct str path;

		if (!kind_info((enum kind)i)->is_private)
			continue;
		path = path_join(registry->arena, folder,
		    kind_info((enum kind)i)->folder);
		has = folder_open_existing(path, &opened, &ignored);
		if (has)
			folder_close(&opened);
	}
	diag_list_dispose(&ignored);
	return has;
}

static void share(struct overlay *overlay, const struct pipeline *registry)
{
	struct pipeline *pipeline = &overlay->pipeline;

	*pipeline = (struct pipeline){ .arena = registry->arena,
		.diags = &overlay->diags, .lang = registry->lang,
		.jobs = registry->jobs, .progress = registry->progress,
		.codes = registry->codes, .schemas = registry->schemas,
		.ruleset = registry->ruleset,
		.settings = registry->settings, .limits = registry->limits,
		.beside = registry,
		.registry = { .arena = registry->arena,
		    .data = { .descriptor = -1 },
		    .as_of = registry->registry.as_of } };
	diag_list_init(&overlay->diags, registry->arena);
	pipeline_prepare(pipeline);
}

bool overlay_open(struct overlay *overlay, struct pipeline *registry,
    struct str folder)
{
	struct registry *own = &overlay->pipeline.registry;

	overlay->folder = path_plain(folder);
	if (folder.ptr == NULL)
		return true;
	/* The current folder, or the root. */
	if (overlay->folder.len == 0)
		overlay->folder = folder.len > 0 ? folder : STR(".");
	share(overlay, registry);
	registry->is_shared = true;
	/* An empty name is a slip, as of a script, not the current folder. */
	if (folder.len == 0 || !looks_private(registry, folder))
		return diag_report(registry->diags,
		    ((struct mark){ .path = STR("--private") }),
		    DIAG_NO_PRIVATE, folder);
	if (!overlay_is_apart(registry->registry.source, folder,
	    registry->diags) ||
	    !source_open_folder(registry->arena, folder, &own->source,
		registry->diags))
		return false;
	own->reader = source_reader(own->source);
	return list_files(overlay);
}

void overlay_close(struct overlay *overlay)
{
	struct pipeline *pipeline = &overlay->pipeline;

	if (overlay->folder.len == 0)
		return;
	if (pipeline->catalogue != NULL)
		catalogue_close(pipeline->catalogue);
	if (pipeline->registry.source != NULL)
		source_close(pipeline->registry.source);
	pipeline_dispose(pipeline);
	diag_list_dispose(&overlay->diags);
}

/* -- judging ------------------------------------------------------------- */

static struct str cache_of(const struct pipeline *pipeline)
{
	return path_join(pipeline->arena,
	    source_folder(pipeline->registry.source), STR(".zheli"));
}

static void put_verdicts(struct pipeline *pipeline)
{
	diag_sort(pipeline->diags);
	catalogue_begin(pipeline->catalogue);
	tally_put(pipeline->tally, pipeline->catalogue);
	for (size_t i = 0; i < pipeline->diags->items.count; i++)
		catalogue_put_diagnostic(pipeline->catalogue,
		    vec_at(&pipeline->diags->items, i));
	catalogue_commit(pipeline->catalogue);
}

bool overlay_judge(struct overlay *overlay)
{
	struct pipeline *pipeline = &overlay->pipeline;

	if (overlay->folder.len == 0)
		return true;
	if (!pipeline_create_catalogue(pipeline, cache_of(pipeline)) ||
	    !pipeline_read(pipeline) ||
	    pipeline->diags->counts[DIAG_FATAL] > 0 ||
	    !stage_judge(pipeline) ||
	    pipeline->diags->counts[DIAG_FATAL] > 0)
		return false;
	put_verdicts(pipeline);
	if (!catalogue_is_well(pipeline->catalogue, pipeline->diags))
		return false;
	if (pipeline->beside->registry.base == NULL)
		catalogue_keep(pipeline->catalogue);
	return true;
}

/* -- telling ------------------------------------------------------------- */

struct str overlay_path(const struct overlay *overlay, struct arena *arena,
    struct str path)
{
	return path_join(arena, overlay->folder, path);
}

void overlay_tell(const struct overlay *overlay, struct diag_list *diags)
{
	if (overlay->folder.len == 0)
		return;
	for (size_t i = 0; i < overlay->diags.items.count; i++) {
		struct diagnostic d = *(const struct diagnostic *)
		    vec_at(&overlay->diags.items, i);

		if (d.mark.path.len > 0)
			d.mark.path = overlay_path(overlay, diags->arena,
			    d.mark.path);
		diag_add(diags, &d);
	}
}
