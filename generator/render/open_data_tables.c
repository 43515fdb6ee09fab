/* SPDX-License-Identifier: MIT */
/* Tables of the open data as CSV. Whole ones may be put together from those of
 * the years: open_data_joined.c. */
#include "base/csv.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/export.h"
#include "render/open_data.h"
#include "render/page.h"

struct csv_writing {
	const struct data_set *set;
	struct str notice;
	struct file_stream *out;
	struct buf row;
	size_t rows;
};

static struct str notice_of(const struct site *site)
{
	return value_text_at(site->context, STR("site.demonstration"));
}

void data_append_header(const struct site *site, const struct data_set *set,
    struct buf *out)
{
	size_t i = 0;

	buf_append(out, CSV_MARK);
	for (; set->columns[i].name != NULL; i++)
		csv_append_cell(out, i, str_from(set->columns[i].name));
	if (notice_of(site).len > 0)
		csv_append_cell(out, i, STR("notice"));
	csv_end_row(out);
}

static void write_row(void *context, const struct str *cells, size_t count)
{
	struct csv_writing *writing = context;

	buf_clear(&writing->row);
	for (size_t i = 0; i < count; i++)
		if (writing->set->columns[i].type == DATA_REAL ||
		    writing->set->columns[i].type == DATA_INTEGER)
			csv_append_number(&writing->row, i, cells[i]);
		else
			csv_append_cell(&writing->row, i, cells[i]);
	if (writing->notice.len > 0)
		csv_append_cell(&writing->row, count, writing->notice);
	csv_end_row(&writing->row);
	file_stream_write(writing->out, buf_str(&writing->row));
	writing->rows++;
}

bool data_write_csv(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags)
{
	const struct str params[] = { page->file->year, site->base_url };
	struct csv_writing writing = { .set = page->file->set, .out = out,
		.notice = notice_of(site) };

	(void)diags;
	buf_init(&writing.row);
	data_append_header(site, writing.set, &writing.row);
	file_stream_write(out, buf_str(&writing.row));
	catalogue_each(site->catalogue, (enum query)writing.set->query, params,
	    2, write_row, &writing);
	buf_dispose(&writing.row);
	page->file->rows = writing.rows;
	return true;
}
