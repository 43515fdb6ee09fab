/* SPDX-License-Identifier: MIT */
/*
 * What a page was made from, taken down while it is rendered: every question
 * that was put to what may change between two builds, and its answer. A page
 * whose questions are all answered the same is the same, and need not be
 * rendered again (site/kept_pages.h). What is not asked through here must
 * be part of what a site is kept under.
 *
 * Without a list (NULL, as in most tests) nothing is taken down.
 */
#ifndef RENDER_QUESTION_H
#define RENDER_QUESTION_H

#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct codes;
struct code_list;
struct site;
struct wording;

enum question_kind {
	ASKED_QUERY,	/* of the catalogue; subject: the parameters, packed */
	ASKED_FILE,	/* the bytes of a file of the registry, by its path */
	ASKED_PRESENT,	/* whether the registry has that file below content/ */
	ASKED_ADDRESS,	/* whether there is a public page, by its address */
	ASKED_CODES,	/* a code list, by its name; all of them: empty */
	ASKED_COME,	/* whether a day, ISO, has come by the as-of date */
	ASKED_DAY,	/* the as-of date */
	ASKED_MONTH,	/* its month */
	ASKED_COMMIT	/* the commit */
};

struct question {
	uint32_t kind;		/* enum question_kind */
	uint32_t query;		/* enum query; else 0 */
	struct str subject;
	uint64_t answer;
};

struct questions {
	struct arena *arena;	/* of the page */
	struct vec items;	/* struct question, each once */
	struct map seen;
};

/* For one page; what is taken down lives as long as `arena`. */
void questions_init(struct questions *questions, struct arena *arena);
void questions_dispose(struct questions *questions);
/* Takes one down, unless it was before. `questions` may be NULL. */
void questions_add(struct questions *questions, enum question_kind kind,
    uint32_t query, struct str subject, uint64_t answer);

/* A question, or all, as bytes and back (base/pack.h). */
void question_pack(struct buf *out, const struct question *question);
bool question_unpack(struct str *bytes, struct question *question);

/* Parameters of a query as the subject of a question, in `arena`, and back:
 * how many, up to QUESTION_PARAMS. */
enum { QUESTION_PARAMS = 8 };
struct str question_subject(struct arena *arena, const struct str *params,
    size_t count);
size_t question_params(struct str subject,
    struct str params[QUESTION_PARAMS]);

/* -- what pages ask, taken down ------------------------------------------- */

/* The as-of date, ISO, for whoever shows it or reckons with it. */
struct str site_day(const struct site *site);
/* The same for whoever reckons with its month alone: its first day. */
struct str site_month(const struct site *site, struct arena *arena);
/* The commit; empty where the files are of none. */
struct str site_commit(const struct site *site);
/* Whether a day (ISO; also a month or a year) is not after the as-of date: all
 * that most pages have to know of it. */
bool site_has_come(const struct site *site, struct str day);
/* As codes_list(); an empty name is that of all lists, and leads to none. */
const struct code_list *wording_codes(const struct wording *wording,
    struct str name);
/* What a question for that list is answered. */
uint64_t codes_answer(const struct codes *codes, struct str name);

#endif
