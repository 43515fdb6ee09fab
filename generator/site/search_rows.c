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
#include "compress/gzip.h"
#include "pipeline/pipeline.h"
#include "search/collate.h"
#include "search/fold.h"
#include "site/search_work.h"

#include <assert.h>
#include <stdlib.h>

/* Part of every digest: raise it when files change for the same records, by
 * what is written or by how bodies become text. */
#define FORMAT 3

enum { DIGEST_BYTES = SEARCH_NAME / 2 };

/* A byte for each record: the place of its code in a list, from 1; 0 if it has
 * none, or for a set a bit for each member. */
struct facet {
	const char *name, *list;
	const char *ending;		/* of the codes that count, or NULL */
	const char *const *members;	/* of a set; they alone count */
};

static const char *const publications[] = { "bulletin", "release", "ranking",
	NULL };
static const struct facet facets[] = {
	{ "field", "highlands", NULL, NULL },
	{ "city", "divisions", "00", NULL },
	{ "category", "categories", NULL, NULL },
	{ "unit_kind", "unit-kinds", NULL, NULL },
	{ "transfer", "transfer-states", NULL, NULL },
	{ "publications", "record-kinds", NULL, publications },
};
enum { FACETS = sizeof(facets) / sizeof(facets[0]) };

struct reading {
	struct arena *arena;
	struct str format;
	struct sha256 all, batch;
	struct buf dates, columns[FACETS], units, names;
	struct json_writer unit_names;
	struct map places[FACETS];	/* of codes: unsigned char */
	struct map known_units;		/* uint32_t */
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

static void append_number(struct buf *out, uint32_t number, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		buf_append_char(out, (char)(number >> (8 * i) & 0xff));
}

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

/* The number of a unit, which is named when it is first met. */
static uint32_t unit_of(struct reading *reading, const struct value *row)
{
	struct str id = value_text_at(row, STR("unit"));
	uint32_t *number = map_get(&reading->known_units, id);

	if (number != NULL)
		return *number;
	number = arena_alloc(reading->arena, sizeof(*number));
	*number = (uint32_t)reading->known_units.count;
	map_put(&reading->known_units, id, number);
	json_begin_list(&reading->unit_names, NULL);
	json_write_text(&reading->unit_names, NULL, id);
	json_write_text(&reading->unit_names, NULL, value_text_at(row,
	    STR("unit_name")));
	json_write_text(&reading->unit_names, NULL, value_text_at(row,
	    STR("unit_name_en")));
	json_end(&reading->unit_names);
	return *number;
}

static void add_row(struct reading *reading, const struct value *row)
{
	struct date entered = DATE_FIRST;

	for (size_t i = 0; i < row->map.count; i++) {
		const struct value *cell = row->map.fields[i].value;

		/* Records are numbered by the files there are; no number tells
		 * anything that a reader sees. */
		if (i == 0)
			continue;
		if (cell->kind == VALUE_TEXT)
			sha256_add(&reading->batch, cell->text);
		sha256_add(&reading->batch, STR("\x1f"));
	}
	(void)date_parse(value_text_at(row, STR("entered")), &entered);
	append_number(&reading->dates, date_number(entered) > 0 ?
	    (uint32_t)date_number(entered) : 0, 2);
	for (size_t i = 0; i < FACETS; i++)
		append_number(&reading->columns[i], place_of(
		    &reading->places[i], value_text_at(row,
			str_from(facets[i].name))), 1);
	append_number(&reading->units, unit_of(reading, row), 4);
	search_collation_add(&reading->titles,
	    value_text_at(row, STR("title")));
}

static struct str end_digest(struct arena *arena, struct sha256 *sha)
{
	unsigned char digest[SHA256_SIZE];

	sha256_finish(sha, digest);
	return str_hex(arena, (struct str){ (const char *)digest,
	    DIGEST_BYTES });
}

/* The digest of a batch is also that of its place. */
static struct str read_batch(struct pipeline *pipeline,
    struct reading *reading, size_t first)
{
	const struct str range[] = {
		str_format(&pipeline->scratch, "%zu", first),
		str_format(&pipeline->scratch, "%zu", first + SEARCH_BATCH) };
	struct value *rows = catalogue_rows(pipeline->catalogue,
	    QUERY_search_rows, range, 2, &pipeline->scratch, NULL, NULL);
	struct str digest;

	sha256_init(&reading->batch);
	sha256_add(&reading->batch, reading->format);
	sha256_add(&reading->batch, range[0]);
	for (size_t i = 0; i < value_count(rows); i++)
		add_row(reading, rows->list.items[i]);
	digest = end_digest(reading->arena, &reading->batch);
	sha256_add(&reading->all, digest);
	arena_reset(&pipeline->scratch);
	return digest;
}

static void begin(struct pipeline *pipeline, struct reading *reading,
    struct search_rows *rows)
{
	reading->format = str_format(reading->arena,
	    "zheli-search %d %d %d %s %s", FORMAT, (int)SEARCH_CARDS,
	    (int)SEARCH_TEXTS, search_icu_version, gzip_version());
	rows->format = reading->format;
	sha256_init(&reading->all);
	sha256_add(&reading->all, reading->format);
	map_init(&reading->known_units, reading->arena);
	buf_init(&reading->dates);
	buf_init(&reading->units);
	buf_init(&reading->names);
	json_writer_init(&reading->unit_names, &reading->names);
	json_begin_list(&reading->unit_names, NULL);
	search_collation_begin(&reading->titles);
	rows->lists = value_list(reading->arena);
	for (size_t i = 0; i < FACETS; i++) {
		buf_init(&reading->columns[i]);
		map_init(&reading->places[i], reading->arena);
		value_append(reading->arena, rows->lists,
		    facet_list(reading->arena, &pipeline->codes, &facets[i],
			&reading->places[i]));
	}
}

static void end(struct reading *reading, struct search_rows *rows)
{
	json_end(&reading->unit_names);
	buf_append_char(&reading->names, '\n');
	for (size_t i = 0; i < FACETS; i++) {
		buf_append(&reading->dates, buf_str(&reading->columns[i]));
		buf_dispose(&reading->columns[i]);
	}
	buf_append(&reading->units, buf_str(&reading->names));
	buf_clear(&reading->names);
	search_collation_end(&reading->titles, &reading->names);
	rows->order = str_dup(reading->arena, buf_str(&reading->names));
	search_collation_dispose(&reading->titles);
	/* Places of codes are in the columns. */
	sha256_add(&reading->all, buf_str(&reading->dates));
	rows->version = end_digest(reading->arena, &reading->all);
	rows->columns = str_dup(reading->arena, buf_str(&reading->dates));
	rows->units = str_dup(reading->arena, buf_str(&reading->units));
	buf_dispose(&reading->dates);
	buf_dispose(&reading->units);
	buf_dispose(&reading->names);
}

void search_rows_read(struct pipeline *pipeline, struct arena *arena,
    struct search_rows *rows)
{
	struct reading reading = { .arena = arena };

	*rows = (struct search_rows){ .count = 0 };
	(void)str_to_size(catalogue_cell(pipeline->catalogue,
	    QUERY_search_count, NULL, 0, arena), &rows->count);
	rows->batches = arena_array(arena, rows->count / SEARCH_BATCH + 1,
	    sizeof(*rows->batches));
	begin(pipeline, &reading, rows);
	for (size_t i = 0; i * SEARCH_BATCH < rows->count; i++)
		rows->batches[i] = read_batch(pipeline, &reading,
		    i * SEARCH_BATCH);
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
