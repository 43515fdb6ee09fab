/* SPDX-License-Identifier: MIT */
/* Bars and tiles: marks with their label and number beside or on them. */
#include "base/arena.h"
#include "base/utf8.h"
#include "base/value.h"
#include "render/chart_sheet.h"
#include "render/context.h"

enum {
	BAR_HEIGHT = 130,
	SECOND_HEIGHT = 60,
	ROW_SPACE = 90,		/* between the bars of two labels */
	LABEL_LIMIT = 2100,	/* what labels may take of the width */
	TILE_WIDTH = 780,
	TILE_HEIGHT = 560,
	TILE_GAP = 40
};

/* The text, or as much of it as fits with an ellipsis. */
static struct str fit(struct arena *arena, struct str text, long limit)
{
	struct str ellipsis = STR("…");
	size_t keep = text.len, size;
	long room = limit - chart_text_width(ellipsis) * 10;

	if (chart_text_width(text) * 10 <= limit)
		return text;
	for (size_t at = 0; at < text.len; at += size) {
		(void)utf8_decode(text, at, &size);
		if (chart_text_width(str_slice(text, 0, at + size)) * 10 >
		    room)
			break;
		keep = at + size;
	}
	/* Not even the first character fits: the ellipsis alone. */
	if (keep == text.len)
		keep = 0;
	return str_join(arena, str_slice(text, 0, keep), ellipsis);
}

static long label_column(const struct chart_data *data)
{
	long widest = 0;

	for (size_t i = 0; i < data->count; i++)
		if (chart_text_width(data->labels[i]) * 10 > widest)
			widest = chart_text_width(data->labels[i]) * 10;
	return widest < LABEL_LIMIT ? widest : LABEL_LIMIT;
}

struct bars {
	struct arena *arena;
	const struct chart_data *data;
	long left, room, most;	/* where bars begin, how long one may be */
};

static struct value *make_mark(const struct bars *bars, size_t series,
    size_t index, long y)
{
	struct arena *arena = bars->arena;
	struct value *mark = value_map(arena);
	long value = sheet_value(bars->data, series, index);
	long width = value * bars->room / bars->most;
	long height = series == 0 ? BAR_HEIGHT : SECOND_HEIGHT;

	/* What is there at all is seen. */
	if (value > 0 && width < 10)
		width = 10;
	sheet_set_number(arena, mark, "number", (long)series + 1);
	sheet_set_length(arena, mark, "x", bars->left);
	sheet_set_length(arena, mark, "y", y);
	sheet_set_length(arena, mark, "width", width);
	sheet_set_length(arena, mark, "height", height);
	sheet_set_text(arena, mark, "text", series == 0 ?
	    sheet_number(arena, value) : STR_NONE);
	sheet_set_length(arena, mark, "text_x", bars->left + width + GAP);
	sheet_set_length(arena, mark, "text_y", y + height - 25);
	return mark;
}

static struct value *make_bar(const struct bars *bars, size_t index, long y)
{
	struct arena *arena = bars->arena;
	struct value *bar = value_map(arena), *marks = value_list(arena);
	struct str label = bars->data->labels[index];
	struct str shown = fit(arena, label, LABEL_LIMIT);

	value_append(arena, marks, make_mark(bars, 0, index, y));
	if (bars->data->series_count > 1)
		value_append(arena, marks, make_mark(bars, 1, index,
		    y + BAR_HEIGHT + 10));
	sheet_set_text(arena, bar, "label", shown);
	value_add(arena, bar, STR("is_cut"),
	    value_bool(arena, !str_eq(shown, label)));
	sheet_set_length(arena, bar, "label_x", bars->left - GAP);
	sheet_set_length(arena, bar, "label_y", y + BAR_HEIGHT - 25);
	context_set_list(arena, bar, STR("marks"), marks);
	return bar;
}

struct value *chart_bars(struct arena *arena, const struct chart_data *data)
{
	struct value *chart = sheet_make(arena, "is_bars", data);
	struct value *list = value_list(arena);
	long most = sheet_most(data);
	struct bars bars = { .arena = arena, .data = data, .most = most,
		.left = label_column(data) + GAP };
	long pitch = BAR_HEIGHT + ROW_SPACE +
	    (data->series_count > 1 ? SECOND_HEIGHT + 10 : 0);

	value_add(arena, chart, STR("legend"),
	    value_bool(arena, data->series_count > 1));
	bars.room = SHEET_WIDTH - bars.left - GAP - 10 *
	    chart_text_width(sheet_number(arena, most));
	for (size_t i = 0; i < data->count; i++)
		value_append(arena, list, make_bar(&bars, i,
		    ROW_SPACE / 2 + (long)i * pitch));
	context_set_list(arena, chart, STR("bars"), list);
	sheet_set_size(arena, chart, SHEET_WIDTH, (long)data->count * pitch);
	return chart;
}

/* -- tiles ---------------------------------------------------------------- */

/* 1 to 4 by quarters of the largest, 0 for none. */
static long level_of(long value, long most)
{
	return (value * 4 + most - 1) / most;
}

struct value *chart_tiles(struct arena *arena, const struct chart_data *data,
    const struct chart_place *places)
{
	struct value *chart = sheet_make(arena, "is_tiles", data);
	struct value *list = value_list(arena);
	long most = sheet_most(data), right = 0, bottom = 0;

	for (size_t i = 0; i < data->count; i++) {
		struct value *tile = value_map(arena);
		long value = sheet_value(data, 0, i);
		long x = (long)places[i].column * (TILE_WIDTH + TILE_GAP) / 2;
		long y = (long)places[i].row * (TILE_HEIGHT + TILE_GAP);

		sheet_set_length(arena, tile, "x", x);
		sheet_set_length(arena, tile, "y", y);
		sheet_set_length(arena, tile, "width", TILE_WIDTH);
		sheet_set_length(arena, tile, "height", TILE_HEIGHT);
		sheet_set_text(arena, tile, "label", fit(arena,
		    data->labels[i], TILE_WIDTH - GAP));
		sheet_set_text(arena, tile, "text",
		    sheet_number(arena, value));
		sheet_set_length(arena, tile, "text_x", x + TILE_WIDTH / 2);
		sheet_set_length(arena, tile, "label_y", y + 210);
		sheet_set_length(arena, tile, "text_y", y + 440);
		sheet_set_number(arena, tile, "level", level_of(value, most));
		value_append(arena, list, tile);
		right = x + TILE_WIDTH > right ? x + TILE_WIDTH : right;
		bottom = y + TILE_HEIGHT > bottom ? y + TILE_HEIGHT : bottom;
	}
	context_set_list(arena, chart, STR("tiles"), list);
	sheet_set_size(arena, chart, right, bottom);
	return chart;
}
