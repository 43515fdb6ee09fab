/* SPDX-License-Identifier: MIT */
#include "model/yaml.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/value.h"
#include "model/hygiene.h"

#include <yaml.h>

#include <assert.h>
#include <string.h>

/*
 * Past the allowed depth the reader skips, to find what else is wrong; past
 * this one it gives up, because libyaml's effort grows with the square.
 */
enum { HOPELESS_DEPTH = 200 };

/* A map of fewer keys is searched for duplicates key by key. */
enum { FEW_KEYS = 16 };

struct reading {
	yaml_parser_t parser;
	const struct yaml_source *source;
	struct arena *arena;
	struct diag_list *diags;
	size_t open_line;	/* of the innermost open map or list */
	size_t line, offset;	/* for yaml_line_offset */
	bool is_over;		/* the syntax is broken: no more events */
};

static struct value *read_node(struct reading *r, yaml_event_t *event,
    size_t depth);

static struct mark mark_of(const struct reading *r, yaml_mark_t at)
{
	return (struct mark){ .path = r->source->path,
		.line = r->source->line + (uint32_t)at.line,
		.column = (uint32_t)at.column + 1 };
}

static void report_fault(struct reading *r)
{
	const yaml_parser_t *p = &r->parser;
	struct yaml_fault fault = {
		.problem = p->problem,
		.line = p->problem_mark.line,
		.column = p->problem_mark.column,
		.context_line = p->context_mark.line,
		.context_column = p->context_mark.column,
		.has_context = p->context != NULL,
		.open_line = r->open_line,
	};

	if (p->error == YAML_MEMORY_ERROR)
		out_of_memory(0);
	yaml_fault_report(r->source, &fault, r->diags);
	r->is_over = true;
}

/* The next event, for the caller to delete; false when there are no more. */
static bool next(struct reading *r, yaml_event_t *event)
{
	if (r->is_over)
		return false;
	if (yaml_parser_parse(&r->parser, event) == 0) {
		report_fault(r);
		return false;
	}
	return true;
}

/* Refuses what stands before a value, if anything does. */
static void check_properties(struct reading *r, const yaml_char_t *anchor,
    const yaml_char_t *tag, yaml_mark_t at)
{
	if (anchor != NULL)
		(void)diag_report(r->diags, mark_of(r, at), DIAG_ANCHOR,
		    str_from((const char *)anchor));
	if (tag != NULL)
		(void)diag_report(r->diags, mark_of(r, at), DIAG_TAG,
		    str_from((const char *)tag));
}

/* Moves the mark of a block scalar from its '|' to its first letter. */
static void mark_block(struct reading *r, yaml_mark_t at, struct value *value)
{
	struct str rest = r->source->bytes;
	size_t line = at.line + 1;
	size_t offset = yaml_line_offset(rest, line, &r->line, &r->offset);

	rest = str_slice(rest, offset, rest.len);
	while (rest.len > 0) {
		struct str text = str_cut(&rest, '\n');
		size_t indent = 0;

		while (indent < text.len && (text.ptr[indent] == ' ' ||
		       text.ptr[indent] == '\r'))
			indent++;
		if (indent < text.len) {
			value->line = r->source->line + (uint32_t)line;
			value->column = (uint32_t)indent + 1;
			return;
		}
		line++;
	}
}

static struct value *read_scalar(struct reading *r, const yaml_event_t *event)
{
	yaml_scalar_style_t style = event->data.scalar.style;
	struct str text = { (const char *)event->data.scalar.value,
		event->data.scalar.length };
	struct mark mark = mark_of(r, event->start_mark);
	struct value *value = style == YAML_PLAIN_SCALAR_STYLE &&
	    text.len == 0 ? value_null(r->arena) :
	    value_text(r->arena, str_dup(r->arena, text));

