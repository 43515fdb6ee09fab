/* SPDX-License-Identifier: MIT */
/* The page kinds, file by file. Included by render/ alone. */
#ifndef RENDER_PAGES_H
#define RENDER_PAGES_H

#include "render/listing.h"
#include "render/page.h"

/* In the second language, whose sites are listed after those of the first: adds
 * the pages of a kind that stand below `folder`, not at it, as the first has
 * them, without labels. False where they have to be asked for. */
bool pages_list_as_first(struct site *site, const struct page_kind *kind,
    struct str folder);

/* pages_home.c */
extern const struct page_kind page_home, page_page, page_404, page_sitemap,
    page_robots;
/* pages_search.c */
extern const struct page_kind page_search;
/* pages_library.c */
extern const struct page_kind page_achievements, page_year, page_month;
/* pages_achievement.c */
extern const struct page_kind page_achievement, page_tombstone;
/* pages_units.c */
extern const struct page_kind page_units, page_unit;
/* pages_terms.c; see term.h */
extern const struct page_kind page_fields, page_field, page_cities, page_city,
    page_county, page_categories, page_category, page_unit_year,
    page_unit_kinds, page_unit_kind, page_transfers, page_transfer;
/* pages_statistics.c */
extern const struct page_kind page_statistics;
/* pages_series.c: lists split by time, and their parts; see series.h */
extern const struct page_kind page_registry, page_registry_part,
    page_results, page_results_part, page_patents, page_patents_part,
    page_papers, page_papers_part, page_people, page_people_part,
    page_projects, page_projects_part, page_calls, page_calls_part,
    page_notices, page_notices_part, page_announcements,
    page_announcements_part, page_transferred, page_transferred_part,
    page_use_first, page_use_first_part, page_free_licence,
    page_free_licence_part, page_auctions, page_auctions_part;
/* pages_project.c */
extern const struct page_kind page_project;
/* pages_publication.c, pages_release.c */
extern const struct page_kind page_bulletins, page_bulletin, page_releases,
    page_release_kind, page_release, page_event, page_rankings, page_ranking;
/* pages_rule.c */
extern const struct page_kind page_rules, page_rule;
/* pages_reference.c */
extern const struct page_kind page_reference, page_reference_kind;
/* pages_internal.c */
extern const struct page_kind page_internal_home, page_internal_diagnostics,
    page_internal_due;
/* pages_columns.c: of cards, and of the months of a listing. */
extern const struct listing_column page_card_columns[], page_month_columns[];
/* The same of publications, and of the achievements in one. */
extern const struct listing_column page_bulletin_columns[],
    page_release_columns[], page_ranking_columns[],
    page_bulletin_item_columns[], page_release_item_columns[],
    page_ranking_item_columns[];
/* pages_circular.c, pages_ledger.c */
extern const struct page_kind page_circular, page_period, page_ranks,
    page_ledger, page_ledger_of_all;
/* pages_internal_lists.c */
extern const struct page_kind page_internal_lists;
/* pages_quality.c */
extern const struct page_kind page_quality, page_quality_rules,
    page_quality_rule, page_quality_units, page_quality_unit;
/* pages_progress.c: the charts of all figures, for the front page as well */
extern const struct page_kind page_progress, page_evaluated;
struct value *progress_charts(struct site *site, struct arena *arena);
/* pages_overlay.c: of the private folder, where there is one. */
extern const struct page_kind page_experts, page_panels, page_sanctions;
void overlay_set_counts(struct site *site, struct arena *arena,
    struct value *context);
/* feed.c: an Atom feed beside every listing. */
extern const struct page_kind page_feed;
void feeds_list(struct site *site, struct arena *arena);
/* pages_data.c: what there is of open data; see open_data.h */
extern const struct page_kind page_data, page_data_sums, page_data_catalogue;
/* data.c: list.csv and list.json beside every listing. */
extern const struct page_kind page_csv, page_json;
void data_list(struct site *site, struct arena *arena);
/* page.csv and page.json: the addresses of those files, for its template. */
void data_set_links(const struct page *page, struct arena *arena,
    struct value *map);

/* How a person is named by the as-of date: the code of `publish` (as written;
 * "name" if nothing is) if there is consent from the day `consent` on. Empty:
 * not at all. lists.sql and queries_data.sql have the same rule. */
struct str page_name_form(const struct site *site, struct str publish,
    struct str consent);

#endif
