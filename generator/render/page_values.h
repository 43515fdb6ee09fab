/* SPDX-License-Identifier: MIT */
/* Putting together what a page gives its template; none of it asks the site. */
#ifndef RENDER_PAGE_VALUES_H
#define RENDER_PAGE_VALUES_H

#include "base/str.h"

#include <stddef.h>

struct arena;
struct value;

/* Sets context.name and context.has_name to a list. */
void page_set_list(struct arena *arena, struct value *context,
    const char *name, struct value *list);
void page_set(struct arena *arena, struct value *context, const char *name,
    struct value *value);
void page_set_text(struct arena *arena, struct value *context,
    const char *name, struct str text);
/* How many a list has, for the template and for the title. */
void page_set_count(struct arena *arena, struct value *context,
    struct value *names, size_t count);
/* Groups rows by their `year` into [{year, count?, name: […]}]. */
struct value *page_by_year(struct arena *arena, struct value *rows,
    const char *name);
/* code, label, href, count beside `term`, as the templates of terms want it. */
void page_flatten_terms(struct arena *arena, struct value *rows);
/* Only the named fields of a map (NULL ends them), null where it has none. */
struct value *page_pick(struct arena *arena, const struct value *map,
    const char *const *names);

#endif
