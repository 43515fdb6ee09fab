/* SPDX-License-Identifier: MIT */
/* What stands within a line: text, links, pictures, marks of footnotes. */
#include "base/escape.h"
#include "base/utf8.h"
#include "render/markdown_writer.h"

#include <string.h>

static void write_text(struct markdown_writer *w, struct str text)
{
	size_t at = text.len, size;

	if (text.len == 0)
		return;
	escape_html(w->html, text);
	do
		at--;
	while (at > 0 && ((unsigned char)text.ptr[at] & 0xc0) == 0x80);
	w->last = utf8_decode(text, at, &size);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The scheme of an address with its colon; empty if it has none. */
static struct str scheme_of(struct str url)
{
	size_t at = 0;

	while (at < url.len && (is_letter(url.ptr[at]) || (at > 0 &&
	    ((url.ptr[at] >= '0' && url.ptr[at] <= '9') ||
	    url.ptr[at] == '+' || url.ptr[at] == '-' || url.ptr[at] == '.'))))
		at++;
	return at > 0 && at < url.len && url.ptr[at] == ':' ?
	    str_slice(url, 0, at + 1) : STR_NONE;
}

static bool is_one_of(struct str word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (word.len == strlen(*words) &&
		    strncasecmp(word.ptr, *words, word.len) == 0)
			return true;
	return false;
}

static bool is_web(struct str scheme)
{
	static const char *const webs[] = { "http:", "https:", NULL };

	return is_one_of(scheme, webs);
}

static bool is_mail(struct str scheme)
{
	static const char *const mails[] = { "mailto:", NULL };

	return is_one_of(scheme, mails);
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ?
	    c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* With %XX decoded. */
static struct str decoded(struct markdown_writer *w, struct str text)
{
	char *copy = arena_alloc(&w->arena, text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '%' && text.len - i > 2 &&
		    hex_digit(text.ptr[i + 1]) >= 0 &&
		    hex_digit(text.ptr[i + 2]) >= 0) {
			copy[len++] = (char)(hex_digit(text.ptr[i + 1]) << 4 |
			    hex_digit(text.ptr[i + 2]));
			i += 2;
		} else {
			copy[len++] = text.ptr[i];
		}
	}
	return (struct str){ copy, len };
}

static void report(struct markdown_writer *w,
    const struct markdown_event *event, enum diag_code code, struct str what)
{
	markdown_report(w, event->line, event->column, code,
	    (const struct str[3]){ what, STR_NONE, STR_NONE });
}

/* "#words": one of the headings here. */
static void resolve_fragment(struct markdown_writer *w,
    const struct markdown_event *event, struct buf *url)
{
	struct str words = decoded(w, str_slice(event->url, 1,
	    event->url.len));

	if (!map_has(&w->slugs, words)) {
		report(w, event, DIAG_LINK_FRAGMENT, words);
		return;
	}
	buf_append_char(url, '#');
	buf_append(url, w->prefix);
	buf_append(url, words);
}

/* A place of this site. */
static void resolve_path(struct markdown_writer *w,
    const struct markdown_event *event, struct buf *url)
{
	bool is_picture = event->kind == MARKDOWN_PICTURE;
	size_t end = 0;
	struct str path;

	if (w->options->resolve == NULL) {
		buf_append(url, event->url);
		return;
	}
	while (end < event->url.len && event->url.ptr[end] != '?' &&
	    event->url.ptr[end] != '#')
		end++;
	path = decoded(w, str_slice(event->url, 0, end));
	if (!w->options->resolve(w->options->context, is_picture ?
	    MARKDOWN_IMAGE : MARKDOWN_LINK, path, url)) {
		report(w, event, is_picture ? DIAG_IMAGE_UNKNOWN :
		    DIAG_LINK_UNKNOWN, path);
		return;
	}
	buf_append(url, str_slice(event->url, end, event->url.len));
}

/* The address a link or picture leads to; empty, with a diagnostic, if it may
 * lead nowhere. */
static void resolve(struct markdown_writer *w,
    const struct markdown_event *event, struct buf *url)
{
	static const char *const phones[] = { "tel:", NULL };
	struct str scheme = scheme_of(event->url);

	if (event->url.len == 0) {
		report(w, event, DIAG_LINK_EMPTY, STR_NONE);
	} else if (event->url.ptr[0] == '#') {
		resolve_fragment(w, event, url);
	} else if (str_starts(event->url, STR("//"))) {
		buf_append(url, STR("https:"));
		buf_append(url, event->url);
	} else if (scheme.len == 0) {
		resolve_path(w, event, url);
	} else if (is_web(scheme) || is_mail(scheme) ||
	    is_one_of(scheme, phones)) {
		buf_append(url, event->url);
	} else {
		report(w, event, DIAG_LINK_SCHEME, scheme);
	}
}

static bool is_external(const struct markdown_writer *w, struct str url)
{
	struct str site = w->options->site_url;

	return is_web(scheme_of(url)) &&
	       (site.len == 0 || !str_starts(url, site));
}

static void write_title(struct markdown_writer *w, struct str title)
{
	if (title.len == 0)
		return;
	buf_append(w->html, STR(" title=\""));
	escape_html(w->html, title);
	buf_append_char(w->html, '"');
}

static void open_link(struct markdown_writer *w, struct str url,
    struct str title)
{
	buf_append(w->html, STR("<a href=\""));
	escape_url_attribute(w->html, url);
	buf_append_char(w->html, '"');
	write_title(w, title);
	if (is_external(w, url))
		buf_append(w->html, STR(" rel=\"noopener\""));
	buf_append_char(w->html, '>');
}

/* Where a bare address ends: the library takes what follows it up to the next
 * space, but Chinese is written without. */
static size_t bare_end(struct str text)
{
	size_t end = 0;

	while (end < text.len && (unsigned char)text.ptr[end] < 0x80)
		end++;
	if (end < text.len)
		while (end > 0 && strchr(".,;:!?", text.ptr[end - 1]) != NULL)
			end--;
	return end;
}

static size_t write_bare_link(struct markdown_writer *w, size_t at)
{
	const struct markdown_event *event = &w->events.items[at];
	struct str text = w->events.items[at + 1].text;
	size_t end = bare_end(text);
	struct str url = event->url;

	if (!is_web(scheme_of(url)) && !is_mail(scheme_of(url))) {
		write_text(w, text);
		return event->mate;
	}
	url = str_slice(url, 0, url.len > text.len - end ?
	    url.len - (text.len - end) : 0);
	open_link(w, url, STR_NONE);
	write_text(w, str_slice(text, 0, end));
	buf_append(w->html, STR("</a>"));
	write_text(w, str_slice(text, end, text.len));
	return event->mate;
}

static size_t write_link(struct markdown_writer *w, size_t at)
{
	const struct markdown_event *event = &w->events.items[at];
	struct buf url;

	if (event->is_bare)
		return write_bare_link(w, at);
	buf_init(&url);
	resolve(w, event, &url);
	if (event->mate == at + 1 && event->url.len > 0)
		report(w, event, DIAG_LINK_TEXT, event->url);
	w->in_link = url.len > 0;
	if (w->in_link)
		open_link(w, buf_str(&url), event->title);
	buf_dispose(&url);
	return at;
}

static void write_image(struct markdown_writer *w, struct str url,
    struct str alt, struct str title)
{
	buf_append(w->html, STR("<img src=\""));
	escape_url_attribute(w->html, url);
	buf_append(w->html, STR("\" alt=\""));
	escape_html(w->html, alt);
	buf_append_char(w->html, '"');
	write_title(w, title);
	buf_append(w->html, STR(" loading=\"lazy\">"));
}

static size_t write_picture(struct markdown_writer *w, size_t at)
{
	const struct markdown_event *event = &w->events.items[at];
	struct str alt = str_trim(markdown_plain(w, at));
	bool is_remote = is_web(scheme_of(event->url)) ||
	    str_starts(event->url, STR("//"));
	struct buf url;

	buf_init(&url);
	resolve(w, event, &url);
	if (alt.len == 0)
		report(w, event, DIAG_IMAGE_ALT, event->url);
	if (is_remote) {
		report(w, event, DIAG_IMAGE_REMOTE, event->url);
		if (!w->in_link)
			open_link(w, buf_str(&url), event->title);
		write_text(w, alt.len > 0 ? alt : event->url);
		if (!w->in_link)
			buf_append(w->html, STR("</a>"));
	} else if (url.len > 0) {
		write_image(w, buf_str(&url), alt, event->title);
		w->last = 0;
	}
	buf_dispose(&url);
	return event->mate;
}

static void write_note_mark(struct markdown_writer *w,
    const struct markdown_event *event)
{
	struct str p = w->prefix;

	if (w->in_link) {
		buf_append_format(w->html, "<sup>%u</sup>", event->number);
		return;
	}
	buf_append_format(w->html, "<sup class=\"footnote-ref\"><a "
	    "href=\"#fn-%.*s%u\" id=\"fnref-%.*s%u", STR_ARG(p), event->number,
	    STR_ARG(p), event->number);
	if (event->repeat > 1)
		buf_append_format(w->html, "-%u", event->repeat);
	buf_append_format(w->html, "\" role=\"doc-noteref\">%u</a></sup>",
	    event->number);
}

/* A comment is a note among authors: nobody expects to see it. Of a pair of
 * tags the first is enough to tell. */
static void warn_html(struct markdown_writer *w,
    const struct markdown_event *event)
{
	struct str html = str_trim(event->text);
	size_t end = 0, size;

	if (str_starts(html, STR("</")) || (str_starts(html, STR("<!--")) &&
	    str_find(html, STR("-->"), 0) + 3 == html.len))
		return;
	while (end < html.len && end < 40 && html.ptr[end] != '\n') {
		(void)utf8_decode(html, end, &size);
		end += size;
	}
	report(w, event, DIAG_RAW_HTML, str_slice(html, 0, end));
}

static void write_soft_break(struct markdown_writer *w, size_t at)
{
	if (!markdown_joins(w->last,
	    markdown_next_character(&w->events, at + 1)))
		buf_append_char(w->html, '\n');
}

static void write_pair(struct markdown_writer *w,
    const struct markdown_event *event)
{
	static const struct str tags[MARKDOWN_KIND_COUNT][2] = {
		[MARKDOWN_EMPHASIS] = { { "<em>", 4 }, { "</em>", 5 } },
		[MARKDOWN_STRONG] = { { "<strong>", 8 }, { "</strong>", 9 } },
		[MARKDOWN_STRIKE] = { { "<del>", 5 }, { "</del>", 6 } },
	};

	buf_append(w->html, tags[event->kind][event->is_exit]);
}

static void write_code(struct markdown_writer *w, struct str code)
{
	buf_append(w->html, STR("<code>"));
	write_text(w, code);
	buf_append(w->html, STR("</code>"));
}

size_t markdown_write_inline(struct markdown_writer *w, size_t at)
{
	const struct markdown_event *event = &w->events.items[at];

	switch (event->kind) {
	case MARKDOWN_TEXT:
		markdown_check_text(w, event);
		write_text(w, event->text);
		break;
	case MARKDOWN_SOFT_BREAK:
		write_soft_break(w, at);
		break;
	case MARKDOWN_LINE_BREAK:
		buf_append(w->html, STR("<br>\n"));
		break;
	case MARKDOWN_CODE:
		write_code(w, event->text);
		break;
	case MARKDOWN_HTML:
	case MARKDOWN_HTML_BLOCK:
		warn_html(w, event);
		break;
	case MARKDOWN_ANCHOR:
		if (!event->is_exit)
			return write_link(w, at);
		if (w->in_link)
			buf_append(w->html, STR("</a>"));
		w->in_link = false;
		break;
	case MARKDOWN_PICTURE:
		return write_picture(w, at);
	case MARKDOWN_NOTE_MARK:
		write_note_mark(w, event);
		break;
	default:
		write_pair(w, event);
		break;
	}
	return at;
}
