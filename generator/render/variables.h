/* SPDX-License-Identifier: MIT */
/*
 * What templates are given: the form of the data of many pages, put together.
 * zheli-template(5) lists it, and a theme is held against it: a name in a
 * template that no page gives is a slip.
 */
#ifndef RENDER_VARIABLES_H
#define RENDER_VARIABLES_H

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>

struct arena;
struct buf;
struct diag_list;
struct template;
struct template_set;
struct value;

/* A field, or the items of a list, as it was on all pages seen. */
struct variable {
	struct str name;	/* empty: of an item, or of all */
	/* What it was somewhere; null says nothing. */
	bool is_text, is_bool, is_map, is_list;
	bool is_number;		/* all its texts are numbers */
	struct vec fields;	/* of maps: struct variable *, by name */
	struct variable *items;	/* of lists; or NULL */
};

/* One that was nothing yet. It lives in `arena` and is freed by
 * variable_dispose(). */
struct variable *variable_new(struct arena *arena, struct str name);
void variable_dispose(struct variable *variable);

/* Adds the form of `value`. */
void variable_add(struct arena *arena, struct variable *variable,
    const struct value *value);

/* Whether it was null on all pages, or the item of a list without any. */
bool variable_is_empty(const struct variable *variable);

/* The field of that name, or NULL. */
struct variable *variable_field(const struct variable *variable,
    struct str name);

/* Leaves in `common` only the fields that `variable` has too, with what they
 * are there; the first time, all of them. */
void variables_common(struct arena *arena, struct variable *common,
    const struct variable *variable, bool is_first);

/*
 * Writes the fields that `but` (may be NULL) does not have, a line each: "name"
 * for a text, "name#" for a number, "name?" for a boolean, "name (a, b)" for a
 * map, "name[] (a, b)" for a list. A form that many fields have is written
 * once, by variables_write_forms(), and named "name: date"; what was empty on
 * all pages is "name: nothing". What comes of itself is left out: has_x beside
 * a list x; first, last and index of items.
 */
void variables_write(const struct variable *variable,
    const struct variable *but, struct buf *out);
/* Puts what fields of such forms below `variable` have into `all`, by name. */
void variables_take_forms(struct arena *arena,
    const struct variable *variable, struct variable *all);
void variables_write_forms(const struct variable *all, struct buf *out);

/*
 * Follows what `template` shows of `given`, into its partials and parents, and
 * marks the tags it comes to and those whose names lead somewhere. When this
 * was done for each kind of page, template_names_tell() tells of the tags of
 * the theme itself that were come to and never led anywhere; the themes that it
 * inherits have authors of their own.
 */
void template_names_follow(struct template *template,
    const struct variable *given);
void template_names_tell(const struct template_set *set,
    struct diag_list *diags);

#endif
