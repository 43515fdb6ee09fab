/* SPDX-License-Identifier: MIT */
/* Data quality: what was found, by rule and by unit, and which fields stand
 * empty most often. */
#include "base/arena.h"
#include "base/map.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/record.h"
#include "render/chart.h"
#include "render/internal.h"
#include "render/listing.h"
#include "render/pages.h"
#include "schema/fields.h"

enum { CHARTED = 12, PATH_DEPTH = 3 };

/* -- fields --------------------------------------------------------------- */

static const struct listing_column field_columns[] = {
	{ "field", "label", NULL, LISTING_PLAIN },
	{ "field_path", NULL, NULL, LISTING_PLAIN },
	{ "record_kind", NULL, NULL, LISTING_PLAIN },
	{ "required", NULL, NULL, LISTING_PLAIN },
	{ "absent", NULL, NULL, LISTING_NUMBER },
	{ "present", NULL, NULL, LISTING_NUMBER },
	{ "absent_share", NULL, NULL, LISTING_NUMBER },
	{ .name = NULL },
};

struct gap {
	const struct field *field;
	enum kind kind;
	struct str path;
	size_t present, records;
};

static size_t absent(const struct gap *gap)
{
	return gap->records - gap->present;
}

/* Most often empty first: by share, then by number. */
static int compare_gaps(const void *a, const void *b)
{
	const struct gap *left = a, *right = b;
	size_t x = absent(left) * right->records;
	size_t y = absent(right) * left->records;

	if (x != y)
		return x < y ? 1 : -1;
	if (absent(left) != absent(right))
		return absent(left) < absent(right) ? 1 : -1;
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	return str_cmp(left->path, right->path);
}

/* Rows {kind, path?, count} as a map from "kind path" to the number. */
static void note_counts(struct arena *arena, struct map *counts,
    const struct value *rows)
{
	map_init(counts, arena);
	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];

		map_put(counts, str_format(arena, "%.*s %.*s",
		    STR_ARG(value_text_at(row, STR("kind"))),
		    STR_ARG(value_text_at(row, STR("path")))),
		    value_get(row, STR("count")));
	}
}

static size_t count_at(struct arena *arena, const struct map *counts,
    struct str kind, struct str path)
{
	const struct value *count = map_get(counts, str_format(arena,
	    "%.*s %.*s", STR_ARG(kind), STR_ARG(path)));
	size_t number = 0;

	if (count != NULL)
		(void)str_to_size(count->text, &number);
	return number;
}

struct gaps {
	struct arena *arena;
	struct map present, records;
	struct vec found;		/* struct gap */
};

/* Fields of a map: what lies in a field that is not there is not missed. */
static void add_gaps(struct gaps *gaps, enum kind kind,
    const struct field *map, struct str prefix, size_t records, int depth)
{
	struct str name = kind_info(kind)->name;

	for (size_t i = 0; i < map->child_count; i++) {
		const struct field *field = &map->children[i];
		struct str path = prefix.len == 0 ? field->name :
		    str_format(gaps->arena, "%.*s.%.*s", STR_ARG(prefix),
			STR_ARG(field->name));
		size_t present = count_at(gaps->arena, &gaps->present, name,
		    path);

		if (present > records)
			present = records;
		*(struct gap *)vec_push(&gaps->found) = (struct gap){
			field, kind, path, present, records };
		if (field->type == FIELD_MAP && depth < PATH_DEPTH)
			add_gaps(gaps, kind, field, path, present, depth + 1);
	}
}

static void find_gaps(struct site *site, struct arena *arena,
    struct gaps *gaps)
{
	gaps->arena = arena;
	note_counts(arena, &gaps->present, page_query(site, arena,
	    QUERY_field_uses, STR_NONE));
	note_counts(arena, &gaps->records, page_query(site, arena,
	    QUERY_records_of_kinds, STR_NONE));
	vec_init(&gaps->found, sizeof(struct gap));
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		size_t records = count_at(arena, &gaps->records,
		    kind_info((enum kind)kind)->name, STR_NONE);

		if (records > 0 && site->fields[kind] != NULL)
			add_gaps(gaps, (enum kind)kind,
			    &site->fields[kind]->root, STR_NONE, records, 1);
	}
	vec_sort(&gaps->found, compare_gaps);
}

static struct value *field_rows(struct site *site, const struct page *page,
    struct arena *arena)
{
	struct value *rows = value_list(arena);
	struct gaps gaps;

