/* SPDX-License-Identifier: MIT */
/* Lines and columns: charts with a scale. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"
#include "render/chart_sheet.h"
#include "render/context.h"

enum {
	PLOT_HEIGHT = 1500,
	PLOT_TOP = 160,		/* room for the number over a column */
	AXIS_SPACE = 260,	/* labels below */
	TICKS = 5,		/* at most as many steps */
	LINE = 140,		/* between two lines of text */
	SMALL_WIDTH = 1600, SMALL_HEIGHT = 440, SMALL_TOP = 150
};

struct plot {
	struct arena *arena;
	const struct chart_data *data;
	long left, right, top, bottom;
	long most;		/* at the top */
	long step;		/* between two ticks */
	long slot;		/* of one label, times the number of labels:
				 * see slot_middle() */
};

static long widest_label(const struct chart_data *data)
{
	long widest = 0;

	for (size_t i = 0; i < data->count; i++)
		if (chart_text_width(data->labels[i]) * 10 > widest)
			widest = chart_text_width(data->labels[i]) * 10;
	return widest;
}

static long y_of(const struct plot *plot, long value)
{
	return plot->bottom - value * (plot->bottom - plot->top) / plot->most;
}

/* The middle of the slot of a label. */
static long slot_middle(const struct plot *plot, size_t index)
{
	return plot->left + (plot->right - plot->left) *
	    (2 * (long)index + 1) / (2 * (long)plot->data->count);
}

/* `margin`: what stands to the right of the plot. */
static void lay_out(struct plot *plot, long margin)
{
	const struct chart_data *data = plot->data;
	long most = sheet_most(data), half = widest_label(data) / 2;

	plot->step = chart_step(most, TICKS);
	plot->most = (most + plot->step - 1) / plot->step * plot->step;
	plot->left = 10 * chart_text_width(sheet_number(plot->arena,
	    plot->most)) + GAP;
	if (plot->left < half)
		plot->left = half;
	plot->right = SHEET_WIDTH - (margin > half ? margin : half);
	plot->top = PLOT_TOP;
	plot->bottom = PLOT_TOP + PLOT_HEIGHT;
}

static void set_plot(const struct plot *plot, struct value *chart)
{
	struct arena *arena = plot->arena;
	struct value *map = value_map(arena), *ticks = value_list(arena);

	sheet_set_length(arena, map, "left", plot->left);
	sheet_set_length(arena, map, "right", plot->right);
	sheet_set_length(arena, map, "top", plot->top);
	sheet_set_length(arena, map, "bottom", plot->bottom);
	sheet_set_length(arena, map, "text_x", plot->left - GAP);
	value_add(arena, chart, STR("plot"), map);
	for (long at = 0; at <= plot->most; at += plot->step) {
		struct value *tick = value_map(arena);

		sheet_set_length(arena, tick, "y", y_of(plot, at));
		sheet_set_length(arena, tick, "text_y", y_of(plot, at) + 40);
		sheet_set_text(arena, tick, "text", sheet_number(arena, at));
		value_append(arena, ticks, tick);
	}
	context_set_list(arena, chart, STR("ticks"), ticks);
}

/* As many labels as stand side by side, counted from the last. */
static void set_marks(const struct plot *plot, struct value *chart)
{
	struct arena *arena = plot->arena;
	struct value *marks = value_list(arena);
	long width = plot->right - plot->left;
	long count = (long)plot->data->count, every = 1;

	while (every < count &&
	    width * every / count < widest_label(plot->data) + GAP)
		every++;
	for (long i = (count - 1) % every; i < count; i += every) {
		struct value *mark = value_map(arena);

		sheet_set_length(arena, mark, "x",
		    slot_middle(plot, (size_t)i));
		sheet_set_length(arena, mark, "y", plot->bottom + 180);
		sheet_set_text(arena, mark, "text", plot->data->labels[i]);
		value_append(arena, marks, mark);
	}
	context_set_list(arena, chart, STR("marks"), marks);
}

/* -- lines ---------------------------------------------------------------- */

static struct value *make_line(const struct plot *plot, size_t series)
{
	struct arena *arena = plot->arena;
	struct value *line = value_map(arena), *dots = value_list(arena);
	struct buf points;

	buf_init(&points);
	for (size_t i = 0; i < plot->data->count; i++) {
		struct value *dot = value_map(arena);

		sheet_set_length(arena, dot, "x", slot_middle(plot, i));
		sheet_set_length(arena, dot, "y", y_of(plot,
		    sheet_value(plot->data, series, i)));
		if (i > 0)
			buf_append_char(&points, ' ');
		buf_append(&points, value_text_at(dot, STR("x")));
		buf_append_char(&points, ',');
		buf_append(&points, value_text_at(dot, STR("y")));
		value_append(arena, dots, dot);
	}
	sheet_set_text(arena, line, "name", plot->data->series[series].name);
	sheet_set_number(arena, line, "number", (long)series + 1);
	sheet_set_text(arena, line, "points",
	    str_dup(arena, buf_str(&points)));
	context_set_list(arena, line, STR("dots"), dots);
	buf_dispose(&points);
	return line;
}

