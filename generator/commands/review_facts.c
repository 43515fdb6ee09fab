/* SPDX-License-Identifier: MIT */
/* What other records, the dossier and the rules have to do with a record that a
 * proposal changes. */
#include "base/arena.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "commands/review.h"
#include "model/digest.h"
#include "pipeline/pipeline.h"
#include "rules/ruleset.h"
#include "schema/fields.h"
#include "schema/schema.h"

/* -- claims --------------------------------------------------------------- */

static uint32_t number_at(const struct value *row, struct str name)
{
	size_t number = 0;

	(void)str_to_size(value_text_at(row, name), &number);
	return (uint32_t)number;
}

static void add_claims(const struct review *review,
    struct review_record *record)
{
	const struct value *rows = catalogue_rows(review->pipeline->catalogue,
	    QUERY_shared_claims, &record->path, 1, review->arena, NULL, NULL);

	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];

		*(struct review_claim *)vec_push(&record->claims) =
		    (struct review_claim){
			.kind = value_text_at(row, STR("kind")),
			.written = value_text_at(row, STR("written")),
			.line = number_at(row, STR("line")),
			.other_id = value_text_at(row, STR("other_id")),
			.other_path = value_text_at(row, STR("other_path")),
			.other_written = value_text_at(row,
			    STR("other_written")),
			.other_line = number_at(row, STR("other_line")),
		};
	}
}

/* -- when it came --------------------------------------------------------- */

static void add_arrival(const struct review *review,
    struct review_record *record)
{
	const struct str words[] = { kind_info(record->kind)->name,
		record->id };
	const struct value *rows = catalogue_rows(review->pipeline->catalogue,
	    QUERY_arrival_of, words, 2, review->arena, NULL, NULL);
	const struct value *row = value_count(rows) > 0 ?
	    rows->list.items[0] : NULL;

	record->received = value_text_at(row, STR("received"));
	record->account = value_text_at(row, STR("account"));
	record->landed = value_text_at(row, STR("landed"));
}

/* -- reviews of another text ---------------------------------------------- */

struct reviews {
	struct review_record *record;
	struct str digest;	/* of the achievement as merged */
	bool has_changed;	/* by this proposal */
};

/* A review is a part of a dossier that can name the digest it was given for. */
static bool is_review(const struct field *field)
{
	const struct field *of = field->type == FIELD_MAP ?
	    field_child(field, STR("of")) : NULL;

	return of != NULL && str_eq(of->type_name, STR("digest"));
}

/* One that names no digest was given for what stood there before. */
static void weigh_review(const struct reviews *reviews,
    const struct field *field, const struct value *value)
{
	struct str of = str_trim(value_text_at(value, STR("of")));
	struct review_stale *stale;

	if (of.len == 0 ? !reviews->has_changed :
	    str_eq(of, reviews->digest))
		return;
	stale = vec_push(&reviews->record->stale);
	stale->date = value_text_at(value, STR("date"));
	stale->by = value_text_at(value, STR("by"));
	stale->of = of;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		stale->label[lang] = field->label[lang];
}

static void weigh_reviews(const struct reviews *reviews,
    const struct field *field, const struct value *value)
{
	if (value == NULL)
		return;
	if (is_review(field) && value->kind == VALUE_MAP)
		weigh_review(reviews, field, value);
	else if (field->type == FIELD_MAP && value->kind == VALUE_MAP)
		for (size_t i = 0; i < field->child_count; i++)
			weigh_reviews(reviews, &field->children[i],
			    value_get(value, field->children[i].name));
	else if (field->type == FIELD_LIST && value->kind == VALUE_LIST)
		for (size_t i = 0; i < value->list.count; i++)
			weigh_reviews(reviews, field->item,
			    value->list.items[i]);
}

static void add_stale(const struct review *review,
    struct review_record *record, const struct record *old,
    const struct record *now)
{
	struct pipeline *pipeline = review->pipeline;
	struct reviews reviews = { .record = record };
	struct record dossier;

	if (record->kind != KIND_ACHIEVEMENT || now == NULL ||
	    !catalogue_record(pipeline->catalogue,
		kind_info(KIND_DOSSIER)->name, record->id, review->arena,
		&dossier))
		return;
	reviews.digest = record_digest(review->arena, now);
	reviews.has_changed = old != NULL && !str_eq(reviews.digest,
	    record_digest(review->arena, old));
	weigh_reviews(&reviews, &schema_fields(pipeline->schemas,
	    KIND_DOSSIER)->root, dossier.data);
}

/* -- what people attest --------------------------------------------------- */

static unsigned hex_digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'A' + 10);
}

static bool has_bit(struct str hex, size_t bit)
{
	size_t byte = bit / 8;

	return 2 * byte + 1 < hex.len && ((hex_digit(hex.ptr[2 * byte]) << 4 |
	    hex_digit(hex.ptr[2 * byte + 1])) >> bit % 8 & 1) != 0;
}

static bool names(struct str words, struct str word)
{
	while (words.len > 0)
		if (str_eq(str_cut(&words, ' '), word))
			return true;
	return false;
}

/* Of a rule that is checked, too, the program sees only that a statement is
 * there. */
static bool is_attested(const struct rule_entry *rule)
{
	return str_eq(rule->treatment, STR("attested")) ||
	    names(rule->check, STR("A")) || names(rule->check_also, STR("A"));
}

static void add_attested(const struct review *review,
    struct review_record *record)
{
	const struct ruleset *ruleset = review->pipeline->ruleset;
	struct str rules = catalogue_cell(review->pipeline->catalogue,
	    QUERY_judged_rules, &record->path, 1, review->arena);

	for (size_t i = 0; i < ruleset_count(ruleset); i++) {
		const struct rule_entry *rule = ruleset_at(ruleset, i);

		if (has_bit(rules, i) && is_attested(rule))
			*(const struct rule_entry **)vec_push(
			    &record->attested) = rule;
	}
}

void review_add_facts(struct review *review, struct review_record *record,
    const struct record *old, const struct record *now)
{
	if (now == NULL)
		return;
	add_arrival(review, record);
	add_claims(review, record);
	add_stale(review, record, old, now);
	add_attested(review, record);
}
