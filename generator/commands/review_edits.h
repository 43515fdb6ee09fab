/* SPDX-License-Identifier: MIT */
/*
 * How two texts of a record differ, field by field, in the words of its schema:
 * not lines of YAML, of which a reordered list or another kind of quotation
 * marks makes a change that is none.
 *
 * Entries of lists are matched by what they say, then by what they are called
 * (their first field that is given), then by their order; a list whose entries
 * merely stand in another order is told as such. Bodies are compared paragraph
 * by paragraph.
 */
#ifndef COMMANDS_REVIEW_EDITS_H
#define COMMANDS_REVIEW_EDITS_H

#include "base/lang.h"
#include "base/str.h"

struct arena;
struct field;
struct record;
struct vec;

enum edit_kind {
	EDIT_ADDED,	/* `now` alone */
	EDIT_REMOVED,	/* `old` alone */
	EDIT_CHANGED,
	EDIT_REORDERED	/* old and now: the entries' names in their order */
};

struct edit {
	enum edit_kind kind;
	struct str path;		/* "people[2].unit"; "body" */
	struct str label[LANG_COUNT];	/* "完成人 › 第 2 项 › 单位" */
	struct str old[LANG_COUNT], now[LANG_COUNT];
};

/*
 * Appends the edits (struct edit, in `arena`) that make `now` of `old`; either
 * may be NULL. `root` is that of the kind's fields.
 */
void edits_of(struct arena *arena, const struct field *root,
    const struct record *old, const struct record *now, struct vec *edits);

/* The value in words, on one line: "姓名：赵甲；单位：演示实验室". */
struct value;
struct str edit_words(struct arena *arena, const struct field *field,
    const struct value *value, enum lang lang);

#endif
