/* SPDX-License-Identifier: MIT */
/*
 * The catalogue: all records, decisions, references, claims and verdicts of a
 * registry in one SQLite file (schema.sql). It is a cache: made
 * from content, schemas and an as-of date, and deleting it costs only time.
 *
 * Life cycle: catalogue_create() begins a new one beside the old;
 * catalogue_put_…() fill it in record order; catalogue_derive() works out what
 * follows; closed after catalogue_keep() it takes the old one's place: not
 * before, or another build could slip its own under our workers. One process
 * writes. Workers read: each calls catalogue_open() after the fork; a handle
 * never crosses one.
 */
#ifndef CATALOGUE_CATALOGUE_H
#define CATALOGUE_CATALOGUE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct catalogue;
struct codes;
struct diag_list;
struct diagnostic;
struct record;
struct value;

/* One for each "-- name:" of queries.sql and its neighbours. */
enum query {
#define QUERY(name, sql) QUERY_##name,
#include "catalogue/queries.inc"
#include "catalogue/queries_internal.inc"
#include "catalogue/queries_internal_lists.inc"
#include "catalogue/queries_lists.inc"
#include "catalogue/queries_commands.inc"
#include "catalogue/queries_private.inc"
#include "catalogue/queries_resume.inc"
#include "catalogue/queries_data.inc"
#undef QUERY
	QUERY_COUNT
};

/*
 * Begins a catalogue that will become `folder`/catalogue.sqlite. A file there
 * that is damaged, foreign or of an older format is named in a notice; it is
 * replaced in the end, as any old one is. Where nothing can be written there,
 * it is made below $TMPDIR and goes nowhere; NULL with a diagnostic when that
 * fails too.
 */
struct catalogue *catalogue_create(struct arena *arena, struct str folder,
    struct str as_of, struct diag_list *diags);

/* Where a reader finds it: the unfinished file, for workers. */
struct str catalogue_path(const struct catalogue *catalogue);

/* A file beside an unfinished one, for what does not fit into memory, that its
 * builders and readers may make one after the other; it goes in any case. */
struct str catalogue_scratch_path(const struct catalogue *catalogue);
/* Where one is kept beside the catalogue for the next; empty if nowhere. */
struct str catalogue_kept_path(const struct catalogue *, struct str name);

/* Opens a catalogue for reading; NULL with a diagnostic when it cannot be. */
struct catalogue *catalogue_open(struct arena *arena, struct str path,
    struct diag_list *diags);

/* The same of the private folder's catalogue, with that of its registry beside
 * it, for reading: queries_private.sql calls it `registry`. */
struct catalogue *catalogue_open_beside(struct arena *arena, struct str path,
    struct str registry, struct diag_list *diags);

/*
 * False with a diagnostic once SQLite has failed: the disk is full, the file
 * was damaged under us. All that was put or asked since had no effect, so it is
 * enough to look now and then.
 */
bool catalogue_is_well(const struct catalogue *catalogue,
    struct diag_list *diags);

/* Something that a record's verdict rests on; see resume.h for the keys. */
void catalogue_put_dependency(struct catalogue *catalogue, uint32_t number,
    uint64_t key);

/* The catalogue is complete: closing it will put it in the old one's place. */
void catalogue_keep(struct catalogue *catalogue);

/* Closes; one that is not to be kept is deleted. */
void catalogue_close(struct catalogue *catalogue);

/* Everything put in between is written at once. */
void catalogue_begin(struct catalogue *catalogue);
void catalogue_commit(struct catalogue *catalogue);
/* Gives back the memory of what is at hand of the file, which is read again, by
 * and by and with less of it at hand than who changed it may have. */
void catalogue_release(struct catalogue *catalogue);

void catalogue_put_codes(struct catalogue *catalogue,
    const struct codes *codes);
void catalogue_put_meta(struct catalogue *catalogue, struct str name,
    struct str value);
