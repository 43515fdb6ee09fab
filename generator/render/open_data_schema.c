/* SPDX-License-Identifier: MIT */
/*
 * JSON Schema (draft 2020-12) of the JSON Lines, made from the same fields and
 * the same list of public ones as the lines: so neither can say what the other
 * does not. Every map and list item is a definition of its own, by its path.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/value.h"
#include "model/codes.h"
#include "render/open_data.h"
#include "render/pages.h"
#include "schema/fields.h"

struct schema_writing {
	const struct site *site;
	struct arena *arena;
	struct json_writer json;
};

/* achievement.people for its people. */
static struct str definition_of(const struct schema_writing *writing,
    enum kind kind, const struct field *field)
{
	struct str path = field->plain_path;

	return str_format(writing->arena, "%.*s%s%.*s",
	    STR_ARG(kind_info(kind)->name), path.len > 0 ? "." : "",
	    STR_ARG(path));
}

static void write_reference(struct schema_writing *writing, struct str name)
{
	json_write_text(&writing->json, "$ref",
	    str_join(writing->arena, STR("#/$defs/"), name));
}

/* What a field means, in both languages: the records' own words are Chinese. */
static void write_words(struct schema_writing *writing,
    const struct field *field)
{
	enum lang lang = writing->site->wording.lang;

	json_write_text(&writing->json, "title", field->label[lang]);
	json_write_text(&writing->json, "description",
	    field->documentation[lang]);
}

static void write_enumeration(struct schema_writing *writing,
    const struct field *field)
{
	const struct code_list *list = codes_list(
	    writing->site->wording.codes, field->codelist);

	if (list == NULL && field->facets.value_count == 0)
		return;
	json_begin_list(&writing->json, list != NULL && list->is_open ?
	    "examples" : "enum");
	for (size_t i = 0; list != NULL && i < list->count; i++)
		json_write_text(&writing->json, NULL, field->column_is_code ?
		    list->codes[i].code : list->codes[i].title[LANG_ZH]);
	for (size_t i = 0; list == NULL && i < field->facets.value_count; i++)
		json_write_text(&writing->json, NULL, field->facets.values[i]);
	json_end(&writing->json);
}

static void write_text_facets(struct schema_writing *writing,
    const struct field *field)
{
	const struct field_facets *facets = &field->facets;

	json_write_text(&writing->json, "type", STR("string"));
	if (facets->min_length > 0)
		json_write_number(&writing->json, "minLength",
		    (long long)facets->min_length);
	if (facets->max_length != FIELD_UNBOUNDED)
		json_write_number(&writing->json, "maxLength",
		    (long long)facets->max_length);
	if (facets->pattern.len > 0 && field->codelist.len == 0)
		json_write_text(&writing->json, "pattern", str_format(
		    writing->arena, "^(?:%.*s)$", STR_ARG(facets->pattern)));
	if (field->type == FIELD_DATE)
		json_write_text(&writing->json, "format", STR("date"));
	if (field->type == FIELD_URL)
		json_write_text(&writing->json, "format", STR("uri"));
	write_enumeration(writing, field);
}

/* Limits of numbers are as the XSD has them, where they are whole ones. */
static void write_limits(struct schema_writing *writing,
    const struct field *field)
{
	size_t number;

	if (str_to_size(field->facets.minimum, &number))
		json_write_number(&writing->json, "minimum",
		    (long long)number);
	if (str_to_size(field->facets.maximum, &number))
		json_write_number(&writing->json, "maximum",
		    (long long)number);
}

static void write_scalar(struct schema_writing *writing,
    const struct field *field)
{
	switch (field->type) {
	case FIELD_BOOLEAN:
		json_write_text(&writing->json, "type", STR("boolean"));
		break;
	case FIELD_INTEGER:
		json_write_text(&writing->json, "type", STR("integer"));
		write_limits(writing, field);
		break;
	case FIELD_DECIMAL:
	case FIELD_PERCENT:
		json_write_text(&writing->json, "type", STR("number"));
		write_limits(writing, field);
		break;
	case FIELD_TEXT: case FIELD_LINE: case FIELD_DATE: case FIELD_MONTH:
	case FIELD_YEAR: case FIELD_TIME: case FIELD_URL: case FIELD_FORM:
		write_text_facets(writing, field);
		break;
	case FIELD_MAP: case FIELD_LIST: case FIELD_TYPE_COUNT:
		break;
	}
}

