/* SPDX-License-Identifier: MIT */
/* The public fields of records as JSON, typed after the schemas. */
#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"
#include "base/value.h"
#include "model/record.h"
#include "render/open_data.h"
#include "render/pages.h"
#include "schema/fields.h"

/*
 * The fields that are told, one by one, so that a new field of a schema is not
 * told before somebody says so here: what the achievement's page shows. Fields
 * below a named map or list are named too.
 */
static const char *const achievement_fields[] = { "title", "title_en",
	"summary", "summary_en", "category", "type", "keywords", "field",
	"field.highland", "field.strategic", "field.cluster", "submitter",
	"submitted", "obtained", "obtained.date", "obtained.basis", "units",
	"units.order", "units.name", "units.unit", "units.place", "units.role",
	"funding", "funding.source", "funding.fiscal", "funding.amount",
	"funding.plan", "funding.no", "projects", "projects.name",
	"projects.level", "projects.plan", "projects.special",
	"projects.topic", "projects.no", "projects.accepted", "ip", "ip.kind",
	"ip.no", "ip.title", "ip.owners", "ip.owners.name", "ip.owners.share",
	"ip.owners.explanation", "ip.applied", "ip.granted", "ip.state",
	"ip.core", "papers", "papers.title", "papers.journal", "papers.doi",
	"papers.date", "papers.state", "papers.first_unit", "standards",
	"standards.no", "standards.title", "standards.level", "standards.date",
	"approvals", "approvals.kind", "approvals.no", "approvals.date",
	"approvals.authority", "level", "level_basis", "breakthrough",
	"breakthrough.kinds", "breakthrough.evidence", "industrialization",
	"industrialization.state", "industrialization.date",
	"industrialization.place", "industrialization.output",
	"industrialization.evidence", "applications", "applications.project",
	"applications.kind", "applications.user", "applications.date",
	"applications.success", "applications.evidence", "application_state",
	"application_state.state", "application_state.reason",
	"application_state.note", "benefit", "benefit.economic",
	"benefit.economic.amount", "benefit.economic.from",
	"benefit.economic.to", "benefit.economic.basis", "benefit.social",
	"trl", "trl_basis", "indicators", "indicators.name", "indicators.unit",
	"indicators.value", "indicators.best", "indicators.source",
	"transfers", "transfers.date", "transfers.kind", "transfers.to",
	"transfers.amount", "transfers.contract", "transfer_excuse",
	"transfer_excuse.reason", "transfer_excuse.text", "contact",
	"contact.office", "contact.url", "evidence", "evidence.title",
	"evidence.url", "updated", NULL };

static const char *const dossier_fields[] = { "registration",
	"registration.no", "registration.date", "registration.office",
	"evaluations", "evaluations.kind", "evaluations.date",
	"evaluations.by", "evaluations.experts_count", "evaluations.level",
	"evaluations.conclusion", "library", "library.no", "library.entered",
	"library.decision", "library.by", "visit", "visit.date", "visit.by",
	"visit.place", "confirmation", "confirmation.date", "confirmation.by",
	"landmark", "landmark.flag", "landmark.basis", "landmark.date",
	"progress", "progress.date", "progress.text", "listing", "listing.no",
	"listing.date", "listing.price", "listing.url", "listing.outcome",
	"free_licence", "free_licence.date", "free_licence.decision",
	"errata", "errata.no", "errata.date", "errata.text", NULL };

static const char *const person_fields[] = { "order", "unit", "role",
	"contribution", NULL };

static bool is_named(const char *const *names, struct str name)
{
	for (; *names != NULL; names++)
		if (str_eq(str_from(*names), name))
			return true;
	return false;
}

bool data_is_public(enum kind kind, const struct field *field)
{
	return is_named(kind == KIND_DOSSIER ? dossier_fields :
	    achievement_fields, field->plain_path);
}

/* -- values ---------------------------------------------------------------- */

/* A number as JSON writes it: no sign or zeros that it does not have. */
static bool is_number(struct str text)
{
	size_t i = text.len > 0 && text.ptr[0] == '-', digits = i;

	while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
		i++;
	if (i == digits || (text.ptr[digits] == '0' && i - digits > 1))
		return false;
	if (i == text.len)
		return true;
	digits = ++i;
	while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
		i++;
	return text.ptr[digits - 1] == '.' && i > digits && i == text.len;
}

static void append_scalar(const struct field *field, struct str text,
    struct buf *out)
{
	bool is_count = field->type == FIELD_INTEGER ||
	    field->type == FIELD_DECIMAL || field->type == FIELD_PERCENT;

