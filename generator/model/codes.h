/* SPDX-License-Identifier: MIT */
/*
 * Code lists: what a field may say, in files that the people who own the policy
 * can read and change (schemas/codes/<name>.csv). Each row has a code (ASCII,
 * fit for an address), the exact Chinese term, an English one, its source and
 * status, and columns of its own. In an open list an unknown value is a matter
 * for a person; in a closed one it is an error.
 *
 * Loaded once, before workers fork, into an arena that lives as long as the
 * command; read-only afterwards.
 */
#ifndef MODEL_CODES_H
#define MODEL_CODES_H

#include "base/lang.h"
#include "base/map.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag_list;
struct reader;

struct code {
	struct str code, title[LANG_COUNT], source, status;
	const struct str *cells;	/* the whole row, by column */
	uint32_t line;
};

struct code_list {
	struct str name, path;
	struct str title[LANG_COUNT];	/* the name where the file has none */
	bool is_open;
	const struct str *columns;
	size_t column_count;
	struct code *codes;		/* in the order of the file */
	size_t count;
	uint64_t digest;		/* hash_bytes() of the file */
	struct map by_code, by_zh;	/* struct code */
};

struct codes {
	struct map lists;		/* struct code_list, sorted by name */
};

/* Loads every .csv below `folder` ("schemas/codes/"). */
bool codes_load(struct arena *arena, const struct reader *reader,
    struct str folder, struct codes *codes, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* The list of that name, or NULL. */
const struct code_list *codes_list(const struct codes *codes,
    struct str name);

/* The row whose Chinese term or code is `value`, or NULL; a NULL list has
 * none. */
const struct code *code_find(const struct code_list *list, struct str value);
const struct code *code_by_zh(const struct code_list *list, struct str zh);
const struct code *code_by_code(const struct code_list *list, struct str code);

/* A cell of any column by its name; empty if there is no such column. */
struct str code_cell(const struct code_list *list, const struct code *code,
    struct str column);

#endif
