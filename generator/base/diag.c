/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include "base/arena.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

static const struct diag_info infos[] = {
#define DIAG(name_, id_, severity_, en, zh, hint_en, hint_zh) \
	{ .id = { id_, sizeof(id_) - 1 }, \
	  .name = { #name_, sizeof(#name_) - 1 }, .severity = severity_, \
	  .message = { { zh, sizeof(zh) - 1 }, { en, sizeof(en) - 1 } }, \
	  .hint = { { hint_zh, sizeof(hint_zh) - 1 }, \
		    { hint_en, sizeof(hint_en) - 1 } } },
#include "base/diag_codes.def"
#undef DIAG
};

void diag_list_init(struct diag_list *list, struct arena *arena)
{
	*list = (struct diag_list){ .arena = arena };
	vec_init(&list->items, sizeof(struct diagnostic));
	map_init(&list->texts, arena);
}

void diag_list_dispose(struct diag_list *list)
{
	vec_dispose(&list->items);
}

size_t diag_errors(const struct diag_list *list)
{
	return list->counts[DIAG_ERROR] + list->counts[DIAG_FATAL];
}

struct str diag_fill(struct arena *arena, struct str text,
    const struct str *args, size_t arg_count)
{
	struct buf filled;
	struct str copy;

	buf_init(&filled);
	for (size_t i = 0; i < text.len; i++) {
		size_t number = 0;

		if (text.ptr[i] == '{' && i + 2 < text.len &&
		    text.ptr[i + 2] == '}')
			number = (size_t)(text.ptr[i + 1] - '0');
		if (number >= 1 && number <= arg_count) {
			buf_append(&filled, args[number - 1]);
			i += 2;
		} else {
			buf_append_char(&filled, text.ptr[i]);
		}
	}
	copy = str_dup(arena, buf_str(&filled));
	buf_dispose(&filled);
	return copy;
}

/* `args` of each language, `arg_count` of them. */
static bool add_filled(struct diag_list *list, struct mark mark,
    enum diag_code code, const struct str *const args[LANG_COUNT],
    size_t arg_count)
{
	const struct diag_info *info = &infos[code];
	struct diagnostic d = { .mark = mark, .id = info->id,
		.severity = info->severity };

	for (size_t lang = 0; lang < LANG_COUNT; lang++) {
		d.message[lang] = diag_fill(list->arena, info->message[lang],
		    args[lang], arg_count);
		d.hint[lang] = diag_fill(list->arena, info->hint[lang],
		    args[lang], arg_count);
	}
	d.mark.path = str_dup(list->arena, mark.path);
	*(struct diagnostic *)vec_push(&list->items) = d;
	list->counts[d.severity]++;
	return false;
}

bool diag_add_code(struct diag_list *list, struct mark mark,
    enum diag_code code, const struct str *args, size_t arg_count)
{
	const struct str *const same[LANG_COUNT] = { args, args };

	return add_filled(list, mark, code, same, arg_count);
}

bool diag_report_texts(struct diag_list *list, struct mark mark,
    enum diag_code code, struct str subject,
    const struct str text[LANG_COUNT])
{
	const size_t first = subject.ptr == NULL ? 1 : 0;
	const struct str args[LANG_COUNT][2] = { { subject, text[0] },
		{ subject, text[1] } };
	const struct str *const each[LANG_COUNT] = { args[0] + first,
		args[1] + first };

	return add_filled(list, mark, code, each, 2 - first);
}

/* A copy in the list's arena that equal texts share. */
static struct str share(struct diag_list *list, struct str text)
{
	return text.len == 0 ? STR_NONE : map_key(&list->texts, text);
}

/* What is said of one file mostly comes together. */
static struct str share_path(struct diag_list *list, struct str path)
{
	const struct diagnostic *last = list->items.count == 0 ? NULL :
	    vec_at(&list->items, list->items.count - 1);

	return last != NULL && str_eq(last->mark.path, path) ?
	    last->mark.path : str_dup(list->arena, path);
}

static bool is_told(const struct diag_list *list,
    const struct diagnostic *fault)
{
	for (size_t i = 0; i < list->items.count; i++) {
		const struct diagnostic *told = vec_at(&list->items, i);

		if (told->severity == fault->severity &&
		    str_eq(told->id, fault->id) &&
		    str_eq(told->mark.path, fault->mark.path) &&
		    str_eq(told->message[LANG_ZH], fault->message[LANG_ZH]))
			return true;
	}
	return false;
}

void diag_add(struct diag_list *list, const struct diagnostic *diagnostic)
{
	struct diagnostic *copy;
	struct str path;

	if (diagnostic->severity == DIAG_FATAL && is_told(list, diagnostic))
		return;
	path = share_path(list, diagnostic->mark.path);
	copy = vec_push(&list->items);
	*copy = *diagnostic;
	copy->mark.path = path;
	copy->id = share(list, diagnostic->id);
	copy->basis = share(list, diagnostic->basis);
	copy->due = share(list, diagnostic->due);
	copy->bare = share(list, diagnostic->bare);
	copy->binds = share(list, diagnostic->binds);
	copy->field = share(list, diagnostic->field);
	for (size_t lang = 0; lang < LANG_COUNT; lang++) {
		copy->message[lang] =
		    str_dup(list->arena, diagnostic->message[lang]);
		copy->hint[lang] = share(list, diagnostic->hint[lang]);
	}
	list->counts[copy->severity]++;
}

bool diag_is_of_cache(const struct diagnostic *diagnostic)
{
	return str_eq(diagnostic->id, infos[DIAG_CATALOGUE_REBUILT].id);
}

static int compare_number(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

int diag_cmp(const struct diagnostic *a, const struct diagnostic *b)
{
	int order = str_cmp(a->mark.path, b->mark.path);

	if (order == 0)
		order = compare_number(a->mark.line, b->mark.line);
	if (order == 0)
		order = compare_number(a->mark.column, b->mark.column);
	if (order == 0)
		order = str_cmp(a->id, b->id);
	if (order == 0)
		order = str_cmp(a->message[LANG_ZH], b->message[LANG_ZH]);
	return order;
}

static int compare(const void *left, const void *right)
{
	return diag_cmp(left, right);
}

void diag_sort(struct diag_list *list)
{
	vec_sort(&list->items, compare);
}

const struct diag_info *diag_info(enum diag_code code)
{
	return &infos[code];
}

const struct diag_info *diag_info_find(struct str id)
{
	for (size_t i = 0; i < DIAG_CODE_COUNT; i++)
		if (str_eq(infos[i].id, id))
			return &infos[i];
	return NULL;
}

struct str diag_severity_name(enum diag_severity severity)
{
	static const struct str names[] = {
		[DIAG_NOTICE] = { "notice", 6 },
		[DIAG_WARNING] = { "warning", 7 },
		[DIAG_ERROR] = { "error", 5 },
		[DIAG_FATAL] = { "fatal", 5 },
	};

	return names[severity];
}
