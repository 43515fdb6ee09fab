/* SPDX-License-Identifier: MIT */
/* In a worker: a batch of records becomes a run, cards and texts. */
#include "base/buf.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/pack.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/record.h"
#include "pipeline/pipeline.h"
#include "render/markdown.h"
#include "search/run.h"
#include "site/search_work.h"
#include "site/site_log.h"

#include <stdlib.h>
#include <string.h>

/* A list of `limit` records that is written when it is full; its cards, or in
 * them those of texts, go by the names of the files. */
struct list {
	const char *folder;
	size_t limit, count;
	struct buf json, names;
	struct json_writer writer;
};

static struct json_writer *next_item(struct list *list)
{
	if (list->count++ == 0) {
		buf_clear(&list->json);
		json_writer_init(&list->writer, &list->json);
		json_begin_object(&list->writer, NULL);
		json_begin_list(&list->writer, list->folder);
	}
	return &list->writer;
}

/* `others`, if any, is another list whose files hold the same records. */
static bool end_list(const struct searching *searching, struct list *list,
    const struct list *others, struct site_log *log, struct diag_list *diags)
{
	struct str name, bytes;
	size_t from;

	if (list->count == 0)
		return true;
	json_end(&list->writer);
	if (others != NULL) {
		from = list->names.len * (list->limit / others->limit);
		json_begin_list(&list->writer, others->folder);
		for (; from < others->names.len; from += SEARCH_NAME)
			json_write_text(&list->writer, NULL,
			    str_slice(buf_str(&others->names), from,
				from + SEARCH_NAME));
		json_end(&list->writer);
	}
	json_end(&list->writer);
	buf_append_char(&list->json, '\n');
	bytes = buf_str(&list->json);
	name = search_name(searching, diags->arena, list->folder, bytes,
	    STR_NONE);
	buf_append(&list->names, name);
	list->count = 0;
	return search_put(searching, list->folder, name, bytes, log,
	    diags);
}

/* Texts first, for cards name their files. */
static bool end_lists(const struct searching *searching, struct list *lists,
    bool only_full, struct site_log *log, struct diag_list *diags)
{
	bool ok = true;

	for (size_t i = 0; ok && i < 2; i++)
		ok = (only_full && lists[i].count < lists[i].limit) ||
		    end_list(searching, &lists[i], i == 0 ? NULL : &lists[0],
			log, diags);
	return ok;
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

/* Not found is also what could not be looked for. */
static bool find_record(const struct searching *searching, struct str number,
    struct arena *arena, struct record *record, struct diag_list *diags)
{
	return catalogue_record_number(searching->catalogue, number, arena,
	    record) || (catalogue_is_well(searching->catalogue, diags) &&
	    diag_report(diags, ((struct mark){ .path = SEARCH_INDEX }),
		DIAG_PAGE_LOST, SEARCH_INDEX));
}

/* Puts a record of the batch into its run and its lists, texts first. */
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
	ok = find_record(searching, value_text_at(row, STR("record")), &arena,
	    &record, diags) &&
	    body_text(searching->pipeline, &record, &arena, &body, diags);
	if (ok) {
		index_record(run, record.data, buf_str(&body));
		json_write_text(next_item(&lists[0]), NULL, buf_str(&body));
		search_card_write(next_item(&lists[1]), record.data,
		    record.id, row);
	}
	buf_dispose(&body);
	arena_dispose(&arena);
	return ok && end_lists(searching, lists, true, log, diags);
}

/* -- runs ------------------------------------------------------------------ */

static void set_hash(struct search_batch *batch, struct str entries)
{
	uint64_t hash = hash_bytes(entries);

	batch->length = (uint32_t)entries.len;
	batch->hash[0] = (uint32_t)hash;
	batch->hash[1] = (uint32_t)(hash >> 32);
}

static bool has_files(const struct searching *searching, const char *folder,
    struct str names)
{
	struct arena *scratch = &searching->pipeline->scratch;

	for (; names.len > 0; names = str_slice(names, SEARCH_NAME, names.len))
		if (!search_has(searching, search_path(scratch, folder,
		    str_slice(names, 0, SEARCH_NAME)), scratch))
			return false;
	return true;
}

