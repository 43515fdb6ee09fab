/* SPDX-License-Identifier: MIT */
/* What can be selected by: columns, codes and units; and index.json. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/map.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/export.h"
#include "compress/gzip.h"
#include "pipeline/pipeline.h"
#include "search/collate.h"
#include "search/fold.h"
#include "site/search_work.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Part of every digest: raise it when files change for the same records, by
 * what is written or by how bodies become text. */
#define FORMAT 3

enum { DIGEST_BYTES = SEARCH_NAME / 2 };

/* The columns of the query search_rows. */
enum cell { ROW, ID, DIGEST, ENTERED, TITLE, UNIT, UNIT_NAME, UNIT_NAME_EN,
	UNIT_NAMES_EN, FIELD, CITY, CATEGORY, UNIT_KIND, TRANSFER, LANDMARK,
	PUBLICATIONS, CELLS };

/* A byte for each record: the place of its code in a list, from 1; 0 if it has
 * none, or for a set a bit for each member. */
struct facet {
	const char *name, *list;
	enum cell cell;
	const char *ending;		/* of the codes that count, or NULL */
	const char *const *members;	/* of a set; they alone count */
};

static const char *const publications[] = { "bulletin", "release", "ranking",
	NULL };
static const struct facet facets[] = {
	{ "field", "highlands", FIELD, NULL, NULL },
	{ "city", "divisions", CITY, "00", NULL },
	{ "category", "categories", CATEGORY, NULL, NULL },
	{ "unit_kind", "unit-kinds", UNIT_KIND, NULL, NULL },
	{ "transfer", "transfer-states", TRANSFER, NULL, NULL },
	{ "publications", "record-kinds", PUBLICATIONS, NULL, publications },
};
enum { FACETS = sizeof(facets) / sizeof(facets[0]) };

/* Named as the first row that has it names it. */
struct unit {
	struct str id, name, name_en;
	size_t row;
	uint32_t number;		/* from 1; 0: it has none yet */
};

/* What is kept of a row. */
struct row {
	unsigned char digest[DIGEST_BYTES], places[FACETS];
	uint16_t entered;		/* date_number() */
	struct unit *unit;
};

/* Rows come in the order in which the catalogue keeps records, for it takes
 * long to look each of them up. */
struct reading {
	struct arena *arena;
	struct str format;
	struct row *rows;
	size_t count;
	struct map places[FACETS];	/* of codes: unsigned char */
	struct map units;		/* struct unit */
	struct search_collation titles;
};

/* -- lists of codes -------------------------------------------------------- */

static bool counts(const struct facet *facet, struct str code)
{
	if (facet->ending != NULL)
		return str_ends(code, str_from(facet->ending));
	for (size_t i = 0; facet->members != NULL; i++) {
		if (facet->members[i] == NULL)
			return false;
		if (str_eq(code, str_from(facet->members[i])))
			return true;
	}
	return true;
}

/* {name, set, values: [{code, zh, en}]}; their places go to `places`. */
static struct value *facet_list(struct arena *arena,
    const struct codes *codes, const struct facet *facet, struct map *places)
{
	const struct code_list *list = codes_list(codes,
	    str_from(facet->list));
	struct value *made = value_map(arena), *values = value_list(arena);
	size_t count = 0;

	for (size_t i = 0; list != NULL && i < list->count; i++) {
		const struct code *code = &list->codes[i];
		struct value *value = value_map(arena);
		unsigned char *place = arena_alloc(arena, 1);

		if (!counts(facet, code->code) || count == UINT8_MAX)
			continue;
		*place = (unsigned char)(facet->members != NULL ?
		    1U << count : count + 1);
		count++;
		map_put(places, code->code, place);
		value_add(arena, value, STR("code"),
		    value_text(arena, code->code));
		value_add(arena, value, STR("zh"),
		    value_text(arena, code->title[LANG_ZH]));
		value_add(arena, value, STR("en"),
		    value_text(arena, code->title[LANG_EN]));
		value_append(arena, values, value);
	}
	value_add(arena, made, STR("name"),
	    value_text(arena, str_from(facet->name)));
	if (facet->members != NULL)
		value_add(arena, made, STR("set"), value_bool(arena, true));
	value_add(arena, made, STR("values"), values);
	return made;
}

/* -- rows ------------------------------------------------------------------ */

static unsigned char place_of(const struct map *places, struct str codes)
{
	unsigned char sum = 0;

	while (codes.len > 0) {
		const unsigned char *place = map_get(places,
		    str_cut(&codes, ','));

		if (place != NULL)
			sum |= *place;
	}
	return sum;
}