static void write_field(struct schema_writing *writing, enum kind kind,
    const struct field *field);

/* A list that was filtered by its dates may be shorter than the record's. */
static void write_list(struct schema_writing *writing, enum kind kind,
    const struct field *field)
{
	json_write_text(&writing->json, "type", STR("array"));
	json_write_number(&writing->json, "minItems", 1);
	if (field->most_items != FIELD_UNBOUNDED)
		json_write_number(&writing->json, "maxItems",
		    (long long)field->most_items);
	json_begin_object(&writing->json, "items");
	write_field(writing, kind, field->item);
	json_end(&writing->json);
}

static void write_field(struct schema_writing *writing, enum kind kind,
    const struct field *field)
{
	if (field->type == FIELD_MAP) {
		write_reference(writing,
		    definition_of(writing, kind, field));
		return;
	}
	write_words(writing, field);
	if (field->type == FIELD_LIST)
		write_list(writing, kind, field);
	else
		write_scalar(writing, field);
}

/* A map is required where something required stands in it that is told. */
static void write_required(struct schema_writing *writing, enum kind kind,
    const struct field *map)
{
	json_begin_list(&writing->json, "required");
	for (size_t i = 0; i < map->child_count; i++)
		if (map->children[i].required &&
		    data_is_public(kind, &map->children[i]))
			json_write_text(&writing->json, NULL,
			    map->children[i].name);
	json_end(&writing->json);
}

static void write_definitions(struct schema_writing *writing, enum kind kind,
    const struct field *field)
{
	if (field->type == FIELD_LIST)
		field = field->item;
	if (field->type != FIELD_MAP)
		return;
	json_begin_object(&writing->json, str_cstr(writing->arena,
	    definition_of(writing, kind, field)));
	write_words(writing, field);
	json_write_text(&writing->json, "type", STR("object"));
	json_begin_object(&writing->json, "properties");
	for (size_t i = 0; i < field->child_count; i++) {
		if (!data_is_public(kind, &field->children[i]))
			continue;
		json_begin_object(&writing->json, str_cstr(writing->arena,
		    field->children[i].name));
		write_field(writing, kind, &field->children[i]);
		json_end(&writing->json);
	}
	json_end(&writing->json);
	write_required(writing, kind, field);
	json_write_bool(&writing->json, "additionalProperties", false);
	json_end(&writing->json);
	for (size_t i = 0; i < field->child_count; i++)
		if (data_is_public(kind, &field->children[i]))
			write_definitions(writing, kind, &field->children[i]);
}

/* -- what is not a record's ------------------------------------------------ */

static void write_own(struct schema_writing *writing, const char *name,
    struct str title, struct str text, const char *format)
{
	json_begin_object(&writing->json, name);
	if (title.len > 0)
		json_write_text(&writing->json, "title", title);
	if (text.len > 0)
		json_write_text(&writing->json, "description", text);
	json_write_text(&writing->json, "type", STR("string"));
	json_write_number(&writing->json, "minLength", 1);
	if (format != NULL)
		json_write_text(&writing->json, "format", str_from(format));
	json_end(&writing->json);
}

static void write_columns(struct schema_writing *writing)
{
	for (const struct data_column *c = data_sets[0].columns;
	     c->name != NULL; c++)
		if (c->field == NULL)
			write_own(writing, c->name, data_column_label(
			    writing->site, writing->arena, c),
			    data_column_text(writing->site, writing->arena, c),
			    c->type == DATA_URL ? "uri" :
			    c->type == DATA_DATE ? "date" : NULL);
}

static void begin_items(struct schema_writing *writing, const char *name)
{
	json_begin_object(&writing->json, name);
	json_write_text(&writing->json, "type", STR("array"));
	json_begin_object(&writing->json, "items");
	json_write_text(&writing->json, "type", STR("object"));
	json_begin_object(&writing->json, "properties");
}