/* A record under its number, all tables that its kind fills. `packed` is
 * record_pack()'s, `digest` record_digest()'s. */
void catalogue_put_record(struct catalogue *catalogue, uint32_t number,
    const struct record *record, struct str packed, struct str digest);
/* A thing that may belong to one achievement only. */
void catalogue_put_claim(struct catalogue *catalogue, uint32_t number,
    uint32_t line, uint32_t column, struct str kind, struct str value,
    struct str written);
/* A row of one of these tables: all cells in the order of schema.sql. */
enum catalogue_table { TABLE_DOCUMENT, TABLE_RULE, TABLE_RULE_ASSERT,
	TABLE_PARAMETER, TABLE_ROUND, TABLE_TARGET, TABLE_WORKDAY_SPAN,
	TABLE_ARRIVAL, TABLE_ASSERT_COUNT,
	TABLE_RULE_COUNT, TABLE_RULE_DIFFERENCE };
void catalogue_put_row(struct catalogue *catalogue,
    enum catalogue_table table, const struct str *cells, size_t count);
/* The rules that a record (0: the registry) stands under, bit n for position n;
 * what became of all asserts, as tally.c packs it; when that may change. */
void catalogue_put_judged(struct catalogue *catalogue, uint32_t record,
    struct str rules, struct str outcomes, struct str turn);
/* Counts what catalogue_put_judged() put, and what was found, into rule_count;
 * after catalogue_derive(). `id` tells the id of the rule at a position. */
void catalogue_count_rules(struct catalogue *catalogue,
    struct str (*id)(const void *context, size_t rule), const void *context,
    size_t rules);
void catalogue_put_diagnostic(struct catalogue *catalogue,
    const struct diagnostic *diagnostic);
/* What falls due without being any record's fault: see ruleset_remind(). */
void catalogue_put_reminder(struct catalogue *catalogue,
    const struct diagnostic *reminder);
/* Withholds the record at `path`, and the achievement of a dossier. */
void catalogue_withhold(struct catalogue *catalogue, struct str path);

/* Works out states, dates and visibility at the as-of date (derive.sql). */
void catalogue_derive(struct catalogue *catalogue);

/* Works out what only the last verdict shows (conclude.sql): once, after it. */
void catalogue_conclude(struct catalogue *catalogue);

/* Works out the lists of the public site (lists.sql): once, after that. */
void catalogue_list(struct catalogue *catalogue);

/* Works out what the internal site reports (report.sql): once, after that and
 * when the tables parameter, round and target are filled. */
void catalogue_report(struct catalogue *catalogue);

/* References that point nowhere and titles given twice, as diagnostics. */
bool catalogue_check(struct catalogue *catalogue, struct arena *scratch,
    struct diag_list *diags);

/* Makes a value of a cell whose column names a type; see schema.sql. */
typedef struct value *catalogue_typing(const void *context,
    struct arena *arena, struct str type, struct str cell);

/*
 * The rows of a query as a list of maps, in `arena`. Parameters are bound as
 * text in their order. `typing` NULL: cells stay text. NULL cells are
 * null values.
 */
struct value *catalogue_rows(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count, struct arena *arena,
    catalogue_typing *typing, const void *context);

/* How many rows a query without parameters has, none of them made up; and to
 * `flagged`, in how many its column "<flag>:flag" is set, if it has one. */
size_t catalogue_count_rows(struct catalogue *catalogue, enum query query,
    struct str flag, size_t *flagged);

/* The first column of the first row, in `arena`; STR_NONE without rows. */
struct str catalogue_cell(struct catalogue *catalogue, enum query query,
    const struct str *params, size_t param_count, struct arena *arena);

/* A record by kind and id, or by number; false when there is none. */
bool catalogue_record(struct catalogue *catalogue, struct str kind,
    struct str id, struct arena *arena, struct record *record);
bool catalogue_record_number(struct catalogue *catalogue, struct str number,
    struct arena *arena, struct record *record);

#endif
