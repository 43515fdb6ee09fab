/* SPDX-License-Identifier: MIT */
#include "site/sites_kept.h"

#include "base/arena.h"
#include "base/listing.h"
#include "base/path.h"
#include "pipeline/pipeline.h"
#include "render/open_data.h"
#include "site/building.h"
#include "site/kept_data.h"
#include "site/site_file.h"
#include "site/site_log.h"
#include "site/sites.h"

/* One of the folders that sites are written to. */
struct looked_at {
	const struct building *building;
	bool is_internal;
};

static bool note_file(void *context, struct str path)
{
	const struct looked_at *at = context;
	struct page *page = building_page(at->building, path,
	    at->is_internal);

	if (page != NULL)
		page->is_new = false;
	return true;
}

/* Notes which pages are there. */
static bool look(struct building *building, bool is_internal)
{
	struct looked_at at = { building, is_internal };
	struct listing *listing = is_internal ? building->listed_internal :
	    building->listed;

	return listing_look(listing, is_internal ? &building->internal :
		&building->output, building->pipeline->diags) &&
	    listing_each(listing, note_file, &at);
}

static void expect_new(const struct vec *pages)
{
	for (size_t i = 0; i < pages->count; i++)
		((struct page *)vec_at(pages, i))->is_new = true;
}

/* Pages come in the order of their paths: the files that one is put together
 * from before it, by their year. */
static void keep_page(struct building *building, struct page *page)
{
	struct str facts;

	arena_reset(&building->pipeline->scratch);
	page->is_kept = !page->is_new &&
	    data_parts_are_kept(&building->site, page) &&
	    kept_pages_has(&building->kept_pages, page, &facts);
	if (!page->is_kept)
		return;
	(void)site_log_recall(building->log, &facts, page->is_internal,
	    page->path, building->pipeline->arena);
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

	expect_new(&building->site.pages);
	expect_new(&building->second.pages);
	if (!look(building, false) ||
	    (internal != NULL && !look(building, true)))
		return false;
	/* What a signature will stand for is made by this very build. */
	if (!building->request->is_scratch && !kept_pages_open(
	    &building->kept_pages, building->pipeline, &building->site,
	    &building->output, internal, building->pipeline->is_full ||
		building->request->key.len > 0))
		return false;
	keep_pages(building, &building->site.pages);
	keep_pages(building, &building->second.pages);
	building->recalled = building->log->files.count;
	building->errors = diag_errors(building->pipeline->diags);
	if (!building->request->is_scratch)
		kept_pages_begin(&building->kept_pages);
	kept_data_take(building);
	return true;
}

/* With more it is cheaper to look at all folders. */
enum { FOLDERS_MOST = 1000 };

/* Doubts the folders that this build has written to; false where they are not
 * known: a worker that was lost, which is an error, may have left files
 * anywhere, and the log has no compressed copies. Or where there are many. */
static bool doubt_written(const struct building *building, bool is_internal,
    struct listing *listing)
{
	const struct vec *files = &building->log->files;
	struct str last = STR_NONE;
	size_t folders = 0;

	if (diag_errors(building->pipeline->diags) != building->errors ||
	    building->request->with_copies)
		return false;
	for (size_t i = building->recalled; i < files->count; i++) {
		const struct site_file *file = vec_at(files, i);
		struct str folder = path_folder(file->path);

		if (file->is_internal != is_internal ||
		    (folders > 0 && str_eq(folder, last)))
			continue;
		if (++folders > FOLDERS_MOST)
			return false;
		listing_doubt(listing, file->path);
		last = folder;
	}
	return true;
}

bool sites_look_again(struct building *building, bool is_internal)
{
	const struct folder *folder = is_internal ? &building->internal :
	    &building->output;
	struct listing *listing = is_internal ? building->listed_internal :
	    building->listed;
	struct diag_list *diags = building->pipeline->diags;

	return doubt_written(building, is_internal, listing) ?
	    listing_look_again(listing, folder, diags) :
	    listing_look(listing, folder, diags);
}
