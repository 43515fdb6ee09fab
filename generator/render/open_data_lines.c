/* SPDX-License-Identifier: MIT */
/* JSON Lines: one line for each achievement. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/export.h"
#include "model/record.h"
#include "render/open_data.h"
#include "render/pages.h"

struct lines_writing {
	struct site *site;
	struct str notice;
	data_take_line *take;
	void *context;
	struct arena arena;	/* of one line */
	struct buf line;
	size_t rows;
};

static void append_member(struct buf *out, struct str name)
{
	buf_append(out, out->len > 1 ? STR(",") : STR(""));
	json_append_text(out, name);
	buf_append_char(out, ':');
}

/* What of the table is not in the records; see open_data_sets.c. */
static void append_columns(struct lines_writing *writing,
    const struct str *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct data_column *column = &data_sets[0].columns[i];

		if (column->field != NULL || cells[i].ptr == NULL)
			continue;
		append_member(&writing->line, str_from(column->name));
		json_append_text(&writing->line, cells[i]);
	}
}

static void append_publications(struct lines_writing *writing, struct str id)
{
	static const struct str names[][2] = { { { "kind", 4 }, { "kind", 4 } },
		{ { "title", 5 }, { "title", 5 } },
		{ { "date", 4 }, { "date.iso", 8 } } };
	struct value *rows = page_query(writing->site, &writing->arena,
	    QUERY_publications_of, id);
	struct buf *out = &writing->line;

	buf_append(out, STR(",\"publications\":["));
	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];

		buf_append(out, i == 0 ? STR("{") : STR(",{"));
		buf_append(out, STR("\"url\":"));
		json_append_text(out, page_url(writing->site, &writing->arena,
		    value_text_at(row, STR("href"))));
		for (size_t n = 0; n < 3; n++) {
			append_member(out, names[n][0]);
			json_append_text(out, value_text_at(row, names[n][1]));
		}
		buf_append_char(out, '}');
	}
	buf_append_char(out, ']');
}

static void append_records(struct lines_writing *writing, struct str id)
{
	struct site *site = writing->site;
	struct record record;

	if (catalogue_record(site->catalogue, STR("achievement"), id,
	    &writing->arena, &record)) {
		data_append_record(site, &record, &writing->line);
		data_append_people(site, &record, &writing->line);
	}
	if (catalogue_record(site->catalogue, STR("dossier"), id,
	    &writing->arena, &record))
		data_append_record(site, &record, &writing->line);
}

static void make_line(void *context, const struct str *cells, size_t count)
{
	struct lines_writing *writing = context;
	struct str id;

	arena_reset(&writing->arena);
	buf_clear(&writing->line);
	id = str_dup(&writing->arena, cells[0]);
	buf_append_char(&writing->line, '{');
	append_columns(writing, cells, count);
	append_records(writing, id);
	append_publications(writing, id);
	if (writing->notice.len > 0) {
		append_member(&writing->line, STR("notice"));
		json_append_text(&writing->line, writing->notice);
	}
	buf_append_char(&writing->line, '}');
	writing->take(writing->context, id, buf_str(&writing->line));
	writing->rows++;
}

size_t data_each_line(struct site *site, struct str year,
    data_take_line *take, void *context)
{
	const struct str params[] = { year, site->base_url };
	struct lines_writing writing = { .site = site, .take = take,
		.context = context, .notice = value_text_at(site->context,
		    STR("site.demonstration")) };

	arena_init(&writing.arena);
	buf_init(&writing.line);
	catalogue_each(site->catalogue, QUERY_data_achievements, params, 2,
	    make_line, &writing);
	buf_dispose(&writing.line);
	arena_dispose(&writing.arena);
	return writing.rows;
}

static void write_line(void *context, struct str id, struct str json)
{
	struct file_stream *out = context;

	(void)id;
	file_stream_write(out, json);
	file_stream_write(out, STR("\n"));
}

bool data_write_json_lines(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags)
{
	(void)diags;
	page->file->rows = data_each_line(site, page->file->year, write_line,
	    out);
	return true;
}
