/* SPDX-License-Identifier: MIT */
#include "render/listing_rows.h"

#include "render/page.h"
#include "render/question.h"

void listing_rows_init(struct listing_rows *kept)
{
	*kept = (struct listing_rows){ .site = NULL };
	arena_init(&kept->arena);
	vec_init(&kept->asked, sizeof(struct question));
}

void listing_rows_dispose(struct listing_rows *kept)
{
	arena_dispose(&kept->arena);
	vec_dispose(&kept->asked);
	kept->site = NULL;
}

struct arena *listing_rows_begin(struct listing_rows *kept)
{
	arena_reset(&kept->arena);
	vec_clear(&kept->asked);
	kept->site = NULL;
	return &kept->arena;
}

void listing_rows_keep(struct listing_rows *kept, const struct site *site,
    const struct page *page, struct value *rows)
{
	const struct questions *questions = site->wording.questions;

	kept->site = site;
	kept->listing = page->beside;
	kept->key = str_dup(&kept->arena, page->key);
	kept->rows = rows;
	for (size_t i = 0; questions != NULL && i < questions->items.count;
	     i++) {
		struct question *asked = vec_push(&kept->asked);

		*asked = *(const struct question *)vec_at(&questions->items,
		    i);
		asked->subject = str_dup(&kept->arena, asked->subject);
	}
}

struct value *listing_rows_take(struct listing_rows *kept,
    const struct site *site, const struct page *page)
{
	if (kept->site != site || kept->listing != page->beside ||
	    !str_eq(kept->key, page->key))
		return NULL;
	for (size_t i = 0; i < kept->asked.count; i++) {
		const struct question *asked = vec_at(&kept->asked, i);

		questions_add(site->wording.questions,
		    (enum question_kind)asked->kind, asked->query,
		    asked->subject, asked->answer);
	}
	return kept->rows;
}
