/* SPDX-License-Identifier: MIT */
/* The lists that are split by time: their columns, queries and rules. */
#include "catalogue/catalogue.h"
#include "render/pages.h"
#include "render/series.h"

static const struct listing_column registry_columns[] = {
	{ "title", NULL, "href", LISTING_PLAIN },
	{ "registration_no", "no", NULL, LISTING_PLAIN },
	{ "unit", "unit.name", "unit.href", LISTING_PLAIN },
	{ "registered", "date", NULL, LISTING_PLAIN },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};
static const struct listing_column result_columns[] = {
	{ "title", NULL, "href", LISTING_PLAIN },
	{ "title_en", NULL, NULL, LISTING_DATA },
	{ "id", NULL, NULL, LISTING_DATA },
	{ "unit", "unit.name", "unit.href", LISTING_PLAIN },
	{ "city", NULL, NULL, LISTING_DATA },
	{ "highland", NULL, NULL, LISTING_PLAIN },
	{ "strategic", NULL, NULL, LISTING_DATA },
	{ "benefit", NULL, NULL, LISTING_NUMBER },
	{ "benefit_from", NULL, NULL, LISTING_DATA },
	{ "benefit_to", NULL, NULL, LISTING_DATA },
	{ "benefit_basis", NULL, NULL, LISTING_DATA },
	{ "social_benefit", NULL, NULL, LISTING_PLAIN },
	{ "projects", NULL, NULL, LISTING_PLAIN },
	{ "entered", NULL, NULL, LISTING_PLAIN },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};
static const struct listing_column patent_columns[] = {
	{ "patent", "title", NULL, LISTING_PLAIN },
	{ "patent_no", "no", NULL, LISTING_PLAIN },
	{ "ip_kind", "kind", NULL, LISTING_PLAIN },
	{ "core", NULL, NULL, LISTING_DATA },
	{ "applied", NULL, NULL, LISTING_DATA },
	{ "granted", NULL, NULL, LISTING_PLAIN },
	{ "achievement", "achievement.title", "href", LISTING_PLAIN },
	{ "unit", "unit.name", "unit.href", LISTING_PLAIN },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};
static const struct listing_column paper_columns[] = {
	{ "paper", "title", NULL, LISTING_PLAIN },
	{ "journal", NULL, NULL, LISTING_PLAIN },
	{ "doi", NULL, "doi_url", LISTING_PLAIN },
	{ "date", NULL, NULL, LISTING_PLAIN },
	{ "paper_state", "state", NULL, LISTING_DATA },
	{ "achievement", "achievement.title", "href", LISTING_PLAIN },
	{ "unit", "unit.name", "unit.href", LISTING_PLAIN },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};
static const struct listing_column people_columns[] = {
	{ "name", NULL, NULL, LISTING_PLAIN },
	{ "unit", "unit.name", "unit.href", LISTING_PLAIN },
	{ "orcid", NULL, "orcid_url", LISTING_PLAIN },
	{ "identity", NULL, NULL, LISTING_PLAIN },
	{ "highland", NULL, NULL, LISTING_PLAIN },
	{ "works", NULL, NULL, LISTING_PLAIN },
	{ "since", NULL, NULL, LISTING_PLAIN },
	{ .name = NULL },
};
static const char *const no_rules[] = { NULL };
static const char *const list_rules[] = { "M-34", NULL };
static const char *const people_rules[] = { "M-34", "G-03", NULL };

const struct series series_all[] = {
	{ "registry", "registry/", &page_registry, &page_registry_part,
	    registry_columns, QUERY_registry_newest, QUERY_registry_part, -1,
	    no_rules, true },
	{ "results", "results/", &page_results, &page_results_part,
	    result_columns, QUERY_results_newest, QUERY_results_part, -1,
	    list_rules, true },
	{ "patents", "patents/", &page_patents, &page_patents_part,
	    patent_columns, QUERY_patents_newest, QUERY_patents_part, -1,
	    no_rules, false },
	{ "papers", "papers/", &page_papers, &page_papers_part,
	    paper_columns, QUERY_papers_newest, QUERY_papers_part, -1,
	    no_rules, false },
	{ "people", "people/", &page_people, &page_people_part,
	    people_columns, QUERY_people_newest, QUERY_people_part, -1,
	    people_rules, false },
	{ .name = NULL },
};

#define SERIES(variable, name_, section_, columns_) \
	const struct page_kind page_##variable = { .name = name_, \
		.template = "series", .section = section_, \
		.fill = series_fill_index, .columns = columns_, .rows = series_newest, \
		.head = series_add_parts }; \
	const struct page_kind page_##variable##_part = { \
		.name = name_ "-part", .template = "series-part", \
		.section = section_, .fill = series_fill_part, \
		.columns = columns_, .rows = series_rows }
SERIES(registry, "registry", "registry", registry_columns);
SERIES(results, "results", "achievements", result_columns);
SERIES(patents, "patents", "achievements", patent_columns);
SERIES(papers, "papers", "achievements", paper_columns);
SERIES(people, "people", "people", people_columns);