	text = field->type == FIELD_TEXT ? text : str_trim(text);
	if ((is_count && is_number(text)) || (field->type == FIELD_BOOLEAN &&
	    (str_eq(text, STR("true")) || str_eq(text, STR("false")))))
		buf_append(out, text);
	else
		json_append_text(out, text);
}

static void append_name(struct buf *out, struct str name, bool is_first)
{
	if (!is_first)
		buf_append_char(out, ',');
	json_append_text(out, name);
	buf_append_char(out, ':');
}

/* What has its own date after the as-of date has not happened. */
static bool is_future(const struct site *site, const struct value *value)
{
	return str_cmp(value_text_at(value, STR("date")), site->as_of) > 0 ||
	    str_cmp(value_text_at(value, STR("entered")), site->as_of) > 0;
}

static bool append_value(const struct site *site, enum kind kind,
    const struct field *field, const struct value *value, struct buf *out);

static bool append_list(const struct site *site, enum kind kind,
    const struct field *field, const struct value *list, struct buf *out)
{
	size_t count = 0;

	buf_append_char(out, '[');
	for (size_t i = 0; i < value_count(list); i++) {
		size_t before = out->len;

		if (count > 0)
			buf_append_char(out, ',');
		if (append_value(site, kind, field->item, list->list.items[i],
		    out))
			count++;
		else
			buf_truncate(out, before);
	}
	buf_append_char(out, ']');
	return count > 0;
}

static bool append_map(const struct site *site, enum kind kind,
    const struct field *field, const struct value *map, struct buf *out)
{
	size_t count = 0;

	if (is_future(site, map))
		return false;
	buf_append_char(out, '{');
	for (size_t i = 0; i < field->child_count; i++) {
		const struct field *child = &field->children[i];
		const struct value *value = value_get(map, child->name);
		size_t before = out->len;

		if (value == NULL || !data_is_public(kind, child))
			continue;
		append_name(out, child->name, count == 0);
		if (append_value(site, kind, child, value, out))
			count++;
		else
			buf_truncate(out, before);
	}
	buf_append_char(out, '}');
	return count > 0;
}

/* False if there is nothing to tell; what was appended is to be taken back. */
static bool append_value(const struct site *site, enum kind kind,
    const struct field *field, const struct value *value, struct buf *out)
{
	if (field->type == FIELD_LIST)
		return value->kind == VALUE_LIST &&
		    append_list(site, kind, field, value, out);
	if (field->type == FIELD_MAP)
		return value->kind == VALUE_MAP &&
		    append_map(site, kind, field, value, out);
	if (value->kind != VALUE_TEXT || value->text.len == 0)
		return false;
	append_scalar(field, value->text, out);
	return true;
}

void data_append_record(const struct site *site, const struct record *record,
    struct buf *out)
{
	size_t before;

	buf_append_char(out, ',');
	json_append_text(out, kind_info(record->kind)->name);
	buf_append_char(out, ':');
	before = out->len;
	if (append_map(site, record->kind, &site->fields[record->kind]->root,
	    record->data, out))
		return;
	buf_truncate(out, before);
	buf_append(out, STR("{}"));
}

/* -- people ---------------------------------------------------------------- */

static void append_person(const struct site *site, const struct value *person,
    struct str form, struct buf *out)
{
	const struct field *field = field_find(
	    &site->fields[KIND_ACHIEVEMENT]->root, STR("people"))->item;
	struct str name = str_trim(value_text_at(person, STR("name")));
	bool is_whole = str_eq(form, STR("name"));

	append_name(out, STR("name"), true);
	json_append_text(out, is_whole ? name :
	    str_slice(name, 0, utf8_offset(name, 1)));
	append_name(out, STR("name_form"), false);
	json_append_text(out, form);
	for (size_t i = 0; i < field->child_count; i++) {
		const struct field *child = &field->children[i];
		struct str text = value_text_at(person, child->name);

		if (text.len == 0 || !(is_named(person_fields, child->name) ||
		    (is_whole && str_eq(child->name, STR("orcid")))))
			continue;
		append_name(out, child->name, false);
		append_scalar(child, text, out);
	}
}

void data_append_people(const struct site *site, const struct record *record,
    struct buf *out)
{
	const struct value *people = value_get(record->data, STR("people"));
	size_t count = 0;

	buf_append(out, STR(",\"people\":["));
	for (size_t i = 0; i < value_count(people); i++) {
		const struct value *person = people->list.items[i];
		struct str form = page_name_form(site,
		    str_trim(value_text_at(person, STR("publish"))),
		    str_trim(value_text_at(person, STR("consent.on"))));

		if (form.len == 0)
			continue;
		buf_append(out, count++ == 0 ? STR("{") : STR(",{"));
		append_person(site, person, form, out);
		buf_append_char(out, '}');
	}
	buf_append_char(out, ']');
}
