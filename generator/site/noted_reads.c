/* SPDX-License-Identifier: MIT */
#include "site/noted_reads.h"

#include "base/buf.h"
#include "base/pack.h"
#include "catalogue/catalogue.h"
#include "catalogue/page_store.h"
#include "pipeline/registry.h"

#define READS_NOTE STR("reads")

/* An empty table: that is all of the query. */
struct noted_read {
	uint32_t query;
	struct catalogue_read read;
};

/* That was noted by this very program; all of it. */
static void take_note(struct noted_reads *reads)
{
	struct str note = page_store_note(reads->store, READS_NOTE), program;
	uint32_t is_about;
	struct noted_read noted;

	if (!unpack_str(&note, &program) || !str_eq(program,
	    registry_program_id(reads->arena)))
		return;
	while (unpack_number(&note, &noted.query) &&
	       unpack_str(&note, &noted.read.table) &&
	       unpack_long(&note, &noted.read.columns) &&
	       unpack_long(&note, &noted.read.shown) &&
	       unpack_number(&note, &is_about)) {
		noted.read.is_about = is_about != 0;
		*(struct noted_read *)vec_push(&reads->noted) = noted;
	}
}

static void give_note(struct noted_reads *reads)
{
	struct buf note;

	buf_init(&note);
	pack_str(&note, registry_program_id(reads->arena));
	for (size_t i = 0; i < reads->noted.count; i++) {
		const struct noted_read *noted = vec_at(&reads->noted, i);

		pack_number(&note, noted->query);
		pack_str(&note, noted->read.table);
		pack_long(&note, noted->read.columns);
		pack_long(&note, noted->read.shown);
		pack_number(&note, noted->read.is_about);
	}
	page_store_set_note(reads->store, READS_NOTE, buf_str(&note));
	buf_dispose(&note);
}

/* False when nothing is noted of the query. */
static bool recall(struct noted_reads *reads, uint32_t query)
{
	bool is_noted = false;

	vec_clear(&reads->found);
	for (size_t i = 0; i < reads->noted.count; i++) {
		const struct noted_read *noted = vec_at(&reads->noted, i);

		if (noted->query != query)
			continue;
		is_noted = is_noted || noted->read.table.len == 0;
		if (noted->read.table.len > 0)
			*(struct catalogue_read *)vec_push(&reads->found) =
			    noted->read;
	}
	return is_noted;
}

static bool open_columns(struct noted_reads *reads)
{
	reads->has_columns = reads->has_columns || catalogue_columns_open(
	    reads->catalogue, reads->arena, &reads->columns);
	return reads->has_columns;
}

bool noted_reads_find(struct noted_reads *reads, uint32_t query)
{
	struct catalogue *catalogue = reads->catalogue;
	struct noted_read noted = { .query = query };

	if (query >= QUERY_COUNT)
		return false;
	if (recall(reads, query))
		return true;
	vec_clear(&reads->found);
	if (!open_columns(reads) || !catalogue_reads(catalogue, &reads->columns,
	    (enum query)query, &reads->found))
		return false;
	reads->has_more = true;
	for (size_t i = 0; i < reads->found.count; i++) {
		noted.read = *(struct catalogue_read *)vec_at(&reads->found, i);
		*(struct noted_read *)vec_push(&reads->noted) = noted;
	}
	noted.read = (struct catalogue_read){ .table = STR_NONE };
	*(struct noted_read *)vec_push(&reads->noted) = noted;
	return true;
}

uint64_t noted_reads_column(struct noted_reads *reads, struct str table,
    struct str column)
{
	return open_columns(reads) ? catalogue_column(&reads->columns, table,
	    column) : 0;
}

void noted_reads_open(struct noted_reads *reads, struct catalogue *catalogue,
    struct page_store *store, struct arena *arena)
{
	*reads = (struct noted_reads){ .catalogue = catalogue,
		.store = store, .arena = arena };
	vec_init(&reads->found, sizeof(struct catalogue_read));
	vec_init(&reads->noted, sizeof(struct noted_read));
	take_note(reads);
}

void noted_reads_close(struct noted_reads *reads)
{
	if (reads->has_more)
		give_note(reads);
	vec_dispose(&reads->noted);
	vec_dispose(&reads->found);
}
