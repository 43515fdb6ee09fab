/* SPDX-License-Identifier: MIT */
#include "render/markdown_events.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
/* Literals are read where they are: the library's accessors copy each of them
 * to add a NUL, and the number of a footnote's mark has no accessor. */
#include <cmark-gfm/node.h>

#include <string.h>

/* One '~' joins numbers in Chinese text ("3~5 年"), so only '~~' strikes. */
enum {
	OPTIONS = CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE
};

struct builder {
	struct arena *arena;
	struct markdown_events *events;
	size_t capacity;
	uint32_t notes, cells;	/* so far; cells of the row */
	uint32_t open;		/* index of the innermost open entry */
	uint32_t line;		/* of the last node that has one */
	bool has_notes;		/* see markdown_guard.c: text may be cut */
};

static cmark_node *parse(struct str body)
{
	static const char *const names[] = {
		"table", "strikethrough", "autolink"
	};
	cmark_parser *parser;
	cmark_node *root;

	cmark_gfm_core_extensions_ensure_registered();
	parser = cmark_parser_new(OPTIONS);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		(void)cmark_parser_attach_syntax_extension(parser,
		    cmark_find_syntax_extension(names[i]));
	cmark_parser_feed(parser, body.ptr == NULL ? "" : body.ptr, body.len);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

static enum markdown_kind extension_kind(cmark_node *node)
{
	static const struct {
		const char *name;
		enum markdown_kind kind;
	} kinds[] = {
		{ "table", MARKDOWN_TABLE },
		{ "table_header", MARKDOWN_ROW },
		{ "table_row", MARKDOWN_ROW },
		{ "table_cell", MARKDOWN_CELL },
		{ "strikethrough", MARKDOWN_STRIKE },
	};
	const char *name = cmark_node_get_type_string(node);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return kinds[i].kind;
	return MARKDOWN_UNKNOWN;
}

static enum markdown_kind kind_of(cmark_node *node)
{
	static const unsigned char blocks[] = {
		MARKDOWN_UNKNOWN, MARKDOWN_DOCUMENT, MARKDOWN_QUOTE,
		MARKDOWN_LIST, MARKDOWN_ITEM, MARKDOWN_CODE_BLOCK,
		MARKDOWN_HTML_BLOCK, MARKDOWN_UNKNOWN, MARKDOWN_PARAGRAPH,
		MARKDOWN_HEADING, MARKDOWN_RULE, MARKDOWN_NOTE,
	};
	static const unsigned char inlines[] = {
		MARKDOWN_UNKNOWN, MARKDOWN_TEXT, MARKDOWN_SOFT_BREAK,
		MARKDOWN_LINE_BREAK, MARKDOWN_CODE, MARKDOWN_HTML,
		MARKDOWN_UNKNOWN, MARKDOWN_EMPHASIS, MARKDOWN_STRONG,
		MARKDOWN_ANCHOR, MARKDOWN_PICTURE, MARKDOWN_NOTE_MARK,
	};
	unsigned value = node->type & CMARK_NODE_VALUE_MASK;

	if (value >= sizeof(blocks))
		return extension_kind(node);
	return (enum markdown_kind)(CMARK_NODE_BLOCK_P(node) ?
	    blocks[value] : inlines[value]);
}

/* With U+FFFD for each byte that is part of no character. */
static struct str repaired(struct arena *arena, struct str text)
{
	struct buf whole;
	struct str copy;
	size_t size;

	buf_init(&whole);
	for (size_t at = 0; at < text.len; at += size) {
		uint32_t c = utf8_decode(text, at, &size);

		utf8_append(&whole, c == UTF8_INVALID ? 0xfffd : c);
	}
	copy = str_dup(arena, buf_str(&whole));
	buf_dispose(&whole);
	return copy;
}

static struct str copy(struct builder *b, const cmark_chunk *chunk)
{
	struct str text = { (const char *)chunk->data, 0 };

	if (chunk->len <= 0)
		return STR_NONE;
	text.len = (size_t)chunk->len;
	if (b->has_notes && utf8_check(text) != text.len)
		return repaired(b->arena, text);
	return str_dup(b->arena, text);
}

static struct markdown_event *add(struct builder *b)
{
	struct markdown_events *events = b->events;

	if (events->count == b->capacity) {
		size_t capacity = b->capacity * 2;
		struct markdown_event *items =
		    arena_array(b->arena, capacity, sizeof(*items));

		memcpy(items, events->items, events->count * sizeof(*items));
		events->items = items;
		b->capacity = capacity;
	}
	return &events->items[events->count++];
}

/*
 * Where the node begins. Extensions leave 0 behind; then it is the nearest line
 * that is known. A link over several lines has the line of its end, but what it
 * holds has its own.
 */
static void place(struct builder *b, const cmark_node *node,
    struct markdown_event *event)
{
	const cmark_node *child = node->first_child;

	if (child != NULL && child->start_line > 0 &&
	    child->start_line < node->start_line) {
		b->line = (uint32_t)child->start_line;
	} else if (node->start_line > 0) {
		b->line = (uint32_t)node->start_line;
		event->column = node->start_column > 0 ?
		    (uint32_t)node->start_column : 0;
	}
	event->line = b->line;
}

static bool is_tight(const cmark_node *paragraph)
{
	const cmark_node *list = paragraph->parent == NULL ? NULL :
	    paragraph->parent->parent;

	return list != NULL && list->type == CMARK_NODE_LIST &&
	       list->as.list.tight;
}

static enum markdown_align align_of(cmark_node *cell, size_t index)
{
	cmark_node *table = cell->parent->parent;
	const uint8_t *aligns =
	    cmark_gfm_extensions_get_table_alignments(table);

	if (index >= cmark_gfm_extensions_get_table_columns(table))
		return ALIGN_NONE;
	return aligns[index] == 'l' ? ALIGN_LEFT : aligns[index] == 'c' ?
	    ALIGN_CENTER : aligns[index] == 'r' ? ALIGN_RIGHT : ALIGN_NONE;
}

/*
 * `https://example.com` without any marks around it: the extension gives the
 * text the place of the link, or none; for <…> and […](…) it comes later.
 */
static bool is_bare(const cmark_node *link)
{
	const cmark_node *text = link->first_child;

	return text != NULL && text->next == NULL &&
	       text->type == CMARK_NODE_TEXT &&
	       (text->start_line == 0 ||
		text->start_column == link->start_column);
}

static void describe_list(struct builder *b, cmark_node *node,
    struct markdown_event *event)
{
	(void)b;
	event->is_ordered = node->as.list.list_type == CMARK_ORDERED_LIST;
	event->number = (uint32_t)node->as.list.start;
}

static void describe_code_block(struct builder *b, cmark_node *node,
    struct markdown_event *event)
{
	event->text = copy(b, &node->as.code.literal);
	event->url = copy(b, &node->as.code.info);
}

static void describe_paragraph(struct builder *b, cmark_node *node,
    struct markdown_event *event)
{
	(void)b;
	event->is_tight = is_tight(node);
}

static void describe_heading(struct builder *b, cmark_node *node,
    struct markdown_event *event)
{
	(void)b;
	event->level = (uint8_t)node->as.heading.level;
}

static void describe_note(struct builder *b, cmark_node *node,
    struct markdown_event *event)
{
	event->number = ++b->notes;
	event->repeat = (uint32_t)node->footnote.def_count;
}

static void describe_row(struct builder *b, cmark_node *node,
    struct markdown_event *event)
{
	b->cells = 0;
	event->is_header =
	    cmark_gfm_extensions_get_table_row_is_header(node) != 0;
}

static void describe_cell(struct builder *b, cmark_node *node,
    struct markdown_event *event)
{
	event->level = (uint8_t)align_of(node, b->cells++);
	event->is_header = cmark_gfm_extensions_get_table_row_is_header(
	    node->parent) != 0;
}

static void describe_literal(struct builder *b, cmark_node *node,
    struct markdown_event *event)
{
	event->text = copy(b, &node->as.literal);
}

static void describe_link(struct builder *b, cmark_node *node,
    struct markdown_event *event)
{
	event->is_bare = event->kind == MARKDOWN_ANCHOR && is_bare(node);
	event->url = copy(b, &node->as.link.url);
	event->title = copy(b, &node->as.link.title);
}

static void describe_note_mark(struct builder *b, cmark_node *node,
    struct markdown_event *event)
{
	size_t number = 0;

	event->text = copy(b, &node->as.literal);
	(void)!str_to_size(event->text, &number);
	event->number = (uint32_t)number;
	event->repeat = (uint32_t)node->footnote.ref_ix;
}

static void describe(struct builder *b, cmark_node *node,
    struct markdown_event *event)
{
	static void (*const describers[MARKDOWN_KIND_COUNT])(struct builder *,
	    cmark_node *, struct markdown_event *) = {
		[MARKDOWN_LIST] = describe_list,
		[MARKDOWN_CODE_BLOCK] = describe_code_block,
		[MARKDOWN_HTML_BLOCK] = describe_literal,
		[MARKDOWN_PARAGRAPH] = describe_paragraph,
		[MARKDOWN_HEADING] = describe_heading,
		[MARKDOWN_NOTE] = describe_note,
		[MARKDOWN_ROW] = describe_row,
		[MARKDOWN_CELL] = describe_cell,
		[MARKDOWN_TEXT] = describe_literal,
		[MARKDOWN_CODE] = describe_literal,
		[MARKDOWN_HTML] = describe_literal,
		[MARKDOWN_ANCHOR] = describe_link,
		[MARKDOWN_PICTURE] = describe_link,
		[MARKDOWN_NOTE_MARK] = describe_note_mark,
	};

	if (describers[event->kind] != NULL)
		describers[event->kind](b, node, event);
}

static void enter(struct builder *b, cmark_node *node)
{
	struct markdown_event *event = add(b);

	event->kind = (uint8_t)kind_of(node);
	event->mate = (uint32_t)(b->events->count - 1);
	place(b, node, event);
	describe(b, node, event);
}

/* The innermost node that is open ends. */
static void leave(struct builder *b)
{
	uint32_t entry = b->open;
	struct markdown_event *event = add(b);

	b->open = b->events->items[entry].mate;
	b->events->items[entry].mate = (uint32_t)(b->events->count - 1);
	*event = b->events->items[entry];
	event->is_exit = true;
}

static bool has_exit(const struct markdown_event *event)
{
	return event->kind != MARKDOWN_TEXT && event->kind != MARKDOWN_CODE &&
	       event->kind != MARKDOWN_SOFT_BREAK &&
	       event->kind != MARKDOWN_LINE_BREAK &&
	       event->kind != MARKDOWN_HTML &&
	       event->kind != MARKDOWN_NOTE_MARK &&
	       event->kind != MARKDOWN_CODE_BLOCK &&
	       event->kind != MARKDOWN_HTML_BLOCK &&
	       event->kind != MARKDOWN_RULE;
}

/*
 * Walks the tree without recursion, for it may be deep. Until its exit is known
 * the `mate` of an entry is the index of the one around it.
 */
static void walk(struct builder *b, cmark_node *root)
{
	cmark_node *node = root;

	while (node != NULL) {
		uint32_t entry = (uint32_t)b->events->count;

		enter(b, node);
		if (has_exit(&b->events->items[entry])) {
			b->events->items[entry].mate = b->open;
			b->open = entry;
		}
		if (node->first_child != NULL) {
			node = node->first_child;
			continue;
		}
		if (b->open == entry)
			leave(b);
		while (node != root && node->next == NULL) {
			node = node->parent;
			leave(b);
		}
		node = node == root ? NULL : node->next;
	}
}

void markdown_parse(struct arena *arena, struct str body,
    struct markdown_events *events)
{
	/* Prose has an event for each ten bytes or so. */
	struct builder b = { .arena = arena, .events = events,
		.capacity = body.len / 8 + 64,
		.has_notes = str_find(body, STR("[^"), 0) != STR_NOT_FOUND };
	cmark_node *root = parse(body);

	*events = (struct markdown_events){ .items =
		arena_array(arena, b.capacity, sizeof(*events->items)) };
	walk(&b, root);
	cmark_node_free(root);
}

static bool is_wide(uint32_t c)
{
	/* Korean is written with spaces. */
	return (utf8_is_cjk(c) && !(c >= 0xac00 && c <= 0xd7a3)) ||
	       c == 0x3000 || (c >= 0xff00 && c <= 0xffef);
}

/* Quotation marks, dash, ellipsis, middle dot: Chinese beside Chinese. */
static bool is_shared_punctuation(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2027) || c == 0xb7;
}

bool markdown_joins(uint32_t before, uint32_t after)
{
	return (is_wide(before) && (is_wide(after) ||
	    is_shared_punctuation(after))) ||
	    (is_shared_punctuation(before) && is_wide(after));
}

uint32_t markdown_next_character(const struct markdown_events *events,
    size_t at)
{
	size_t size;

	for (; at < events->count; at++) {
		const struct markdown_event *event = &events->items[at];

		if (event->kind < MARKDOWN_TEXT)
			break;
		if ((event->kind == MARKDOWN_TEXT ||
		    event->kind == MARKDOWN_CODE) && event->text.len > 0)
			return utf8_decode(event->text, 0, &size);
	}
	return 0;
}
