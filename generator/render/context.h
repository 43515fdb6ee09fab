/* SPDX-License-Identifier: MIT */
/*
 * What templates get: values made up for reading. Dates become {iso, text},
 * terms of code lists {code, value, label, href}, flags booleans; lists get
 * numbered items, and a `has_<list>` beside them. All wording comes from the
 * theme's i18n tree `t`; see zheli-template(5).
 */
#ifndef RENDER_CONTEXT_H
#define RENDER_CONTEXT_H

#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct codes;
struct field;
struct value;

/* What making values up depends on; the same for a whole site. */
struct wording {
	const struct codes *codes;
	const struct value *t;		/* the theme's i18n tree */
	enum lang lang;
};

/* {iso, text}; `text` by t.date_pattern or, for a month or a year,
 * t.month_pattern or t.year_pattern. */
struct value *context_date(const struct wording *wording, struct arena *arena,
    struct str iso);

/* {code, value, label, text, unconfirmed, href?} of a term of a code list,
 * written as its Chinese term or its code; code and label are the term itself
 * if unknown. */
struct value *context_term(const struct wording *wording, struct arena *arena,
    struct str list, struct str term);

/* A catalogue_typing (see catalogue.h); its context is a wording. */
struct value *context_typing(const void *context, struct arena *arena,
    struct str type, struct str cell);

/*
 * A record's data, made up by the fields of its kind. What the record does not
 * say is null, so that a template never takes an outer name for it. Unknown
 * keys are left out, and so are the fields named in `hidden` (ends with an
 * empty str; may be NULL).
 */
struct value *context_record(const struct wording *wording,
    struct arena *arena, const struct field *root, const struct value *data,
    const struct str *hidden);

/* Sets parent.name to the list and parent.has_name; numbers its maps with
 * index, first and last. */
void context_set_list(struct arena *arena, struct value *parent,
    struct str name, struct value *list);

/* The text under a dotted path of `t`, or the path itself so that a missing
 * translation shows. */
struct str wording_text(const struct wording *wording, struct str path);

/* The same with {name} replaced by the texts of `values`. */
struct str wording_fill(const struct wording *wording, struct arena *arena,
    struct str path, const struct value *values);

/* Adds percent (of the largest `count`) to each row of a list. */
void context_percent(struct arena *arena, struct value *rows);

/* The number at a name of a row; 0 if there is none. */
long context_number(const struct value *row, const char *name);

/* Sets amount, is_up, is_down, as the partial `change` has them. */
void context_set_change(struct arena *arena, struct value *row, long now,
    long before);

#endif
