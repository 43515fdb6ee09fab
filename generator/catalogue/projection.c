/* SPDX-License-Identifier: MIT */
/*
 * Puts the values of a record into the columns that projections.def names.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"
#include "catalogue/internal.h"
#include "model/record.h"

#include <sqlite3.h>

#include <assert.h>

/* LINE_COLUMN: not what stands there, but in which line of the file. */
enum column_type { TEXT_COLUMN, FLAG_COLUMN, LINE_COLUMN };

struct column {
	/* "@id", "@folder": of the record; "=pledge": the text "pledge". */
	const char *name, *path;
	enum column_type type;
};

struct projection {
	enum kind kind;
	const char *table;
	const char *list;		/* NULL: one row for the record */
	struct column columns[52];
};

static const struct projection projections[] = {
#include "catalogue/projections.def"
};
enum { PROJECTION_COUNT = sizeof(projections) / sizeof(projections[0]) };
_Static_assert((int)PROJECTION_COUNT <= (int)PROJECTION_LIMIT,
    "raise PROJECTION_LIMIT");

/* Which records name which others: the field, in a list or not. An
 * achievement's submitter is left to rule Z-07. */
static const struct {
	enum kind kind;
	const char *list, *field;
	enum kind target;
} references[] = {
	{ KIND_ACHIEVEMENT, "units", "unit", KIND_UNIT },
	{ KIND_ACHIEVEMENT, "projects", "project", KIND_PROJECT },
	{ KIND_DOSSIER, NULL, "@id", KIND_ACHIEVEMENT },
	{ KIND_BULLETIN, "items", "achievement", KIND_ACHIEVEMENT },
	{ KIND_RELEASE, "items", "achievement", KIND_ACHIEVEMENT },
	{ KIND_RANKING, "items", "achievement", KIND_ACHIEVEMENT },
	{ KIND_PROJECT, "units", "unit", KIND_UNIT },
	{ KIND_PROJECT, "platforms", "unit", KIND_UNIT },
	{ KIND_PROJECT, NULL, "demander.unit", KIND_UNIT },
};