	check_properties(r, event->data.scalar.anchor, event->data.scalar.tag,
	    event->start_mark);
	value->line = mark.line;
	value->column = mark.column;
	if (style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
		(void)hygiene_check_value(text, mark, r->diags);
	if (style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ||
	    style == YAML_SINGLE_QUOTED_SCALAR_STYLE)
		value->column++;
	else if (style != YAML_PLAIN_SCALAR_STYLE && text.len > 0)
		mark_block(r, event->start_mark, value);
	return value;
}

/* Reads to the end of a map or list that stands too deep, or as a key. */
static void skip(struct reading *r)
{
	size_t open = 1;
	yaml_event_t event;

	while (open > 0 && next(r, &event)) {
		if (event.type == YAML_MAPPING_START_EVENT ||
		    event.type == YAML_SEQUENCE_START_EVENT)
			open++;
		else if (event.type == YAML_MAPPING_END_EVENT ||
			 event.type == YAML_SEQUENCE_END_EVENT)
			open--;
		yaml_event_delete(&event);
		if (open > HOPELESS_DEPTH)
			r->is_over = true;
	}
}

static struct value *read_list(struct reading *r, struct value *list,
    size_t depth)
{
	yaml_event_t event;
	bool is_end = false;

	while (!is_end && next(r, &event)) {
		is_end = event.type == YAML_SEQUENCE_END_EVENT;
		if (!is_end)
			value_append(r->arena, list,
			    read_node(r, &event, depth));
		yaml_event_delete(&event);
	}
	return list;
}

/* The names a map has had so far. */
struct keys {
	const struct value *map;
	struct map by_name;	/* a value_field's line + 1; of many keys */
};

/* The line of the same key before, or 0. */
static uint32_t find_before(const struct keys *keys, struct str name)
{
	const struct value *map = keys->map;

	if (map->map.count > FEW_KEYS) {
		const uint32_t *line = map_get(&keys->by_name, name);

		return line == NULL ? 0 : *line;
	}
	for (size_t i = 0; i < map->map.count; i++)
		if (str_eq(map->map.fields[i].name, name))
			return map->map.fields[i].line;
	return 0;
}

static void remember(struct reading *r, struct keys *keys,
    const struct value_field *field)
{
	uint32_t *line = arena_alloc(r->arena, sizeof(*line));

	*line = field->line;
	map_put(&keys->by_name, field->name, line);
}

/* Adds a field that was not there yet. */
static void add_field(struct reading *r, struct value *map, struct keys *keys,
    struct value_field field)
{
	struct value_field *added = value_add(r->arena, map, field.name,
	    field.value);

	added->line = field.line;
	added->column = field.column;
	if (map->map.count == FEW_KEYS + 1)
		for (size_t i = 0; i < map->map.count; i++)
			remember(r, keys, &map->map.fields[i]);
	else if (map->map.count > FEW_KEYS)
		remember(r, keys, added);
}

/*
 * The name of the field that the event begins; false when it cannot be one, or
 * not here. Either way the value that follows is still to be read.
 */
static bool read_key(struct reading *r, const yaml_event_t *event,
    const struct keys *keys, struct value_field *field)
{
	struct mark mark = mark_of(r, event->start_mark);
	struct str name;
	uint32_t before;

	if (event->type == YAML_ALIAS_EVENT)
		return diag_report(r->diags, mark, DIAG_ALIAS,
		    str_from((const char *)event->data.alias.anchor));
	if (event->type != YAML_SCALAR_EVENT) {
		(void)diag_report(r->diags, mark, DIAG_COMPLEX_KEY);
		skip(r);
		return false;
	}
	check_properties(r, event->data.scalar.anchor, event->data.scalar.tag,
	    event->start_mark);
	name = str_trim((struct str){ (const char *)event->data.scalar.value,
	    event->data.scalar.length });
	if (name.len == 0)
		return diag_report(r->diags, mark, DIAG_EMPTY_KEY);
	if (str_eq(name, STR("<<")))
		return diag_report(r->diags, mark, DIAG_MERGE_KEY);
	if (event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE &&
	    !hygiene_check_value(name, mark, r->diags))
		return false;
	before = find_before(keys, name);
	if (before != 0)
		return diag_report(r->diags, mark, DIAG_DUPLICATE_KEY, name,
		    str_format(r->diags->arena, "%u", (unsigned)before));
	field->name = str_dup(r->arena, name);
	field->line = mark.line;
	field->column = mark.column;
	return true;
}

static struct value *read_map(struct reading *r, struct value *map,
    size_t depth)
{
	struct keys keys = { .map = map };
	struct value_field field;
	yaml_event_t event;

	map_init(&keys.by_name, r->arena);
	while (next(r, &event)) {
		bool is_end = event.type == YAML_MAPPING_END_EVENT;
		bool is_named = !is_end && read_key(r, &event, &keys, &field);

		yaml_event_delete(&event);
		if (is_end || !next(r, &event))
			break;
		field.value = read_node(r, &event, depth);
		yaml_event_delete(&event);
		if (is_named)
			add_field(r, map, &keys, field);
	}
	return map;
}

static struct value *read_container(struct reading *r, yaml_event_t *event,
    size_t depth)
{
	bool is_map = event->type == YAML_MAPPING_START_EVENT;
	struct value *value = is_map ? value_map(r->arena) :
	    value_list(r->arena);
	struct mark mark = mark_of(r, event->start_mark);
	size_t outer = r->open_line;

	value->line = mark.line;
	value->column = mark.column;
	if (is_map)
		check_properties(r, event->data.mapping_start.anchor,
		    event->data.mapping_start.tag, event->start_mark);
	else
		check_properties(r, event->data.sequence_start.anchor,
		    event->data.sequence_start.tag, event->start_mark);
	if (depth >= r->source->max_depth) {
		(void)diag_report(r->diags, mark, DIAG_TOO_DEEP,
		    str_format(r->diags->arena, "%zu", r->source->max_depth));
		skip(r);
		return value;
	}
	r->open_line = event->start_mark.line;
	if (is_map)
		read_map(r, value, depth + 1);
	else
		read_list(r, value, depth + 1);
	if (!r->is_over)
		r->open_line = outer;
	return value;
}

/* The value that the event begins; `depth` maps and lists are around it. */
static struct value *read_node(struct reading *r, yaml_event_t *event,
    size_t depth)
{
	if (event->type == YAML_SCALAR_EVENT)
		return read_scalar(r, event);
	if (event->type == YAML_ALIAS_EVENT) {
		(void)diag_report(r->diags, mark_of(r, event->start_mark),
		    DIAG_ALIAS,
		    str_from((const char *)event->data.alias.anchor));
		return value_null(r->arena);
	}
	assert(event->type == YAML_MAPPING_START_EVENT ||
	       event->type == YAML_SEQUENCE_START_EVENT);
	return read_container(r, event, depth);
}

/* All documents of the stream; the first is the one that counts. */
static struct value *read_stream(struct reading *r)
{
	struct value *root = NULL;
	yaml_event_t event;
	size_t documents = 0;
	bool is_end = false;

