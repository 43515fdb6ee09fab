/* SPDX-License-Identifier: MIT */
/*
 * All tables of the open data as a SQLite file. Its rows are put in part by
 * part: a set that is cut by year has one for each year, another is one. What
 * is not packed yet is left for the next build, with a note of the answer that
 * the query of each part had; where it has the same one now, as is known
 * without asking (data_file.answer), its rows stay, and of the others they are
 * taken out and put in anew.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/pack.h"
#include "base/value.h"
#include "base/vec.h"
#include "catalogue/catalogue.h"
#include "catalogue/export.h"
#include "render/open_data.h"
#include "render/pages.h"
#include "render/question.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct part {
	const struct data_set *set;
	struct str year;	/* empty: all of a set without years */
	uint64_t answer;
	uint32_t rows;
	bool is_kept;
};

struct tables_writing {
	struct site *site;
	struct arena *arena;
	struct catalogue_export *export;
	struct vec parts;	/* struct part, those of a set together */
	struct vec gone;	/* the same, of what was left: no longer so */
	bool goes_on;
};

static const char *const sql_types[] = {
	[DATA_TEXT] = "TEXT", [DATA_DATE] = "TEXT", [DATA_URL] = "TEXT",
	[DATA_INTEGER] = "INTEGER", [DATA_FLAG] = "INTEGER",
	[DATA_REAL] = "REAL",
};

/* -- tables ---------------------------------------------------------------- */

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
	catalogue_export_run(export, buf_str(&sql), STR_NONE);
	buf_dispose(&sql);
}

static void make_index(struct catalogue_export *export, struct arena *arena,
    const struct data_set *set)
{
	if (set->index != NULL)
		catalogue_export_run(export, str_format(arena,
		    "CREATE INDEX data.%s_%s ON %s (%s)", set->name,
		    set->index, set->name, set->index), STR_NONE);
}

static void make_about(struct catalogue_export *export)
{
	catalogue_export_run(export, STR("CREATE TABLE data.about "
	    "(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID"), STR_NONE);
	catalogue_export_run(export, STR("CREATE TABLE data.column_about "
	    "(table_name TEXT, column_name TEXT, label TEXT, text TEXT, "
	    "PRIMARY KEY (table_name, column_name)) WITHOUT ROWID"),
	    STR_NONE);
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
	const struct str about[][2] = {
		{ STR("title"), value_text_at(site->context,
		    STR("site.title")) },
		{ STR("url"), site->base_url }, { STR("as_of"), site_day(site) },
		{ STR("commit"), site_commit(site) },
		{ STR("licence"), value_text_at(site->settings,
		    STR("licence.name")) },
		{ STR("licence_url"), value_text_at(site->settings,
		    STR("licence.url")) },
		{ STR("notice"), value_text_at(site->context,
		    STR("site.demonstration")) },
	};

	for (size_t i = 0; i < sizeof(about) / sizeof(about[0]); i++)
		if (about[i][1].len > 0)
			catalogue_export_row(export, STR("about"), about[i],
			    2);
}

/* -- parts ----------------------------------------------------------------- */

static void add_part(struct tables_writing *writing,
    const struct data_set *set, struct str year)
{
	*(struct part *)vec_push(&writing->parts) = (struct part){ .set = set,
		.year = year };
}

static void list_parts(struct tables_writing *writing)
{
	for (const struct data_set *set = data_sets; set->name != NULL; set++) {
		struct value *years = set->years < 0 ?
		    value_list(writing->arena) : page_query(writing->site,
			writing->arena, set->years, STR_NONE);

		if (set->years < 0)
			add_part(writing, set, STR_NONE);
		for (size_t i = value_count(years); i-- > 0;)
			add_part(writing, set, value_text_at(
			    years->list.items[i], STR("year")));
	}
}

static struct part *find_part(struct tables_writing *writing, struct str set,
    struct str year)
{
	for (size_t i = 0; i < writing->parts.count; i++) {
		struct part *part = vec_at(&writing->parts, i);

		if (str_eq(str_from(part->set->name), set) &&
		    str_eq(part->year, year))
			return part;
	}
	return NULL;
}

/* The answer of a part now, where that is known: its CSV file is made of the
 * same. */
static bool has_answer(const struct tables_writing *writing,
    const struct part *part, uint64_t answer)
{
	for (size_t i = 0; i < writing->site->data_files.count; i++) {
		const struct data_file *file = data_file_at(writing->site, i);

		if (file->set == part->set && file->format == DATA_CSV &&
		    str_eq(file->year, part->year))
			return file->is_answered && file->answer == answer;
	}
	return false;
}

/* -- what is left for the next --------------------------------------------- */

static void tell(const struct tables_writing *writing, struct str kept_under,
    struct buf *note)
{
	pack_str(note, kept_under);
	for (size_t i = 0; i < writing->parts.count; i++) {
		const struct part *part = vec_at(&writing->parts, i);

		pack_str(note, str_from(part->set->name));
		pack_str(note, part->year);
		pack_long(note, part->answer);
		pack_number(note, part->rows);
	}
}

static const struct data_set *find_set(struct str name)
{
	const struct data_set *set = data_sets;

	while (set->name != NULL && !str_eq(str_from(set->name), name))
		set++;
	return set->name != NULL ? set : NULL;
}

/* False where nothing of it can stay. */
static bool hear(struct tables_writing *writing, struct str kept_under,
    struct str note)
{
	struct part noted = { .is_kept = false };
	struct str under, name;
	bool stays = false;

