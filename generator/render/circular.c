/* SPDX-License-Identifier: MIT */
#include "render/circular.h"

#include "base/arena.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/codes.h"

const struct dimension circular_dimensions[] = {
	{ "all", NULL, NULL },
	{ "city", "cities", "divisions" },
	{ "kind", "kinds", "unit-kinds" },
	{ "submitter", "submitters", NULL },
	{ .name = NULL },
};

const struct dimension *circular_dimension(struct str name)
{
	const struct dimension *dimension = circular_dimensions;

	while (dimension->name != NULL &&
	    !str_eq(str_from(dimension->name), name))
		dimension++;
	return dimension;
}

struct str circular_period_title(const struct site *site, struct arena *arena,
    const struct value *period)
{
	struct str id = value_text_at(period, STR("id"));
	struct str kind = value_text_at(period, STR("kind"));
	struct value *names = value_map(arena);

	if (str_eq(kind, STR("month")))
		return value_text_at(context_date(&site->wording, arena, id),
		    STR("text"));
	page_set_text(arena, names, "year",
	    value_text_at(period, STR("year")));
	page_set_text(arena, names, "number",
	    str_slice(id, id.len - 1, id.len));
	return wording_fill(&site->wording, arena, str_format(arena,
	    "circular.%.*s_title", STR_ARG(kind)), names);
}

struct str circular_key_name(const struct site *site, struct arena *arena,
    const struct dimension *dimension, struct str key, struct str name)
{
	if (str_eq(key, STR("_none")) || dimension->folder == NULL)
		return wording_text(&site->wording, str_format(arena,
		    "circular.%s_%s", dimension->name,
		    dimension->folder == NULL ? "name" : "none"));
	if (dimension->code_list != NULL)
		return value_text_at(context_term(&site->wording, arena,
		    str_from(dimension->code_list), key), STR("label"));
	return name.len > 0 ? name : key;
}

/* -- addresses ------------------------------------------------------------ */

struct str circular_ledger(struct arena *arena, struct str year,
    const struct dimension *dimension, struct str key, struct str measure)
{
	if (dimension->folder == NULL)
		return str_format(arena, "circular/%.*s/%.*s/",
		    STR_ARG(year), STR_ARG(measure));
	return str_format(arena, "circular/%.*s/%s/%.*s/", STR_ARG(year),
	    dimension->folder, STR_ARG(key));
}

struct str circular_figure_href(struct arena *arena,
    const struct value *period, const struct dimension *dimension,
    struct str key, struct str measure)
{
	struct str id = value_text_at(period, STR("id"));
	struct str ledger = circular_ledger(arena,
	    value_text_at(period, STR("year")), dimension, key, measure);

	/* "-06" of 2026-06, "-q2" of 2026-q2, nothing of 2026. */
	return str_format(arena, "%.*s#%.*s%.*s", STR_ARG(ledger),
	    STR_ARG(measure), STR_ARG(str_slice(id, 4, id.len)));
}

/* -- tables --------------------------------------------------------------- */

/* What all cells of a table share. */
struct table {
	struct site *site;
	struct arena *arena;
	const struct value *period;
	const struct dimension *dimension;
	const struct code_list *measures;
	struct value **zeros;		/* a cell of each measure: most are */
};

/* NULL when nothing has changed. */
static struct value *make_change(const struct table *table,
    const struct code *measure, size_t count, size_t before)
{
	struct value *change = value_map(table->arena);
	struct str good = code_cell(table->measures, measure, STR("good"));
	bool up = count > before;

	if (count == before)
		return NULL;
	context_set_change(table->arena, change, (long)count, (long)before);
	page_set(table->arena, change, "is_good", value_bool(table->arena,
	    str_eq(good, up ? STR("more") : STR("fewer"))));
	page_set(table->arena, change, "is_bad", value_bool(table->arena,
	    str_eq(good, up ? STR("fewer") : STR("more"))));
	return change;
}

static struct value *make_cell(const struct table *table,
    const struct code *measure, struct str key, size_t count, size_t before)
{
	struct arena *arena = table->arena;
	struct value *cell = value_map(arena);
	struct value *change = make_change(table, measure, count, before);

	page_set_text(arena, cell, "code", measure->code);
	page_set_text(arena, cell, "label",
	    measure->title[table->site->wording.lang]);
	page_set(arena, cell, "count",
	    value_number(arena, (long long)count));
	page_set(arena, cell, "before",
	    value_number(arena, (long long)before));
	page_set_text(arena, cell, "href", count == 0 ? STR_NONE :
	    circular_figure_href(arena, table->period, table->dimension, key,
		measure->code));
	page_set(arena, cell, "change", change != NULL ? change :
	    value_null(arena));
	return cell;
}

static void make_zeros(struct table *table)
{
	size_t count = table->measures == NULL ? 0 : table->measures->count;

	table->zeros = arena_array(table->arena, count,
	    sizeof(*table->zeros));
	for (size_t i = 0; i < count; i++)
		table->zeros[i] = make_cell(table,
		    &table->measures->codes[i], STR_NONE, 0, 0);
}

/* A row of nothing yet. */
static struct value *make_row(const struct table *table,
    const struct value *row, struct str key)
{
	struct arena *arena = table->arena;
	struct value *made = value_map(arena), *cells = value_list(arena);

	for (size_t i = 0; table->measures != NULL &&
	     i < table->measures->count; i++)
		value_append(arena, cells, table->zeros[i]);
	page_set_text(arena, made, "key", key);
	page_set_text(arena, made, "name", circular_key_name(table->site,
	    arena, table->dimension, key, value_text_at(row, STR("name"))));
	page_set(arena, made, "cells", cells);
	return made;
}

static void put_cell(const struct table *table, struct value *made,
    const struct value *row)
{
	const struct code *measure = code_by_code(table->measures,
	    value_text_at(row, STR("measure")));
	size_t count = 0, before = 0;

	if (measure == NULL)
		return;
	(void)str_to_size(value_text_at(row, STR("count")), &count);
	(void)str_to_size(value_text_at(row, STR("before")), &before);
	value_get(made, STR("cells"))->list.items[measure -
	    table->measures->codes] = make_cell(table, measure,
	    value_text_at(made, STR("key")), count, before);
}

struct value *circular_table(struct site *site, struct arena *arena,
    const struct value *period, const struct dimension *dimension)
{
	struct table table = { .site = site, .arena = arena,
		.period = period, .dimension = dimension,
		.measures = codes_list(site->wording.codes,
		    STR("circular-measures")) };
	struct value *list = page_rows(site, arena, QUERY_figures,
	    value_text_at(period, STR("id")),
	    value_text_at(period, STR("before")), str_from(dimension->name),
	    STR_NONE);
	struct value *rows = value_list(arena), *made = NULL;
	struct str current = STR_NONE;

	make_zeros(&table);
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];
		struct str key = value_text_at(row, STR("key"));

		if (made == NULL || !str_eq(key, current)) {
			made = make_row(&table, row, key);
			value_append(arena, rows, made);
			current = key;
		}
		put_cell(&table, made, row);
	}
	return rows;
}
