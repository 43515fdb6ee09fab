/* SPDX-License-Identifier: MIT */
#include "model/codes.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/reader.h"
#include "base/vec.h"

enum column { CODE, ZH, EN, SOURCE, STATUS, COLUMNS };

static const struct str column_names[COLUMNS] = {
	[CODE] = { "code", 4 },
	[ZH] = { "zh", 2 },
	[EN] = { "en", 2 },
	[SOURCE] = { "source", 6 },
	[STATUS] = { "status", 6 },
};

static const struct str statuses[] = {
	{ "confirmed", 9 },
	{ "unconfirmed", 11 },
	{ "draft", 5 },
	{ "abolished", 9 },	/* old records keep it, new ones should not */
};

static bool is_status(struct str text)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (str_eq(text, statuses[i]))
			return true;
	return false;
}

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/* Codes stand in addresses and file names. */
static bool is_code(struct str text)
{
	if (text.len == 0 || text.ptr[0] == '.')
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!is_letter_or_digit(text.ptr[i]) && text.ptr[i] != '-' &&
		    text.ptr[i] != '_' && text.ptr[i] != '.')
			return false;
	return true;
}

static bool find_columns(const struct csv *csv, struct mark mark,
    size_t at[COLUMNS], struct diag_list *diags)
{
	bool is_complete = true;

	mark.line = csv->rows[0].line;
	for (size_t i = 0; i < COLUMNS; i++) {
		at[i] = csv_column(csv, column_names[i]);
		if (at[i] == CSV_NO_COLUMN)
			is_complete = diag_report(diags, mark,
			    DIAG_CODES_COLUMN, column_names[i]);
	}
	return is_complete;
}

/* Reports a term or code that an earlier row has. */
static void check_new(const struct map *map, struct str text, struct mark mark,
    struct diag_list *diags)
{
	const struct code *before = map_get(map, text);

	if (before != NULL && text.len > 0)
		(void)diag_report(diags, mark, DIAG_CODES_DUPLICATE, text,
		    str_format(diags->arena, "%u", (unsigned)before->line));
}

static void check_cells(const struct code_list *list, const struct code *code,
    struct diag_list *diags)
{
	const struct str cells[COLUMNS] = { code->code, code->title[LANG_ZH],
		code->title[LANG_EN], code->source, code->status };
	struct mark mark = { .path = list->path, .line = code->line };

	for (size_t i = 0; i < COLUMNS; i++)
		if (cells[i].len == 0)
			(void)diag_report(diags, mark, DIAG_CODES_EMPTY,
			    column_names[i]);
	if (code->code.len > 0 && !is_code(code->code))
		(void)diag_report(diags, mark, DIAG_CODES_BAD_CODE,
		    code->code);
	if (code->status.len > 0 && !is_status(code->status))
		(void)diag_report(diags, mark, DIAG_CODES_STATUS,
		    code->status);
	check_new(&list->by_code, code->code, mark, diags);
	check_new(&list->by_zh, code->title[LANG_ZH], mark, diags);
}

static void trim_row(struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		row->cells[i] = str_trim(row->cells[i]);
}

static void add_codes(struct arena *arena, const struct csv *csv,
    const size_t at[COLUMNS], struct code_list *list,
    struct diag_list *diags)
{
	list->count = csv->count - 1;
	list->codes = arena_array(arena, list->count, sizeof(*list->codes));
	for (size_t i = 0; i < list->count; i++) {
		struct csv_row *row = &csv->rows[i + 1];
		struct code *code = &list->codes[i];

		trim_row(row);
		*code = (struct code){
			.code = row->cells[at[CODE]],
			.title = { [LANG_ZH] = row->cells[at[ZH]],
				   [LANG_EN] = row->cells[at[EN]] },
			.source = row->cells[at[SOURCE]],
			.status = row->cells[at[STATUS]],
			.cells = row->cells,
			.line = row->line,
		};
		check_cells(list, code, diags);
		map_put(&list->by_code, code->code, code);
		map_put(&list->by_zh, code->title[LANG_ZH], code);
	}
}

static void read_comments(const struct csv *csv, struct code_list *list,
    struct diag_list *diags)
{
	struct mark mark = { .path = list->path };
	struct str open = csv_comment(csv, STR("open"), STR("false"),
	    &mark.line);

	list->is_open = str_eq(open, STR("true"));
	if (!list->is_open && !str_eq(open, STR("false")))
		(void)diag_report(diags, mark, DIAG_CODES_OPEN, open);
	list->title[LANG_ZH] = csv_comment(csv, STR("title-zh"), list->name,
	    NULL);
	list->title[LANG_EN] = csv_comment(csv, STR("title-en"), list->name,
	    NULL);
}

static void load_list(struct arena *arena, const struct reader *reader,
    struct str path, struct codes *codes, struct diag_list *diags)
{
	struct mark mark = { .path = path };
	struct code_list *list = arena_alloc(arena, sizeof(*list));
	struct str name = path_name(path), bytes;
	size_t at[COLUMNS];
	struct csv csv;

	if (!reader->read(reader->context, path, arena, &bytes, diags) ||
	    !csv_parse(arena, path, bytes, &csv, diags) ||
	    !find_columns(&csv, mark, at, diags))
		return;
	list->path = str_dup(arena, path);
	list->name = str_dup(arena, str_slice(name, 0, name.len - 4));
	list->digest = hash_bytes(bytes);
	list->columns = csv.rows[0].cells;
	list->column_count = csv.rows[0].count;
	trim_row(&csv.rows[0]);
	map_init(&list->by_code, arena);
	map_init(&list->by_zh, arena);
	read_comments(&csv, list, diags);
	add_codes(arena, &csv, at, list, diags);
	map_put(&codes->lists, list->name, list);
}

bool codes_load(struct arena *arena, const struct reader *reader,
    struct str folder, struct codes *codes, struct diag_list *diags)
{
	size_t errors = diag_errors(diags);
	struct codes found;
	struct vec paths;

	map_init(&found.lists, arena);
	vec_init(&paths, sizeof(struct str));
	if (reader->list(reader->context, folder, arena, &paths, diags))
		for (size_t i = 0; i < paths.count; i++) {
			const struct str *path = vec_at(&paths, i);

			if (str_ends(*path, STR(".csv")))
				load_list(arena, reader, *path, &found, diags);
		}
	vec_dispose(&paths);
	if (diag_errors(diags) != errors)
		return false;
	*codes = found;
	return true;
}

const struct code_list *codes_list(const struct codes *codes, struct str name)
{
	return map_get(&codes->lists, name);
}

const struct code *code_by_zh(const struct code_list *list, struct str zh)
{
	return list == NULL ? NULL : map_get(&list->by_zh, zh);
}

const struct code *code_by_code(const struct code_list *list, struct str code)
{
	return list == NULL ? NULL : map_get(&list->by_code, code);
}

const struct code *code_find(const struct code_list *list, struct str value)
{
	const struct code *code = code_by_zh(list, value);

	return code == NULL ? code_by_code(list, value) : code;
}

struct str code_cell(const struct code_list *list, const struct code *code,
    struct str column)
{
	if (list == NULL || code == NULL)
		return STR_NONE;
	for (size_t i = 0; i < list->column_count; i++)
		if (str_eq(list->columns[i], column))
			return code->cells[i];
	return STR_NONE;
}
