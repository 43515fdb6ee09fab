/* SPDX-License-Identifier: MIT */
#include "base/json_writer.h"

#include "base/buf.h"
#include "base/json.h"

#include <assert.h>

void json_writer_init(struct json_writer *writer, struct buf *out)
{
	*writer = (struct json_writer){ .out = out };
}

/* The comma, the line and the name that stand before a value. */
static void before_value(struct json_writer *writer, const char *name,
    bool is_object)
{
	size_t level = writer->depth;

	if (level == 0)
		return;
	level--;
	assert((name == NULL) == writer->levels[level].is_list);
	if (writer->levels[level].has_items)
		buf_append_char(writer->out, ',');
	writer->levels[level].has_items = true;
	if (name == NULL && is_object)
		buf_append_char(writer->out, '\n');
	if (name == NULL)
		return;
	json_append_text(writer->out, str_from(name));
	buf_append_char(writer->out, ':');
}

static void begin(struct json_writer *writer, const char *name, bool is_list)
{
	before_value(writer, name, !is_list);
	assert(writer->depth < JSON_WRITER_DEPTH);
	writer->levels[writer->depth].is_list = is_list;
	writer->levels[writer->depth++].has_items = false;
	buf_append_char(writer->out, is_list ? '[' : '{');
}

void json_begin_object(struct json_writer *writer, const char *name)
{
	begin(writer, name, false);
}

void json_begin_list(struct json_writer *writer, const char *name)
{
	begin(writer, name, true);
}

void json_end(struct json_writer *writer)
{
	assert(writer->depth > 0);
	writer->depth--;
	buf_append_char(writer->out,
	    writer->levels[writer->depth].is_list ? ']' : '}');
}

void json_write_text(struct json_writer *writer, const char *name,
    struct str text)
{
	before_value(writer, name, false);
	json_append_text(writer->out, text);
}

void json_write_number(struct json_writer *writer, const char *name,
    long long number)
{
	before_value(writer, name, false);
	buf_append_format(writer->out, "%lld", number);
}

void json_write_bool(struct json_writer *writer, const char *name,
    bool boolean)
{
	before_value(writer, name, false);
	buf_append_cstr(writer->out, boolean ? "true" : "false");
}
