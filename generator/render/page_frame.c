/* SPDX-License-Identifier: MIT */
#include "render/page_frame.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/value.h"
#include "render/pages.h"
#include "render/series.h"

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
	{ "statistics", "statistics/" }, { "data", "data/" },
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

/* The page in each language that has it, and how the other is reached:
 * [{lang, url, label, href, current}]. */
static void set_languages(const struct site *site, const struct page *page,
    struct arena *arena, struct value *map, struct str top)
{
	const struct site *in[] = { site, site->other };
	struct value *list = value_list(arena);

	for (size_t i = 0; i < COUNT(in) && site->other != NULL &&
	    page_exists(site->other, page->path); i++) {
		struct value *language = value_map(arena);

		page_set_text(arena, language, "lang",
		    wording_text(&in[i]->wording, STR("lang")));
		page_set_text(arena, language, "label",
		    wording_text(&in[i]->wording, STR("lang_name")));
		page_set_text(arena, language, "url",
		    page_url(in[i], arena, page->path));
		page_set_text(arena, language, "href", str_format(arena,
		    "%.*s%.*s%.*s", STR_ARG(top), STR_ARG(in[i]->folder),
		    STR_ARG(page_address(page->path))));
		page_set(arena, language, "current",
		    value_bool(arena, in[i] == site));
		page_set(arena, language, "is_default",
		    value_bool(arena, in[i]->folder.len == 0));
		value_append(arena, list, language);
	}
	page_set_list(arena, map, "languages", list);
}

/* From the top of a site in a folder of its own to that of all. */
static struct str top_of(const struct site *site, struct arena *arena,
    struct str root)
{
	if (site->folder.len == 0)
		return root;
	return str_eq(root, STR("./")) ? STR("../") :
	    str_join(arena, root, STR("../"));
}

/* Where to report an error on the page: what the settings have, with the title
 * and the address filled in. */
static struct str report_url(const struct site *site, struct arena *arena,
    struct str title, struct str url)
{
	struct str rest = value_text_at(site->settings, STR("report_error"));
	struct str filled;
	struct buf out;

	buf_init(&out);
	while (rest.len > 0) {
		size_t at = str_find_char(rest, '[', 0);
		bool is_title, is_url;

		at = at == STR_NOT_FOUND ? rest.len : at;
		buf_append(&out, str_slice(rest, 0, at));
		rest = str_slice(rest, at, rest.len);
		is_title = str_starts(rest, STR("[title]"));
		is_url = str_starts(rest, STR("[url]"));
		if (is_title || is_url)
			escape_url_component(&out, is_title ? title : url);
		else
			buf_append(&out, str_slice(rest, 0, 1));
		rest = str_slice(rest, is_title ? 7 : is_url ? 5 : 1,
		    rest.len);
	}
	filled = str_dup(arena, buf_str(&out));
	buf_dispose(&out);
	return filled;
}

static void set_frame(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, const struct value *names)
{
	struct value *map = value_map(arena);
	struct str title = named_text(site, arena, "page_titles", page, names);
	struct value *crumbs = breadcrumbs(site, arena, page, title);
	struct str root = relative_root(site, arena, page);
	struct str top = top_of(site, arena, root);

	page_set_text(arena, map, "kind", str_from(page->kind->name));
	page_set_text(arena, map, "path", page_address(page->path));
	if (!page->is_internal && page->kind != &page_404)
		page_set_text(arena, map, "url",
		    page_url(site, arena, page->path));
	page_set_text(arena, map, "title", title);
	page_set_text(arena, map, "description",
	    named_text(site, arena, "page_descriptions", page, names));
	page_set_text(arena, map, "report_url", report_url(site, arena, title,
	    value_text_at(map, STR("url"))));
	page_set_text(arena, map, "feed", page->feed);
	page_set_text(arena, map, "pdf", page->pdf);
	data_set_links(page, arena, map);
	set_languages(site, page, arena, map, top);
	page_set_text(arena, context, "root", root);
	page_set_text(arena, context, "top", top);
	page_set(arena, context, "page", map);
	page_set_list(arena, context, "nav",
	    navigation(site, arena, page));
	page_set_list(arena, context, "crumbs", crumbs);
}

struct str page_template(const struct page *page)
{
	return str_from(page->kind->template != NULL ? page->kind->template :
	    page->kind->name);
}

bool page_context(struct site *site, const struct page *page,
    struct arena *scratch, struct value **context, struct diag_list *diags)
{
	struct value *names = value_map(scratch);

	*context = value_map(scratch);
	for (size_t i = 0; i < site->context->map.count; i++)
		value_add(scratch, *context, site->context->map.fields[i].name,
		    site->context->map.fields[i].value);
	page_set(scratch, names, "title",
	    value_text(scratch, value_text_at(site->context,
		STR("site.title"))));
	if (!page->kind->fill(site, page, scratch, *context, names, diags))
		return false;
	set_frame(site, page, scratch, *context, names);
	return true;
}
