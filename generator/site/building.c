/* SPDX-License-Identifier: MIT */
#include "site/building.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "catalogue/catalogue.h"
#include "model/frontmatter.h"
#include "model/record.h"
#include "pipeline/links.h"
#include "pipeline/overlay.h"
#include "pipeline/pipeline.h"
#include "render/markdown.h"
#include "site/site_copies.h"
#include "site/site_origin.h"

static bool render_body(void *context, const struct record *record,
    struct arena *arena, struct str *html, struct diag_list *diags)
{
	const struct site_body *body = context;
	struct building *building = body->building;
	const struct site *site = body->is_second ? &building->second :
	    &building->site;
	struct pipeline *pipeline = building->pipeline;
	const struct reader *reader = &pipeline->registry.reader;
	struct markdown_options options;
	struct diag_list told_before;
	struct links links;
	struct str bytes;
	struct buf out;
	bool ok;

	if (!reader->read(reader->context, record->path, arena, &bytes, diags))
		return false;
	questions_add(site->wording.questions, ASKED_FILE, 0, record->path,
	    hash_bytes(bytes));
	links_options(&links, pipeline, record, &options);
	links.site = &building->site;
	links.questions = site->wording.questions;
	if (body->is_second)
		links.folder = building->second.folder;
	/* What is to say about the body was said when it was read. */
	diag_list_init(&told_before, arena);
	buf_init(&out);
	ok = markdown_render(&options, frontmatter_body(arena, bytes,
	    record->body_offset, record->body_size), &out, &told_before);
	if (ok)
		*html = str_dup(arena, buf_str(&out));
	else
		diag_report(diags, ((struct mark){ .path = record->path }),
		    DIAG_PAGE_LOST, record->path);
	buf_dispose(&out);
	diag_list_dispose(&told_before);
	return ok;
}

void building_init(struct building *building, struct pipeline *pipeline,
    const struct overlay *overlay)
{
	*building = (struct building){ .pipeline = pipeline,
		.overlay = overlay,
		.output = { .descriptor = -1 },
		.internal = { .descriptor = -1 } };
	building->origins = (struct origins){ site_origin, pipeline };
	vec_init(&building->copies, sizeof(struct site_copy));
	vec_init(&building->second.pages, sizeof(struct page));
	vec_init(&building->search, sizeof(struct str));
	for (int i = 0; i < 2; i++) {
		struct site *site = i == 0 ? &building->site :
		    &building->second;

		building->bodies[i] = (struct site_body){ building, i == 1 };
		site->body = render_body;
		site->body_context = &building->bodies[i];
		site->origins = &building->origins;
	}
}

void building_dispose(struct building *building)
{
	folder_close(&building->output);
	folder_close(&building->internal);
	vec_dispose(&building->copies);
	vec_dispose(&building->search);
}

bool building_open_catalogues(struct building *building)
{
	struct pipeline *pipeline = building->pipeline;
	struct site *site = &building->site;
	struct str path = catalogue_path(pipeline->catalogue);

	site->catalogue = catalogue_open(pipeline->arena, path,
	    pipeline->diags);
	site->overlay = building->overlay == NULL ? NULL :
	    catalogue_open_beside(pipeline->arena, catalogue_path(
		building->overlay->pipeline.catalogue), path,
		pipeline->diags);
	building->second.catalogue = site->catalogue;
	return site->catalogue != NULL &&
	    (building->overlay == NULL || site->overlay != NULL);
}

void building_close_catalogues(struct building *building)
{
	catalogue_close(building->site.catalogue);
	if (building->site.overlay != NULL)
		catalogue_close(building->site.overlay);
}

void building_list_pages(struct building *building)
{
	struct pipeline *pipeline = building->pipeline;

	pages_list(&building->site, pipeline->arena, pipeline->diags);
	if (building->site.other != NULL)
		pages_list(&building->second, pipeline->arena,
		    pipeline->diags);
}

/* -- what pages ask -------------------------------------------------------- */

static void asked(void *context, enum query query, const struct str *params,
    size_t param_count, uint64_t answer)
{
	struct building *building = context;
	struct arena *scratch = &building->pipeline->scratch;

	questions_add(&building->questions, ASKED_QUERY, query,
	    question_subject(scratch, params, param_count), answer);
}

static void asked_overlay(void *context, enum query query,
    const struct str *params, size_t param_count, uint64_t answer)
{
	struct building *building = context;

	(void)query;
	(void)params;
	(void)param_count;
	(void)answer;
	building->asks_overlay = true;
}

void building_take_down(struct building *building)
{
	building->observer = (struct catalogue_observer){ asked, building };
	building->overlay_observer = (struct catalogue_observer){
		asked_overlay, building };
	catalogue_observe(building->site.catalogue, &building->observer);
	if (building->site.overlay != NULL)
		catalogue_observe(building->site.overlay,
		    &building->overlay_observer);
	building->site.wording.questions = &building->questions;
	building->second.wording.questions = &building->questions;
	listing_rows_init(&building->rows);
	building->site.rows = building->second.rows = &building->rows;
}

void building_begin_page(struct building *building)
{
	questions_init(&building->questions, &building->pipeline->scratch);
	building->asks_overlay = false;
}

struct str building_file(const struct building *building,
    const struct page *page, struct arena *arena)
{
	return page->is_second ? str_join(arena, building->second.folder,
	    page->path) : page->path;
}

struct page *building_page(const struct building *building, struct str path,
    bool is_internal)
{
	struct str folder = building->second.folder;
	struct page *page = page_find(&building->site, path, is_internal);

	/* The second site has no internal pages, and the first none there. */
	return page != NULL || is_internal || folder.len == 0 ||
	    !str_starts(path, folder) ? page : page_find(&building->second,
		str_slice(path, folder.len, path.len), false);
}
