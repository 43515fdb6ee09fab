/* SPDX-License-Identifier: MIT */
/*
 * Pages that a former build has made and that are the same now: they are not
 * rendered again. Each page's questions and their answers are kept
 * (render/question.h, catalogue/page_store.h); at the next build the questions
 * are put once more, by workers, and pages whose answers are all the same stay
 * as they are. Everything else that pages rest on is the ground they are kept
 * on: the program, the settings, the words, the schemas, whether there is a
 * private folder, and that nobody else has written to the folders since. On
 * another ground everything is rendered.
 *
 * That an answer is the same is seen by asking. Not asked is what cannot have
 * another answer: where the catalogue was gone on with from the very state that
 * the pages were made of, and nothing that the query reads is otherwise
 * (site/questions_due.h). What tells of all other files (`is_last` of its kind)
 * and what asks nothing is made again each time.
 */
#ifndef SITE_KEPT_PAGES_H
#define SITE_KEPT_PAGES_H

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct catalogue;
struct folder;
struct page;
struct page_store;
struct pipeline;
struct questions;
struct site;

struct kept_pages {
	struct pipeline *pipeline;
	struct page_store *store;	/* NULL: everything is rendered */
	const struct site *site;
	const struct folder *output, *internal;
	bool is_ours;			/* what it holds was written last */
	struct vec due;			/* uint32_t: questions to be asked */
	size_t jobs;			/* that they are dealt out to */
	struct vec expected;		/* of them those that may have another
					 * answer, where that is checked */
	/* Of a worker that asks again: its own handles. */
	struct catalogue *catalogue;
	struct page_store *reader;
};

/*
 * Opens what was kept of the sites in these folders (`internal` NULL: none),
 * whose pages are listed, and asks again what may have another answer; `anew`:
 * forgets it instead. False with a diagnostic only when the machine failed.
 */
bool kept_pages_open(struct kept_pages *kept, struct pipeline *pipeline,
    const struct site *site, const struct folder *output,
    const struct folder *internal, bool anew);

/* Whether the page stays as it is, and if so the facts that were kept with it
 * (in the pipeline's scratch); to be asked once for each page. */
bool kept_pages_has(const struct kept_pages *kept, const struct page *page,
    struct str *facts);

/* Before the first file is written: what is not kept is forgotten. */
void kept_pages_begin(struct kept_pages *kept);

/* What a worker tells of a page that it rendered, and its parent keeps, with
 * other facts of it, if there are any. */
void kept_pages_pack(struct buf *answer, const struct questions *questions);
void kept_pages_take(struct kept_pages *kept, const struct page *page,
    struct str facts, struct str answer);

/* `is_built`: all that had to be written was. */
void kept_pages_close(struct kept_pages *kept, bool is_built);

#endif
