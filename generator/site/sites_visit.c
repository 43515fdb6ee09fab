/* SPDX-License-Identifier: MIT */
#include "site/sites_visit.h"

#include "base/arena.h"
#include "base/value.h"
#include "pipeline/overlay.h"
#include "pipeline/pipeline.h"
#include "render/page_frame.h"
#include "site/building.h"
#include "site/documents.h"
#include "site/site_data.h"

static void visit_document(struct building *building, const struct page *page,
    struct value *given, const struct sites_visitor *visitor)
{
	struct pipeline *pipeline = building->pipeline;

	value_set(&pipeline->scratch, given, STR("document"),
	    documents_carried(pipeline, &building->site));
	visitor->visit(visitor->context, building->site.templates,
	    str_from(page->kind->document), given);
}

static void visit_pages(struct building *building, struct site *site,
    const struct sites_visitor *visitor)
{
	struct pipeline *pipeline = building->pipeline;

	for (size_t i = 0; i < site->pages.count; i++) {
		struct page *page = vec_at(&site->pages, i);
		struct value *given;

		if (page->kind->fill == NULL)
			continue;
		/* As if every document had been made. */
		if (page->kind->document != NULL)
			page->pdf = documents_path(pipeline->arena, page);
		arena_reset(&pipeline->scratch);
		if (!page_context(site, page, &pipeline->scratch, &given,
		    pipeline->diags))
			continue;
		visitor->visit(visitor->context, site->templates,
		    page_template(page), given);
		if (page->kind->document != NULL)
			visit_document(building, page, given, visitor);
	}
	arena_reset(&pipeline->scratch);
}

static bool visit_sites(struct building *building,
    const struct sites_visitor *visitor)
{
	if (!building_open_catalogues(building))
		return false;
	building_list_pages(building);
	visit_pages(building, &building->site, visitor);
	visit_pages(building, &building->second, visitor);
	visitor->end(visitor->context, building->site.templates);
	building_close_catalogues(building);
	vec_dispose(&building->site.pages);
	vec_dispose(&building->second.pages);
	vec_dispose(&building->site.data_files);
	return true;
}

bool sites_visit(struct pipeline *pipeline, const struct overlay *overlay,
    const struct sites_visitor *visitor)
{
	struct building building;
	bool ok;

	building_init(&building, pipeline,
	    overlay->folder.len > 0 ? overlay : NULL);
	stage_count(pipeline);
	ok = stage_report(pipeline) && stage_lists(pipeline) &&
	    site_data_open(pipeline, &building.site, &building.second) &&
	    visit_sites(&building, visitor);
	building_dispose(&building);
	return ok;
}
