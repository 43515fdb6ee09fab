/* SPDX-License-Identifier: MIT */
/* What pages of bulletins, releases and rankings share. */
#ifndef RENDER_PUBLICATION_H
#define RENDER_PUBLICATION_H

#include "base/str.h"
#include "model/kind.h"

#include <stdbool.h>

struct arena;
struct diag_list;
struct page;
struct page_kind;
struct site;
struct value;

/* Adds the index below `folder`, and a page for each row {id, href, day,
 * title} of the query. */
void publication_list(struct site *site, struct arena *arena, int query,
    const struct page_kind *index, const char *folder,
    const struct page_kind *each);

/* The record and body of one publication; sets `variable`, body, title, and
 * what it contained that has been withdrawn since. */
bool publication_set_record(struct site *site, const struct page *page,
    enum kind kind, const char *variable, struct arena *arena,
    struct value *context, struct value *names, struct diag_list *diags);

/* The number of the record behind a publication's page. */
struct str publication_number(struct site *site, struct arena *arena,
    enum kind kind, struct str id);

/* Gives each item its achievement's card, and returns the items. */
struct value *publication_cards(struct site *site, struct arena *arena,
    struct value *items);

/* The texts of a list of {text} or {name}, joined as the language joins. */
struct str publication_joined(const struct site *site, struct arena *arena,
    const struct value *list, const char *field);

/* Sets a list under `name`, and its count for the page and its title. */
void publication_set_rows(struct arena *arena, struct value *context,
    struct value *names, struct value *list, const char *name);

#endif
