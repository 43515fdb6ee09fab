/* SPDX-License-Identifier: MIT */
/*
 * Whole files that are put together from those of their years, as a former pass
 * has written them. None of their rows is lost: a year's are those whose date
 * begins with it, and there is a file of each year that a date begins with. All
 * are ordered by that date first.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/open_below.h"
#include "catalogue/catalogue.h"
#include "render/open_data.h"
#include "render/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static bool is_part(const struct data_file *part, const struct data_file *whole)
{
	return part->set == whole->set && part->format == whole->format &&
	    part->year.len > 0;
}

bool data_parts_are_kept(const struct site *site, const struct page *page)
{
	if (page->kind->stream != data_write_joined)
		return true;
	for (size_t i = 0; i < data_files_of(site)->count; i++) {
		const struct data_file *part = data_file_at(site, i);
		const struct page *at = !is_part(part, page->file) ? NULL :
		    page_find(site, part->path, false);

		if (at != NULL && !at->is_kept)
			return false;
	}
	return true;
}

/* What stands behind the header. */
static void copy_rows(struct file_stream *out, const struct data_file *part,
    size_t header)
{
	int file = open_below(out->folder->descriptor, part->path, O_RDONLY);

	if (file >= 0 && lseek(file, (off_t)header, SEEK_SET) >= 0)
		file_stream_copy(out, file);
	else
		file_stream_fail(out, errno);
	if (file >= 0)
		(void)close(file);
}

/* Which years there are is asked, so that the file is made again with others;
 * what stands in them is not: see data_parts_are_kept(). */
static void ask_years(struct site *site, const struct data_set *set)
{
	struct arena arena;

	arena_init(&arena);
	(void)page_query(site, &arena, set->years, STR_NONE);
	arena_dispose(&arena);
}

bool data_write_joined(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags)
{
	struct data_file *whole = page->file;
	struct buf header;

	(void)diags;
	ask_years(site, whole->set);
	buf_init(&header);
	if (whole->format == DATA_CSV)
		data_append_header(site, whole->set, &header);
	file_stream_write(out, buf_str(&header));
	whole->rows = 0;
	/* The latest is listed first. */
	for (size_t i = site->data_files.count; i-- > 0;) {
		const struct data_file *part = data_file_at(site, i);

		if (!is_part(part, whole))
			continue;
		copy_rows(out, part, header.len);
		whole->rows += part->rows;
	}
	buf_dispose(&header);
	return true;
}
