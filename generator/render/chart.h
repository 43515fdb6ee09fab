/* SPDX-License-Identifier: MIT */
/*
 * Charts, drawn when the site is built. This is geometry alone: from numbers to
 * places on a sheet, as values for a template, whose markup is SVG
 * (themes/<theme>/templates/chart-*.mustache). Nothing here knows a colour or a
 * word.
 *
 * A chart is a map:
 *
 *   width, height     of the sheet, in units of which a line of text takes 12;
 *                     a sheet is as wide as a telephone and is never shrunk
 *   is_bars, is_lines, is_columns, is_small, is_tiles   which chart it is
 *   columns, rows     the table behind the chart: [{text}], the names of the
 *                     series; [{label, values: [{text, href}]}]
 *   facts             what to say about it: total, most, most_label, least,
 *                     least_label, last, last_label of the first series
 *
 * and what chart_…() below says. chart_describe() adds id, title, description.
 * Coordinates are text with at most one decimal. Numbers are counts: negative
 * ones are drawn as none. Everything lives in `arena`.
 */
#ifndef RENDER_CHART_H
#define RENDER_CHART_H

#include "base/str.h"

#include <stddef.h>

struct arena;
struct value;
struct wording;

struct chart_series {
	struct str name;
	const long *values;	/* as many as there are labels */
};

struct chart_data {
	const struct str *labels;	/* of bars, months, cities … */
	size_t count;
	const struct chart_series *series;
	size_t series_count;		/* at least one */
	long reference;			/* a number to compare with, 0: none */
};

/*
 * Horizontal bars, one below the other, with the label before and the number
 * after; a second series is a thin bar below the first. Templates tell the
 * series apart by `number`, and by more than colour.
 *
 *   bars  [{label, is_cut, label_x, label_y, marks: [{number, x, y, width,
 *         height, text, text_x, text_y}]}]
 *
 * A label too long for its column is cut and ends in "…".
 */
struct value *chart_bars(struct arena *arena, const struct chart_data *data);

/*
 * A line for each series, over labels in their order (months, as a rule), with
 * its name at its end. Names are moved apart where lines end close together.
 *
 *   plot   {left, right, top, bottom, text_x}   text_x: of the ticks, its end
 *   ticks  [{y, text, text_y}]      numbers at round steps, from 0
 *   marks  [{x, y, text}]           labels below, as many as fit
 *   series [{name, number, points, dots: [{x, y}], text_x, text_y}]
 */
struct value *chart_lines(struct arena *arena, const struct chart_data *data);

/*
 * Upright columns of the first series, and a line at the reference if there is
 * one: plot, ticks, marks as above, and
 *
 *   uprights [{x, y, width, height, text, text_x, text_y}]  text: if it
 *          fits and is not 0
 *   reference {y, text_y, text}
 */
struct value *chart_columns(struct arena *arena,
    const struct chart_data *data);

/*
 * The same uprights on a small sheet without a scale, with `base`, where they
 * stand: up to `most`, for several beside each other that are to be compared.
 */
struct value *chart_small(struct arena *arena, const struct chart_data *data,
    long most);

/* Where a place stands on a map of tiles, in half tiles from the left and in
 * rows from the top. */
struct chart_place {
	size_t column, row;
};

/*
 * Places as tiles, each with its number.
 *
 *   tiles  [{x, y, width, height, label, text, text_x, label_y, text_y,
 *          level}]: level 0 for none, else 1 to 4 by quarters of the largest
 */
struct value *chart_tiles(struct arena *arena, const struct chart_data *data,
    const struct chart_place *places);

/* Makes a number of the table behind the chart lead to `href` (below the top of
 * the site): to the records that it counts. */
void chart_link(struct arena *arena, struct value *chart, size_t series,
    size_t index, struct str href);

/*
 * Adds id, title and description to a chart: t.charts.<name>.title and
 * .description with {…} filled in from `names` (may be NULL) and the facts.
 */
void chart_describe(struct arena *arena, const struct wording *wording,
    struct value *chart, const char *name, const struct value *names);

/* About how wide a text is, in units, at the size of a chart's text. */
long chart_text_width(struct str text);

/* The smallest round step (1, 2 or 5 and zeros) of which at most `count`
 * reach `most`. */
long chart_step(long most, long count);

#endif
