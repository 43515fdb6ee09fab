/* SPDX-License-Identifier: MIT */
/* What the page of an achievement says beside what its record says: how to cite
 * it, what it is for machines, what happened when, what is like it. */
#ifndef RENDER_ACHIEVEMENT_ABOUT_H
#define RENDER_ACHIEVEMENT_ABOUT_H

struct arena;
struct page;
struct site;
struct value;

/*
 * Sets identity (its address in the site's first language), author_names,
 * citation {gbt7714, bibtex, ris}, linked_data (JSON-LD, safe within a script
 * element) and qr, from the record made up for reading and what the context has
 * already: card, units, people, papers, dossier, publications.
 */
void achievement_describe(struct site *site, const struct page *page,
    struct arena *arena, struct value *context, const struct value *made);

/* Adds to context.history what else is dated, by the as-of date: when it was
 * obtained and handed in, rights, papers, transfers, publications. */
void achievement_set_timeline(struct site *site, struct arena *arena,
    struct value *context, const struct value *made);

#endif
