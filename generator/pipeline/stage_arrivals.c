/* SPDX-License-Identifier: MIT */
/* When each record came to the main branch: from history (stage_history.c) into
 * the catalogue, of all or only of what is new. */
#include "base/date.h"
#include "base/hash.h"
#include "base/instant.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/history_store.h"
#include "catalogue/resume.h"
#include "pipeline/pipeline.h"
#include "pipeline/stage_history.h"
#include "pipeline/stages.h"
#include "source/history.h"
#include "source/receipt.h"
#include "source/source.h"

#include <stdlib.h>

/* -- all of them ---------------------------------------------------------- */

enum { CELLS = 10 };

struct arriving {
	struct catalogue *catalogue;
	struct arena arena;
	bool is_found;		/* of one file that is asked for */
};

static struct str day(struct arena *arena, bool is_known_day, int64_t seconds)
{
	return is_known_day ? date_iso(arena,
	    instant_date(seconds, ZONE_CHINA)) : STR_NONE;
}

static struct str moment(struct arena *arena, bool is_known_moment,
    int64_t seconds)
{
	return is_known_moment ? instant_format(arena, seconds, ZONE_CHINA) :
	    STR_NONE;
}

/* A row of the table `arrival`, its path in the place of the record. */
struct arrival_row {
	struct str cells[CELLS];
};

static struct arrival_row row_of(const struct arrival *arrival,
    struct arena *arena)
{
	return (struct arrival_row){ { arrival->path,
		day(arena, arrival->is_received, arrival->received),
		moment(arena, arrival->is_received, arrival->received),
		!arrival->is_received ? STR_NONE : arrival->by_commit ?
		    STR("commit") : STR("landing"),
		arrival->account,
		day(arena, arrival->has_landed, arrival->landed),
		moment(arena, arrival->has_landed, arrival->landed),
		str_hex(arena, arrival->landing),
		day(arena, true, arrival->stated),
		day(arena, true, arrival->changed) } };
}

static void put_arrival(void *context, const struct arrival *arrival)
{
	struct arriving *arriving = context;
	const struct arrival_row row = row_of(arrival, &arriving->arena);

	catalogue_put_row(arriving->catalogue, TABLE_ARRIVAL, row.cells,
	    CELLS);
	arena_reset(&arriving->arena);
}

static void put_arrivals(struct pipeline *pipeline,
    struct chronicle *chronicle)
{
	struct arriving arriving = { .catalogue = pipeline->catalogue };

	arena_init(&arriving.arena);
	history_store_arrivals(chronicle->store, chronicle->shown,
	    history_branch(chronicle->history), STR_NONE, put_arrival,
	    &arriving);
	arena_dispose(&arriving.arena);
}

/*
 * Under what the arrivals were found: what history counts, and the last landing
 * that the commit shown has, whose id goes to `landing`, if there is one.
 */
static struct str basis_of(const struct pipeline *pipeline,
    const struct chronicle *chronicle, struct str *landing)
{
	char hex[SHA256_HEX_SIZE] = "-";

	*landing = STR_NONE;
	if (chronicle->history != NULL)
		sha256_hex(history_basis(chronicle->history), hex);
	if (chronicle->shown > 0)
		*landing = str_hex(pipeline->arena, history_store_id(
		    chronicle->store, chronicle->shown, pipeline->arena));
	return str_format(pipeline->arena, "%s %.*s", hex, STR_ARG(*landing));
}

static void put_basis(const struct pipeline *pipeline,
    const struct chronicle *chronicle)
{
	const struct str name = STR("history");
	struct str landing, now = basis_of(pipeline, chronicle, &landing);

	if (!str_eq(now, catalogue_cell(pipeline->catalogue, QUERY_meta,
	    &name, 1, pipeline->arena)))
		catalogue_put_meta(pipeline->catalogue, name, now);
}

static bool tell_faults(const struct pipeline *pipeline,
    struct chronicle *chronicle)
{
	if (chronicle->store == NULL)
		return true;
	if (chronicle->shown > 0)
		history_store_faults(chronicle->store, chronicle->shown,
		    receipt_report, pipeline->diags);
	return history_store_is_well(chronicle->store, pipeline->diags);
}

/* Where its file is damaged that is told, and nothing else. */
static bool with_chronicle(struct pipeline *pipeline,
    bool (*work)(struct pipeline *pipeline, struct chronicle *chronicle),
    bool *is_damaged)
{
	struct diag_list *diags = pipeline->diags, found;
	struct chronicle chronicle;
	bool ok;

	diag_list_init(&found, pipeline->arena);
	pipeline->diags = &found;
	ok = chronicle_open(&chronicle, pipeline->registry.source,
	    pipeline->settings, pipeline->arena, &pipeline->progress,
	    pipeline->jobs, &found) && work(pipeline, &chronicle);
	pipeline->diags = diags;
	*is_damaged = !ok && chronicle.store != NULL &&
	    history_store_is_damaged(chronicle.store);
	for (size_t i = 0; !*is_damaged && i < found.items.count; i++)
		diag_add(diags, vec_at(&found.items, i));
	if (*is_damaged)
		catalogue_report_damage(history_store_path(chronicle.store),
		    diags);
	/* It goes with that. */
	chronicle_close(&chronicle);
	diag_list_dispose(&found);
	return ok;
}

