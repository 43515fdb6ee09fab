/* SPDX-License-Identifier: MIT */
#include "render/markdown.h"

#include "base/escape.h"
#include "render/markdown_writer.h"

static void begin_line(struct buf *html)
{
	if (html->len > 0 && html->ptr[html->len - 1] != '\n')
		buf_append_char(html, '\n');
}

static void write_quote(struct markdown_writer *w, size_t at)
{
	begin_line(w->html);
	buf_append(w->html, w->events.items[at].is_exit ?
	    STR("</blockquote>\n") : STR("<blockquote>\n"));
}

static void write_list(struct markdown_writer *w, size_t at)
{
	const struct markdown_event *event = &w->events.items[at];
	const char *name = event->is_ordered ? "ol" : "ul";

	begin_line(w->html);
	if (event->is_exit)
		buf_append_format(w->html, "</%s>\n", name);
	else if (event->is_ordered && event->number != 1)
		buf_append_format(w->html, "<ol start=\"%u\">\n",
		    event->number);
	else
		buf_append_format(w->html, "<%s>\n", name);
}

static void write_item(struct markdown_writer *w, size_t at)
{
	if (w->events.items[at].is_exit) {
		buf_append(w->html, STR("</li>\n"));
	} else {
		begin_line(w->html);
		buf_append(w->html, STR("<li>"));
	}
}

/* A block of code scrolls, so the keyboard has to reach it. */
static void write_code_block(struct markdown_writer *w, size_t at)
{
	const struct markdown_event *event = &w->events.items[at];
	struct str language = event->url;
	size_t end = str_find_char(language, ' ', 0);

	language = str_slice(language, 0, end);
	begin_line(w->html);
	buf_append(w->html, STR("<pre tabindex=\"0\"><code"));
	if (language.len > 0) {
		buf_append(w->html, STR(" class=\"language-"));
		escape_html(w->html, language);
		buf_append_char(w->html, '"');
	}
	buf_append_char(w->html, '>');
	escape_html(w->html, event->text);
	buf_append(w->html, STR("</code></pre>\n"));
}

static void write_html_block(struct markdown_writer *w, size_t at)
{
	(void)markdown_write_inline(w, at);
}

/* The ways back from a footnote to each of its marks. */
static void write_ways_back(struct markdown_writer *w,
    const struct markdown_event *note)
{
	for (uint32_t i = 1; i <= note->repeat; i++) {
		buf_append_format(w->html, " <a href=\"#fnref-%.*s%u",
		    STR_ARG(w->prefix), note->number);
		if (i > 1)
			buf_append_format(w->html, "-%u", i);
		buf_append(w->html, STR("\" role=\"doc-backlink\""));
		if (w->options->back_label.len > 0) {
			buf_append(w->html, STR(" aria-label=\""));
			escape_html(w->html, w->options->back_label);
			buf_append_format(w->html, " %u", note->number);
			if (i > 1)
				buf_append_format(w->html, "-%u", i);
			buf_append_char(w->html, '"');
		}
		buf_append(w->html, STR(">↩</a>"));
	}
}

static void write_paragraph(struct markdown_writer *w, size_t at)
{
	const struct markdown_event *items = w->events.items;
	bool ends_note = items[at].is_exit && at + 1 < w->events.count &&
	    items[at + 1].kind == MARKDOWN_NOTE && items[at + 1].is_exit;

	if (items[at].is_tight)
		return;
	if (!items[at].is_exit) {
		begin_line(w->html);
		buf_append(w->html, STR("<p>"));
		return;
	}
	if (ends_note)
		write_ways_back(w, &items[at + 1]);
	buf_append(w->html, STR("</p>\n"));
}

static void check_heading(struct markdown_writer *w,
    const struct markdown_event *event, uint8_t level)
{
	static const char marks[] = "######";
	struct arena *arena = w->diags->arena;

	if (event->level == 1)
		markdown_report(w, event->line, event->column, DIAG_BODY_TITLE,
		    (const struct str[3]){ STR_NONE });
	if (level > w->level + 1)
		markdown_report(w, event->line, event->column,
		    DIAG_HEADING_JUMP, (const struct str[3]){
		    str_format(arena, "%d", level),
		    str_format(arena, "%d", w->level),
		    { marks, (size_t)w->level + 1 } });
	w->level = level;
}

static void write_heading(struct markdown_writer *w, size_t at)
{
	const struct markdown_event *event = &w->events.items[at];
	uint8_t level = event->level < 2 ? 2 : event->level;

	if (event->is_exit) {
		buf_append_format(w->html, "</h%d>\n", level);
		return;
	}
	check_heading(w, event, level);
	begin_line(w->html);
	buf_append_format(w->html, "<h%d id=\"", level);
	escape_html(w->html, w->prefix);
	escape_html(w->html, w->ids[w->heading++]);
	buf_append(w->html, STR("\">"));
}

static void write_rule(struct markdown_writer *w, size_t at)
{
	(void)at;
	begin_line(w->html);
	buf_append(w->html, STR("<hr>\n"));
}

