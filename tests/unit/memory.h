/* SPDX-License-Identifier: MIT */
/*
 * What tests of the lower layers share: an arena with a list of diagnostics,
 * files in memory behind a struct reader, and diagnostics as one line of text.
 */
#ifndef TESTS_MEMORY_H
#define TESTS_MEMORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/reader.h"
#include "base/vec.h"

struct memory_file {
	const char *path, *text;	/* the last path is NULL */
};

struct fixture {
	struct arena arena;
	struct diag_list diags;
	const struct memory_file *files;
	struct reader reader;
};

static inline bool memory_read(void *context, struct str path,
    struct arena *arena, struct str *bytes, struct diag_list *diags)
{
	const struct fixture *f = context;

	(void)diags;
	for (size_t i = 0; f->files[i].path != NULL; i++) {
		if (str_eq(path, str_from(f->files[i].path))) {
			/* A copy, so that a byte too far is found out. */
			*bytes = str_dup(arena, str_from(f->files[i].text));
			return true;
		}
	}
	return false;
}

static inline bool memory_list(void *context, struct str folder,
    struct arena *arena, struct vec *paths, struct diag_list *diags)
{
	const struct fixture *f = context;

	(void)arena;
	(void)diags;
	for (size_t i = 0; f->files[i].path != NULL; i++)
		if (str_starts(str_from(f->files[i].path), folder))
			*(struct str *)vec_push(paths) =
			    str_from(f->files[i].path);
	return true;
}

static inline void fixture_init(struct fixture *f,
    const struct memory_file *files)
{
	arena_init(&f->arena);
	diag_list_init(&f->diags, &f->arena);
	f->files = files;
	f->reader = (struct reader){ f, memory_read, memory_list };
}

static inline void fixture_dispose(struct fixture *f)
{
	diag_list_dispose(&f->diags);
	arena_dispose(&f->arena);
}

/* "Y0106@3:1 X0101@4:2": what was found, by place. */
static inline const char *found(struct fixture *f)
{
	struct str all = STR_NONE;

	diag_sort(&f->diags);
	for (size_t i = 0; i < f->diags.items.count; i++) {
		const struct diagnostic *d = vec_at(&f->diags.items, i);

		all = str_format(&f->arena, "%.*s%s%.*s@%u:%u",
		    STR_ARG(all), i == 0 ? "" : " ", STR_ARG(d->id),
		    (unsigned)d->mark.line, (unsigned)d->mark.column);
	}
	return str_cstr(&f->arena, all);
}

/* The message of the first diagnostic with that id, or "". */
static inline const char *message(struct fixture *f, const char *id,
    enum lang lang)
{
	for (size_t i = 0; i < f->diags.items.count; i++) {
		const struct diagnostic *d = vec_at(&f->diags.items, i);

		if (str_eq(d->id, str_from(id)))
			return str_cstr(&f->arena, d->message[lang]);
	}
	return "";
}

static inline void assert_str(struct str actual, const char *expected)
{
	struct arena arena;

	arena_init(&arena);
	assert_string_equal(str_cstr(&arena, actual), expected);
	arena_dispose(&arena);
}

#endif
