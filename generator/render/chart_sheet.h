/* SPDX-License-Identifier: MIT */
/*
 * What the files of the chart share: the sheet and how lengths are written.
 * Included by chart*.c alone. Lengths are tenths of a unit.
 */
#ifndef RENDER_CHART_SHEET_H
#define RENDER_CHART_SHEET_H

#include "base/str.h"
#include "render/chart.h"

#include <stddef.h>

enum {
	TEXT_SIZE = 12,		/* units */
	SHEET_WIDTH = 3600,
	GAP = 60		/* between a mark and its text */
};

/* A chart with table and facts; `kind` is the name of its flag. */
struct value *sheet_make(struct arena *arena, const char *kind,
    const struct chart_data *data);
void sheet_set_size(struct arena *arena, struct value *chart, long width,
    long height);

void sheet_set_text(struct arena *arena, struct value *map, const char *name,
    struct str text);
void sheet_set_number(struct arena *arena, struct value *map,
    const char *name, long number);
/* Units with one decimal where it is not zero. */
void sheet_set_length(struct arena *arena, struct value *map,
    const char *name, long tenths);
struct str sheet_number(struct arena *arena, long number);

/* A value, none if it is negative. */
long sheet_value(const struct chart_data *data, size_t series, size_t index);
/* The largest of all series and the reference; at least 1. */
long sheet_most(const struct chart_data *data);

#endif
