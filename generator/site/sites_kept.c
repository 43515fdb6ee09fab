/* SPDX-License-Identifier: MIT */
#include "site/sites_kept.h"

#include "base/arena.h"
#include "base/listing.h"
#include "pipeline/pipeline.h"
#include "site/building.h"
#include "site/site_file.h"
#include "site/site_log.h"
#include "site/sites.h"

static bool list_files(struct building *building, const struct folder *folder,
    struct listing *listing, struct map *there)
{
	struct pipeline *pipeline = building->pipeline;
	struct vec paths;
	bool ok;

	map_init(there, pipeline->arena);
	vec_init(&paths, sizeof(struct str));
	ok = listing_look(listing, folder, pipeline->diags);
	if (ok)
		listing_paths(listing, pipeline->arena, &paths);
	for (size_t i = 0; ok && i < paths.count; i++)
		map_put(there, *(struct str *)vec_at(&paths, i), building);
	vec_dispose(&paths);
	return ok;
}

static void keep_page(struct building *building, struct page *page)
{
	const struct map *there = page->is_internal ?
	    &building->there_internal : &building->there;
	struct arena *scratch = &building->pipeline->scratch;
	struct str facts;

	arena_reset(scratch);
	page->is_new = !map_has(there, building_file(building, page,
	    scratch));
	page->is_kept = !page->is_new &&
	    kept_pages_has(&building->kept_pages, page, &facts);
	if (!page->is_kept)
		return;
	building->result->files++;
	(void)site_log_recall(building->log, &facts, page->is_internal,
	    building->pipeline->arena);
	if (page->file != NULL)
		site_file_unpack(&facts, page->file);
}

static void keep_pages(struct building *building, const struct vec *pages)
{
	for (size_t i = 0; i < pages->count; i++) {
		struct page *page = vec_at(pages, i);

		if (!page->is_internal || building->internal.descriptor >= 0)
			keep_page(building, page);
	}
}

bool sites_find_kept(struct building *building)
{
	const struct folder *internal = building->internal.descriptor < 0 ?
	    NULL : &building->internal;

	if (!list_files(building, &building->output, building->listed,
	    &building->there) || (internal != NULL && !list_files(building,
		internal, building->listed_internal,
		&building->there_internal)))
		return false;
	/* What a signature will stand for is made by this very build. */
	if (!building->request->is_scratch && !kept_pages_open(
	    &building->kept_pages, building->pipeline, &building->site,
	    &building->output, internal, building->pipeline->is_full ||
		building->request->key.len > 0))
		return false;
	keep_pages(building, &building->site.pages);
	keep_pages(building, &building->second.pages);
	if (!building->request->is_scratch)
		kept_pages_begin(&building->kept_pages);
	return true;
}
