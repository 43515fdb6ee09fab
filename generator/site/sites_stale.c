/* SPDX-License-Identifier: MIT */
#include "site/sites_stale.h"

#include "base/map.h"
#include "base/vec.h"
#include "pipeline/output.h"
#include "pipeline/pipeline.h"
#include "render/page.h"
#include "site/building.h"
#include "site/compress.h"
#include "site/manifest.h"
#include "site/site_copies.h"
#include "site/sites.h"
#include "site/sites_kept.h"

/* The files of one of the sites. */
struct keeping {
	const struct building *building;
	bool is_internal;
	struct map others;	/* those that are no pages */
};

static bool is_written(const struct keeping *keeping, struct str path)
{
	const struct page *page = building_page(keeping->building, path,
	    keeping->is_internal);

	return map_has(&keeping->others, path) ||
	    (page != NULL && !page->is_lost);
}

/* Compressed copies go with their files. */
static bool is_kept(void *context, struct str path)
{
	const struct keeping *keeping = context;
	struct str original = keeping->is_internal ||
	    !keeping->building->request->with_copies ? STR_NONE :
	    compress_original(path);

	return is_written(keeping, path) ||
	    (original.len > 0 && is_written(keeping, original));
}

static void keep_documents(struct building *building, const struct vec *pages,
    struct map *others)
{
	for (size_t i = 0; i < pages->count; i++) {
		const struct page *page = vec_at(pages, i);

		if (page->pdf.len > 0)
			map_put(others, page->pdf, building);
	}
}

static void keep_public(struct building *building, struct map *others)
{
	keep_documents(building, &building->site.pages, others);
	keep_documents(building, &building->second.pages, others);
	for (size_t i = 0; i < building->search.count; i++)
		map_put(others, *(struct str *)vec_at(&building->search, i),
		    building);
	map_put(others, MANIFEST_FACTS, building);
	map_put(others, MANIFEST_SUMS, building);
	if (building->request->key.len > 0)
		map_put(others, MANIFEST_SIGNATURE, building);
}

/* All files of one of the sites that this build has written or kept. */
static void keep_all(struct keeping *keeping, struct building *building,
    bool is_internal)
{
	*keeping = (struct keeping){ .building = building,
		.is_internal = is_internal };
	map_init(&keeping->others, building->pipeline->arena);
	for (size_t i = 0; i < building->copies.count; i++) {
		const struct site_copy *copy = vec_at(&building->copies, i);

		if (copy->is_internal == is_internal && !copy->is_lost)
			map_put(&keeping->others, copy->to, building);
	}
	if (!is_internal)
		keep_public(building, &keeping->others);
}

bool sites_compress(struct building *building)
{
	struct compress_result *copies = &building->result->copies;
	struct keeping keeping;
	const struct output_kept kept = { is_kept, &keeping };
	bool ok;

	if (!building->request->with_copies)
		return true;
	keep_all(&keeping, building, false);
	ok = compress_site(building->pipeline, &building->output, &kept,
	    copies);
	building->result->removed += copies->removed;
	return ok;
}

static bool remove_stale(struct building *building, bool is_internal)
{
	struct keeping keeping;
	const struct output_kept kept = { is_kept, &keeping };

	keep_all(&keeping, building, is_internal);
	return sites_look_again(building, is_internal) &&
	    output_remove_others(building->pipeline, is_internal ?
		&building->internal : &building->output, is_internal ?
		building->listed_internal : building->listed, &kept,
		&building->result->removed);
}

bool sites_remove_stale(struct building *building)
{
	return remove_stale(building, false) &&
	    (building->internal.descriptor < 0 || remove_stale(building,
		true));
}
