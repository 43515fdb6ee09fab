/* SPDX-License-Identifier: MIT */
/* In a worker: a batch of records becomes a run, cards and texts. */
#include "base/buf.h"
#include "base/json.h"
#include "base/pack.h"
#include "base/reason.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "commands/pipeline.h"
#include "commands/search_work.h"
#include "commands/site_log.h"
#include "model/record.h"
#include "render/markdown.h"
#include "search/run.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* A list of `limit` records that is written when it is full. */
struct list {
	const char *folder;
	size_t limit, count, number;
	struct buf json;
};

static bool end_list(const struct searching *searching, struct list *list,
    struct site_log *log, struct diag_list *diags)
{
	bool ok;

	if (list->count == 0)
		return true;
	buf_append(&list->json, STR("\n]\n"));
	ok = search_write_packed(searching, search_path(searching, diags->arena,
	    list->folder, list->number++), buf_str(&list->json), log,
	    diags);
	list->count = 0;
	buf_clear(&list->json);
	return ok;
}

static struct buf *next_item(struct list *list)
{
	if (list->count == 0)
		buf_append_char(&list->json, '[');
	search_list_item(&list->json, list->count++);
	return &list->json;
}

static bool body_text(struct pipeline *pipeline, const struct record *record,
    struct arena *arena, struct buf *text, struct diag_list *diags)
{
	const struct reader *reader = &pipeline->registry.reader;
	struct str bytes;

	if (!reader->read(reader->context, record->path, arena, &bytes, diags))
		return false;
	markdown_text(frontmatter_body(arena, bytes, record->body_offset,
	    record->body_size), text);
	return true;
}

static void index_record(struct search_run *run, const struct value *data,
    struct str body)
{
	search_run_add_title(run, value_text_at(data, STR("title")));
	search_run_add_title(run, value_text_at(data, STR("title_en")));
	search_run_add(run, value_text_at(data, STR("summary")));
	search_run_add(run, value_text_at(data, STR("summary_en")));
	search_run_add(run, body);
	search_run_next(run);
}

/* Puts a record of the batch into its run and its lists, cards first. */
static bool add_record(struct searching *searching, const struct value *row,
    struct search_run *run, struct list *lists, struct site_log *log,
    struct diag_list *diags)
{
	struct arena arena;
	struct record record;
	struct buf body;
	bool ok;

	arena_init(&arena);
	buf_init(&body);
	ok = (catalogue_record_number(searching->catalogue, value_text_at(row,
	    STR("record")), &arena, &record) || diag_report(diags,
	    ((struct mark){ .path = SEARCH_INDEX }), DIAG_PAGE_LOST,
	    SEARCH_INDEX)) &&
	    body_text(searching->pipeline, &record, &arena, &body, diags);
	if (ok) {
		index_record(run, record.data, buf_str(&body));
		search_card_append(next_item(&lists[0]), record.data,
		    record.id, row);
		json_append_text(next_item(&lists[1]), buf_str(&body));
	}
	buf_dispose(&body);
	arena_dispose(&arena);
	for (size_t i = 0; ok && i < 2; i++)
		ok = lists[i].count < lists[i].limit || end_list(searching,
		    &lists[i], log, diags);
	return ok;
}

static bool write_run(const struct searching *searching, size_t job,
    struct str bytes, struct diag_list *diags)
{
	off_t at = (off_t)job << SEARCH_ROOM_BITS;

	assert(bytes.len < (size_t)1 << SEARCH_ROOM_BITS);
	while (bytes.len > 0) {
		ssize_t put = pwrite(searching->runs, bytes.ptr, bytes.len,
		    at);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return diag_report_reason(diags,
			    (struct mark){ .line = 0 }, DIAG_CANNOT_WRITE,
			    catalogue_path(searching->catalogue),
			    put < 0 ? errno : ENOSPC);
		bytes = str_slice(bytes, (size_t)put, bytes.len);
		at += put;
	}
	return true;
}

static bool end_run(const struct searching *searching, struct search_run *run,
    size_t job, struct buf *answer, struct diag_list *diags)
{
	uint32_t *sizes = calloc(SEARCH_BUCKETS, sizeof(*sizes));
	uint32_t end = 0;
	struct buf entries;
	bool ok;

	if (sizes == NULL)
		out_of_memory(SEARCH_BUCKETS * sizeof(*sizes));
	buf_init(&entries);
	search_run_end(run, &entries, sizes);
	ok = write_run(searching, job, buf_str(&entries), diags);
	for (uint32_t i = 0; i < SEARCH_BUCKETS; i++) {
		if (sizes[i] == 0)
			continue;
		end += sizes[i];
		pack_number(answer, i);
		pack_number(answer, end);
	}
	buf_dispose(&entries);
	free(sizes);
	return ok;
}

void search_batch_run(void *context, size_t job, struct buf *answer)
{
	struct searching *searching = context;
	struct arena *scratch = &searching->pipeline->scratch;
	size_t first = job * SEARCH_BATCH;
	struct list lists[] = {
		{ .folder = "cards", .limit = SEARCH_CARDS,
		    .number = first / SEARCH_CARDS },
		{ .folder = "text", .limit = SEARCH_TEXTS,
		    .number = first / SEARCH_TEXTS } };
	struct search_run run;
	struct diag_list diags;
	struct site_log log;
	struct str range[2];
	struct value *rows;
	struct buf buckets;
	bool ok = true;

	arena_reset(scratch);
	diag_list_init(&diags, scratch);
	range[0] = str_format(scratch, "%zu", first);
	range[1] = str_format(scratch, "%zu", first + SEARCH_BATCH);
	rows = catalogue_rows(searching->catalogue, QUERY_search_records,
	    range, 2, scratch, NULL, NULL);
	search_run_begin(&run, (uint32_t)first);
	site_log_init(&log);
	buf_init(&buckets);
	for (size_t i = 0; i < 2; i++)
		buf_init(&lists[i].json);
	for (size_t i = 0; ok && i < value_count(rows); i++)
		ok = add_record(searching, rows->list.items[i], &run, lists,
		    &log, &diags);
	for (size_t i = 0; ok && i < 2; i++)
		ok = end_list(searching, &lists[i], &log, &diags);
	if (ok && catalogue_is_well(searching->catalogue, &diags))
		(void)end_run(searching, &run, job, &buckets, &diags);
	site_log_pack(answer, &log);
	pack_diags(answer, &diags);
	buf_append(answer, buf_str(&buckets));
	for (size_t i = 0; i < 2; i++)
		buf_dispose(&lists[i].json);
	buf_dispose(&buckets);
	search_run_dispose(&run);
	site_log_dispose(&log);
	diag_list_dispose(&diags);
}
