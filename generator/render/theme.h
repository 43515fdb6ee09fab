/* SPDX-License-Identifier: MIT */
/*
 * A theme is a folder themes/NAME/ with theme.yaml, templates/, i18n/ and
 * static/; see zheli-template(5). It may inherit another one. Then each
 * template and each static file that it lacks is that one's, and so is each
 * word that it does not say; style sheets add up. {{>other/footer}} names the
 * template of an inherited theme `other`, also in the one that takes its place.
 */
#ifndef RENDER_THEME_H
#define RENDER_THEME_H

#include "base/diag.h"
#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct reader;
struct template_set;
struct value;
struct vec;

enum { THEME_DEPTH_MAX = 8 };	/* a theme and those it inherits */

struct theme {
	struct arena *arena;
	const struct reader *reader;	/* in which themes/ stands */
	struct str names[THEME_DEPTH_MAX];	/* it, what it inherits … */
	size_t count;
	struct value *styles;	/* list of text: files of static/, in the order
				 * in which they are to be linked */
};

/* A static file: where it is read, and what it is called below static/. */
struct theme_file {
	struct str path, name;
};

/* The theme's name in content/site.yaml, or "zheli"; sets the line and column
 * where it is written. */
struct str theme_of_site(const struct value *settings, struct mark *named);

/*
 * Opens the theme of that name and those it inherits; `named` is where the name
 * is written. What theme.yaml says wrongly is told, all of it. A style sheet
 * that is not there is a warning and left out. The theme lives in `arena`,
 * `reader` must outlive it.
 */
bool theme_open(struct arena *arena, const struct reader *reader,
    struct str name, struct mark named, struct theme *theme,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* Its templates, bound to each other. */
bool theme_templates(const struct theme *theme, struct template_set **set,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* All its words in a language: a map of maps, lists and text. */
bool theme_words(const struct theme *theme, enum lang lang,
    struct value **words, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* The bytes of a static file; false, without a diagnostic, if there is none. */
bool theme_read_static(const struct theme *theme, struct str name,
    struct str *bytes);

/* Pushes (struct theme_file) all static files, by name. */
bool theme_list_static(const struct theme *theme, struct vec *files,
    struct diag_list *diags) __attribute__((warn_unused_result));

#endif
