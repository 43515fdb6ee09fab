/* SPDX-License-Identifier: MIT */
#include "schema/types.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "schema/complaint.h"
#include "schema/fields.h"
#include "schema/tree.h"

#include <libxml/tree.h>
#include <libxml/xmlerror.h>

void types_collect(void *faults, void *error)
{
	const xmlError *found = error;
	const xmlNode *node = found->node;
	struct type_fault *fault;

	/* Complaints of attributes are complaints of nothing of ours. */
	if (node == NULL || node->type != XML_ELEMENT_NODE)
		return;
	fault = vec_push(faults);
	fault->node = node;
	fault->code = found->code;
	if (found->message != NULL)
		fault->message =
		    (char *)xmlStrdup((const xmlChar *)found->message);
}

void types_dispose(struct vec *faults)
{
	for (size_t i = 0; i < faults->count; i++) {
		struct type_fault *fault = vec_at(faults, i);

		xmlFree(fault->message);
	}
	vec_dispose(faults);
}

/* What a value of each type that is not of its form is called. */
static const enum diag_code form_codes[FIELD_TYPE_COUNT] = {
	[FIELD_TEXT] = DIAG_BAD_FORM,
	[FIELD_LINE] = DIAG_BAD_FORM,
	[FIELD_DATE] = DIAG_BAD_DATE,
	[FIELD_MONTH] = DIAG_BAD_MONTH,
	[FIELD_YEAR] = DIAG_BAD_YEAR,
	[FIELD_TIME] = DIAG_BAD_TIME,
	[FIELD_BOOLEAN] = DIAG_BAD_BOOLEAN,
	[FIELD_INTEGER] = DIAG_BAD_INTEGER,
	[FIELD_DECIMAL] = DIAG_BAD_DECIMAL,
	[FIELD_PERCENT] = DIAG_BAD_DECIMAL,
	[FIELD_URL] = DIAG_BAD_URL,
	[FIELD_FORM] = DIAG_BAD_FORM,
	[FIELD_MAP] = DIAG_SHAPE_OTHER,
	[FIELD_LIST] = DIAG_SHAPE_OTHER,
};

/* What libxml2 said of one value, sorted by what it is about. */
struct verdict {
	bool is_short, is_long, is_small, is_large, is_not_listed, is_formless;
	struct str other;
};

static void add_fault(struct verdict *verdict, const struct type_fault *fault)
{
	switch (fault->code) {
	case XML_SCHEMAV_CVC_MINLENGTH_VALID:
		verdict->is_short = true;
		break;
	case XML_SCHEMAV_CVC_MAXLENGTH_VALID:
		verdict->is_long = true;
		break;
	case XML_SCHEMAV_CVC_MININCLUSIVE_VALID:
		verdict->is_small = true;
		break;
	case XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID:
		verdict->is_large = true;
		break;
	case XML_SCHEMAV_CVC_ENUMERATION_VALID:
		verdict->is_not_listed = true;
		break;
	case XML_SCHEMAV_CVC_PATTERN_VALID:
	case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1:
	case XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID:
	case XML_SCHEMAV_CVC_TOTALDIGITS_VALID:
		verdict->is_formless = true;
		break;
	default:
		verdict->other = str_trim(str_from(fault->message));
		break;
	}
}

struct report {
	const struct field *field;
	struct str text;	/* the whole value */
	struct subject subject;
	struct diag_list *diags;
};

static struct str number(const struct report *r, size_t n)
{
	return str_format(r->diags->arena, "%zu", n);
}

static void say(const struct report *r, enum diag_code code, struct str four,
    struct str five)
{
	complain(&r->subject, code, four, five, STR_NONE, r->diags);
}

static void report_length(const struct report *r,
    const struct verdict *verdict)
{
	const struct field_facets *facets = &r->field->facets;
	struct str count = number(r, utf8_count(r->text));

	if (verdict->is_short)
		say(r, DIAG_TOO_SHORT, count, number(r, facets->min_length));
	if (verdict->is_long)
		say(r, DIAG_TOO_LONG, count, number(r, facets->max_length));
}

static void report_range(const struct report *r,
    const struct verdict *verdict)
{
	struct str value = excerpt(r->text, r->diags);

	if (verdict->is_small)
		say(r, DIAG_TOO_SMALL, value, r->field->facets.minimum);
	if (verdict->is_large)
		say(r, DIAG_TOO_LARGE, value, r->field->facets.maximum);
}

static void report_values(const struct report *r)
{
	const struct field_facets *facets = &r->field->facets;
	struct str value = excerpt(r->text, r->diags);
	struct buf values;

	if (r->field->type == FIELD_BOOLEAN) {
		say(r, DIAG_BAD_BOOLEAN, value, STR_NONE);
		return;
	}
	buf_init(&values);
	for (size_t i = 0; i < facets->value_count; i++)
		buf_append_format(&values, "%s%.*s", i == 0 ? "" : ", ",
		    STR_ARG(facets->values[i]));
	say(r, DIAG_NOT_ENUMERATED, value, buf_str(&values));
	buf_dispose(&values);
}

/* The type's own words say what the form is, the field's do if it has none. */
static struct str form_text(const struct field *field, enum lang lang)
{
	struct str text = field->type_text[lang].len > 0 ?
	    field->type_text[lang] : field->documentation[lang];

	if (str_ends(text, STR("。")))
		text.len -= STR("。").len;
	else if (str_ends(text, STR(".")))
		text.len--;
	return text;
}

static void report_form(const struct report *r)
{
	complain(&r->subject, form_codes[r->field->type],
	    excerpt(r->text, r->diags), form_text(r->field, LANG_ZH),
	    form_text(r->field, LANG_EN), r->diags);
}

/*
 * A value that is too long or out of range is seldom of the right form too, and
 * one that is of no form is also "not a valid value": the first says enough.
 */
static void report_verdict(const struct report *r,
    const struct verdict *verdict)
{
	bool is_length = verdict->is_short || verdict->is_long;
	bool is_range = verdict->is_small || verdict->is_large;

	report_length(r, verdict);
	report_range(r, verdict);
	if (verdict->is_not_listed)
		report_values(r);
	else if (verdict->is_formless && !is_range && !is_length)
		report_form(r);
	else if (verdict->other.len > 0)
		say(r, DIAG_SHAPE_OTHER, verdict->other, STR_NONE);
}

static struct str text_of(const xmlNode *node)
{
	if (node->children == NULL || node->children->type != XML_TEXT_NODE)
		return STR_NONE;
	return str_from((const char *)node->children->content);
}

void types_report(const struct tree *tree, const struct vec *faults,
    struct diag_list *diags)
{
	/* libxml2 says all it has to say of one element in a row. */
	for (size_t i = 0; i < faults->count;) {
		const struct type_fault *first = vec_at(faults, i);
		const xmlNode *node = first->node;
		const struct tree_place *place = node->_private;
		struct verdict verdict = { .is_short = false };
		struct report report = { .text = text_of(node),
			.diags = diags };

		for (; i < faults->count; i++) {
			const struct type_fault *fault = vec_at(faults, i);

			if (fault->node != node)
				break;
			add_fault(&verdict, fault);
		}
		if (place == NULL || place->field == NULL)
			continue;
		report.field = place->field;
		report.subject = subject_of(tree, node, NULL, diags);
		report_verdict(&report, &verdict);
	}
}