static void end_items(struct schema_writing *writing,
    const char *const *required)
{
	json_end(&writing->json);
	json_begin_list(&writing->json, "required");
	for (; *required != NULL; required++)
		json_write_text(&writing->json, NULL, str_from(*required));
	json_end(&writing->json);
	json_write_bool(&writing->json, "additionalProperties", false);
	json_end(&writing->json);
	json_end(&writing->json);
}

static void write_people(struct schema_writing *writing)
{
	static const char *const fields[] = { "order", "unit", "role",
		"contribution", "orcid" };
	static const char *const required[] = { "name", "name_form", "order",
		"unit", NULL };
	const struct field *person = field_find(
	    &writing->site->fields[KIND_ACHIEVEMENT]->root,
	    STR("people"))->item;

	begin_items(writing, "people");
	write_own(writing, "name", STR_NONE, wording_text(
	    &writing->site->wording, STR("data.columns.person_name.text")),
	    NULL);
	json_begin_object(&writing->json, "name_form");
	json_begin_list(&writing->json, "enum");
	json_write_text(&writing->json, NULL, STR("name"));
	json_write_text(&writing->json, NULL, STR("surname"));
	json_end(&writing->json);
	json_end(&writing->json);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		json_begin_object(&writing->json, fields[i]);
		write_field(writing, KIND_ACHIEVEMENT,
		    field_child(person, str_from(fields[i])));
		json_end(&writing->json);
	}
	end_items(writing, required);
}

static void write_publications(struct schema_writing *writing)
{
	static const char *const required[] = { "url", "kind", "title", "date",
		NULL };

	begin_items(writing, "publications");
	write_own(writing, "url", STR_NONE, STR_NONE, "uri");
	write_own(writing, "kind", STR_NONE, STR_NONE, NULL);
	write_own(writing, "title", STR_NONE, STR_NONE, NULL);
	write_own(writing, "date", STR_NONE, STR_NONE, "date");
	end_items(writing, required);
}

static void write_line(struct schema_writing *writing)
{
	static const char *const required[] = { "id", "url", "unit",
		"unit_name", "state", "transfer", "achievement", "people",
		"dossier", "publications" };

	json_write_text(&writing->json, "type", STR("object"));
	json_begin_object(&writing->json, "properties");
	write_columns(writing);
	json_begin_object(&writing->json, "achievement");
	write_reference(writing, STR("achievement"));
	json_end(&writing->json);
	write_people(writing);
	json_begin_object(&writing->json, "dossier");
	write_reference(writing, STR("dossier"));
	json_end(&writing->json);
	write_publications(writing);
	write_own(writing, "notice", STR_NONE, STR_NONE, NULL);
	json_end(&writing->json);
	json_begin_list(&writing->json, "required");
	for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++)
		json_write_text(&writing->json, NULL, str_from(required[i]));
	json_end(&writing->json);
	json_write_bool(&writing->json, "additionalProperties", false);
}

bool data_write_schema(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags)
{
	struct schema_writing writing = { .site = site };
	struct arena arena;
	struct buf text;

	(void)diags;
	arena_init(&arena);
	buf_init(&text);
	writing.arena = &arena;
	json_writer_init(&writing.json, &text);
	json_begin_object(&writing.json, NULL);
	json_write_text(&writing.json, "$schema",
	    STR("https://json-schema.org/draft/2020-12/schema"));
	json_write_text(&writing.json, "$id",
	    page_url(site, &arena, page->path));
	json_write_text(&writing.json, "title", wording_text(&site->wording,
	    STR("data.schema_title")));
	write_line(&writing);
	json_begin_object(&writing.json, "$defs");
	write_definitions(&writing, KIND_ACHIEVEMENT,
	    &site->fields[KIND_ACHIEVEMENT]->root);
	write_definitions(&writing, KIND_DOSSIER,
	    &site->fields[KIND_DOSSIER]->root);
	json_end(&writing.json);
	json_end(&writing.json);
	buf_append_char(&text, '\n');
	file_stream_write(out, buf_str(&text));
	buf_dispose(&text);
	arena_dispose(&arena);
	return true;
}
