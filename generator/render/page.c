/* SPDX-License-Identifier: MIT */
#include "render/page.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "render/listing.h"
#include "render/pages.h"
#include "render/series.h"
#include "render/template.h"

static const struct page_kind *const page_kinds[] = {
	&page_home, &page_achievements, &page_month, &page_achievement,
	&page_tombstone, &page_units, &page_unit, &page_fields, &page_field,
	&page_cities, &page_city, &page_county, &page_categories,
	&page_category,
	&page_unit_kinds, &page_unit_kind, &page_transfers, &page_transfer,
	&page_statistics, &page_bulletins, &page_bulletin, &page_releases,
	&page_release_kind, &page_release, &page_rankings, &page_ranking,
	&page_project, &page_rules, &page_rule,
	&page_reference, &page_page, &page_404,
	&page_robots, &page_internal_home, &page_internal_diagnostics,
	&page_internal_due, &page_circular, &page_ledger,
	&page_internal_lists, &page_progress, &page_quality,
	&page_experts, &page_panels, &page_sanctions,
	&page_sitemap,		/* last: it counts the others */
};

/* The navigation: the section's name in t.nav, and where it leads. */
struct section {
	const char *name, *href;
};

static const struct section sections[] = {
	{ "home", "" }, { "achievements", "achievements/" },
	{ "bulletins", "bulletins/" }, { "releases", "releases/" },
	{ "rankings", "rankings/" }, { "projects", "projects/" },
	{ "transfer", "transfer/" },
	{ "people", "people/" }, { "fields", "fields/" },
	{ "cities", "cities/" }, { "categories", "categories/" },
	{ "units", "units/" }, { "registry", "registry/" },
	{ "rules", "rules/" }, { "guide", "guide/" }, { "about", "about/" },
};

/* Sections that the navigation leaves out; the front page leads to them. */
static const struct section sections_beside[] = {
	{ "statistics", "statistics/" },
};

/* The same of the internal site, in t.internal_nav. */
static const struct section internal_sections[] = {
	{ "home", "" }, { "circular", "circular/" }, { "lists", "lists/" },
	{ "due", "due/" }, { "progress", "progress/" },
	{ "quality", "quality/" }, { "diagnostics", "diagnostics/" },
	{ "experts", "experts/" }, { "panels", "panels/" },
	{ "sanctions", "sanctions/" },
};
enum { OVERLAY_SECTIONS = 3 };	/* the last: of a private folder */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct str page_address(struct str path)
{
	struct str name = path_name(path);

	return str_eq(name, STR("index.html")) ?
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
	page->path = is_folder ? str_join(arena, folder, STR("index.html")) :
	    str_dup(arena, folder);
	page->key = str_dup(arena, key);
	return page;
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
		diag_report(diags, ((struct mark){ .path = page->path }),
		    DIAG_ADDRESS_TAKEN, page_address(page->path));
		if (last->kind == &page_page)
			*last = *page;
	}
	site->pages.count = count;
}

void pages_list(struct site *site, struct arena *arena,
    struct diag_list *diags)
{
	vec_init(&site->pages, sizeof(struct page));
	for (size_t i = 0; i < COUNT(page_kinds); i++)
		if (page_kinds[i]->list != NULL)
			page_kinds[i]->list(site, arena);
	series_list(site, arena);
	data_list(site, arena);
	feeds_list(site, arena);
	vec_sort(&site->pages, compare_pages);
	leave_out_doubles(site, diags);
}

/* -- what the page kinds share -------------------------------------------- */

struct value *page_rows(struct site *site, struct arena *arena, int query,
    struct str a, struct str b, struct str c, struct str d)
{
	const struct str params[] = { a, b, c, d };
	size_t count = d.len > 0 ? 4 : c.len > 0 ? 3 : b.len > 0 ? 2 :
	    a.len > 0 ? 1 : 0;

	return catalogue_rows(site->catalogue, (enum query)query, params,
	    count, arena, context_typing, &site->wording);
}

struct value *page_query(struct site *site, struct arena *arena, int query,
    struct str key)
{
	return page_rows(site, arena, query, key, STR_NONE, STR_NONE,
	    STR_NONE);
}

void page_set(struct arena *arena, struct value *context, const char *name,
    struct value *value)
{
	value_set(arena, context, str_from(name), value);
}

void page_set_text(struct arena *arena, struct value *context,
    const char *name, struct str text)
{
	value_set(arena, context, str_from(name), value_text(arena, text));
}