static struct unit *unit_of(struct reading *reading, size_t row,
    const struct str *cells)
{
	struct unit *unit = map_get(&reading->units, cells[UNIT]);

	if (unit == NULL) {
		unit = arena_alloc(reading->arena, sizeof(*unit));
		*unit = (struct unit){ .id = str_dup(reading->arena,
		    cells[UNIT]), .row = SIZE_MAX };
		map_put(&reading->units, unit->id, unit);
	}
	if (row < unit->row) {
		unit->row = row;
		unit->name = str_dup(reading->arena, cells[UNIT_NAME]);
		unit->name_en = str_dup(reading->arena, cells[UNIT_NAME_EN]);
	}
	return unit;
}

/* Of all that goes in; of its place its batch tells. */
static void set_digest(struct row *row, const struct str *cells)
{
	unsigned char digest[SHA256_SIZE];
	struct sha256 sha;

	sha256_init(&sha);
	for (size_t i = ROW + 1; i < CELLS; i++) {
		sha256_add(&sha, cells[i]);
		sha256_add(&sha, STR("\x1f"));
	}
	sha256_finish(&sha, digest);
	memcpy(row->digest, digest, sizeof(row->digest));
}

static void take_row(void *context, const struct str *cells, size_t count)
{
	struct reading *reading = context;
	struct date entered = DATE_FIRST;
	struct row *row;
	size_t at;

	assert(count == CELLS);
	if (!str_to_size(cells[ROW], &at) || at >= reading->count)
		return;
	row = &reading->rows[at];
	set_digest(row, cells);
	(void)date_parse(cells[ENTERED], &entered);
	row->entered = date_number(entered) > 0 ?
	    (uint16_t)date_number(entered) : 0;
	for (size_t i = 0; i < FACETS; i++)
		row->places[i] = place_of(&reading->places[i],
		    cells[facets[i].cell]);
	row->unit = unit_of(reading, at, cells);
	search_collation_add(&reading->titles, (uint32_t)at, cells[TITLE]);
}

static struct str end_digest(struct arena *arena, struct sha256 *sha)
{
	unsigned char digest[SHA256_SIZE];

	sha256_finish(sha, digest);
	return str_hex(arena, (struct str){ (const char *)digest,
	    DIGEST_BYTES });
}

/* The digest of a batch is also that of its place. */
static struct str batch_digest(const struct reading *reading, size_t first)
{
	size_t end = first + SEARCH_BATCH < reading->count ?
	    first + SEARCH_BATCH : reading->count;
	struct sha256 sha;

	sha256_init(&sha);
	sha256_add(&sha, reading->format);
	sha256_add(&sha, str_format(reading->arena, "%zu", first));
	for (size_t i = first; i < end; i++)
		sha256_add(&sha, (struct str){
		    (const char *)reading->rows[i].digest, DIGEST_BYTES });
	return end_digest(reading->arena, &sha);
}

/* -- files ----------------------------------------------------------------- */

static void append_number(struct buf *out, uint32_t number, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		buf_append_char(out, (char)(number >> (8 * i) & 0xff));
}

/* The dates, then each of the others. */
static void append_columns(const struct reading *reading, struct buf *out)
{
	for (size_t i = 0; i < reading->count; i++)
		append_number(out, reading->rows[i].entered, 2);
	for (size_t place = 0; place < FACETS; place++)
		for (size_t i = 0; i < reading->count; i++)
			append_number(out, reading->rows[i].places[place], 1);
}

static void write_unit(struct json_writer *names, const struct unit *unit)
{
	json_begin_list(names, NULL);
	json_write_text(names, NULL, unit->id);
	json_write_text(names, NULL, unit->name);
	json_write_text(names, NULL, unit->name_en);
	json_end(names);
}

/* Which unit each row has; then their names, in the order in which rows have
 * them. A row that was lost has none. */
static void append_units(const struct reading *reading, struct buf *out)
{
	struct json_writer writer;
	uint32_t count = 0;
	struct buf names;

	buf_init(&names);
	json_writer_init(&writer, &names);
	json_begin_list(&writer, NULL);
	for (size_t i = 0; i < reading->count; i++) {
		struct unit *unit = reading->rows[i].unit;

		if (unit != NULL && unit->number == 0) {
			unit->number = ++count;
			write_unit(&writer, unit);
		}
		append_number(out, unit == NULL ? 0 : unit->number - 1, 4);
	}
	json_end(&writer);
	buf_append_char(&names, '\n');
	buf_append(out, buf_str(&names));
	buf_dispose(&names);
}

/* What a file is to hold, in the arena. */
static struct str made(const struct reading *reading,
    void (*append)(const struct reading *reading, struct buf *out))
{
	struct str bytes;
	struct buf out;

	buf_init(&out);
	append(reading, &out);
	bytes = str_dup(reading->arena, buf_str(&out));
	buf_dispose(&out);
	return bytes;
}

static struct str made_order(struct reading *reading)
{
	struct str bytes;
	struct buf out;

