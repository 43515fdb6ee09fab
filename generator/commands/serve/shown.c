/* SPDX-License-Identifier: MIT */
#include "commands/serve/shown.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"

#include <string.h>

void shown_init(struct shown *shown, uint64_t generation)
{
	*shown = (struct shown){ .built = generation };
	vec_init(&shown->pages, sizeof(struct shown_page));
	for (size_t i = 0; i < SHOWN_VIEWS; i++)
		buf_init(&shown->views[i].path);
}

static void dispose_page(struct shown_page *page)
{
	buf_dispose(&page->path);
	buf_dispose(&page->bytes);
}

void shown_dispose(struct shown *shown)
{
	for (size_t i = 0; i < shown->pages.count; i++)
		dispose_page(vec_at(&shown->pages, i));
	vec_dispose(&shown->pages);
	for (size_t i = 0; i < SHOWN_VIEWS; i++)
		buf_dispose(&shown->views[i].path);
}

static struct shown_page *find(const struct shown *shown, struct str path)
{
	for (size_t i = 0; i < shown->pages.count; i++) {
		struct shown_page *page = vec_at(&shown->pages, i);

		if (str_eq(buf_str(&page->path), path))
			return page;
	}
	return NULL;
}

void shown_put(struct shown *shown, struct str path, struct str bytes,
    uint64_t generation)
{
	struct shown_page *page = find(shown, path);

	if (page == NULL) {
		page = vec_push(&shown->pages);
		buf_init(&page->path);
		buf_init(&page->bytes);
		buf_append(&page->path, path);
	}
	/* What is the same is not loaded again. */
	if (!page->is_ahead || !str_eq(buf_str(&page->bytes), bytes))
		page->generation = generation;
	buf_clear(&page->bytes);
	buf_append(&page->bytes, bytes);
	page->is_ahead = true;
	page->is_building = false;
}

bool shown_find(const struct shown *shown, struct str path, struct str *bytes)
{
	const struct shown_page *page = find(shown, path);

	if (page == NULL || !page->is_ahead)
		return false;
	*bytes = buf_str(&page->bytes);
	return true;
}

void shown_build_begins(struct shown *shown)
{
	for (size_t i = 0; i < shown->pages.count; i++)
		((struct shown_page *)vec_at(&shown->pages, i))->is_building =
		    true;
}

static bool is_built_so(const struct shown_page *page, struct str folder)
{
	struct diag_list silent;
	struct arena arena;
	struct str bytes;
	bool same;

	arena_init(&arena);
	diag_list_init(&silent, &arena);
	same = file_read(&arena, path_join(&arena, folder,
	    buf_str(&page->path)), &bytes, &silent) &&
	    str_eq(bytes, buf_str(&page->bytes));
	diag_list_dispose(&silent);
	arena_dispose(&arena);
	return same;
}

void shown_build_ended(struct shown *shown, struct str folder,
    uint64_t generation)
{
	size_t count = 0;

	for (size_t i = 0; i < shown->pages.count; i++) {
		struct shown_page *page = vec_at(&shown->pages, i);

		/* One that was made meanwhile knows of a later edit. */
		if (page->is_building && (!page->is_ahead ||
		    !is_built_so(page, folder))) {
			dispose_page(page);
			continue;
		}
		if (page->is_building) {
			page->is_ahead = false;
			buf_dispose(&page->bytes);
		}
		*(struct shown_page *)vec_at(&shown->pages, count++) = *page;
	}
	shown->pages.count = count;
	shown->built = generation;
}

bool shown_is_current(const struct shown *shown, struct str path,
    uint64_t generation)
{
	const struct shown_page *page = find(shown, path);

	return generation >= (page != NULL ? page->generation : shown->built);
}

void shown_view(struct shown *shown, struct str path, int64_t now)
{
	struct shown_view view;
	size_t at = 0;

	while (at + 1 < SHOWN_VIEWS &&
	    !str_eq(buf_str(&shown->views[at].path), path))
		at++;
	view = shown->views[at];
	memmove(&shown->views[1], &shown->views[0], at * sizeof(view));
	buf_clear(&view.path);
	buf_append(&view.path, path);
	view.when = now;
	shown->views[0] = view;
}

void shown_views(const struct shown *shown, int64_t since, struct vec *paths)
{
	for (size_t i = 0; i < SHOWN_VIEWS; i++) {
		const struct shown_view *view = &shown->views[i];

		if (view->path.len > 0 && (i == 0 || view->when >= since))
			*(struct str *)vec_push(paths) = buf_str(&view->path);
	}
}