/*
 * Where the names at the ends of the lines stand: at the height of the line's
 * end, but no two of them less than a line of text apart and none below the
 * plot. There are few series, so they are sorted by insertion.
 */
static void place_names(const struct plot *plot, long *at)
{
	size_t count = plot->data->series_count;
	size_t *order = arena_array(plot->arena, count, sizeof(*order));
	long limit = plot->bottom;

	for (size_t s = 0; s < count; s++) {
		size_t to = s;

		at[s] = y_of(plot, sheet_value(plot->data, s,
		    plot->data->count - 1));
		for (; to > 0 && at[order[to - 1]] > at[s]; to--)
			order[to] = order[to - 1];
		order[to] = s;
	}
	for (size_t i = 1; i < count; i++)
		if (at[order[i]] < at[order[i - 1]] + LINE)
			at[order[i]] = at[order[i - 1]] + LINE;
	for (size_t i = count; i > 0; i--) {
		if (at[order[i - 1]] > limit)
			at[order[i - 1]] = limit;
		limit = at[order[i - 1]] - LINE;
	}
}

static long widest_name(const struct chart_data *data)
{
	long widest = 0;

	for (size_t s = 0; s < data->series_count; s++)
		if (chart_text_width(data->series[s].name) * 10 > widest)
			widest = chart_text_width(data->series[s].name) * 10;
	return widest;
}

struct value *chart_lines(struct arena *arena, const struct chart_data *data)
{
	struct value *chart = sheet_make(arena, "is_lines", data);
	struct value *lines = value_list(arena);
	long *names = arena_array(arena, data->series_count, sizeof(*names));
	struct plot plot = { .arena = arena, .data = data };

	lay_out(&plot, widest_name(data) + GAP);
	set_plot(&plot, chart);
	if (data->count > 0) {
		set_marks(&plot, chart);
		place_names(&plot, names);
	}
	for (size_t s = 0; s < data->series_count && data->count > 0; s++) {
		struct value *line = make_line(&plot, s);

		sheet_set_length(arena, line, "text_x", plot.right + GAP);
		sheet_set_length(arena, line, "text_y", names[s] + 40);
		value_append(arena, lines, line);
	}
	context_set_list(arena, chart, STR("series"), lines);
	sheet_set_size(arena, chart, SHEET_WIDTH, plot.bottom + AXIS_SPACE);
	return chart;
}

/* -- columns -------------------------------------------------------------- */

static struct value *make_column(const struct plot *plot, size_t index)
{
	struct arena *arena = plot->arena;
	struct value *column = value_map(arena);
	long value = sheet_value(plot->data, 0, index);
	long slot = (plot->right - plot->left) / (long)plot->data->count;
	long width = slot * 7 / 10, y = y_of(plot, value);
	struct str text = sheet_number(arena, value);

	if (value > 0 && plot->bottom - y < 10)
		y = plot->bottom - 10;
	sheet_set_length(arena, column, "x", slot_middle(plot, index) -
	    width / 2);
	sheet_set_length(arena, column, "y", y);
	sheet_set_length(arena, column, "width", width);
	sheet_set_length(arena, column, "height", plot->bottom - y);
	sheet_set_text(arena, column, "text",
	    value > 0 && 10 * chart_text_width(text) <= slot ? text :
	    STR_NONE);
	sheet_set_length(arena, column, "text_x", slot_middle(plot, index));
	sheet_set_length(arena, column, "text_y", y - 40);
	return column;
}

static void set_columns(const struct plot *plot, struct value *chart)
{
	struct value *columns = value_list(plot->arena);

	for (size_t i = 0; i < plot->data->count; i++)
		value_append(plot->arena, columns, make_column(plot, i));
	context_set_list(plot->arena, chart, STR("uprights"), columns);
}

struct value *chart_columns(struct arena *arena,
    const struct chart_data *data)
{
	struct value *chart = sheet_make(arena, "is_columns", data);
	struct plot plot = { .arena = arena, .data = data };

	lay_out(&plot, GAP);
	set_plot(&plot, chart);
	if (data->count > 0) {
		set_marks(&plot, chart);
		set_columns(&plot, chart);
	}
	if (data->reference > 0) {
		struct value *line = value_map(arena);

		sheet_set_length(arena, line, "y",
		    y_of(&plot, data->reference));
		sheet_set_length(arena, line, "text_y",
		    y_of(&plot, data->reference) - 40);
		sheet_set_number(arena, line, "text", data->reference);
		value_add(arena, chart, STR("reference"), line);
	}
	sheet_set_size(arena, chart, SHEET_WIDTH, plot.bottom + AXIS_SPACE);
	return chart;
}

struct value *chart_small(struct arena *arena, const struct chart_data *data,
    long most)
{
	struct value *chart = sheet_make(arena, "is_small", data);
	struct plot plot = { .arena = arena, .data = data, .left = 0,
		.right = SMALL_WIDTH, .top = SMALL_TOP,
		.bottom = SMALL_HEIGHT, .most = most > 1 ? most : 1 };

	if (data->count > 0)
		set_columns(&plot, chart);
	sheet_set_length(arena, chart, "base", plot.bottom);
	sheet_set_size(arena, chart, SMALL_WIDTH, SMALL_HEIGHT + 10);
	return chart;
}