static void write_note(struct markdown_writer *w, size_t at)
{
	const struct markdown_event *event = &w->events.items[at];
	const struct markdown_event *last = event - 1;

	if (!event->is_exit) {
		begin_line(w->html);
		if (!w->has_notes)
			buf_append(w->html, STR("<section class=\"footnotes\" "
			    "role=\"doc-endnotes\">\n<ol>\n"));
		w->has_notes = true;
		buf_append_format(w->html, "<li id=\"fn-%.*s%u\">\n",
		    STR_ARG(w->prefix), event->number);
		return;
	}
	if (last->kind != MARKDOWN_PARAGRAPH)
		write_ways_back(w, event);
	begin_line(w->html);
	buf_append(w->html, STR("</li>\n"));
}

/* A wide table scrolls by itself, so the keyboard has to reach it. */
static void write_table(struct markdown_writer *w, size_t at)
{
	if (!w->events.items[at].is_exit) {
		begin_line(w->html);
		buf_append(w->html, STR("<div class=\"table-wrap\" "
		    "tabindex=\"0\"><table>\n"));
		w->has_table_body = false;
		return;
	}
	if (w->has_table_body)
		buf_append(w->html, STR("</tbody>\n"));
	buf_append(w->html, STR("</table></div>\n"));
}

static void write_row(struct markdown_writer *w, size_t at)
{
	const struct markdown_event *event = &w->events.items[at];

	if (event->is_exit) {
		buf_append(w->html, event->is_header ?
		    STR("</tr>\n</thead>\n") : STR("</tr>\n"));
		return;
	}
	if (event->is_header) {
		buf_append(w->html, STR("<thead>\n"));
	} else if (!w->has_table_body) {
		buf_append(w->html, STR("<tbody>\n"));
		w->has_table_body = true;
	}
	buf_append(w->html, STR("<tr>\n"));
}

/* An empty cell of the head heads nothing, so it is no <th>. */
static void write_cell(struct markdown_writer *w, size_t at)
{
	static const struct str classes[] = {
		[ALIGN_NONE] = { ">", 1 },
		[ALIGN_LEFT] = { " class=\"left\">", 14 },
		[ALIGN_CENTER] = { " class=\"center\">", 16 },
		[ALIGN_RIGHT] = { " class=\"right\">", 15 },
	};
	const struct markdown_event *event = &w->events.items[at];
	const struct markdown_event *inside =
	    event->is_exit ? event - 1 : event + 1;
	bool is_head = event->is_header && inside->kind != MARKDOWN_CELL;

	w->last = 0;
	if (event->is_exit) {
		buf_append(w->html, is_head ? STR("</th>\n") :
		    STR("</td>\n"));
		return;
	}
	buf_append(w->html, is_head ? STR("<th scope=\"col\"") : STR("<td"));
	buf_append(w->html, classes[event->level]);
}

static void write_document(struct markdown_writer *w, size_t at)
{
	if (w->events.items[at].is_exit && w->has_notes)
		buf_append(w->html, STR("</ol>\n</section>\n"));
}

static void write_all(struct markdown_writer *w)
{
	static void (*const writers[MARKDOWN_TEXT])(struct markdown_writer *,
	    size_t) = {
		[MARKDOWN_DOCUMENT] = write_document,
		[MARKDOWN_QUOTE] = write_quote,
		[MARKDOWN_LIST] = write_list,
		[MARKDOWN_ITEM] = write_item,
		[MARKDOWN_CODE_BLOCK] = write_code_block,
		[MARKDOWN_HTML_BLOCK] = write_html_block,
		[MARKDOWN_PARAGRAPH] = write_paragraph,
		[MARKDOWN_HEADING] = write_heading,
		[MARKDOWN_RULE] = write_rule,
		[MARKDOWN_NOTE] = write_note,
		[MARKDOWN_TABLE] = write_table,
		[MARKDOWN_ROW] = write_row,
		[MARKDOWN_CELL] = write_cell,
	};

	for (size_t at = 0; at < w->events.count; at++) {
		uint8_t kind = w->events.items[at].kind;

		if (kind >= MARKDOWN_TEXT)
			at = markdown_write_inline(w, at);
		else
			writers[kind](w, at);
	}
}

static bool render(const struct markdown_options *options, struct str body,
    struct buf *html, struct diag_list *diags)
{
	struct markdown_writer w = { .options = options, .body = body,
		.html = html, .diags = diags, .level = 1,
		.prefix = options->id_prefix };
	const struct markdown_fault *fault;
	uint32_t line;

	if (w.prefix.len == 0)
		w.prefix = STR("s-");
	fault = markdown_guard(body, &line);
	if (fault != NULL) {
		markdown_report(&w, line, 0, fault->code,
		    (const struct str[3]){ fault->en, fault->zh });
		return false;
	}
	arena_init(&w.arena);
	map_init(&w.slugs, &w.arena);
	markdown_parse(&w.arena, body, &w.events);
	markdown_name_headings(&w);
	write_all(&w);
	arena_dispose(&w.arena);
	return w.errors == 0;
}

bool markdown_render(const struct markdown_options *options, struct str body,
    struct buf *html, struct diag_list *diags)
{
	size_t before = html->len;
	bool good = render(options, body, html, diags);

	if (!good)
		buf_truncate(html, before);
	return good;
}

bool markdown_check(const struct markdown_options *options, struct str body,
    struct diag_list *diags)
{
	struct buf html;
	bool good;

	buf_init(&html);
	good = render(options, body, &html, diags);
	buf_dispose(&html);
	return good;
}