static bool take_all(struct pipeline *pipeline, struct chronicle *chronicle)
{
	catalogue_begin(pipeline->catalogue);
	if (chronicle->shown > 0)
		put_arrivals(pipeline, chronicle);
	put_basis(pipeline, chronicle);
	catalogue_commit(pipeline->catalogue);
	return tell_faults(pipeline, chronicle);
}

bool stage_history(struct pipeline *pipeline)
{
	bool is_damaged, ok = with_chronicle(pipeline, take_all, &is_damaged);

	if (!is_damaged)
		return ok;
	catalogue_drop_all_arrivals(pipeline->catalogue);
	return with_chronicle(pipeline, take_all, &is_damaged);
}

/* -- what is new of them -------------------------------------------------- */

static void renew_arrival(void *context, const struct arrival *arrival)
{
	struct arriving *arriving = context;
	const struct arrival_row row = row_of(arrival, &arriving->arena);

	arriving->is_found = true;
	catalogue_renew_arrival(arriving->catalogue, arrival->path, row.cells,
	    CELLS);
}

static void renew(struct arriving *arriving, struct chronicle *chronicle,
    struct str path)
{
	arriving->is_found = false;
	if (chronicle->shown > 0)
		history_store_arrivals(chronicle->store, chronicle->shown,
		    history_branch(chronicle->history), path, renew_arrival,
		    arriving);
	if (!arriving->is_found)
		catalogue_renew_arrival(arriving->catalogue, path, NULL, 0);
	arena_reset(&arriving->arena);
}

/* The sequence of the landing with that id, in hexadecimal; 0 if it is none. */
static int64_t sequence_of(const struct chronicle *chronicle, struct str id)
{
	unsigned char bytes[OBJECT_SIZE];

	if (chronicle->store == NULL || id.len != 2 * sizeof(bytes))
		return 0;
	for (size_t i = 0; i < sizeof(bytes); i++) {
		const char digits[] = { id.ptr[2 * i], id.ptr[2 * i + 1],
			'\0' };

		bytes[i] = (unsigned char)strtoul(digits, NULL, 16);
	}
	return history_store_find(chronicle->store, (struct str){
	    (const char *)bytes, sizeof(bytes) });
}

/* Nothing but what has landed since can be otherwise. False if more may. */
static bool find_since(struct pipeline *pipeline,
    struct chronicle *chronicle, int64_t *since)
{
	struct str name = STR("history"), kept, id;
	struct str now = basis_of(pipeline, chronicle, &id);
	struct str basis;

	kept = catalogue_cell(pipeline->catalogue, QUERY_meta, &name, 1,
	    pipeline->arena);
	basis = str_cut(&kept, ' ');
	*since = sequence_of(chronicle, kept);
	return str_eq(basis, str_cut(&now, ' ')) &&
	    (kept.len > 0) == (id.len > 0) &&
	    (kept.len == 0 || (*since > 0 && *since <= chronicle->shown));
}

static bool renew_all(struct pipeline *pipeline, struct chronicle *chronicle)
{
	struct arriving arriving = { .catalogue = pipeline->catalogue };
	struct vec landed;
	int64_t since;
	bool ok = find_since(pipeline, chronicle, &since);

	if (!ok)
		return false;
	arena_init(&arriving.arena);
	vec_init(&landed, sizeof(struct str));
	catalogue_drop_arrivals(pipeline->catalogue);
	for (size_t i = 0; i < pipeline->entries.count; i++)
		renew(&arriving, chronicle, ((struct source_entry *)vec_at(
		    &pipeline->entries, i))->path);
	if (since < chronicle->shown)
		history_store_landed(chronicle->store, since,
		    chronicle->shown, pipeline->arena, &landed);
	for (size_t i = 0; i < landed.count; i++)
		renew(&arriving, chronicle, *(struct str *)vec_at(&landed,
		    i));
	put_basis(pipeline, chronicle);
	vec_dispose(&landed);
	arena_dispose(&arriving.arena);
	return tell_faults(pipeline, chronicle);
}

bool stage_arrivals(struct pipeline *pipeline)
{
	bool is_damaged;

	/* Else all is judged anew. */
	return with_chronicle(pipeline, renew_all, &is_damaged);
}