/* Whether all that the build before has made of the batch is still there. */
static bool is_whole(const struct searching *searching, size_t job)
{
	const struct search_batch *kept = &searching->batches[job];
	struct search_batch now = { .length = 0 };
	struct diag_list no_matter;
	bool ok;

	if (!kept->is_kept || !has_files(searching, "cards", kept->cards) ||
	    !has_files(searching, "text", kept->texts))
		return false;
	diag_list_init(&no_matter, &searching->pipeline->scratch);
	set_hash(&now, search_run_read(searching, kept, 0, kept->length,
	    &searching->pipeline->scratch, &no_matter));
	ok = no_matter.counts[DIAG_FATAL] == 0 &&
	    memcmp(now.hash, kept->hash, sizeof(now.hash)) == 0;
	diag_list_dispose(&no_matter);
	return ok;
}

static void end_run(const struct searching *searching, struct search_run *run,
    struct search_batch *batch, struct diag_list *diags)
{
	struct search_bucket *buckets = calloc(SEARCH_BUCKETS,
	    sizeof(*buckets));
	uint32_t *sizes = calloc(SEARCH_BUCKETS, sizeof(*sizes));
	uint32_t end = 0;
	struct buf entries;

	if (sizes == NULL || buckets == NULL)
		out_of_memory(SEARCH_BUCKETS * sizeof(*buckets));
	buf_init(&entries);
	search_run_end(run, &entries, sizes);
	set_hash(batch, buf_str(&entries));
	(void)search_run_write(searching, batch, buf_str(&entries), diags);
	for (uint32_t i = 0; i < SEARCH_BUCKETS; i++) {
		if (sizes[i] == 0)
			continue;
		end += sizes[i];
		buckets[batch->bucket_count++] = (struct search_bucket){ i,
			end };
	}
	batch->buckets = buckets;
	buf_dispose(&entries);
	free(sizes);
}

static void index_batch(struct searching *searching, size_t job,
    struct list *lists, struct search_batch *batch, struct site_log *log,
    struct diag_list *diags)
{
	struct arena *scratch = &searching->pipeline->scratch;
	size_t first = job * SEARCH_BATCH;
	const struct str range[] = { str_format(scratch, "%zu", first),
		str_format(scratch, "%zu", first + SEARCH_BATCH) };
	struct value *rows = catalogue_rows(searching->catalogue,
	    QUERY_search_records, range, 2, scratch, NULL, NULL);
	struct search_run run;
	bool ok = catalogue_is_well(searching->catalogue, diags);

	search_run_begin(&run, (uint32_t)first);
	for (size_t i = 0; ok && i < value_count(rows); i++)
		ok = add_record(searching, rows->list.items[i], &run, lists,
		    log, diags);
	if (ok && end_lists(searching, lists, false, log, diags) &&
	    catalogue_is_well(searching->catalogue, diags))
		end_run(searching, &run, batch, diags);
	search_run_dispose(&run);
}

void search_batch_run(void *context, size_t job, struct buf *answer)
{
	struct searching *searching = context;
	struct arena *scratch = &searching->pipeline->scratch;
	struct list lists[] = {
		{ .folder = "text", .limit = SEARCH_TEXTS },
		{ .folder = "cards", .limit = SEARCH_CARDS } };
	struct search_batch batch = {
		.digest = searching->batches[job].digest };
	struct diag_list diags;
	struct site_log log;
	bool is_new;

	arena_reset(scratch);
	diag_list_init(&diags, scratch);
	site_log_init(&log);
	for (size_t i = 0; i < 2; i++) {
		buf_init(&lists[i].json);
		buf_init(&lists[i].names);
	}
	is_new = !is_whole(searching, job);
	if (is_new)
		index_batch(searching, job, lists, &batch, &log, &diags);
	batch.texts = buf_str(&lists[0].names);
	batch.cards = buf_str(&lists[1].names);
	site_log_pack(answer, &log);
	pack_diags(answer, &diags);
	if (is_new)
		search_batch_pack(&batch, answer);
	for (size_t i = 0; i < 2; i++) {
		buf_dispose(&lists[i].json);
		buf_dispose(&lists[i].names);
	}
	free(batch.buckets);
	site_log_dispose(&log);
	diag_list_dispose(&diags);
}