	(void)page;
	find_gaps(site, arena, &gaps);
	for (size_t i = 0; i < gaps.found.count; i++) {
		const struct gap *gap = vec_at(&gaps.found, i);
		struct value *row = value_map(arena);

		if (gap->records == 0 || absent(gap) == 0)
			continue;
		page_set_text(arena, row, "label",
		    gap->field->label[site->wording.lang]);
		page_set_text(arena, row, "field_path", gap->path);
		page_set(arena, row, "record_kind", context_term(
		    &site->wording, arena, STR("record-kinds"),
		    kind_info(gap->kind)->name));
		page_set(arena, row, "required", value_bool(arena,
		    gap->field->required));
		page_set(arena, row, "absent", value_number(arena,
		    (long long)absent(gap)));
		page_set(arena, row, "present", value_number(arena,
		    (long long)gap->present));
		page_set(arena, row, "absent_share", value_number(arena,
		    (long long)(absent(gap) * 100 / gap->records)));
		value_append(arena, rows, row);
	}
	vec_dispose(&gaps.found);
	return rows;
}

/* The fields of achievements that are empty most often. */
static void set_chart(struct site *site, struct arena *arena,
    struct value *context, const struct value *rows)
{
	struct str labels[CHARTED];
	long values[CHARTED];
	struct value *chart;
	const struct chart_series series = { wording_text(&site->wording,
	    STR("columns.absent")), values };
	struct chart_data data = { .labels = labels, .series = &series,
		.series_count = 1 };

	for (size_t i = 0; i < value_count(rows) && data.count < CHARTED;
	     i++) {
		const struct value *row = rows->list.items[i];
		size_t number = 0;

		/* Those below others have a smaller number to be part of. */
		if (!str_eq(value_text_at(row, STR("record_kind.code")),
		    STR("achievement")) || str_find_char(value_text_at(row,
		    STR("field_path")), '.', 0) != STR_NOT_FOUND)
			continue;
		(void)str_to_size(value_text_at(row, STR("absent")), &number);
		labels[data.count] = value_text_at(row, STR("label"));
		values[data.count++] = (long)number;
	}
	if (data.count == 0)
		return;
	chart = chart_bars(arena, &data);
	chart_describe(arena, &site->wording, chart, "quality_fields", NULL);
	page_set(arena, context, "fields_chart", chart);
}

/* -- what was found ------------------------------------------------------- */

static struct str rule_folder(struct arena *arena, struct str rule)
{
	return str_join(arena, STR("quality/"),
	    internal_rule_address(arena, rule));
}

static struct str unit_folder(struct arena *arena, struct str unit)
{
	return str_format(arena, "quality/units/%.*s/", STR_ARG(unit));
}

static struct str unit_label(const struct site *site, const struct value *row)
{
	struct str name = value_text_at(row, STR("unit_name"));
	struct str unit = value_text_at(row, STR("unit"));

	if (str_eq(unit, STR("_none")))
		return wording_text(&site->wording, STR("quality.no_unit"));
	return name.len > 0 ? name : unit;
}

static struct value *by_rule(struct site *site, const struct page *page,
    struct arena *arena)
{
	struct value *rows = page_query(site, arena, QUERY_findings_by_rule,
	    STR_NONE);

	(void)page;
	for (size_t i = 0; i < value_count(rows); i++) {
		struct value *row = rows->list.items[i];

		page_set(arena, row, "rule_text", value_get(row,
		    site->wording.lang == LANG_EN ? STR("text_en") :
		    STR("text_zh")));
		page_set_text(arena, row, "list_href", rule_folder(arena,
		    value_text_at(row, STR("rule"))));
	}
	return rows;
}

static struct value *by_unit(struct site *site, const struct page *page,
    struct arena *arena)
{
	struct value *rows = page_query(site, arena, QUERY_findings_by_unit,
	    STR_NONE);

	(void)page;
	for (size_t i = 0; i < value_count(rows); i++) {
		struct value *row = rows->list.items[i];

		page_set_text(arena, row, "unit_name", unit_label(site, row));
		page_set_text(arena, row, "list_href", unit_folder(arena,
		    value_text_at(row, STR("unit"))));
	}
	return rows;
}

static struct value *findings(struct site *site, const struct page *page,
    struct arena *arena)
{
	struct value *rows = page_query(site, arena,
	    page->kind == &page_quality_rule ? QUERY_findings_of_rule :
	    QUERY_findings_of_unit, page->key);

	for (size_t i = 0; i < value_count(rows); i++) {
		struct value *row = rows->list.items[i];

		internal_set_links(site, arena, row);
		page_set_text(arena, row, "unit_name", unit_label(site, row));
		page_set(arena, row, "message", value_get(row,
		    site->wording.lang == LANG_EN ? STR("message_en") :
		    STR("message_zh")));
	}
	return rows;
}

