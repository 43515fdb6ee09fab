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

/* -- addresses --------------------------------------------------------------- */

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

/* -- tables ------------------------------------------------------------------ */

/* What all cells of a table share. */
struct table {
	struct arena *arena;
	const struct value *period;
	const struct dimension *dimension;
	const struct code_list *measures;
	enum lang lang;
};

static struct value *make_change(const struct table *table,
    const struct code *measure, size_t count, size_t before)
{
	struct value *change = value_map(table->arena);
	struct str good = code_cell(table->measures, measure, STR("good"));
	bool up = count > before, down = count < before;
	size_t amount = up ? count - before : before - count;

	page_set(table->arena, change, "amount",
	    value_number(table->arena, (long long)amount));
	page_set(table->arena, change, "is_up",
	    value_bool(table->arena, up));
	page_set(table->arena, change, "is_down",
	    value_bool(table->arena, down));
	page_set(table->arena, change, "is_good", value_bool(table->arena,
	    str_eq(good, up ? STR("more") : STR("fewer")) && amount > 0));
	page_set(table->arena, change, "is_bad", value_bool(table->arena,
	    str_eq(good, up ? STR("fewer") : STR("more")) && amount > 0));
	return change;
}

static struct value *make_cell(const struct table *table,
    const struct value *row)
{
	struct arena *arena = table->arena;
	struct value *cell = value_map(arena);
	struct str code = value_text_at(row, STR("measure"));
	struct str key = value_text_at(row, STR("key"));
	const struct code *measure = code_by_code(table->measures, code);
	size_t count = 0, before = 0;

	(void)str_to_size(value_text_at(row, STR("count")), &count);
	(void)str_to_size(value_text_at(row, STR("before")), &before);
	page_set_text(arena, cell, "code", code);
	page_set_text(arena, cell, "label", measure->title[table->lang]);
	page_set_text(arena, cell, "count", value_text_at(row, STR("count")));
	page_set_text(arena, cell, "before",
	    value_text_at(row, STR("before")));
	page_set_text(arena, cell, "href", count == 0 ? STR_NONE :
	    circular_figure_href(arena, table->period, table->dimension, key,
		code));
	page_set(arena, cell, "change",
	    make_change(table, measure, count, before));
	return cell;
}

struct value *circular_table(struct site *site, struct arena *arena,
    const struct value *period, const struct dimension *dimension)
{
	const struct table table = { arena, period, dimension,
		codes_list(site->wording.codes, STR("circular-measures")),
		site->wording.lang };
	struct value *list = page_rows(site, arena, QUERY_figures,
	    value_text_at(period, STR("id")),
	    value_text_at(period, STR("before")), str_from(dimension->name),
	    STR_NONE);
	struct value *rows = value_list(arena), *made = NULL, *cells = NULL;
	struct str current = STR_NONE;

	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *row = list->list.items[i];
		struct str key = value_text_at(row, STR("key"));

		if (made == NULL || !str_eq(key, current)) {
			made = value_map(arena);
			cells = value_list(arena);
			page_set_text(arena, made, "key", key);
			page_set_text(arena, made, "name", circular_key_name(
			    site, arena, dimension, key,
			    value_text_at(row, STR("name"))));
			page_set(arena, made, "cells", cells);
			value_append(arena, rows, made);
			current = key;
		}
		value_append(arena, cells, make_cell(&table, row));
	}
	return rows;
}
