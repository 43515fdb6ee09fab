/* SPDX-License-Identifier: MIT */
/*
 * A list of rows in three forms, from one description of its columns: a table
 * for a page, CSV for spreadsheets, JSON for programs. So none of them can say
 * what the others do not.
 *
 * Rows are maps as catalogue_rows() makes them with context_typing(): a date is
 * {iso, text}, a term {code, label}, a flag a boolean, texts a list of {text},
 * links one of {text, href}, all else text. A column names a value by its path;
 * what a row does not have is empty, or null in JSON.
 */
#ifndef RENDER_LISTING_H
#define RENDER_LISTING_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct value;
struct wording;

enum listing_form {
	LISTING_PLAIN,		/* by the kind of its values */
	LISTING_NUMBER,		/* text that is a number, perhaps with a sign */
	LISTING_CODE,		/* text for machines, such as a path */
	LISTING_DATA		/* as PLAIN, but left out of the table */
};

struct listing_column {
	const char *name;	/* in JSON; its label is t.columns.<name>; NULL
				 * ends a description */
	const char *path;	/* of the value in a row; NULL: the name */
	const char *href;	/* path of an address the table links it to:
				 * from the top of the site, or whole */
	enum listing_form form;
};

/*
 * Appends a header of labels and a line for each row, with the mark that
 * spreadsheets need. A date is written as ISO, a term as its label, a flag as
 * t.yes or t.no.
 */
void listing_csv(const struct listing_column *columns,
    const struct wording *wording, struct arena *arena,
    const struct value *rows, struct buf *out);

/*
 * Appends an object: the texts of `head` (a map, or NULL), then "items", an
 * object for each row. A date is its ISO text, a term {"code", "label"}, a
 * flag true or false, texts an array.
 */
void listing_json(const struct listing_column *columns,
    const struct value *head, const struct value *rows, struct buf *out);

/*
 * {columns: [{label, name, is_number}], rows: [{cells: [{label, text, iso,
 * href, url, links, is_number, is_code, is_term, is_heading}], id}]} with
 * has_columns and has_rows, for a template. The first column is the heading of
 * its row. `href` is below the top of the site, `url` an address of another
 * one; `links` is a list of {text, href}, and there is no text then. Rows keep
 * their `id`.
 */
struct value *listing_table(const struct listing_column *columns,
    const struct wording *wording, struct arena *arena,
    const struct value *rows);

#endif
