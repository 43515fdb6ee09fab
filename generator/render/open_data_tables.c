/* SPDX-License-Identifier: MIT */
/* Tables of the open data as CSV, and all of them as a SQLite file. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/export.h"
#include "render/open_data.h"
#include "render/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* -- CSV ------------------------------------------------------------------- */

struct csv_writing {
	const struct data_set *set;
	struct str notice;
	struct file_stream *out;
	struct buf row;
	size_t rows;
};

static void write_header(struct csv_writing *writing)
{
	size_t i = 0;

	buf_append(&writing->row, CSV_MARK);
	for (; writing->set->columns[i].name != NULL; i++)
		csv_append_cell(&writing->row, i,
		    str_from(writing->set->columns[i].name));
	if (writing->notice.len > 0)
		csv_append_cell(&writing->row, i, STR("notice"));
	csv_end_row(&writing->row);
	file_stream_write(writing->out, buf_str(&writing->row));
}

static void write_row(void *context, const struct str *cells, size_t count)
{
	struct csv_writing *writing = context;

	buf_clear(&writing->row);
	for (size_t i = 0; i < count; i++)
		if (writing->set->columns[i].type == DATA_REAL ||
		    writing->set->columns[i].type == DATA_INTEGER)
			csv_append_number(&writing->row, i, cells[i]);
		else
			csv_append_cell(&writing->row, i, cells[i]);
	if (writing->notice.len > 0)
		csv_append_cell(&writing->row, count, writing->notice);
	csv_end_row(&writing->row);
	file_stream_write(writing->out, buf_str(&writing->row));
	writing->rows++;
}

bool data_write_csv(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags)
{
	const struct str params[] = { page->file->year, site->base_url };
	struct csv_writing writing = { .set = page->file->set, .out = out,
		.notice = value_text_at(site->context,
		    STR("site.demonstration")) };

	(void)diags;
	buf_init(&writing.row);
	write_header(&writing);
	catalogue_each(site->catalogue, (enum query)writing.set->query, params,
	    2, write_row, &writing);
	buf_dispose(&writing.row);
	page->file->rows = writing.rows;
	return true;
}

/* -- SQLite ---------------------------------------------------------------- */

static const char *const sql_types[] = {
	[DATA_TEXT] = "TEXT", [DATA_DATE] = "TEXT", [DATA_URL] = "TEXT",
	[DATA_INTEGER] = "INTEGER", [DATA_FLAG] = "INTEGER",
	[DATA_REAL] = "REAL",
};

static void make_table(struct catalogue_export *export,
    const struct data_set *set)
{
	struct buf sql;

	buf_init(&sql);
	buf_append_format(&sql, "CREATE TABLE data.%s (", set->name);
	for (const struct data_column *c = set->columns; c->name != NULL; c++) {
		buf_append_format(&sql, "%s %s", c->name, sql_types[c->type]);
		if (c->refers != NULL)
			buf_append_format(&sql, " REFERENCES %s", c->refers);
		buf_append_cstr(&sql, ", ");
	}
	buf_append_format(&sql, "PRIMARY KEY (%s)) WITHOUT ROWID", set->key);
	catalogue_export_run(export, buf_str(&sql));
	buf_dispose(&sql);
}

static void make_index(struct catalogue_export *export, struct arena *arena,
    const struct data_set *set)
{
	if (set->index != NULL)
		catalogue_export_run(export, str_format(arena,
		    "CREATE INDEX data.%s_%s ON %s (%s)", set->name,
		    set->index, set->name, set->index));
}

/* What every column means, in the file itself. */
static void describe(struct site *site, struct arena *arena,
    struct catalogue_export *export, const struct data_set *set)
{
	for (const struct data_column *c = set->columns; c->name != NULL; c++) {
		const struct str cells[] = { str_from(set->name),
			str_from(c->name), data_column_label(site, arena, c),
			data_column_text(site, arena, c) };

		catalogue_export_row(export, STR("column_about"), cells, 4);
	}
}

static void tell_origin(struct site *site, struct catalogue_export *export)
{
	const struct value *build = value_get(site->context, STR("build"));
	const struct str about[][2] = {
		{ STR("title"), value_text_at(site->context,
		    STR("site.title")) },
		{ STR("url"), site->base_url }, { STR("as_of"), site->as_of },
		{ STR("commit"), value_text_at(build, STR("commit")) },
		{ STR("licence"), value_text_at(site->settings,
		    STR("licence.name")) },
		{ STR("licence_url"), value_text_at(site->settings,
		    STR("licence.url")) },
		{ STR("notice"), value_text_at(site->context,
		    STR("site.demonstration")) },
	};

	catalogue_export_run(export, STR("CREATE TABLE data.about "
	    "(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID; "
	    "CREATE TABLE data.column_about (table_name TEXT, "
	    "column_name TEXT, label TEXT, text TEXT, "
	    "PRIMARY KEY (table_name, column_name)) WITHOUT ROWID"));
	for (size_t i = 0; i < sizeof(about) / sizeof(about[0]); i++)
		if (about[i][1].len > 0)
			catalogue_export_row(export, STR("about"), about[i],
			    2);
}

static bool make_database(struct site *site, struct arena *arena,
    struct str path, size_t *rows, struct diag_list *diags)
{
	const struct str params[] = { STR_NONE, site->base_url };
	struct catalogue_export *export = catalogue_export_begin(arena,
	    site->catalogue, path);

	tell_origin(site, export);
	*rows = 0;
	for (const struct data_set *set = data_sets; set->name != NULL; set++) {
		make_table(export, set);
		catalogue_export_rows(export, str_from(set->name),
		    (enum query)set->query, params, 2);
		make_index(export, arena, set);
		describe(site, arena, export, set);
		*rows += catalogue_export_count(export, str_from(set->name));
	}
	return catalogue_export_end(export, diags);
}

/* It is made beside the catalogue: the output may be where SQLite cannot
 * write. */
bool data_write_sqlite(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags)
{
	struct arena arena;
	struct str path;
	bool ok;
	int file;

	arena_init(&arena);
	path = catalogue_scratch_path(site->catalogue);
	ok = make_database(site, &arena, path, &page->file->rows, diags);
	if (ok) {
		file = open(str_cstr(&arena, path), O_RDONLY | O_CLOEXEC);
		if (file >= 0) {
			file_stream_copy(out, file);
			(void)close(file);
		} else {
			file_stream_fail(out, errno);
		}
		(void)unlink(str_cstr(&arena, path));
	}
	arena_dispose(&arena);
	return ok;
}
