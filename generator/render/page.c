/* SPDX-License-Identifier: MIT */
#include "render/page.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/codes.h"
#include "render/chinese.h"
#include "render/listing.h"
#include "render/page_frame.h"
#include "render/pages.h"
#include "render/question.h"
#include "render/series.h"
#include "render/template.h"
#include "render/translation.h"
#include "schema/fields.h"

#include <stdlib.h>

static const struct page_kind *const page_kinds[] = {
	&page_home, &page_achievements, &page_month, &page_achievement,
	&page_tombstone, &page_units, &page_unit, &page_unit_year,
	&page_fields, &page_field,
	&page_cities, &page_city, &page_county, &page_categories,
	&page_category,
	&page_unit_kinds, &page_unit_kind, &page_transfers, &page_transfer,
	&page_statistics, &page_bulletins, &page_bulletin, &page_releases,
	&page_release_kind, &page_release, &page_rankings, &page_ranking,
	&page_project, &page_rules, &page_rule,
	&page_reference, &page_data, &page_data_sums, &page_page, &page_404,
	&page_search,
	&page_robots,
	&page_sitemap,		/* last: it counts the others */
};
/* Of the internal site alone. */
static const struct page_kind *const internal_kinds[] = {
	&page_internal_home, &page_internal_diagnostics,
	&page_internal_due, &page_circular, &page_ledger,
	&page_internal_lists, &page_progress, &page_quality,
	&page_experts, &page_panels, &page_sanctions,
};

#define INDEX "index.html"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct str page_address(struct str path)
{
	struct str name = path_name(path);

	return str_eq(name, STR(INDEX)) ?
	    str_slice(path, 0, path.len - name.len) : path;
}

struct str page_url(const struct site *site, struct arena *arena,
    struct str path)
{
	return str_join(arena, site->base_url, page_address(path));
}

static int compare_pages(const void *a, const void *b)
{
	const struct page *left = a, *right = b;

	if (left->is_internal != right->is_internal)
		return left->is_internal - right->is_internal;
	return str_cmp(left->path, right->path);
}

struct page *page_add(struct site *site, struct arena *arena,
    const struct page_kind *kind, struct str folder, struct str key)
{
	struct page *page = vec_push(&site->pages);
	bool is_folder = folder.len == 0 || str_ends(folder, STR("/"));

	page->kind = kind;
	page->path = is_folder ? str_join(arena, folder, STR(INDEX)) : folder;
	page->key = key;
	return page;
}

