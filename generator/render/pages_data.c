/* SPDX-License-Identifier: MIT */
/* /data/: what each file of the open data is, and their checksums. Made last,
 * when all files are there. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"
#include "render/open_data.h"
#include "render/pages.h"

#define CATALOGUE "data/catalog.jsonld"
#define SUMS "data/SHA256SUMS"

/* -- the page -------------------------------------------------------------- */

/* 812 B, 35.1 kB, 1.2 MB: by thousands, as browsers count a download. */
static struct str size_text(struct arena *arena, uint64_t size)
{
	static const char *const units[] = { "B", "kB", "MB", "GB" };
	double scaled = (double)size;
	size_t unit = 0;

	while (scaled >= 999.95 && unit < 3) {
		scaled /= 1000;
		unit++;
	}
	return str_format(arena, unit == 0 ? "%.0f %s" : "%.1f %s", scaled,
	    units[unit]);
}

/* 12,345 */
static struct str grouped(struct arena *arena, size_t number)
{
	return number < 1000 ? str_format(arena, "%zu", number) :
	    str_format(arena, "%.*s,%03zu",
		STR_ARG(grouped(arena, number / 1000)), number % 1000);
}

static struct value *made_file(const struct site *site, struct arena *arena,
    const struct data_file *file)
{
	struct value *made = value_map(arena);

	page_set_text(arena, made, "href", file->path);
	page_set_text(arena, made, "name", str_slice(file->path,
	    STR("data/").len, file->path.len));
	page_set_text(arena, made, "format",
	    data_format_words(site, arena, file->format, "label"));
	page_set_text(arena, made, "text",
	    data_format_words(site, arena, file->format, "text"));
	page_set_text(arena, made, "type", data_media_type(file->format));
	page_set_text(arena, made, "size",
	    size_text(arena, file->facts.size));
	page_set_text(arena, made, "bytes", grouped(arena,
	    (size_t)file->facts.size));
	page_set_text(arena, made, "rows", file->format == DATA_SCHEMA ?
	    STR_NONE : grouped(arena, file->rows));
	page_set_text(arena, made, "sha256", str_dup(arena,
	    str_from(file->facts.sha256)));
	return made;
}

static struct value *made_columns(const struct site *site,
    struct arena *arena, const struct data_set *set)
{
	static const char *const types[] = { [DATA_TEXT] = "text",
		[DATA_DATE] = "date", [DATA_INTEGER] = "integer",
		[DATA_REAL] = "number", [DATA_FLAG] = "flag",
		[DATA_URL] = "url" };
	struct value *list = value_list(arena);

	for (const struct data_column *c = set->columns; c->name != NULL; c++) {
		struct value *made = value_map(arena);

		page_set_text(arena, made, "name", str_from(c->name));
		page_set_text(arena, made, "label",
		    data_column_label(site, arena, c));
		page_set_text(arena, made, "text",
		    data_column_text(site, arena, c));
		page_set_text(arena, made, "type", wording_text(&site->wording,
		    str_format(arena, "data.types.%s", types[c->type])));
		page_set_text(arena, made, "refers", str_from(c->refers));
		value_append(arena, list, made);
	}
	return list;
}

/* The files of a set: whole ones, and those of years by year. */
static void set_files(const struct site *site, struct arena *arena,
    const struct data_set *set, struct value *made)
{
	struct value *files = value_list(arena), *years = value_list(arena);
	struct value *year = NULL, *of_year = NULL;

	for (size_t i = 0; i < data_files_of(site)->count; i++) {
		const struct data_file *file = data_file_at(site, i);

		if (file->set != set)
			continue;
		if (file->year.len == 0) {
			value_append(arena, files,
			    made_file(site, arena, file));
			continue;
		}
		if (year == NULL || !str_eq(value_text_at(year, STR("year")),
		    file->year)) {
			year = value_map(arena);
			of_year = value_list(arena);
			page_set_text(arena, year, "year", file->year);
			page_set(arena, year, "files", of_year);
			value_append(arena, years, year);
		}
		value_append(arena, of_year, made_file(site, arena, file));
	}
	page_set_list(arena, made, "files", files);
	page_set_list(arena, made, "years", years);
}

static struct value *made_set(const struct site *site, struct arena *arena,
    const struct data_set *set)
{
	struct value *made = value_map(arena);

	page_set_text(arena, made, "name", str_from(set->name));
	page_set_text(arena, made, "label",
	    data_set_words(site, arena, set, "label"));
	page_set_text(arena, made, "text",
	    data_set_words(site, arena, set, "text"));
	page_set_text(arena, made, "key", str_from(set->key));
	set_files(site, arena, set, made);
	page_set_list(arena, made, "columns", made_columns(site, arena, set));
	for (size_t i = 0; i < data_files_of(site)->count; i++) {
		const struct data_file *file = data_file_at(site, i);

		if (file->set == set && file->year.len == 0 &&
		    file->format == DATA_CSV)
			page_set_text(arena, made, "rows",
			    grouped(arena, file->rows));
	}
	return made;
}

static bool fill_data(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *sets = value_list(arena);

	(void)page;
	(void)diags;
	for (const struct data_set *set = data_sets; set->name != NULL; set++)
		value_append(arena, sets, made_set(site, arena, set));
	page_set_list(arena, context, "sets", sets);
	page_set(arena, context, "set_count", value_number(arena,
	    (long long)value_count(sets)));
	page_set(arena, context, "file_count", value_number(arena,
	    (long long)data_files_of(site)->count));
	for (size_t i = 0; i < data_files_of(site)->count; i++)
		if (data_file_at(site, i)->format == DATA_SQLITE)
			page_set(arena, context, "database",
			    made_file(site, arena, data_file_at(site, i)));
	page_set_text(arena, context, "catalogue", STR(CATALOGUE));
	page_set_text(arena, context, "sums", STR(SUMS));
	(void)names;
	return true;
}

static void list_data(struct site *site, struct arena *arena)
{
	page_add(site, arena, &page_data, STR("data/"), STR_NONE);
}

const struct page_kind page_data = {
	.name = "data", .section = "data", .is_last = true,
	.list = list_data, .fill = fill_data,
};

/* -- checksums ------------------------------------------------------------- */

/* With the files themselves: all that there is once, whatever the language. */
static void list_files(struct site *site, struct arena *arena)
{
	page_add(site, arena, &page_data_sums, STR(SUMS), STR_NONE);
	page_add(site, arena, &page_data_catalogue, STR(CATALOGUE), STR_NONE);
	open_data_list(site, arena);
}

/* As sha256sum writes and checks them, in that folder. */
static bool write_sums(struct site *site, const struct page *page,
    struct arena *arena, struct buf *out, struct diag_list *diags)
{
	(void)page;
	(void)arena;
	(void)diags;
	for (size_t i = 0; i < data_files_of(site)->count; i++) {
		const struct data_file *file = data_file_at(site, i);
		struct str name = str_slice(file->path, STR("data/").len,
		    file->path.len);

		buf_append_format(out, "%s  %.*s\n", file->facts.sha256,
		    STR_ARG(name));
	}
	return true;
}

const struct page_kind page_data_sums = {
	.name = "data-sums", .section = "none", .is_once = true,
	.is_last = true, .list = list_files, .write = write_sums,
};
