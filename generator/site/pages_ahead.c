/* SPDX-License-Identifier: MIT */
#include "site/pages_ahead.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "catalogue/answer.h"
#include "catalogue/catalogue.h"
#include "catalogue/reads.h"
#include "catalogue/touched.h"
#include "pipeline/pipeline.h"
#include "site/site_data.h"

/* -- which pages there are ------------------------------------------------ */

static void list_pages(struct pages_ahead *ahead)
{
	struct building *building = &ahead->building;

	building->site.catalogue = building->second.catalogue =
	    ahead->pipeline->catalogue;
	building_list_pages(building);
}

static void note_query(void *context, enum query query,
    const struct str *params, size_t param_count, uint64_t answer)
{
	bool *asked = context;

	(void)params;
	(void)param_count;
	(void)answer;
	asked[query] = true;
}

/* What all queries read that were asked. */
static bool note_reads(struct pages_ahead *ahead, const bool *asked)
{
	struct pipeline *pipeline = ahead->pipeline;
	struct catalogue_columns columns;
	bool ok = catalogue_columns_open(pipeline->catalogue,
	    pipeline->arena, &columns);

	for (int query = 0; ok && query < QUERY_COUNT; query++)
		ok = !asked[query] || catalogue_reads(pipeline->catalogue,
		    &columns, (enum query)query, &ahead->reads);
	return ok;
}

/* Listing takes longer than making a page: it is done before there is an edit,
 * which seldom changes anything about it. */
static bool list_before(struct pages_ahead *ahead)
{
	struct pipeline *pipeline = ahead->pipeline;
	bool asked[QUERY_COUNT] = { false };
	const struct catalogue_observer observer = { note_query, asked };
	bool ok = pipeline_open_kept(pipeline);

	if (!ok)
		return false;
	catalogue_observe(pipeline->catalogue, &observer);
	list_pages(ahead);
	catalogue_observe(pipeline->catalogue, NULL);
	ok = note_reads(ahead, asked) && catalogue_is_well(
	    pipeline->catalogue, pipeline->diags);
	ahead->listed = catalogue_state(pipeline->catalogue, pipeline->arena);
	pipeline_leave(pipeline);
	return ok;
}

/* Whether what the pages were listed by is still the same. */
static bool is_listed(const struct pages_ahead *ahead)
{
	struct catalogue *catalogue = ahead->pipeline->catalogue;
	bool same = ahead->listed.len > 0 && str_eq(ahead->listed,
	    catalogue_watched_from(catalogue));
	struct vec touched;

	vec_init(&touched, sizeof(struct catalogue_touched));
	same = same && catalogue_touched(catalogue, &touched);
	for (size_t t = 0; same && t < touched.count; t++)
		for (size_t r = 0; same && r < ahead->reads.count; r++) {
			const struct catalogue_touched *row = vec_at(&touched,
			    t);
			const struct catalogue_read *read = vec_at(
			    &ahead->reads, r);

			same = !str_eq(row->table, read->table) ||
			    (row->columns != TOUCHED_ALL &&
				(row->columns & read->columns) == 0);
		}
	vec_dispose(&touched);
	return same;
}

/* -- opening and judging -------------------------------------------------- */

bool pages_ahead_open(struct pages_ahead *ahead, struct pipeline *pipeline)
{
	*ahead = (struct pages_ahead){ .pipeline = pipeline };
	vec_init(&ahead->reads, sizeof(struct catalogue_read));
	/* Each edit finds that out anew; see renew(). */
	pipeline->head = HEAD_OTHER;
	building_init(&ahead->building, pipeline, NULL);
	return site_data_open(pipeline, &ahead->building.site,
	    &ahead->building.second) && list_before(ahead);
}

/* All that has become otherwise, of the catalogue at hand, which nobody else
 * can read. */
static bool renew(struct pages_ahead *ahead)
{
	struct building *building = &ahead->building;
	struct pipeline *pipeline = ahead->pipeline;

	if (!site_data_renew(pipeline, &building->site) ||
	    (building->site.other != NULL &&
		!site_data_renew(pipeline, &building->second)))
		return false;
	if (is_listed(ahead))
		building->site.catalogue = building->second.catalogue =
		    pipeline->catalogue;
	else
		list_pages(ahead);
	return catalogue_is_well(pipeline->catalogue, pipeline->diags);
}

enum pipeline_ahead pages_ahead_judge(struct pages_ahead *ahead,
    const struct vec *paths)
{
	struct pipeline *pipeline = ahead->pipeline;
	enum pipeline_ahead how = pipeline_judge_ahead(pipeline, paths);

	if (how != AHEAD_JUDGED)
		return how;
	stage_count(pipeline);
	/* What stage_report() works out is for internal pages alone. */
	return stage_lists(pipeline) && renew(ahead) ?
	    AHEAD_JUDGED : AHEAD_REFUSED;
}

/* -- pages ---------------------------------------------------------------- */

/* What tells of others needs them written, and files that are no pages are not
 * looked at. */
static bool is_simple(const struct page *page)
{
	return page->kind->fill != NULL && !page->kind->is_last &&
	    page->file == NULL;
}

bool pages_ahead_render(struct pages_ahead *ahead, struct str path,
    struct buf *out)
{
	struct building *building = &ahead->building;
	struct pipeline *pipeline = ahead->pipeline;
	const struct page *page;
	struct diag_list diags;
	size_t before = out->len;
	bool ok;

	arena_reset(&pipeline->scratch);
	diag_list_init(&diags, pipeline->arena);
	page = building_page(building, path, false);
	ok = page != NULL && is_simple(page) &&
	    page_render(page->is_second ? &building->second :
		&building->site, page, &pipeline->scratch, out, &diags) &&
	    catalogue_is_well(pipeline->catalogue, &diags) &&
	    diags.items.count == 0;
	if (!ok)
		buf_truncate(out, before);
	diag_list_dispose(&diags);
	return ok;
}
