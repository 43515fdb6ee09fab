/* SPDX-License-Identifier: MIT */
#include "render/internal.h"

#include "base/arena.h"
#include "base/value.h"

struct page *internal_add(struct site *site, struct arena *arena,
    const struct page_kind *kind, struct str folder, struct str key)
{
	struct page *page = page_add(site, arena, kind, folder, key);

	page->is_internal = true;
	return page;
}

void internal_set_links(const struct site *site, struct arena *arena,
    struct value *row)
{
	struct str path = value_text_at(row, STR("path"));
	struct str line = value_text_at(row, STR("line"));
	struct str address = value_text_at(row, STR("address"));
	struct str repository = value_text_at(site->settings,
	    STR("repository"));
	bool has_line = line.len > 0 && !str_eq(line, STR("0"));

	if (path.len > 0)
		page_set_text(arena, row, "source", !has_line ? path :
		    str_format(arena, "%.*s:%.*s", STR_ARG(path),
			STR_ARG(line)));
	if (path.len > 0)
		page_set_text(arena, row, "source_url", repository.len == 0 ?
		    STR_NONE : str_format(arena,
		    "%.*s/blob/HEAD/%.*s%s%.*s", STR_ARG(repository),
		    STR_ARG(path), has_line ? "#L" : "",
		    STR_ARG(has_line ? line : STR_NONE)));
	if (address.len > 0)
		page_set_text(arena, row, "url", page_url(site, arena,
		    address));
}

/* Of each group some are shown, however full the page is. */
enum { LEAST_ROWS = 10 };

struct value *internal_first_rows(struct arena *arena, struct value *context,
    struct value *rows, size_t *room)
{
	struct value *first = value_list(arena);
	size_t count = value_count(rows);
	size_t shown = *room > LEAST_ROWS ? *room : LEAST_ROWS;

	page_set_text(arena, context, "rest", STR_NONE);
	if (count <= shown) {
		*room -= count < *room ? count : *room;
		return rows;
	}
	*room = 0;
	for (size_t i = 0; i < shown; i++)
		value_append(arena, first, rows->list.items[i]);
	page_set(arena, context, "rest",
	    value_number(arena, (long long)(count - shown)));
	return first;
}

struct str internal_rule_address(struct arena *arena, struct str id)
{
	char *lower = str_cstr(arena, id);

	for (size_t i = 0; i < id.len; i++)
		if (lower[i] >= 'A' && lower[i] <= 'Z')
			lower[i] = (char)(lower[i] - 'A' + 'a');
	return str_format(arena, "rules/%s/", lower);
}
