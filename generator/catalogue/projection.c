/* SPDX-License-Identifier: MIT */
/*
 * Which values of a record go into which columns. Everything here is a table:
 * a new column needs a line in schema.sql and one below.
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

/* "." as a path is the item itself. */
static const struct projection projections[] = {
	{ KIND_ACHIEVEMENT, "achievement", NULL, {
	    { "id", "@id", 0 }, { "folder", "@folder", 0 },
	    { "title", "title", 0 }, { "title_en", "title_en", 0 },
	    { "summary", "summary", 0 }, { "summary_en", "summary_en", 0 },
	    { "category", "category", 0 }, { "type", "type", 0 },
	    { "highland", "field.highland", 0 },
	    { "strategic", "field.strategic", 0 },
	    { "cluster", "field.cluster", 0 }, { "submitter", "submitter", 0 },
	    { "submitted", "submitted", 0 }, { "obtained", "obtained.date", 0 },
	    { "obtained_basis", "obtained.basis", 0 }, { "level", "level", 0 },
	    { "application_state", "application_state.state", 0 },
	    { "trl", "trl", 0 }, { "updated", "updated", 0 },
	    { "submitted_line", "submitted", LINE_COLUMN },
	    { "benefit", "benefit.economic.amount", 0 },
	    { "benefit_from", "benefit.economic.from", 0 },
	    { "benefit_to", "benefit.economic.to", 0 },
	    { "benefit_basis", "benefit.economic.basis", 0 },
	    { "social_benefit", "benefit.social", 0 },
	    { "contact", "contact.office", 0 },
	    { "contact_url", "contact.url", 0 } } },
	{ KIND_ACHIEVEMENT, "source_project", "projects", {
	    { "project", "project", 0 }, { "name", "name", 0 },
	    { "no", "no", 0 } } },
	{ KIND_ACHIEVEMENT, "completing_unit", "units", {
	    { "name", "name", 0 }, { "unit", "unit", 0 },
	    { "place", "place", 0 }, { "role", "role", 0 } } },
	{ KIND_ACHIEVEMENT, "person", "people", {
	    { "name", "name", 0 }, { "unit", "unit", 0 }, { "role", "role", 0 },
	    { "orcid", "orcid", 0 }, { "publish", "publish", 0 },
	    { "consent", "consent.on", 0 } } },
	{ KIND_ACHIEVEMENT, "keyword", "keywords", { { "text", ".", 0 } } },
	{ KIND_ACHIEVEMENT, "ip", "ip", {
	    { "kind", "kind", 0 }, { "no", "no", 0 }, { "title", "title", 0 },
	    { "applied", "applied", 0 }, { "granted", "granted", 0 },
	    { "state", "state", 0 }, { "core", "core", FLAG_COLUMN } } },
	{ KIND_ACHIEVEMENT, "paper", "papers", {
	    { "title", "title", 0 }, { "journal", "journal", 0 },
	    { "doi", "doi", 0 }, { "date", "date", 0 },
	    { "state", "state", 0 } } },
	{ KIND_ACHIEVEMENT, "transfer", "transfers", {
	    { "date", "date", 0 }, { "kind", "kind", 0 },
	    { "receiver", "to", 0 }, { "amount", "amount", 0 },
	    { "line", ".", LINE_COLUMN } } },
	{ KIND_ACHIEVEMENT, "breakthrough", "breakthrough.kinds", {
	    { "kind", ".", 0 } } },
	{ KIND_DOSSIER, "dossier", NULL, {
	    { "id", "@id", 0 }, { "received", "received.date", 0 },
	    { "registered", "registration.date", 0 },
	    { "registration_no", "registration.no", 0 },
	    { "registration_office", "registration.office", 0 },
	    { "secrecy_result", "secrecy_review.result", 0 },
	    { "secrecy_date", "secrecy_review.date", 0 },
	    { "rights_result", "rights_review.result", 0 },
	    { "rights_date", "rights_review.date", 0 },
	    { "entered", "library.entered", 0 },
	    { "library_no", "library.no", 0 }, { "visited", "visit.date", 0 },
	    { "confirmed", "confirmation.date", 0 },
	    { "landmark", "landmark.flag", FLAG_COLUMN },
	    { "returned", "returned.date", 0 },
	    { "resubmitted", "returned.resubmitted", 0 },
	    { "withdrawn", "withdrawn.date", 0 },
	    { "withdrawn_reason", "withdrawn.reason", 0 },
	    { "withdrawn_kind", "withdrawn.kind", 0 },
	    { "award_entered", "award_pool.entered", 0 },
	    { "award_for", "award_pool.for", 0 },
	    { "award_line", "award_pool.entered", LINE_COLUMN },
	    { "excuse_accepted", "transfer_excuse.date", 0 },
	    { "licensed", "free_licence.date", 0 },
	    { "licensed_to", "free_licence.to", 0 },
	    { "licence_decision", "free_licence.decision", 0 },
	    { "listing_no", "listing.no", 0 },
	    { "listed", "listing.date", 0 },
	    { "listing_price", "listing.price", 0 },
	    { "listing_url", "listing.url", 0 },
	    { "listing_outcome", "listing.outcome", 0 } } },
	{ KIND_DOSSIER, "evaluation", "evaluations", {
	    { "date", "date", 0 }, { "kind", "kind", 0 },
	    { "level", "level", 0 }, { "line", ".", LINE_COLUMN } } },
	{ KIND_DOSSIER, "follow_up", "follow_ups", {
	    { "date", "date", 0 }, { "kind", "kind", 0 },
	    { "result", "result", 0 }, { "line", ".", LINE_COLUMN } } },
	{ KIND_DOSSIER, "support", "support", {
	    { "kind", "kind", 0 }, { "date", "date", 0 },
	    { "reference", "ref", 0 }, { "line", ".", LINE_COLUMN } } },
	{ KIND_DOSSIER, "progress", "progress", {
	    { "date", "date", 0 }, { "text", "text", 0 } } },
	{ KIND_DOSSIER, "dispute", "disputes", {
	    { "raised", "raised", 0 }, { "settled", "settled", 0 } } },
	{ KIND_UNIT, "unit", NULL, {
	    { "id", "@id", 0 }, { "name", "name", 0 },
	    { "name_en", "name_en", 0 }, { "kind", "kind", 0 },
	    { "place", "place", 0 }, { "focus", "focus", 0 },
	    { "platform", "platform", FLAG_COLUMN },
	    { "submitter", "submitter", FLAG_COLUMN },
	    { "fictional", "fictional", FLAG_COLUMN } } },
	{ KIND_UNIT, "officer", "officers", {
	    { "name", "name", 0 }, { "key", "key", 0 },
	    { "account", "account", 0 } } },
	{ KIND_BULLETIN, "bulletin", NULL, {
	    { "id", "@id", 0 }, { "title", "title", 0 },
	    { "issue", "issue", 0 }, { "date", "date", 0 },
	    { "public", "public", FLAG_COLUMN } } },
	{ KIND_BULLETIN, "bulletin_item", "items", {
	    { "achievement", "achievement", 0 }, { "progress", "progress", 0 },
	    { "progress_date", "progress_date", 0 },
	    { "line", ".", LINE_COLUMN } } },
	{ KIND_RELEASE, "release", NULL, {
	    { "id", "@id", 0 }, { "title", "title", 0 }, { "kind", "kind", 0 },
	    { "quarter", "quarter", 0 }, { "date", "date", 0 },
	    { "place", "place", 0 } } },
	{ KIND_RELEASE, "release_item", "items", {
	    { "achievement", "achievement", 0 }, { "note", "note", 0 },
	    { "line", ".", LINE_COLUMN } } },
	{ KIND_RANKING, "ranking", NULL, {
	    { "id", "@id", 0 }, { "title", "title", 0 },
	    { "date", "date", 0 } } },
	{ KIND_RANKING, "ranking_item", "items", {
	    { "rank", "rank", 0 }, { "achievement", "achievement", 0 },
	    { "basis", "basis", 0 }, { "line", ".", LINE_COLUMN } } },
	{ KIND_PROJECT, "project", NULL, {
	    { "id", "@id", 0 }, { "name", "name", 0 },
	    { "scheme", "scheme", 0 }, { "no", "no", 0 },
	    { "class", "class", 0 }, { "batch", "batch", 0 },
	    { "level", "level", 0 }, { "plan", "plan", 0 },
	    { "special", "special", 0 }, { "topic", "topic", 0 },
	    { "highland", "field.highland", 0 },
	    { "strategic", "field.strategic", 0 },
	    { "manufacturing", "manufacturing", FLAG_COLUMN },
	    { "mode", "mode", 0 }, { "selection", "selection", 0 },
	    { "list_no", "list.no", 0 }, { "leader", "leader", 0 },
	    { "funds_total", "funds.total", 0 },
	    { "funds_enterprise", "funds.enterprise", 0 },
	    { "funds_fiscal", "funds.fiscal", 0 }, { "posted", "posted", 0 },
	    { "list_date", "list.date", 0 },
	    { "proposals_due", "proposals_due", 0 },
	    { "secrecy", "secrecy", 0 },
	    { "secrecy_reviewed", "secrecy_review.date", 0 },
	    { "notice_from", "notice.from", 0 },
	    { "notice_to", "notice.to", 0 },
	    { "notice_url", "notice.url", 0 },
	    { "demander", "demander.name", 0 },
	    { "contract_signed", "contract.signed", 0 },
	    { "announced", "announced", 0 }, { "starts", "start", 0 },
	    { "ends", "end", 0 }, { "pledge_signed", "pledge.signed", 0 },
	    { "race_group", "horse_race.group", 0 },
	    { "race_route", "horse_race.route", 0 },
	    { "accepted", "acceptance.date", 0 },
	    { "conclusion", "acceptance.conclusion", 0 },
	    { "terminated", "termination.date", 0 },
	    { "revoked", "revocation.date", 0 },
	    { "pool_entered", "pool.entered", 0 },
	    { "pool_status", "pool.status", 0 },
	    { "award_entered", "award_pool.entered", 0 },
	    { "award_for", "award_pool.for", 0 },
	    { "consortium", "consortium", FLAG_COLUMN },
	    { "accepted_line", "acceptance.date", LINE_COLUMN },
	    { "pool_line", "pool.entered", LINE_COLUMN },
	    { "award_line", "award_pool.entered", LINE_COLUMN } } },
	{ KIND_PROJECT, "project_unit", "units", {
	    { "name", "name", 0 }, { "unit", "unit", 0 },
	    { "place", "place", 0 }, { "kind", "kind", 0 },
	    { "role", "role", 0 } } },
	{ KIND_PROJECT, "milestone", "pledge.milestones", {
	    { "source", "=pledge", 0 }, { "due", "due", 0 },
	    { "goal", "indicator", 0 }, { "met", "met", 0 },
	    { "line", ".", LINE_COLUMN } } },
	{ KIND_PROJECT, "milestone", "milestones", {
	    { "source", "=contract", 0 }, { "due", "due", 0 },
	    { "goal", "indicator", 0 }, { "met", "met", 0 },
	    { "line", ".", LINE_COLUMN } } },
	{ KIND_PROJECT, "milestone", "horse_race.stages", {
	    { "source", "=race", 0 }, { "due", "due", 0 },
	    { "goal", "goal", 0 }, { "met", "met", 0 },
	    { "checked", "checked", 0 }, { "line", ".", LINE_COLUMN } } },
	{ KIND_PROJECT, "project_change", "changes", {
	    { "date", "date", 0 }, { "kind", "kind", 0 },
	    { "ground", "ground", 0 }, { "line", ".", LINE_COLUMN } } },
	{ KIND_PROJECT, "project_follow_up", "follow_ups", {
	    { "date", "date", 0 }, { "actor", "by", 0 },
	    { "result", "result", 0 }, { "line", ".", LINE_COLUMN } } },
	{ KIND_PROJECT, "performance", "performance", {
	    { "date", "date", 0 }, { "kind", "kind", 0 }, { "actor", "by", 0 },
	    { "result", "result", 0 }, { "line", ".", LINE_COLUMN } } },
	{ KIND_PAGE, "page", NULL, {
	    { "id", "@id", 0 }, { "title", "title", 0 },
	    { "title_en", "title_en", 0 }, { "summary", "summary", 0 },
	    { "place_in_menu", "order", 0 },
	    { "menu", "menu", FLAG_COLUMN } } },
	{ KIND_EXPERT, "expert", NULL, {
	    { "id", "@id", 0 }, { "name", "name", 0 }, { "kind", "kind", 0 },
	    { "pool", "pool.entered", 0 }, { "left_pool", "pool.left", 0 },
	    { "invited", "invited.date", 0 },
	    { "fictional", "fictional", FLAG_COLUMN } } },
	{ KIND_EXPERT, "expert_unit", "units", {
	    { "name", "name", 0 }, { "unit", "unit", 0 },
	    { "until", "until", 0 } } },
	{ KIND_CREDIT, "rating", "ratings", {
	    { "id", "@id", 0 }, { "level", "level", 0 }, { "first", "from", 0 },
	    { "until", "until", 0 } } },
	{ KIND_CREDIT, "credit_event", "events", {
	    { "id", "@id", 0 }, { "date", "date", 0 },
	    { "kind", "kind", 0 } } },
	{ KIND_PANEL, "panel", NULL, {
	    { "id", "@id", 0 }, { "title", "title", 0 },
	    { "purpose", "purpose", 0 }, { "date", "date", 0 },
	    { "drawn", "drawn.date", 0 } } },
	{ KIND_PANEL, "panel_subject", "achievements", {
	    { "kind", "=achievement", 0 }, { "target", ".", 0 } } },
	{ KIND_PANEL, "panel_subject", "projects", {
	    { "kind", "=project", 0 }, { "target", ".", 0 } } },
	{ KIND_PANEL, "panel_member", "members", {
	    { "expert", "expert", 0 }, { "role", "role", 0 },
	    { "drawn", "drawn", 0 }, { "committed", "committed", 0 },
	    { "line", ".", LINE_COLUMN } } },
	{ KIND_PANEL, "recusal", "recusals", {
	    { "expert", "expert", 0 }, { "subject", "subject", 0 },
	    { "ground", "ground", 0 }, { "declared", "declared", 0 } } },
	{ KIND_SANCTION, "sanction", NULL, {
	    { "id", "@id", 0 }, { "person", "person.name", 0 },
	    { "person_unit", "person.unit", 0 }, { "unit", "unit.name", 0 },
	    { "unit_id", "unit.unit", 0 }, { "kind", "kind", 0 },
	    { "ground", "ground", 0 }, { "decided", "decided", 0 },
	    { "actor", "by", 0 }, { "first", "from", 0 },
	    { "until", "until", 0 }, { "lifted", "lifted.date", 0 },
	    { "line", "until", LINE_COLUMN } } },
	{ KIND_SANCTION, "sanction_scope", "scopes", {
	    { "scope", ".", 0 } } },
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