void page_set_list(struct arena *arena, struct value *context,
    const char *name, struct value *list)
{
	context_set_list(arena, context, str_from(name), list);
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

static void close_year(struct arena *arena, struct value *year,
    const char *name, struct value *items)
{
	size_t sum = 0;

	if (year == NULL)
		return;
	for (size_t i = 0; i < value_count(items); i++) {
		size_t count = 1;
		struct str text = value_text_at(items->list.items[i],
		    STR("count"));

		if (text.len > 0)
			(void)str_to_size(text, &count);
		sum += count;
	}
	page_set_list(arena, year, name, items);
	page_set(arena, year, "count", value_number(arena, (long long)sum));
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

struct value *page_by_year(struct arena *arena, struct value *rows,
    const char *name)
{
	struct value *years = value_list(arena), *year = NULL, *items = NULL;
	struct str current = STR_NONE;

	for (size_t i = 0; i < value_count(rows); i++) {
		struct value *row = rows->list.items[i];
		struct str text = value_text_at(row, STR("year"));

		if (year == NULL || !str_eq(text, current)) {
			close_year(arena, year, name, items);
			year = value_map(arena);
			items = value_list(arena);
			page_set_text(arena, year, "year", text);
			value_append(arena, years, year);
			current = text;
		}
		value_append(arena, items, row);
	}
	close_year(arena, year, name, items);
	return years;
}

void page_flatten_terms(struct arena *arena, struct value *rows)
{
	static const struct str names[] = { { "code", 4 }, { "label", 5 },
		{ "href", 4 } };

	for (size_t i = 0; i < value_count(rows); i++) {
		struct value *row = rows->list.items[i];
		const struct value *term = value_get(row, STR("term"));

		for (size_t j = 0; j < COUNT(names); j++)
			if (value_get(row, names[j]) == NULL &&
			    value_get(term, names[j]) != NULL)
				value_add(arena, row, names[j],
				    value_get(term, names[j]));
	}
	context_percent(arena, rows);
}

struct value *page_pick(struct arena *arena, const struct value *map,
    const char *const *names)
{
	struct value *picked = value_map(arena);

	for (; *names != NULL; names++) {
		struct str name = str_from(*names);
		struct value *value = value_get(map, name);

		value_add(arena, picked, name,
		    value != NULL ? value : value_null(arena));
		if (value != NULL && value->kind == VALUE_LIST)
			value_add(arena, picked,
			    str_join(arena, STR("has_"), name),
			    value_bool(arena, value_count(value) > 0));
	}
	return picked;
}

/* -- one page ------------------------------------------------------------- */

static struct str relative_root(const struct site *site, struct arena *arena,
    const struct page *page)
{
	struct str root = STR_NONE;
	size_t host;

	if (page->kind == &page_404) {
		/* Shown at any address, so its links start at the host. */
		host = str_find(site->base_url, STR("://"), 0);
		if (host == STR_NOT_FOUND)
			return STR("/");
		return str_slice(site->base_url,
		    str_find_char(site->base_url, '/', host + 3),
		    site->base_url.len);
	}
	for (size_t i = 0; i < page->path.len; i++)
		if (page->path.ptr[i] == '/')
			root = str_join(arena, root, STR("../"));
	return root.len > 0 ? root : STR("./");
}

/* The entry of the navigation a page belongs to; prose by its first folder. */
static struct str section_of(const struct page *page)
{
	struct str path = page->path;

	return page->kind == &page_page ? str_cut(&path, '/') :
	    str_from(page->kind->section);
}

/* The sections of the site that the page belongs to. */
static const struct section *sections_of(const struct site *site,
    const struct page *page, const char **words, size_t *count)
{
	*words = page->is_internal ? "internal_nav" : "nav";
	*count = !page->is_internal ? COUNT(sections) : COUNT(
	    internal_sections) - (site->overlay ? 0 : OVERLAY_SECTIONS);
	return page->is_internal ? internal_sections : sections;
}

static struct str section_label(const struct site *site, struct arena *arena,
    const char *words, const char *name)
{
	return wording_text(&site->wording, str_format(arena, "%s.%s", words,
	    name));
}

static struct value *navigation(const struct site *site, struct arena *arena,
    const struct page *page)
{
	struct value *nav = value_list(arena);
	struct str current = section_of(page);
	const char *words;
	size_t count;
	const struct section *all = sections_of(site, page, &words, &count);

	for (size_t i = 0; i < count; i++) {
		struct value *item = value_map(arena);

		page_set_text(arena, item, "label", section_label(site, arena,
		    words, all[i].name));
		page_set_text(arena, item, "href", str_from(all[i].href));
		page_set(arena, item, "current", value_bool(arena,
		    str_eq(str_from(all[i].name), current)));
		value_append(arena, nav, item);
	}
	return nav;
}

static void add_crumb(struct arena *arena, struct value *crumbs,
    struct str label, struct str href)
{
	struct value *crumb = value_map(arena);

	page_set_text(arena, crumb, "label", label);
	page_set_text(arena, crumb, "href", href);
	value_append(arena, crumbs, crumb);
}

/* Where a section leads; empty for the front page and for no section. */
static struct str section_folder(const struct site *site,
    const struct page *page, struct str section)
{
	const char *words;
	size_t count;
	const struct section *all = sections_of(site, page, &words, &count);

	for (size_t i = 0; i < count; i++)
		if (str_eq(section, str_from(all[i].name)))
			return str_from(all[i].href);
	for (size_t i = 0; i < COUNT(sections_beside); i++)
		if (str_eq(section, str_from(sections_beside[i].name)))
			return str_from(sections_beside[i].href);
	return STR_NONE;
}

/* Home, the section, the series a part is of, the page: the last without being
 * a link. */
static struct value *breadcrumbs(const struct site *site, struct arena *arena,
    const struct page *page, struct str title)
{
	struct value *crumbs = value_list(arena);
	struct str section = section_of(page);
	struct str folder = section_folder(site, page, section);
	const struct series *series = series_of(page->kind);
	const char *words = page->is_internal ? "internal_nav" : "nav";

	if (str_eq(page->path, STR("index.html")) || page->kind == &page_404)
		return crumbs;
	add_crumb(arena, crumbs, section_label(site, arena, words, "home"),
	    STR_NONE);
	if (folder.len > 0 && !str_eq(page_address(page->path), folder))
		add_crumb(arena, crumbs, section_label(site, arena, words,
		    str_cstr(arena, section)), folder);
	if (series != NULL && page->kind == series->part &&
	    !str_eq(str_from(series->folder), folder))
		add_crumb(arena, crumbs, wording_text(&site->wording,
		    str_format(arena, "page_titles.%s", series->index->name)),
		    str_from(series->folder));
	add_crumb(arena, crumbs, title, page_address(page->path));
	return crumbs;
}

static struct str named_text(const struct site *site, struct arena *arena,
    const char *tree, const struct page *page, const struct value *names)
{
	return wording_fill(&site->wording, arena, str_format(arena, "%s.%s",
	    tree, page->kind->name), names);
}

static void set_page(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, const struct value *names)
{
	struct value *map = value_map(arena);
	struct str title = named_text(site, arena, "page_titles", page, names);
	struct value *crumbs = breadcrumbs(site, arena, page, title);

	page_set_text(arena, map, "kind", str_from(page->kind->name));
	page_set_text(arena, map, "path", page_address(page->path));
	if (!page->is_internal && page->kind != &page_404)
		page_set_text(arena, map, "url",
		    page_url(site, arena, page->path));
	page_set_text(arena, map, "title", title);
	page_set_text(arena, map, "description",
	    named_text(site, arena, "page_descriptions", page, names));
	page_set_text(arena, map, "feed", page->feed);
	data_set_links(page, arena, map);
	page_set_text(arena, context, "root",
	    relative_root(site, arena, page));
	page_set(arena, context, "page", map);
	page_set_list(arena, context, "nav",
	    navigation(site, arena, page));
	page_set_list(arena, context, "crumbs", crumbs);
}

bool page_render(struct site *site, const struct page *page,
    struct arena *scratch, struct buf *out, struct diag_list *diags)
{
	const struct page_kind *kind = page->kind;
	struct str name = str_from(kind->template != NULL ? kind->template :
	    kind->name);
	struct template *template = template_find(site->templates, name);
	struct value *context = value_map(scratch), *names = value_map(scratch);

	if (kind->write != NULL)
		return kind->write(site, page, scratch, out, diags);
	if (template == NULL)
		return diag_report(diags, ((struct mark){ .line = 0 }),
		    DIAG_TEMPLATE_MISSING, name);
	for (size_t i = 0; i < site->context->map.count; i++)
		value_add(scratch, context, site->context->map.fields[i].name,
		    site->context->map.fields[i].value);
	page_set(scratch, names, "title",
	    value_text(scratch, value_text_at(site->context,
		STR("site.title"))));
	if (!kind->fill(site, page, scratch, context, names, diags))
		return false;
	set_page(site, page, scratch, context, names);
	return template_render(template, context, out, diags);
}
