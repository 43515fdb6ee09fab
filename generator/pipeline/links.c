/* SPDX-License-Identifier: MIT */
#include "pipeline/links.h"

#include "base/buf.h"
#include "base/path.h"
#include "base/value.h"
#include "model/kind.h"
#include "model/record.h"
#include "pipeline/pipeline.h"
#include "render/markdown.h"
#include "render/page.h"
#include "render/question.h"
#include "render/translation.h"

/* Folders of content/ whose records have pages, and under what name. */
static const struct {
	struct str content, site;
} places[] = {
	{ { "content/achievements/", 21 }, { "achievements/", 13 } },
	{ { "content/units/", 14 }, { "units/", 6 } },
	{ { "content/bulletins/", 18 }, { "bulletins/", 10 } },
	{ { "content/releases/", 17 }, { "releases/", 9 } },
	{ { "content/rankings/", 17 }, { "rankings/", 9 } },
	{ { "content/pages/", 14 }, { "", 0 } },
};

struct str links_address(struct arena *arena, struct str path)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		struct str rest;

		if (!str_starts(path, places[i].content) ||
		    str_eq(path_name(path), STR(".md")))
			continue;
		rest = str_slice(path, places[i].content.len, path.len);
		if (str_ends(rest, STR(".md")))
			rest = str_join(arena, str_slice(rest, 0,
			    rest.len - 3), STR("/"));
		return str_join(arena, places[i].site, rest);
	}
	return STR_NONE;
}

/* The first part of an address: "achievements/". */
static struct str section_of(struct str address)
{
	size_t slash = str_find_char(address, '/', 0);

	return str_slice(address, 0, slash == STR_NOT_FOUND ? 0 : slash + 1);
}

/* An address in the folder of a language: attachments are not copied to it. */
static struct str translated(const struct links *links, struct arena *arena,
    struct str address)
{
	struct str home;

	if (links->folder.len == 0)
		return address;
	if (!str_ends(address, STR("/")))
		return str_join(arena, STR("../"), address);
	home = translation_home(arena, str_slice(address, 0, address.len - 1),
	    links->folder);
	return str_join(arena, home, STR("/"));
}

static bool has_file(const struct links *links, struct str path)
{
	bool has = pipeline_has_file(links->pipeline, path);

	questions_add(links->questions, ASKED_PRESENT, 0, path, has);
	return has;
}

/* The file a link names, with or without its ".md"; empty if there is none. */
static struct str find_file(const struct links *links, struct arena *arena,
    struct str link)
{
	struct str folder = path_folder(links->record->path), path;

	if (str_starts(link, STR("/"))) {
		folder = STR("content");
		link = str_slice(link, 1, link.len);
	}
	path = path_resolve(arena, folder, link);
	if (has_file(links, path))
		return path;
	path = str_join(arena, path, STR(".md"));
	return has_file(links, path) ? path : STR_NONE;
}

/* "rules/" of "/rules/": pages that every site has and no file stands for, the
 * catalogue of rules and the fields of a kind; empty for any other. */
static struct str made_page(struct str link)
{
	static const struct str fields = { "guide/fields/", 13 };
	struct str page, name;
	enum kind kind;

	if (!str_starts(link, STR("/")) || !str_ends(link, STR("/")))
		return STR_NONE;
	page = str_slice(link, 1, link.len);
	if (str_eq(page, STR("rules/")) || str_eq(page, fields))
		return page;
	if (!str_starts(page, fields))
		return STR_NONE;
	name = str_slice(page, fields.len, page.len - 1);
	return kind_find(name, &kind) ? page : STR_NONE;
}

static bool has_page(const struct links *links, struct str address)
{
	bool has = page_is_at(links->site, address);

	questions_add(links->questions, ASKED_ADDRESS, 0, address, has);
	return has;
}

static bool resolve(void *context, enum markdown_target target,
    struct str link, struct buf *url)
{
	const struct links *links = context;
	struct arena *arena = &links->pipeline->scratch;
	struct str own = translated(links, arena,
	    links_address(arena, links->record->path));
	struct str path = find_file(links, arena, link);
	struct str address = links_address(arena, path);

	if (address.len == 0)
		address = made_page(link);
	if (address.len == 0)
		return false;
	if (links->site != NULL && target == MARKDOWN_LINK &&
	    str_ends(path, STR(".md")) && !has_page(links, address))
		address = section_of(address);
	address = translated(links, arena, address);
	for (size_t i = 0; i < own.len; i++)
		if (own.ptr[i] == '/')
			buf_append_cstr(url, "../");
	buf_append(url, address);
	return true;
}

void links_options(struct links *links, struct pipeline *pipeline,
    const struct record *record, struct markdown_options *options)
{
	*links = (struct links){ .pipeline = pipeline, .record = record };
	*options = (struct markdown_options){
		.path = record->path,
		.first_line = record->body_line,
		.site_url = value_text_at(pipeline->settings,
		    STR("base_url")),
		.resolve = resolve,
		.context = links,
	};
}
