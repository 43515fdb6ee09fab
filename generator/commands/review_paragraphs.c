/* SPDX-License-Identifier: MIT */
#include "commands/review_paragraphs.h"

#include "base/arena.h"
#include "base/vec.h"
#include "commands/command.h"
#include "commands/review_edits.h"

#include <stdint.h>

/* More pairs than this are not weighed: all of the middle is then told as
 * replaced, which is what such an edit amounts to. */
enum { PAIRS_MAX = 250000 };


/* Lines between empty ones. */
static void split(struct str body, struct vec *parts)
{
	size_t from = STR_NOT_FOUND, end = 0;
	struct str rest = body;

	while (rest.ptr != NULL) {
		struct str line = str_cut(&rest, '\n');
		size_t at = line.ptr == NULL ? 0 :
		    (size_t)(line.ptr - body.ptr);

		if (str_trim(line).len > 0) {
			from = from == STR_NOT_FOUND ? at : from;
			end = at + line.len;
		} else if (from != STR_NOT_FOUND) {
			*(struct str *)vec_push(parts) = str_trim(
			    str_slice(body, from, end));
			from = STR_NOT_FOUND;
		}
	}
	if (from != STR_NOT_FOUND)
		*(struct str *)vec_push(parts) = str_trim(
		    str_slice(body, from, end));
}

static struct str part(const struct vec *parts, size_t index)
{
	return *(const struct str *)vec_at(parts, index);
}

static void add(struct arena *arena, struct vec *edits, size_t index,
    const struct str *old, const struct str *now)
{
	struct edit *edit = vec_push(edits);

	edit->kind = old == NULL ? EDIT_ADDED :
	    now == NULL ? EDIT_REMOVED : EDIT_CHANGED;
	edit->path = str_format(arena, "body[%zu]", index + 1);
	edit->label[LANG_ZH] = str_format(arena, "正文 › 第 %zu 段",
	    index + 1);
	edit->label[LANG_EN] = str_format(arena, "body › paragraph %zu",
	    index + 1);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		edit->old[lang] = old != NULL ? *old : STR_NONE;
		edit->now[lang] = now != NULL ? *now : STR_NONE;
	}
}

/* The differing middles, and the longest common subsequence of each rest. */
struct middle {
	const struct vec *old, *now;
	size_t from, old_end, now_end;
	uint32_t *lengths;	/* NULL: not weighed */
};

static size_t cell(const struct middle *middle, size_t o, size_t n)
{
	return (o - middle->from) * (middle->now_end - middle->from + 1) +
	    (n - middle->from);
}

static void weigh(struct arena *arena, struct middle *middle)
{
	size_t olds = middle->old_end - middle->from + 1;
	size_t nows = middle->now_end - middle->from + 1;

	if (olds > PAIRS_MAX / nows)
		return;
	middle->lengths = arena_array(arena, olds * nows, sizeof(uint32_t));
	for (size_t o = middle->old_end; o-- > middle->from;)
		for (size_t n = middle->now_end; n-- > middle->from;) {
			uint32_t *length =
			    &middle->lengths[cell(middle, o, n)];
			uint32_t skip_old =
			    middle->lengths[cell(middle, o + 1, n)];
			uint32_t skip_now =
			    middle->lengths[cell(middle, o, n + 1)];

			if (str_eq(part(middle->old, o), part(middle->now, n)))
				*length = 1 + middle->lengths[
				    cell(middle, o + 1, n + 1)];
			else
				*length = skip_old > skip_now ? skip_old :
				    skip_now;
		}
}

/* Steps to the next pair of paragraphs that are kept, or to both ends. */
static void skip_to_kept(const struct middle *middle, size_t *o, size_t *n)
{
	if (middle->lengths == NULL) {
		*o = middle->old_end;
		*n = middle->now_end;
		return;
	}
	while (*o < middle->old_end || *n < middle->now_end) {
		if (*o < middle->old_end && *n < middle->now_end &&
		    str_eq(part(middle->old, *o), part(middle->now, *n)))
			return;
		if (*n == middle->now_end || (*o < middle->old_end &&
		    middle->lengths[cell(middle, *o + 1, *n)] >=
		    middle->lengths[cell(middle, *o, *n + 1)]))
			(*o)++;
		else
			(*n)++;
	}
}

static void tell(struct arena *arena, const struct middle *middle,
    struct vec *edits)
{
	size_t o = middle->from, n = middle->from;

	while (o < middle->old_end || n < middle->now_end) {
		size_t old_from = o, now_from = n;

		skip_to_kept(middle, &o, &n);
		while (old_from < o || now_from < n) {
			struct str old = old_from < o ?
			    part(middle->old, old_from) : STR_NONE;
			struct str now = now_from < n ?
			    part(middle->now, now_from) : STR_NONE;

			add(arena, edits, now_from < n ? now_from : old_from,
			    old_from < o ? &old : NULL,
			    now_from < n ? &now : NULL);
			old_from += old_from < o;
			now_from += now_from < n;
		}
		if (o < middle->old_end && n < middle->now_end) {
			o++;
			n++;
		}
	}
}

void paragraphs_compare(struct arena *arena, struct str old, struct str now,
    struct vec *edits)
{
	struct vec olds, nows;
	struct middle middle = { .old = &olds, .now = &nows };

	vec_init(&olds, sizeof(struct str));
	vec_init(&nows, sizeof(struct str));
	split(old, &olds);
	split(now, &nows);
	middle.old_end = olds.count;
	middle.now_end = nows.count;
	while (middle.from < olds.count && middle.from < nows.count &&
	    str_eq(part(&olds, middle.from), part(&nows, middle.from)))
		middle.from++;
	while (middle.old_end > middle.from && middle.now_end > middle.from &&
	    str_eq(part(&olds, middle.old_end - 1),
		part(&nows, middle.now_end - 1))) {
		middle.old_end--;
		middle.now_end--;
	}
	weigh(arena, &middle);
	tell(arena, &middle, edits);
	vec_dispose(&olds);
	vec_dispose(&nows);
}