/* Where the public pages of a listed site are whose paths begin so. */
static size_t first_below(const struct site *site, struct str folder)
{
	const struct page wanted = { .path = folder };
	size_t from = 0, to = site->pages.count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (compare_pages(vec_at(&site->pages, middle), &wanted) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

bool pages_list_as_first(struct site *site, const struct page_kind *kind,
    struct str folder)
{
	const struct site *first = site->folder.len > 0 ? site->other : NULL;

	if (first == NULL || first->pages.count == 0)
		return false;
	for (size_t i = first_below(first, folder); i < first->pages.count;
	     i++) {
		const struct page *page = vec_at(&first->pages, i);

		if (page->is_internal || !str_starts(page->path, folder))
			break;
		if (page->kind == kind &&
		    page->path.len > folder.len + STR(INDEX).len)
			*(struct page *)vec_push(&site->pages) =
			    (struct page){ .kind = kind, .path = page->path,
				.key = page->key, .date = page->date };
	}
	return true;
}

struct page *page_find(const struct site *site, struct str path,
    bool is_internal)
{
	const struct page wanted = { .path = path,
		.is_internal = is_internal };

	return site->pages.count == 0 ? NULL : bsearch(&wanted,
	    vec_at(&site->pages, 0), site->pages.count, sizeof(wanted),
	    compare_pages);
}

bool page_exists(const struct site *site, struct str path)
{
	return page_find(site, path, false) != NULL;
}

bool page_is_at(const struct site *site, struct str address)
{
	struct buf path;
	bool is_there;

	/* What has that name goes by its folder's. */
	if (str_eq(path_name(address), STR(INDEX)))
		return false;
	buf_init(&path);
	buf_append(&path, address);
	if (address.len == 0 || str_ends(address, STR("/")))
		buf_append(&path, STR(INDEX));
	is_there = page_exists(site, buf_str(&path));
	buf_dispose(&path);
	return is_there;
}

const struct page *page_at(const struct site *site, struct arena *arena,
    struct str address)
{
	const struct page *page = page_find(site, str_join(arena, address,
	    STR(INDEX)), false);

	questions_add(site->wording.questions, ASKED_ADDRESS, 0, str_join(
	    arena, site->folder, address), page != NULL);
	return page;
}

/* True for what the site cannot have: all but the public pages in the second
 * language, and what would stand where those do. */
static bool has_no_place(const struct site *site, const struct page *page)
{
	if (site->folder.len > 0)
		return page->is_internal || page->kind->is_once;
	return site->other != NULL && !page->is_internal &&
	    str_starts(page->path, site->other->folder);
}

static void leave_out_misplaced(struct site *site, struct diag_list *diags)
{
	size_t count = 0;

	for (size_t i = 0; i < site->pages.count; i++) {
		struct page *page = vec_at(&site->pages, i);

		page->is_second = site->folder.len > 0;
		if (!has_no_place(site, page))
			*(struct page *)vec_at(&site->pages, count++) = *page;
		else if (!page->is_second)
			diag_report(diags, ((struct mark){
			    .path = page->path }), DIAG_ADDRESS_TAKEN,
			    page_address(page->path));
	}
	site->pages.count = count;
}

static void leave_out_doubles(struct site *site, struct diag_list *diags)
{
	size_t count = 0;

	for (size_t i = 0; i < site->pages.count; i++) {
		struct page *page = vec_at(&site->pages, i);
		struct page *last = count > 0 ?
		    vec_at(&site->pages, count - 1) : NULL;

		if (last == NULL || compare_pages(last, page) != 0) {
			*(struct page *)vec_at(&site->pages, count++) = *page;
			continue;
		}
		if (!page->is_second)
			diag_report(diags, ((struct mark){
			    .path = page->path }), DIAG_ADDRESS_TAKEN,
			    page_address(page->path));
		if (last->kind == &page_page)
			*last = *page;
	}
	site->pages.count = count;
}

static void list_kinds(struct site *site, struct arena *arena,
    const struct page_kind *const *kinds, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (kinds[i]->list != NULL &&
		    !(kinds[i]->is_once && site->folder.len > 0))
			kinds[i]->list(site, arena);
}

void pages_list(struct site *site, struct arena *arena,
    struct diag_list *diags)
{
	vec_init(&site->pages, sizeof(struct page));
	if (!site->is_public && site->folder.len == 0)
		list_kinds(site, arena, internal_kinds,
		    COUNT(internal_kinds));
	list_kinds(site, arena, page_kinds, COUNT(page_kinds));
	series_list(site, arena);
	data_list(site, arena);
	feeds_list(site, arena);
	leave_out_misplaced(site, diags);
	vec_sort(&site->pages, compare_pages);
	leave_out_doubles(site, diags);
	vec_fit(&site->pages);
}

/* -- what the page kinds share -------------------------------------------- */

struct value *page_rows(struct site *site, struct arena *arena, int query,
    struct str a, struct str b, struct str c, struct str d)
{
	const struct str params[] = { a, b, c, d };
	size_t count = d.len > 0 ? 4 : c.len > 0 ? 3 : b.len > 0 ? 2 :
	    a.len > 0 ? 1 : 0;

	struct value *rows = catalogue_rows(site->catalogue, (enum query)query,
	    params, count, arena, context_typing, &site->wording);

	if (site->wording.lang == LANG_EN)
		for (size_t i = 0; i < value_count(rows); i++)
			translation_choose(arena, rows->list.items[i]);
	return rows;
}

struct value *page_query(struct site *site, struct arena *arena, int query,
    struct str key)
{
	return page_rows(site, arena, query, key, STR_NONE, STR_NONE,
	    STR_NONE);
}

struct str page_name_form(const struct site *site, struct str publish,
    struct str consent)
{
	const struct code *code;

	if (consent.len == 0 || !site_has_come(site, consent))
		return STR_NONE;
	if (publish.len == 0)
		return STR("name");
	code = code_find(wording_codes(&site->wording,
	    STR("publish-modes")), publish);
	/* A word that nobody knows is no consent. */
	return code == NULL || str_eq(code->code, STR("none")) ? STR_NONE :
	    code->code;
}

struct value *page_record(struct site *site, struct arena *arena,
    enum kind kind, const struct value *data, const struct str *hidden)
{
	struct value *made = context_record(&site->wording, arena,
	    &site->fields[kind]->root, data, hidden);

	if (site->wording.lang == LANG_EN)
		translation_choose(arena, made);
	return made;
}

struct value *page_card(struct site *site, struct arena *arena,
    struct str record)
{
	struct value *rows = page_rows(site, arena, QUERY_card, record,
	    STR_NONE, STR_NONE, STR_NONE);

	return value_count(rows) > 0 ? rows->list.items[0] : NULL;
}

static struct value *neighbour(struct arena *arena, const struct value *row,
    const char *label)
{
	struct value *map = value_map(arena);

	page_set_text(arena, map, "href", value_text_at(row, STR("href")));
	page_set_text(arena, map, "label",
	    value_text_at(row, str_from(label)));
	return map;
}

void page_set_neighbours(struct site *site, struct arena *arena,
    struct value *context, struct value *rows, const char *field,
    const char *label, struct str key)
{
	(void)site;
	for (size_t i = 0; i < value_count(rows); i++) {
		if (!str_eq(value_text_at(rows->list.items[i],
		    str_from(field)), key))
			continue;
		if (i + 1 < value_count(rows))
			page_set(arena, context, "previous", neighbour(arena,
			    rows->list.items[i + 1], label));
		if (i > 0)
			page_set(arena, context, "next", neighbour(arena,
			    rows->list.items[i - 1], label));
	}
}

void page_set_table(struct site *site, struct arena *arena,
    struct value *context, const struct listing_column *columns,
    struct value *rows)
{
	page_set(arena, context, "table", listing_table(columns,
	    &site->wording, arena, rows));
}

struct str page_title_beside(struct site *site, struct arena *arena,
    const struct page_kind *listing, struct str label)
{
	static const char *const names[] = { "title", "month", "label" };
	struct value *filled = value_map(arena);
	struct str title = value_text_at(site->context, STR("site.title"));

	if (listing == &page_home)
		return title;
	for (size_t i = 0; i < COUNT(names); i++)
		page_set_text(arena, filled, names[i], label);
	label = wording_fill(&site->wording, arena, str_format(arena,
	    "page_titles.%s", listing->name), filled);
	return str_format(arena, "%.*s - %.*s", STR_ARG(label),
	    STR_ARG(title));
}

/* Chinese is marked as such on an English page. */
static bool render_english(struct template *template,
    const struct value *context, struct buf *out, struct diag_list *diags)
{
	struct buf html;
	bool ok;

	buf_init(&html);
	ok = template_render(template, context, &html, diags);
	if (ok)
		chinese_mark(buf_str(&html), out);
	buf_dispose(&html);
	return ok;
}

/* Asks what the template shows without asking: it is in the context. */
static void ask_of_build(const struct site *site,
    const struct template_use *use)
{
	if (use->names_day)
		(void)site_day(site);
	if (use->names_commit)
		(void)site_commit(site);
}

bool page_render(struct site *site, const struct page *page,
    struct arena *scratch, struct buf *out, struct diag_list *diags)
{
	struct str name = page_template(page);
	struct template *template = template_find(site->templates, name);
	struct value *context;

	if (page->kind->write != NULL)
		return page->kind->write(site, page, scratch, out, diags);
	if (template == NULL)
		return diag_report(diags, ((struct mark){ .line = 0 }),
		    DIAG_TEMPLATE_MISSING, name);
	ask_of_build(site, template_use(template));
	if (!page_context(site, page, scratch, &context, diags))
		return false;
	if (site->wording.lang != LANG_EN ||
	    !str_ends(page->path, STR(".html")))
		return template_render(template, context, out, diags);
	return render_english(template, context, out, diags);
}
