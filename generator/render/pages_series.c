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
	{ "person", "name", NULL, LISTING_PLAIN },
	{ "unit", "unit.name", "unit.href", LISTING_PLAIN },
	{ "orcid", NULL, "orcid_url", LISTING_PLAIN },
	{ "identity", NULL, NULL, LISTING_PLAIN },
	{ "highland", NULL, NULL, LISTING_PLAIN },
	{ "works", NULL, NULL, LISTING_PLAIN },
	{ "since", NULL, NULL, LISTING_PLAIN },
	{ .name = NULL },
};
static const struct listing_column transfer_columns[] = {
	{ "title", NULL, "href", LISTING_PLAIN },
	{ "title_en", NULL, NULL, LISTING_DATA },
	{ "id", NULL, NULL, LISTING_DATA },
	{ "transfer_kind", "kind", NULL, LISTING_PLAIN },
	{ "receiver", NULL, NULL, LISTING_PLAIN },
	{ "transferred", "date", NULL, LISTING_PLAIN },
	{ "amount", NULL, NULL, LISTING_NUMBER },
	{ "unit", "unit.name", "unit.href", LISTING_PLAIN },
	{ "city", NULL, NULL, LISTING_DATA },
	{ "highland", NULL, NULL, LISTING_DATA },
	{ "url", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};
/* Columns of a list of what is offered; its own after the title. */
#define OFFER_COLUMNS(variable, ...) \
	static const struct listing_column variable[] = { \
		{ "title", NULL, "href", LISTING_PLAIN }, \
		{ "title_en", NULL, NULL, LISTING_DATA }, \
		{ "id", NULL, NULL, LISTING_DATA }, \
		__VA_ARGS__, \
		{ "unit", "unit.name", "unit.href", LISTING_PLAIN }, \
		{ "city", NULL, NULL, LISTING_DATA }, \
		{ "highland", NULL, NULL, LISTING_DATA }, \
		{ "contact", NULL, "contact_url", LISTING_PLAIN }, \
		{ "url", NULL, NULL, LISTING_DATA }, \
		{ .name = NULL } }
OFFER_COLUMNS(use_first_columns,
    { "registration_no", "no", NULL, LISTING_DATA },
    { "right", "right_title", NULL, LISTING_PLAIN },
    { "ip_kind", "right_kind", NULL, LISTING_DATA },
    { "right_no", NULL, NULL, LISTING_PLAIN },
    { "granted", NULL, NULL, LISTING_PLAIN },
    { "since_two", "since", NULL, LISTING_PLAIN },
    { "since_three", "free_since", NULL, LISTING_DATA });
OFFER_COLUMNS(free_licence_columns,
    { "registration_no", "no", NULL, LISTING_DATA },
    { "right", "right_title", NULL, LISTING_PLAIN },
    { "ip_kind", "right_kind", NULL, LISTING_DATA },
    { "right_no", NULL, NULL, LISTING_PLAIN },
    { "granted", NULL, NULL, LISTING_PLAIN },
    { "since_two", "since", NULL, LISTING_DATA },
    { "since_three", "free_since", NULL, LISTING_PLAIN });
OFFER_COLUMNS(auction_columns,
    { "listing_no", NULL, "listing_url", LISTING_PLAIN },
    { "listed", NULL, NULL, LISTING_PLAIN },
    { "price", NULL, NULL, LISTING_NUMBER },
    { "outcome", NULL, NULL, LISTING_PLAIN });
/* Columns of a list of projects, between the name and the address. */
#define PROJECT_COLUMNS(variable, ...) \
	static const struct listing_column variable[] = { \
		{ "project", "title", "href", LISTING_PLAIN }, \
		{ "id", NULL, NULL, LISTING_DATA }, \
		{ "project_no", "no", NULL, LISTING_PLAIN }, \
		{ "scheme", NULL, NULL, LISTING_PLAIN }, \
		{ "plan", NULL, NULL, LISTING_DATA }, \
		{ "special", NULL, NULL, LISTING_DATA }, \
		__VA_ARGS__, \
		{ "project_state", "state", NULL, LISTING_PLAIN }, \
		{ "url", NULL, NULL, LISTING_DATA }, \
		{ .name = NULL } }
PROJECT_COLUMNS(project_columns,
    { "highland", NULL, NULL, LISTING_PLAIN },
    { "strategic", NULL, NULL, LISTING_DATA },
    { "lead", "unit.name", "unit.href", LISTING_PLAIN },
    { "begun", NULL, NULL, LISTING_PLAIN },
    { "accepted", NULL, NULL, LISTING_DATA },
    { "conclusion", NULL, NULL, LISTING_PLAIN },
    { "results", NULL, NULL, LISTING_PLAIN });
PROJECT_COLUMNS(call_columns,
    { "list_no", NULL, NULL, LISTING_PLAIN },
    { "demander", NULL, NULL, LISTING_PLAIN },
    { "mode", NULL, NULL, LISTING_PLAIN },
    { "posted", NULL, NULL, LISTING_PLAIN },
    { "proposals_due", NULL, NULL, LISTING_PLAIN },
    { "funds_total", NULL, NULL, LISTING_NUMBER },
    { "funds_enterprise", NULL, NULL, LISTING_NUMBER },
    { "funds_fiscal", NULL, NULL, LISTING_NUMBER });
PROJECT_COLUMNS(notice_columns,
    { "lead", "unit.name", "unit.href", LISTING_PLAIN },
    { "notice_from", NULL, NULL, LISTING_PLAIN },
    { "notice_to", NULL, NULL, LISTING_PLAIN },
    { "workdays", NULL, NULL, LISTING_NUMBER },
    { "provisional", NULL, NULL, LISTING_DATA },
    { "running", NULL, "notice_url", LISTING_PLAIN });
PROJECT_COLUMNS(announcement_columns,
    { "lead", "unit.name", "unit.href", LISTING_PLAIN },
    { "announced", NULL, NULL, LISTING_PLAIN },
    { "ends", NULL, NULL, LISTING_PLAIN });

static const char *const no_rules[] = { NULL };
static const char *const list_rules[] = { "M-34", NULL };
static const char *const call_rules[] = { "M-05", "M-06", "S-10", NULL };
static const char *const notice_rules[] = { "S-12", NULL };
static const char *const announcement_rules[] = { "S-13", NULL };
static const char *const use_first_rules[] = { "P-04", "P-06", NULL };
static const char *const free_rules[] = { "P-05", "P-06", NULL };
static const char *const auction_rules[] = { "P-04", NULL };
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
	{ "transferred", "transfer/", &page_transferred, &page_transferred_part,
	    transfer_columns, QUERY_transferred_newest, QUERY_transferred_part,
	    QUERY_transferred_figures, no_rules, true },
	{ "use-first", "transfer/use-first/", &page_use_first,
	    &page_use_first_part, use_first_columns,
	    QUERY_use_first_newest, QUERY_use_first_part, -1,
	    use_first_rules, true },
	{ "free-licence", "transfer/free-licence/", &page_free_licence,
	    &page_free_licence_part, free_licence_columns,
	    QUERY_free_licence_newest, QUERY_free_licence_part, -1,
	    free_rules, true },
	{ "auctions", "transfer/auctions/", &page_auctions,
	    &page_auctions_part, auction_columns, QUERY_auctions_newest,
	    QUERY_auctions_part, -1, auction_rules, true },
	{ "projects", "projects/", &page_projects, &page_projects_part,
	    project_columns, QUERY_projects_newest, QUERY_projects_part,
	    QUERY_projects_figures, list_rules, true },
	{ "calls", "projects/calls/", &page_calls, &page_calls_part,
	    call_columns, QUERY_calls_newest, QUERY_calls_part, -1,
	    call_rules, true },
	{ "notices", "projects/notices/", &page_notices, &page_notices_part,
	    notice_columns, QUERY_notices_newest, QUERY_notices_part, -1,
	    notice_rules, true },
	{ "announcements", "projects/announcements/", &page_announcements,
	    &page_announcements_part, announcement_columns,
	    QUERY_announcements_newest, QUERY_announcements_part, -1,
	    announcement_rules, true },
	{ .name = NULL },
};

#define SERIES(variable, name_, section_, columns_) \
	const struct page_kind page_##variable = { .name = name_, \
		.template = "series", .section = section_, \
		.fill = series_fill_index, .columns = columns_, \
		.rows = series_newest, \
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
SERIES(transferred, "transferred", "transfer", transfer_columns);
SERIES(use_first, "use-first", "transfer", use_first_columns);
SERIES(free_licence, "free-licence", "transfer", free_licence_columns);
SERIES(auctions, "auctions", "transfer", auction_columns);
SERIES(projects, "projects", "projects", project_columns);
SERIES(calls, "calls", "projects", call_columns);
SERIES(notices, "notices", "projects", notice_columns);
SERIES(announcements, "announcements", "projects", announcement_columns);
