/* SPDX-License-Identifier: MIT */
/*
 * Lists of achievements by a term: a field, a place, a category, a kind of
 * unit, what became of them; or by unit. A term's page shows its newest and
 * links to a page a year. A year of more than limits.list_entries
 * (content/site.yaml; 500) shows its newest as well, and links to a page a
 * month. So no page grows without end, and a new achievement changes none of
 * another month.
 */
#ifndef RENDER_TERM_H
#define RENDER_TERM_H

#include "base/str.h"

#include <stddef.h>

struct arena;
struct page_kind;
struct site;
struct value;

struct term_source {
	const char *folder;
	const struct page_kind *index, *term;	/* index NULL: another has it */
	int terms, cards;
	int spans;			/* {span, count} by year or month */
	int figures;			/* {landmarks, units, transferred} */
	const char *code_list;		/* NULL: they are units */
};

/* Of the kind of its index, or of its terms' pages. */
const struct term_source *term_source_of(const struct page_kind *kind);

/* A term, a year or a month of it. */
struct term_part {
	const struct term_source *source;
	struct str code, year, month;	/* "2026", "2026-06"; or empty */
};

/* Of a page with the key "code", "code/2026" or "code/2026-06". */
struct term_part term_part_of(const struct page_kind *kind, struct str key);

/* Adds the pages of the years and months of a term, whose own is at `href`. */
void term_list_parts(struct site *site, struct arena *arena,
    const struct term_source *source, struct str href, struct str code);

/* Of a term or a year: sets years and chart, which is about the term `label`;
 * of a year months as well, if they have pages, and is_whole (what is listed is
 * all there is). Returns how many achievements the term has. */
size_t term_set_parts(struct site *site, struct arena *arena,
    const struct term_part *part, struct str label, struct value *context);

/* Of a month: sets whole_year, and previous and next where those months have
 * pages, all {href, label}. It asks for nothing of other months, and stays as
 * it is when they change. */
void term_set_month(struct site *site, struct arena *arena,
    const struct term_part *part, struct value *context);

/* The achievements that its page lists. */
struct value *term_part_rows(struct site *site, struct arena *arena,
    const struct term_part *part);

/* term_chart.c: sets context.chart to a chart of the months of a year, or of
 * the last two years, from rows {span, count, href}; none if all are 0. A month
 * leads to its `href`, else to the year below `folder`. */
void term_chart(struct site *site, struct arena *arena, struct value *context,
    const struct value *rows, struct str folder, struct str year,
    struct str label);

#endif
