/* SPDX-License-Identifier: MIT */
/*
 * What the pages of the circular (通报晾晒) share; included by render/ alone.
 *
 * A figure belongs to a period (2026-06, 2026-q2, 2026), a dimension (all,
 * city, kind, submitter), a key of it and a measure; report.sql counts them.
 * Behind it stands a ledger, a page for each key and year, or for all of them
 * each measure and year, with a section for each measure and in it for each
 * quarter and month: so every figure has an address that lists what it counts,
 * and each event stands in four ledgers, however many figures count it.
 */
#ifndef RENDER_CIRCULAR_H
#define RENDER_CIRCULAR_H

#include "base/str.h"
#include "render/page.h"

#include <stdbool.h>
#include <stddef.h>

struct chart_place;

struct dimension {
	const char *name, *folder;	/* folder NULL: of all */
	const char *code_list;		/* of its keys, or NULL */
};

/* all, city, kind, submitter; the last has no name. */
extern const struct dimension circular_dimensions[];
const struct dimension *circular_dimension(struct str name);

/* "2026年6月", "2026年第二季度" of a row of the queries of periods. */
struct str circular_period_title(const struct site *site, struct arena *arena,
    const struct value *period);

/* What a key is called; `name` is the catalogue's, for submitters. */
struct str circular_key_name(const struct site *site, struct arena *arena,
    const struct dimension *dimension, struct str key, struct str name);

/* Folder of a ledger: "circular/2026/cities/330100/". */
struct str circular_ledger(struct arena *arena, struct str year,
    const struct dimension *dimension, struct str key, struct str measure);

/* Where a figure of a period leads: its ledger, and the section in it. */
struct str circular_figure_href(struct arena *arena,
    const struct value *period, const struct dimension *dimension,
    struct str key, struct str measure);

/* Figures of a dimension as rows, in the order of its keys: [{key, name,
 * cells: [{label, code, count, before, href, change}]}]; `change` from the
 * period before is {amount, is_up, is_down, is_good, is_bad}, null if none. The
 * cells of zeros are shared: they are not to be changed. */
struct value *circular_table(struct site *site, struct arena *arena,
    const struct value *period, const struct dimension *dimension);

/* Where the list of places puts a city; false for what it does not place. */
bool circular_place(const struct site *site, struct str city,
    struct chart_place *place);

/* Adds the charts of a period to its page. */
void circular_charts(struct site *site, struct arena *arena,
    struct value *context, const struct value *period,
    const struct value *totals, const struct value *cities,
    const struct value *kinds);

#endif
