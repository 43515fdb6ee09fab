/* SPDX-License-Identifier: MIT */
#include "site/kept_data.h"

#include "base/arena.h"
#include "catalogue/catalogue.h"
#include "catalogue/export.h"
#include "catalogue/page_store.h"
#include "pipeline/pipeline.h"
#include "render/open_data.h"
#include "render/question.h"
#include "site/building.h"
#include "site/sites.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEPT_NAME STR("data.tables")

/* The page of the SQLite file; NULL where there is none. */
static const struct page *page_of(const struct building *building)
{
	const struct vec *files = &building->site.data_files;

	for (size_t i = 0; i < files->count; i++) {
		const struct data_file *file = data_file_at(&building->site, i);

		if (file->format == DATA_SQLITE)
			return page_find(&building->site, file->path, false);
	}
	return NULL;
}

/* CSV files that stay have asked what the tables are made of. How many. */
static size_t note_answers(struct building *building)
{
	const struct vec *files = &building->site.data_files;
	struct arena *scratch = &building->pipeline->scratch;
	size_t known = 0;

	for (size_t i = 0; i < files->count; i++) {
		struct data_file *file = *(struct data_file **)vec_at(files, i);
		const struct str params[] = { file->year,
			building->site.base_url };

		if (file->format != DATA_CSV)
			continue;
		arena_reset(scratch);
		file->is_answered = page_store_answer(
		    building->kept_pages.store, ASKED_QUERY,
		    (uint32_t)file->set->query, question_subject(scratch,
			params, 2), &file->answer);
		known += file->is_answered;
	}
	return known;
}

static struct str loose_path(const struct building *building)
{
	const struct pipeline *pipeline = building->pipeline;

	return catalogue_export_loose(pipeline->arena,
	    catalogue_scratch_path(pipeline->catalogue));
}

static struct str kept_path(const struct building *building)
{
	return catalogue_kept_path(building->pipeline->catalogue, KEPT_NAME);
}

/* A folder that stands there is nobody's to move. */
static bool is_file(struct str path)
{
	struct stat status;

	return lstat(path.ptr, &status) == 0 && S_ISREG(status.st_mode);
}

void kept_data_take(struct building *building)
{
	struct str kept = kept_path(building), loose = loose_path(building);
	const struct page *page = page_of(building);

	if (building->kept_pages.store == NULL || page == NULL ||
	    page->is_kept || kept.len == 0)
		return;
	page->file->kept_under = registry_program_id(building->pipeline->arena);
	(void)unlink(loose.ptr);
	/* Without an answer there is nothing to hold them against. */
	if (note_answers(building) == 0 || !is_file(kept) ||
	    rename(kept.ptr, loose.ptr) < 0)
		(void)unlink(kept.ptr);
}

void kept_data_give(struct building *building, bool well)
{
	const struct page *page = page_of(building);
	struct str loose = loose_path(building);

	if (page == NULL || page->file->kept_under.len == 0)
		return;
	if (!well || page->is_lost ||
	    rename(loose.ptr, kept_path(building).ptr) < 0)
		(void)unlink(loose.ptr);
}
