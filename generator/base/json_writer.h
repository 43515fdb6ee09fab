/* SPDX-License-Identifier: MIT */
/*
 * Writing JSON member by member, where numbers have to be numbers or a document
 * is too large to be built as a tree first. Every object in a list starts a
 * line of its own, so that long documents can be looked at and compared.
 *
 * A writer is a plain struct of the caller's; it appends to a buffer and keeps
 * nothing. Whatever is begun must be ended.
 */
#ifndef BASE_JSON_WRITER_H
#define BASE_JSON_WRITER_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum { JSON_WRITER_DEPTH = 16 };

struct json_writer {
	struct buf *out;
	size_t depth;
	struct {
		bool is_list, has_items;
	} levels[JSON_WRITER_DEPTH];
};

void json_writer_init(struct json_writer *writer, struct buf *out);

/* `name` is that of the member; NULL in a list and for the whole document. */
void json_begin_object(struct json_writer *writer, const char *name);
void json_begin_list(struct json_writer *writer, const char *name);
/* Ends the innermost object or list. */
void json_end(struct json_writer *writer);

void json_write_text(struct json_writer *writer, const char *name,
    struct str text);
void json_write_number(struct json_writer *writer, const char *name,
    long long number);
void json_write_bool(struct json_writer *writer, const char *name,
    bool boolean);

#endif