	if (!unpack_str(&note, &under) || !str_eq(under, kept_under))
		return false;
	while (unpack_str(&note, &name) && unpack_str(&note, &noted.year) &&
	    unpack_long(&note, &noted.answer) &&
	    unpack_number(&note, &noted.rows)) {
		struct part *part = find_part(writing, name, noted.year);

		noted.set = find_set(name);
		if (noted.set == NULL)
			return false;
		if (part == NULL || !has_answer(writing, part, noted.answer)) {
			*(struct part *)vec_push(&writing->gone) = noted;
			continue;
		}
		part->answer = noted.answer;
		part->rows = noted.rows;
		part->is_kept = stays = true;
	}
	return stays;
}

/* -- rows ------------------------------------------------------------------ */

/* A set that is cut by year has the date of it as its `index`, or refers to
 * achievements, which have it. */
static void take_out_year(struct tables_writing *writing,
    const struct part *part)
{
	const struct data_set *set = part->set, *dated =
	    set->columns[0].refers != NULL ? &data_sets[0] : set;
	struct str rows = str_format(writing->arena, "SELECT %s FROM data.%s "
	    "WHERE %s >= ?1 AND %s < ?1 || ':'", dated->columns[0].name,
	    dated->name, dated->index, dated->index);

	catalogue_export_run(writing->export, str_format(writing->arena,
	    "DELETE FROM data.%s WHERE %s IN (%.*s)", set->name,
	    set->columns[0].name, STR_ARG(rows)), part->year);
}

static bool keeps_any(const struct tables_writing *writing,
    const struct data_set *set)
{
	for (size_t i = 0; i < writing->parts.count; i++) {
		const struct part *part = vec_at(&writing->parts, i);

		if (part->set == set && part->is_kept)
			return true;
	}
	return false;
}

/* The last set first: when rows of achievements go, those that refer to them
 * must have gone. */
static void take_out(struct tables_writing *writing)
{
	for (size_t i = writing->gone.count; i-- > 0;) {
		const struct part *part = vec_at(&writing->gone, i);

		if (keeps_any(writing, part->set))
			take_out_year(writing, part);
		else
			catalogue_export_run(writing->export, str_format(
			    writing->arena, "DELETE FROM data.%s",
			    part->set->name), STR_NONE);
	}
	catalogue_export_run(writing->export, STR("DELETE FROM data.about"),
	    STR_NONE);
	catalogue_export_run(writing->export,
	    STR("DELETE FROM data.column_about"), STR_NONE);
}

static void put_in(struct tables_writing *writing, struct part *part)
{
	const struct str params[] = { part->year, writing->site->base_url };
	enum query query = (enum query)part->set->query;

	if (part->is_kept)
		catalogue_export_stay(writing->export, query, params,
		    part->answer);
	else
		part->rows = (uint32_t)catalogue_export_rows(writing->export,
		    str_from(part->set->name), query, params, &part->answer);
}

static size_t fill(struct tables_writing *writing)
{
	struct catalogue_export *export = writing->export;
	size_t rows = 0, i = 0;

	for (const struct data_set *set = data_sets; set->name != NULL; set++) {
		if (!writing->goes_on)
			make_table(export, set);
		for (; i < writing->parts.count; i++) {
			struct part *part = vec_at(&writing->parts, i);

			if (part->set != set)
				break;
			put_in(writing, part);
			rows += part->rows;
		}
		/* Of rows that are there it is sorted. */
		if (!writing->goes_on)
			make_index(export, writing->arena, set);
		describe(writing->site, writing->arena, export, set);
	}
	return rows;
}

static bool make_database(struct tables_writing *writing, struct str path,
    struct data_file *file, struct diag_list *diags)
{
	struct buf note;
	bool ok;

	writing->export = catalogue_export_begin(writing->arena,
	    writing->site->catalogue, path, writing->goes_on);
	if (writing->goes_on)
		take_out(writing);
	else
		make_about(writing->export);
	tell_origin(writing->site, writing->export);
	file->rows = fill(writing);
	buf_init(&note);
	if (file->kept_under.len > 0)
		tell(writing, file->kept_under, &note);
	ok = catalogue_export_end(writing->export, buf_str(&note), diags);
	buf_dispose(&note);
	return ok;
}

static void forget(struct tables_writing *writing)
{
	for (size_t i = 0; i < writing->parts.count; i++)
		((struct part *)vec_at(&writing->parts, i))->is_kept = false;
	writing->goes_on = false;
}

/* Where what was left cannot be gone on with, everything is put in anew. */
static bool make_or_go_on(struct site *site, struct arena *arena,
    struct str path, struct data_file *file, struct diag_list *diags)
{
	struct tables_writing writing = { .site = site, .arena = arena };
	struct diag_list not_told;
	struct str note;
	bool ok = false;

	vec_init(&writing.parts, sizeof(struct part));
	vec_init(&writing.gone, sizeof(struct part));
	diag_list_init(&not_told, arena);
	list_parts(&writing);
	writing.goes_on = file->kept_under.len > 0 &&
	    catalogue_export_recall(arena, path, &note) &&
	    hear(&writing, file->kept_under, note);
	if (writing.goes_on)
		ok = make_database(&writing, path, file, &not_told);
	if (!ok) {
		forget(&writing);
		ok = make_database(&writing, path, file, diags);
	}
	diag_list_dispose(&not_told);
	vec_dispose(&writing.gone);
	vec_dispose(&writing.parts);
	return ok;
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
	ok = make_or_go_on(site, &arena, path, page->file, diags);
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
