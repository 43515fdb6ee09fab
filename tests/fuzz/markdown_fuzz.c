/* SPDX-License-Identifier: MIT */
/*
 * Any text as a body: HTML comes out that has no tag but ours and no address
 * with a scheme that is not allowed, or a diagnostic.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "render/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const tags[] = { "a", "blockquote", "br", "code", "del",
	"div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
	"pre", "section", "strong", "sup", "table", "tbody", "td", "th",
	"thead", "tr", "ul" };

static bool is_ours(struct str html, size_t at)
{
	at += html.ptr[at] == '/';
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		size_t len = strlen(tags[i]);

		if (html.len - at > len &&
		    memcmp(html.ptr + at, tags[i], len) == 0 &&
		    (html.ptr[at + len] == '>' || html.ptr[at + len] == ' '))
			return true;
	}
	return false;
}

static void check_html(struct str html)
{
	static const struct str unsafe[] = {
		{ "href=\"javascript:", 17 }, { "href=\"data:", 11 },
		{ "src=\"http:", 10 }, { "src=\"https:", 11 },
		{ "src=\"javascript:", 16 }, { "src=\"data:", 10 }
	};

	for (size_t at = 0; (at = str_find_char(html, '<', at)) !=
	    STR_NOT_FOUND; at++)
		assert(is_ours(html, at + 1));
	for (size_t i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]); i++)
		assert(str_find(html, unsafe[i], 0) == STR_NOT_FOUND);
}

/* All files are there whose names do not say otherwise; what has a scheme does
 * not come here. */
static bool resolve(void *context, enum markdown_target target,
    struct str link, struct buf *url)
{
	(void)context;
	(void)target;
	if (str_find(link, STR("missing"), 0) != STR_NOT_FOUND)
		return false;
	buf_append(url, STR("../"));
	buf_append(url, link);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct markdown_options options = { .path = STR("b.md"),
		.first_line = 1, .resolve = resolve };
	struct str body = { (const char *)data, size };
	struct diag_list diags;
	struct arena arena;
	struct buf html;
	bool good, checked;
	size_t errors;

	/* When they are rendered, bodies are UTF-8 without CR and NUL. */
	if (utf8_check(body) != size || memchr(data, '\r', size) != NULL ||
	    memchr(data, '\0', size) != NULL)
		return 0;
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	buf_init(&html);
	good = markdown_render(&options, body, &html, &diags);
	errors = diag_errors(&diags);
	assert(good == (errors == 0));
	check_html(buf_str(&html));
	checked = markdown_check(&options, body, &diags);
	assert(good == checked && diag_errors(&diags) == 2 * errors);
	buf_clear(&html);
	markdown_text(body, &html);
	assert(utf8_check(buf_str(&html)) == html.len);
	buf_dispose(&html);
	diag_list_dispose(&diags);
	arena_dispose(&arena);
	return 0;
}