static const struct listing_column by_rule_columns[] = {
	{ "rule", NULL, "list_href", LISTING_PLAIN },
	{ "rule_text", NULL, NULL, LISTING_PLAIN },
	{ "errors", NULL, NULL, LISTING_NUMBER },
	{ "warnings", NULL, NULL, LISTING_NUMBER },
	{ "notices", NULL, NULL, LISTING_NUMBER },
	{ "units_count", "units", NULL, LISTING_NUMBER },
	{ .name = NULL },
};
static const struct listing_column by_unit_columns[] = {
	{ "unit_name", NULL, "list_href", LISTING_PLAIN },
	{ "errors", NULL, NULL, LISTING_NUMBER },
	{ "warnings", NULL, NULL, LISTING_NUMBER },
	{ "notices", NULL, NULL, LISTING_NUMBER },
	{ "records", NULL, NULL, LISTING_NUMBER },
	{ "unit_id", "unit", NULL, LISTING_DATA },
	{ .name = NULL },
};
static const struct listing_column finding_columns[] = {
	{ "message", NULL, NULL, LISTING_PLAIN },
	{ "severity", NULL, NULL, LISTING_PLAIN },
	{ "rule", NULL, NULL, LISTING_PLAIN },
	{ "unit_name", NULL, NULL, LISTING_PLAIN },
	{ "source", NULL, "source_url", LISTING_CODE },
	{ "path", NULL, NULL, LISTING_DATA },
	{ "line", NULL, NULL, LISTING_DATA },
	{ .name = NULL },
};

/* -- pages ---------------------------------------------------------------- */

static void list_quality(struct site *site, struct arena *arena)
{
	struct value *rules = by_rule(site, NULL, arena);
	struct value *units = by_unit(site, NULL, arena);

	internal_add(site, arena, &page_quality, STR("quality/"), STR_NONE);
	internal_add(site, arena, &page_quality_rules,
	    STR("quality/rules/"), STR_NONE);
	internal_add(site, arena, &page_quality_units,
	    STR("quality/units/"), STR_NONE);
	for (size_t i = 0; i < value_count(rules); i++) {
		struct str rule = value_text_at(rules->list.items[i],
		    STR("rule"));

		internal_add(site, arena, &page_quality_rule,
		    rule_folder(arena, rule), rule)->label = rule;
	}
	for (size_t i = 0; i < value_count(units); i++) {
		struct str unit = value_text_at(units->list.items[i],
		    STR("unit"));

		internal_add(site, arena, &page_quality_unit,
		    unit_folder(arena, unit), unit)->label =
		    value_text_at(units->list.items[i], STR("unit_name"));
	}
}

static bool fill_quality(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *rows = field_rows(site, page, arena);
	struct value *counts = page_query(site, arena, QUERY_internal_counts,
	    STR_NONE);

	(void)names;
	(void)diags;
	page_set(arena, context, "counts", counts->list.items[0]);
	set_chart(site, arena, context, rows);
	page_set_table(site, arena, context, field_columns, rows);
	page_set_list(arena, context, "rules", by_rule(site, page, arena));
	page_set_list(arena, context, "units", by_unit(site, page, arena));
	return true;
}

static bool fill_findings(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, struct value *names,
    struct diag_list *diags)
{
	struct value *rows = page->kind->rows(site, page, arena);
	size_t room = INTERNAL_ROWS;

	(void)diags;
	page_set(arena, context, "count",
	    value_number(arena, (long long)value_count(rows)));
	page_set_text(arena, context, "empty", value_count(rows) > 0 ?
	    STR_NONE : wording_text(&site->wording,
		STR("internal.no_diagnostics")));
	page_set_text(arena, context, "lead", wording_text(&site->wording,
	    str_format(arena, "quality.%s", page->kind->name)));
	page_set_table(site, arena, context, page->kind->columns,
	    internal_first_rows(arena, context, rows, &room));
	page_set_text(arena, names, "title", page->label);
	return true;
}

const struct page_kind page_quality = {
	.name = "internal-quality", .section = "quality",
	.list = list_quality, .fill = fill_quality,
	.columns = field_columns, .rows = field_rows,
};

#define FINDINGS_KIND(kind, title, columns_, rows_) \
	const struct page_kind kind = { .name = "internal-" title, \
		.template = "internal-list", .section = "quality", \
		.fill = fill_findings, .columns = columns_, .rows = rows_ }
FINDINGS_KIND(page_quality_rules, "quality-rules", by_rule_columns, by_rule);
FINDINGS_KIND(page_quality_units, "quality-units", by_unit_columns, by_unit);
FINDINGS_KIND(page_quality_rule, "quality-rule", finding_columns, findings);
FINDINGS_KIND(page_quality_unit, "quality-unit", finding_columns, findings);
