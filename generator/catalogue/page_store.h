/* SPDX-License-Identifier: MIT */
/*
 * What the pages of a built site were made from, kept for the next build: the
 * questions that were asked while each was rendered, and their answers
 * (render/question.h). A SQLite file beside the catalogue; it is a cache, and
 * without it everything is rendered.
 *
 * The order of calls in a build: page_store_open(); page_store_due() and its
 * like for what is to be asked again; page_store_changed() for each question
 * whose answer is another one now; page_store_known() for each
 * page; page_store_forget() for those that are rendered or gone, which is on
 * the disk before any file is written; page_store_put() for those rendered;
 * page_store_close(), which alone makes new answers count. A build that is
 * killed in between leaves the old answers without the pages it had begun, so
 * the next one renders those.
 */
#ifndef CATALOGUE_PAGE_STORE_H
#define CATALOGUE_PAGE_STORE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct page_store;
struct vec;

/* A question as the store has it: `subject` is its asker's business. */
struct stored_question {
	uint32_t kind, query;
	struct str subject;
	uint64_t answer;
	struct str about;	/* whatever else it is to be found by; may be
				 * empty */
};

/*
 * The store `name` below the cache `folder`, made if it is not there. `ground`
 * tells of all that pages rest on and do not ask for; a store that was kept
 * under another is emptied. NULL where none can be had (read-only, in use):
 * everything is rendered then, and nothing kept.
 */
struct page_store *page_store_open(struct arena *arena, struct str folder,
    struct str name, struct str ground);

/* Forgets everything: the pages are not what they were when they were put. */
void page_store_clear(struct page_store *store);

/* What is to be asked again: everything; all questions from a kind on; all of a
 * query, of the kind numbered 0; of those that are about something; and the one
 * of a kind, of no query, with that subject. */
void page_store_due_all(struct page_store *store);
void page_store_due_kinds(struct page_store *store, uint32_t first);
void page_store_due_query(struct page_store *store, uint32_t query);
void page_store_due_about(struct page_store *store, uint32_t query,
    struct str about);
void page_store_due_subject(struct page_store *store, uint32_t kind,
    struct str subject);
/* The queries that questions of the kind numbered 0 are of (uint32_t), and the
 * numbers of the questions that are due (uint32_t), in order. */
void page_store_queries(struct page_store *store, struct vec *queries);
void page_store_due(struct page_store *store, struct vec *numbers);

/* For workers: the same file for reading, opened after the fork. NULL when it
 * cannot be. */
struct page_store *page_store_reopen(struct arena *arena,
    const struct page_store *store);
/* False once anything could not be read or written: then what it said, as a
 * reader, may not be all. */
bool page_store_is_well(const struct page_store *store);
/* A reader found it damaged: it knows no page, and goes when it is closed. */
void page_store_spoil(struct page_store *store);
/* The question of that number, without what it is about; its text lives until
 * the next is asked for. False when there is none. */
bool page_store_question(struct page_store *store, uint32_t number,
    struct stored_question *question);

/* Question `number` is answered so now. */
void page_store_changed(struct page_store *store, uint32_t number,
    uint64_t answer);
/* All changes are told: works out which pages they reach. How many. */
size_t page_store_reach(struct page_store *store);

/* The page is stored, what it is has not changed (`self`), and nothing that it
 * asked has another answer; then `*facts` (in `arena`) are what was put. Told
 * soonest in the order of paths. */
bool page_store_known(struct page_store *store, struct str path,
    uint64_t self, struct arena *arena, struct str *facts);

/* Forgets all pages that page_store_known() did not say yes to, and keeps the
 * notes, now and whatever comes. False when that failed: no store then. */
bool page_store_forget(struct page_store *store);

/* After that: the answer of now of a question that pages have asked which are
 * not forgotten. False where none has. */
bool page_store_answer(struct page_store *store, uint32_t kind, uint32_t query,
    struct str subject, uint64_t *answer);

/* A page as it was rendered, and what its caller knows of it. */
void page_store_put(struct page_store *store, struct str path, uint64_t self,
    struct str facts);
/* What it asked; after page_store_put(). */
void page_store_asked(struct page_store *store,
    const struct stored_question *question);

/* A note of one word, kept with the rest: "" where there is none. */
struct str page_store_note(struct page_store *store, struct str name);
void page_store_set_note(struct page_store *store, struct str name,
    struct str value);

/* Closes; `keep` false: new answers and pages are not kept. May be NULL. */
void page_store_close(struct page_store *store, bool keep);

#endif
