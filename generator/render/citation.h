/* SPDX-License-Identifier: MIT */
/*
 * How an achievement is cited: GB/T 7714-2015 as an electronic resource,
 * BibTeX and RIS. Each is text to be copied; what a record says is escaped by
 * the rules of its format, so that no title can end a field or begin another.
 */
#ifndef RENDER_CITATION_H
#define RENDER_CITATION_H

#include "base/str.h"

struct arena;
struct value;

/* What is cited. Lists are of text; of authors and units one may be empty:
 * units stand for the authors then. */
struct citation {
	struct str id;			/* "unit/slug" */
	struct str title, abstract, publisher, url;
	struct str date;		/* ISO */
	struct str accessed;		/* in the place of the day on which the
					 * reader saw it, which is the
					 * reader's to fill in */
	struct str number;		/* with its name, or empty */
	struct str others;		/* "等": for authors left out */
	const struct value *authors, *units, *keywords;
};

/* "Zhao Jia, Qian Yi, Sun Bing, 等. Title[EB/OL]. (day)[accessed]. URL." */
struct str citation_gbt7714(const struct citation *citation,
    struct arena *arena);

/* An entry @misc, whose key is the id. */
struct str citation_bibtex(const struct citation *citation,
    struct arena *arena);

/* A record of type ELEC; lines end with a line feed. */
struct str citation_ris(const struct citation *citation, struct arena *arena);

#endif