	while (!is_end && next(r, &event)) {
		is_end = event.type == YAML_STREAM_END_EVENT;
		if (event.type == YAML_DOCUMENT_START_EVENT &&
		    ++documents == 2)
			(void)diag_report(r->diags,
			    mark_of(r, event.start_mark),
			    DIAG_SEVERAL_DOCUMENTS);
		if (event.type == YAML_SCALAR_EVENT ||
		    event.type == YAML_ALIAS_EVENT ||
		    event.type == YAML_MAPPING_START_EVENT ||
		    event.type == YAML_SEQUENCE_START_EVENT) {
			struct value *node = read_node(r, &event, 0);

			root = documents == 1 ? node : root;
		}
		yaml_event_delete(&event);
	}
	return root;
}

static void check_root(struct reading *r, const struct value *root)
{
	struct mark mark = { .path = r->source->path,
		.line = r->source->line, .column = 1 };
	bool is_list = root != NULL && root->kind == VALUE_LIST;

	if (root == NULL || root->kind == VALUE_NULL) {
		(void)diag_report(r->diags, mark, DIAG_FRONT_MATTER_EMPTY);
	} else if (root->kind != VALUE_MAP) {
		mark.line = root->line;
		mark.column = root->column;
		(void)diag_report(r->diags, mark, DIAG_TOP_NOT_MAP,
		    is_list ? STR("a list") : STR("mere text"),
		    is_list ? STR("列表") : STR("一段文字"));
	}
}

bool yaml_read(struct arena *arena, const struct yaml_source *source,
    struct value **root, struct diag_list *diags)
{
	struct reading r = { .source = source, .arena = arena,
		.diags = diags };
	size_t errors = diag_errors(diags);
	struct value *found;

	if (yaml_parser_initialize(&r.parser) == 0)
		out_of_memory(sizeof(r.parser));
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	/* Of nothing, too, it wants to know where it is. */
	yaml_parser_set_input_string(&r.parser, source->bytes.len == 0 ?
	    (const unsigned char *)"" :
	    (const unsigned char *)source->bytes.ptr, source->bytes.len);
	found = read_stream(&r);
	yaml_parser_delete(&r.parser);
	if (!r.is_over)
		check_root(&r, found);
	if (diag_errors(diags) != errors)
		return false;
	*root = found;
	return true;
}
