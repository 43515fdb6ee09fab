/* SPDX-License-Identifier: MIT */
/*
 * A list of the internal site: a query whose rows name records, the columns it
 * has as a table, CSV and JSON, and the rules it is there for.
 *
 * To add one: its query in queries_internal_lists.sql, a line in
 * internal_lists[] and its page kind (pages_internal_lists.c), the kind in
 * page_kinds[] (page.c), its words under internal_lists and page_titles in both
 * i18n files, and a golden site that has it.
 */
#ifndef RENDER_INTERNAL_LIST_H
#define RENDER_INTERNAL_LIST_H

#include "render/page.h"

#include <stdbool.h>
#include <stddef.h>

struct internal_list {
	const char *name;		/* folder; t.internal_lists.<name> */
	const struct page_kind *kind;
	int query;
	bool is_grouped;		/* by `group_`, with id `group_id` */
	const char *const *rules;	/* ends with NULL */
};

/* All of them, in the order of their index; the last has no name. */
extern const struct internal_list internal_lists[];

/* The rows of a list, made up: with their links, in the site's language. */
struct value *internal_list_rows(struct site *site, struct arena *arena,
    const struct internal_list *list);

/* [{name, href, title, lead, count, overdue}] of all lists that have rows or
 * not; `overdue` counts the rows whose day has passed. */
struct value *internal_list_index(struct site *site, struct arena *arena);

/* The texts of parameters by their names, for {…} in words. */
struct value *internal_parameters(struct site *site, struct arena *arena);

#endif