/* The dated steps of a dossier: where the date, the actor and a note stand. */
static const struct {
	const char *list, *date, *kind, *actor, *note;
} decisions[] = {
	{ NULL, "received.date", "received", NULL, NULL },
	{ NULL, "registration.date", "registered", "registration.office",
	    "registration.no" },
	{ NULL, "secrecy_review.date", "secrecy-reviewed", "secrecy_review.by",
	    "secrecy_review.result" },
	{ NULL, "rights_review.date", "rights-reviewed", "rights_review.by",
	    "rights_review.result" },
	{ "evaluations", "date", "evaluated", "by", "conclusion" },
	{ NULL, "library.entered", "entered", "library.by",
	    "library.decision" },
	{ NULL, "visit.date", "visited", "visit.by", "visit.place" },
	{ NULL, "confirmation.date", "confirmed", "confirmation.by", NULL },
	{ "follow_ups", "date", "follow-up", "by", "result" },
	{ "disputes", "raised", "disputed", "by", "matter" },
	{ "disputes", "settled", "settled", NULL, "outcome" },
	{ NULL, "returned.date", "returned", "returned.by",
	    "returned.reason" },
	{ NULL, "withdrawn.date", "withdrawn", "withdrawn.by",
	    "withdrawn.reason" },
	{ "errata", "date", "erratum", NULL, "text" },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct str text_of(const struct record *record,
    const struct value *value, const char *path)
{
	struct str name = str_from(path);

	if (path == NULL)
		return STR_NONE;
	if (str_eq(name, STR("@id")))
		return record->id;
	if (str_eq(name, STR("@folder")))
		return record->unit;
	if (str_starts(name, STR("=")))
		return str_slice(name, 1, name.len);
	if (str_eq(name, STR(".")))
		return value->kind == VALUE_TEXT ? str_trim(value->text) :
		    STR_NONE;
	return str_trim(value_text_at(value, name));
}

static uint32_t line_of(const struct value *value, const char *path)
{
	const struct value *found = str_eq(str_from(path), STR(".")) ? value :
	    value_find(value, str_from(path));

	return found != NULL ? found->line : 0;
}

static sqlite3_stmt *prepare(struct catalogue *catalogue, size_t number)
{
	const struct projection *p = &projections[number];
	struct buf sql, marks;
	sqlite3_stmt *stmt;

	if (catalogue->projections[number] != NULL)
		return catalogue->projections[number];
	buf_init(&sql);
	buf_init(&marks);
	buf_append_format(&sql, "INSERT INTO %s (record%s", p->table,
	    p->list != NULL ? ", position" : "");
	buf_append_cstr(&marks, p->list != NULL ? "?, ?" : "?");
	for (const struct column *c = p->columns; c->name != NULL; c++) {
		buf_append_format(&sql, ", %s", c->name);
		buf_append_cstr(&marks, ", ?");
	}
	buf_append_format(&sql, ") VALUES (%s)", marks.ptr);
	stmt = catalogue_prepare(catalogue, &catalogue->projections[number],
	    buf_str(&sql));
	buf_dispose(&sql);
	buf_dispose(&marks);
	return stmt;
}

static void put_row(struct catalogue *catalogue, size_t projection,
    uint32_t number, const struct record *record, const struct value *value,
    uint32_t position)
{
	const struct projection *p = &projections[projection];
	sqlite3_stmt *stmt = prepare(catalogue, projection);
	int index = 1;

	catalogue_bind_number(stmt, index++, number);
	if (p->list != NULL)
		catalogue_bind_number(stmt, index++, position);
	for (const struct column *c = p->columns; c->name != NULL; c++) {
		struct str text = text_of(record, value, c->path);

		if (c->type == FLAG_COLUMN)
			catalogue_bind_number(stmt, index++,
			    str_eq(text, STR("true")));
		else if (c->type == LINE_COLUMN)
			catalogue_bind_number(stmt, index++,
			    line_of(value, c->path));
		else
			catalogue_bind(stmt, index++, text);
	}
	catalogue_run(catalogue, stmt);
}

static void put_reference(struct catalogue *catalogue, uint32_t number,
    const struct record *record, const struct value *value, size_t which)
{
	struct str target = text_of(record, value, references[which].field);
	const struct value *field = value_find(value,
	    str_from(references[which].field));
	sqlite3_stmt *put = catalogue->statements[PUT_REFERENCE];

	if (target.len == 0)
		return;
	catalogue_bind_number(put, 1, number);
	catalogue_bind_number(put, 2, field != NULL ? field->line : 0);
	catalogue_bind_number(put, 3, field != NULL ? field->column : 0);
	catalogue_bind(put, 4, kind_info(references[which].target)->name);
	catalogue_bind(put, 5, target);
	catalogue_run(catalogue, put);
}

static void put_references(struct catalogue *catalogue, uint32_t number,
    const struct record *record)
{
	for (size_t i = 0; i < COUNT(references); i++) {
		const struct value *list;

		if (references[i].kind != record->kind)
			continue;
		if (references[i].list == NULL) {
			put_reference(catalogue, number, record, record->data,
			    i);
			continue;
		}
		list = value_get(record->data, str_from(references[i].list));
		for (size_t j = 0; j < value_count(list); j++)
			put_reference(catalogue, number, record,
			    list->list.items[j], i);
	}
}

static void put_decision(struct catalogue *catalogue, uint32_t number,
    const struct record *record, const struct value *value, size_t which,
    uint32_t *position)
{
	struct str date = text_of(record, value, decisions[which].date);
	sqlite3_stmt *put = catalogue->statements[PUT_DECISION];

	if (date.len == 0)
		return;
	catalogue_bind_number(put, 1, number);
	catalogue_bind_number(put, 2, ++*position);
	catalogue_bind(put, 3, date);
	catalogue_bind(put, 4, str_from(decisions[which].kind));
	catalogue_bind(put, 5, text_of(record, value, decisions[which].actor));
	catalogue_bind(put, 6, text_of(record, value, decisions[which].note));
	catalogue_bind_number(put, 7,
	    line_of(value, decisions[which].date));
	catalogue_run(catalogue, put);
}

static void put_decisions(struct catalogue *catalogue, uint32_t number,
    const struct record *record)
{
	uint32_t position = 0;

	for (size_t i = 0; i < COUNT(decisions); i++) {
		const struct value *list;

		if (decisions[i].list == NULL) {
			put_decision(catalogue, number, record, record->data,
			    i, &position);
			continue;
		}
		list = value_get(record->data, str_from(decisions[i].list));
		for (size_t j = 0; j < value_count(list); j++)
			put_decision(catalogue, number, record,
			    list->list.items[j], i, &position);
	}
}

void catalogue_project(struct catalogue *catalogue, uint32_t number,
    const struct record *record)
{
	for (size_t i = 0; i < PROJECTION_COUNT; i++) {
		const struct value *list;

		if (projections[i].kind != record->kind)
			continue;
		if (projections[i].list == NULL) {
			put_row(catalogue, i, number, record, record->data, 0);
			continue;
		}
		list = value_find(record->data, str_from(projections[i].list));
		for (size_t j = 0; j < value_count(list); j++)
			put_row(catalogue, i, number, record,
			    list->list.items[j], (uint32_t)j + 1);
	}
	put_references(catalogue, number, record);
	if (record->kind == KIND_DOSSIER)
		put_decisions(catalogue, number, record);
}

/* A table may be filled by several kinds, and once for each of its lists. */
void catalogue_unproject(struct catalogue *catalogue, uint32_t number)
{
	static const char *const others[] = { "reference", "claim", "decision",
		"dependency" };

	for (size_t i = 0; i < PROJECTION_COUNT + COUNT(others); i++) {
		const char *table = i < PROJECTION_COUNT ?
		    projections[i].table : others[i - PROJECTION_COUNT];

		catalogue_execute(catalogue, str_format(catalogue->arena,
		    "DELETE FROM %s WHERE record = %u", table, number).ptr);
	}
}
