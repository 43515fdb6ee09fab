/* SPDX-License-Identifier: MIT */
/*
 * The mapping of an index of OpenSearch (or Elasticsearch) for the JSON Lines,
 * made from the same fields and the same list of public ones as the lines and
 * their JSON Schema. It is strict: a cluster refuses what it does not know.
 * Texts are cut by the analyzer `cjk`, which every cluster has.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/json_writer.h"
#include "base/value.h"
#include "render/open_data.h"
#include "render/pages.h"
#include "render/question.h"
#include "schema/fields.h"

/* Longer words are found but not sorted or counted by. */
enum { KEYWORD_MOST = 256 };

struct mapping_writing {
	const struct site *site;
	struct arena *arena;
	struct json_writer json;
};

static void write_type(struct mapping_writing *writing, const char *name,
    const char *type)
{
	json_begin_object(&writing->json, name);
	json_write_text(&writing->json, "type", str_from(type));
	json_end(&writing->json);
}

static void write_date(struct mapping_writing *writing, const char *name,
    const char *format)
{
	json_begin_object(&writing->json, name);
	json_write_text(&writing->json, "type", STR("date"));
	json_write_text(&writing->json, "format", str_from(format));
	json_end(&writing->json);
}

/* Words that are searched, and for a line also sorted and counted by. */
static void write_words(struct mapping_writing *writing, const char *name,
    bool is_line)
{
	json_begin_object(&writing->json, name);
	json_write_text(&writing->json, "type", STR("text"));
	json_write_text(&writing->json, "analyzer", STR("cjk"));
	if (is_line) {
		json_begin_object(&writing->json, "fields");
		json_begin_object(&writing->json, "keyword");
		json_write_text(&writing->json, "type", STR("keyword"));
		json_write_number(&writing->json, "ignore_above",
		    KEYWORD_MOST);
		json_end(&writing->json);
		json_end(&writing->json);
	}
	json_end(&writing->json);
}

static void write_map(struct mapping_writing *writing, enum kind kind,
    const struct field *map, const char *name);

/* A list has the type of its items. */
static void write_field(struct mapping_writing *writing, enum kind kind,
    const struct field *field)
{
	const char *name = str_cstr(writing->arena, field->name);

	while (field->type == FIELD_LIST)
		field = field->item;
	switch (field->type) {
	case FIELD_MAP:
		write_map(writing, kind, field, name);
		break;
	case FIELD_DATE:
		write_date(writing, name, "strict_date");
		break;
	case FIELD_MONTH:
		write_date(writing, name, "strict_year_month");
		break;
	case FIELD_YEAR:
		write_date(writing, name, "strict_year");
		break;
	case FIELD_BOOLEAN:
		write_type(writing, name, "boolean");
		break;
	case FIELD_INTEGER:
		write_type(writing, name, "long");
		break;
	case FIELD_DECIMAL:
	case FIELD_PERCENT:
		write_type(writing, name, "double");
		break;
	case FIELD_TEXT:
	case FIELD_LINE:
		if (field->codelist.len > 0 || field->facets.value_count > 0)
			write_type(writing, name, "keyword");
		else
			write_words(writing, name, field->type == FIELD_LINE);
		break;
	case FIELD_TIME: case FIELD_URL: case FIELD_FORM:
		write_type(writing, name, "keyword");
		break;
	case FIELD_LIST: case FIELD_TYPE_COUNT:
		break;
	}
}

static void write_map(struct mapping_writing *writing, enum kind kind,
    const struct field *map, const char *name)
{
	json_begin_object(&writing->json, name);
	json_begin_object(&writing->json, "properties");
	for (size_t i = 0; i < map->child_count; i++)
		if (data_is_public(kind, &map->children[i]))
			write_field(writing, kind, &map->children[i]);
	json_end(&writing->json);
	json_end(&writing->json);
}

/* -- what is not a record's ------------------------------------------------ */

static void write_columns(struct mapping_writing *writing)
{
	for (const struct data_column *c = data_sets[0].columns;
	     c->name != NULL; c++) {
		if (c->field != NULL)
			continue;
		if (c->type == DATA_DATE)
			write_date(writing, c->name, "strict_date");
		else if (str_ends(str_from(c->name), STR("_name")))
			write_words(writing, c->name, true);
		else
			write_type(writing, c->name, "keyword");
	}
}

static void write_people(struct mapping_writing *writing)
{
	static const char *const fields[] = { "order", "unit", "role",
		"contribution", "orcid" };
	const struct field *person = field_find(
	    &writing->site->fields[KIND_ACHIEVEMENT]->root,
	    STR("people"))->item;

	json_begin_object(&writing->json, "people");
	json_begin_object(&writing->json, "properties");
	write_type(writing, "name", "keyword");
	write_type(writing, "name_form", "keyword");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		write_field(writing, KIND_ACHIEVEMENT,
		    field_child(person, str_from(fields[i])));
	json_end(&writing->json);
	json_end(&writing->json);
}

static void write_publications(struct mapping_writing *writing)
{
	json_begin_object(&writing->json, "publications");
	json_begin_object(&writing->json, "properties");
	write_type(writing, "url", "keyword");
	write_type(writing, "kind", "keyword");
	write_words(writing, "title", true);
	write_date(writing, "date", "strict_date");
	json_end(&writing->json);
	json_end(&writing->json);
}

static void write_properties(struct mapping_writing *writing)
{
	write_columns(writing);
	write_map(writing, KIND_ACHIEVEMENT,
	    &writing->site->fields[KIND_ACHIEVEMENT]->root, "achievement");
	write_people(writing);
	write_map(writing, KIND_DOSSIER,
	    &writing->site->fields[KIND_DOSSIER]->root, "dossier");
	write_publications(writing);
	json_begin_object(&writing->json, "notice");
	json_write_text(&writing->json, "type", STR("keyword"));
	json_write_bool(&writing->json, "index", false);
	json_end(&writing->json);
	write_words(writing, DATA_BODY, false);
}

/* What the index was made from, for whoever asks the cluster. */
static void write_origin(struct mapping_writing *writing)
{
	struct str commit = site_commit(writing->site);

	json_begin_object(&writing->json, "_meta");
	json_write_text(&writing->json, "url", writing->site->base_url);
	json_write_text(&writing->json, "as_of", site_day(writing->site));
	if (commit.len > 0)
		json_write_text(&writing->json, "commit", commit);
	json_end(&writing->json);
}

bool data_write_mapping(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags)
{
	struct mapping_writing writing = { .site = site };
	struct arena arena;
	struct buf text;

	(void)page;
	(void)diags;
	arena_init(&arena);
	buf_init(&text);
	writing.arena = &arena;
	json_writer_init(&writing.json, &text);
	json_begin_object(&writing.json, NULL);
	json_begin_object(&writing.json, "mappings");
	json_write_text(&writing.json, "dynamic", STR("strict"));
	write_origin(&writing);
	json_begin_object(&writing.json, "properties");
	write_properties(&writing);
	json_end(&writing.json);
	json_end(&writing.json);
	json_end(&writing.json);
	buf_append_char(&text, '\n');
	file_stream_write(out, buf_str(&text));
	buf_dispose(&text);
	arena_dispose(&arena);
	return true;
}