	buf_init(&out);
	search_collation_end(&reading->titles, &out);
	bytes = str_dup(reading->arena, buf_str(&out));
	buf_dispose(&out);
	return bytes;
}

static void begin(struct pipeline *pipeline, struct reading *reading,
    struct search_rows *rows)
{
	reading->format = str_format(reading->arena,
	    "zheli-search %d %d %d %s %s", FORMAT, (int)SEARCH_CARDS,
	    (int)SEARCH_TEXTS, search_icu_version, gzip_version());
	rows->format = reading->format;
	(void)str_to_size(catalogue_cell(pipeline->catalogue,
	    QUERY_search_count, NULL, 0, reading->arena), &reading->count);
	rows->count = reading->count;
	reading->rows = calloc(reading->count + 1, sizeof(*reading->rows));
	if (reading->rows == NULL)
		out_of_memory(reading->count * sizeof(*reading->rows));
	map_init(&reading->units, reading->arena);
	search_collation_begin(&reading->titles);
	rows->lists = value_list(reading->arena);
	for (size_t i = 0; i < FACETS; i++) {
		map_init(&reading->places[i], reading->arena);
		value_append(reading->arena, rows->lists,
		    facet_list(reading->arena, &pipeline->codes, &facets[i],
			&reading->places[i]));
	}
}

static void end(struct reading *reading, struct search_rows *rows)
{
	struct sha256 all;

	rows->batches = arena_array(reading->arena, rows->count / SEARCH_BATCH +
	    1, sizeof(*rows->batches));
	sha256_init(&all);
	sha256_add(&all, reading->format);
	for (size_t i = 0; i * SEARCH_BATCH < rows->count; i++) {
		rows->batches[i] = batch_digest(reading, i * SEARCH_BATCH);
		sha256_add(&all, rows->batches[i]);
	}
	rows->columns = made(reading, append_columns);
	rows->units = made(reading, append_units);
	rows->order = made_order(reading);
	search_collation_dispose(&reading->titles);
	/* Places of codes are in the columns. */
	sha256_add(&all, rows->columns);
	rows->version = end_digest(reading->arena, &all);
	free(reading->rows);
}

void search_rows_read(struct pipeline *pipeline, struct arena *arena,
    struct search_rows *rows)
{
	struct reading reading = { .arena = arena };

	*rows = (struct search_rows){ .count = 0 };
	begin(pipeline, &reading, rows);
	catalogue_each(pipeline->catalogue, QUERY_search_rows, NULL, 0,
	    take_row, &reading);
	end(&reading, rows);
}

/* -- index.json ------------------------------------------------------------ */

static void write_facets(struct json_writer *writer, const struct value *lists)
{
	static const char *const names[] = { "code", "zh", "en" };

	json_begin_list(writer, "facets");
	for (size_t i = 0; i < value_count(lists); i++) {
		const struct value *list = lists->list.items[i];
		const struct value *values = value_get(list, STR("values"));

		json_begin_object(writer, NULL);
		json_write_text(writer, "name",
		    value_text_at(list, STR("name")));
		json_write_bool(writer, "set",
		    value_is_true_at(list, STR("set")));
		json_begin_list(writer, "values");
		for (size_t j = 0; j < value_count(values); j++) {
			json_begin_object(writer, NULL);
			for (size_t k = 0; k < 3; k++)
				json_write_text(writer, names[k],
				    value_text_at(values->list.items[j],
					str_from(names[k])));
			json_end(writer);
		}
		json_end(writer);
		json_end(writer);
	}
	json_end(writer);
}

static void write_shards(struct json_writer *writer, const struct vec *shards)
{
	struct buf names;

	json_begin_list(writer, "firsts");
	for (size_t i = 0; i < shards->count; i++)
		json_write_text(writer, NULL,
		    ((const struct search_shard *)vec_at(shards, i))->first);
	json_end(writer);
	buf_init(&names);
	for (size_t i = 0; i < shards->count; i++)
		buf_append(&names,
		    ((const struct search_shard *)vec_at(shards, i))->name);
	json_write_text(writer, "shards", buf_str(&names));
	buf_dispose(&names);
}

void search_index_append(struct buf *out, const struct searching *searching)
{
	struct json_writer writer;

	json_writer_init(&writer, out);
	json_begin_object(&writer, NULL);
	json_write_number(&writer, "format", FORMAT);
	json_write_text(&writer, "version", searching->version);
	json_write_number(&writer, "records", (long long)searching->rows.count);
	json_write_number(&writer, "cards", SEARCH_CARDS);
	json_write_number(&writer, "texts", SEARCH_TEXTS);
	json_write_text(&writer, "columns", searching->columns);
	json_write_text(&writer, "units", searching->units);
	json_write_text(&writer, "order", searching->order);
	write_facets(&writer, searching->rows.lists);
	write_shards(&writer, &searching->shards);
	json_end(&writer);
	buf_append_char(out, '\n');
}
