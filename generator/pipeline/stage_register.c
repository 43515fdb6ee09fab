/* SPDX-License-Identifier: MIT */
/*
 * The register of numbers (registration.h) held against the dossiers: each says
 * what the other does, or a number may be given twice. Numbers from before the
 * first line of the register, and those taken over from elsewhere, stand in no
 * register.
 */
#include "base/arena.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/resume.h"
#include "model/record.h"
#include "pipeline/pipeline.h"
#include "pipeline/stages.h"
#include "rules/registration.h"
#include "source/source.h"

/* How the ids of all that is wrong with it begin. */
#define FAULTS STR("N02")

/* A line: the number that an achievement was given. */
struct given {
	struct str no, achievement, path;
	uint32_t line;
	bool is_entered;	/* the dossier has it */
};

struct ledger {
	struct pipeline *pipeline;
	struct arena arena;		/* of one run */
	struct vec lines;		/* struct given */
	struct map by_number;		/* struct given * */
	struct str since;		/* the first day in it */
	bool is_partial;		/* a file could not be read as one */
};

static struct mark mark_of(const struct ledger *ledger,
    const struct given *given)
{
	/* Marks are kept as they are, and outlive the ledger. */
	return (struct mark){ .path = str_dup(ledger->pipeline->arena,
	    given->path), .line = given->line };
}

static struct str place_of(struct arena *arena, const struct given *given)
{
	return str_format(arena, "%.*s:%u", STR_ARG(given->path),
	    (unsigned)given->line);
}

/* -- reading it ----------------------------------------------------------- */

static struct str line_of(struct str text, uint32_t number)
{
	struct str line = STR_NONE;

	for (uint32_t i = 0; i < number; i++)
		line = str_cut(&text, '\n');
	return str_ends(line, STR("\r")) ? str_slice(line, 0, line.len - 1) :
	    line;
}

static void refuse(struct ledger *ledger, struct str path, struct str text,
    uint32_t number, enum diag_code code)
{
	const struct given given = { .path = path, .line = number };

	(void)diag_report(ledger->pipeline->diags, mark_of(ledger, &given),
	    code, line_of(text, number));
}

static void take_row(struct ledger *ledger, struct str path, struct str text,
    const struct csv_row *row)
{
	enum { NO, ACHIEVEMENT, DATE, COLUMNS };
	struct given given = { .path = path, .line = row->line };
	struct date date;

	if (row->count != COLUMNS || row->cells[NO].len == 0 ||
	    !date_parse(row->cells[DATE], &date) ||
	    !kind_id_is_valid(KIND_ACHIEVEMENT, row->cells[ACHIEVEMENT])) {
		refuse(ledger, path, text, row->line, DIAG_REGISTER_LINE);
		return;
	}
	given.no = row->cells[NO];
	given.achievement = row->cells[ACHIEVEMENT];
	if (ledger->since.len == 0 ||
	    str_cmp(row->cells[DATE], ledger->since) < 0)
		ledger->since = row->cells[DATE];
	*(struct given *)vec_push(&ledger->lines) = given;
}

/* By the codes of registers: only they are told apart from what the base of a
 * proposal has already. Without a line it is a file without a heading. */
static void tell_faults(struct ledger *ledger, struct str path,
    struct str text, const struct diag_list *faults)
{
	uint32_t told = 0;

	for (size_t i = 0; i < faults->items.count; i++) {
		const struct diagnostic *fault = vec_at(&faults->items, i);

		if (fault->mark.line == 0)
			refuse(ledger, path, text, 0, DIAG_REGISTER_HEADING);
		else if (fault->mark.line != told)
			refuse(ledger, path, text, fault->mark.line,
			    DIAG_REGISTER_LINE);
		told = fault->mark.line;
	}
}

static bool parse(struct ledger *ledger, struct str path, struct str text,
    struct csv *csv)
{
	struct diag_list faults;
	bool ok;

	diag_list_init(&faults, &ledger->arena);
	ok = csv_parse_uneven(&ledger->arena, path, text, csv, &faults);
	tell_faults(ledger, path, text, &faults);
	diag_list_dispose(&faults);
	if (!ok || register_is_heading(&csv->rows[0]))
		return ok;
	refuse(ledger, path, text, csv->rows[0].line, DIAG_REGISTER_HEADING);
	return false;
}

/* The text is that of the reader, and lives as long as the ledger. */
static bool read_file(struct ledger *ledger, const struct reader *reader,
    struct str path)
{
	struct str text;
	struct csv csv;

	if (!reader->read(reader->context, path, &ledger->arena, &text,
	    ledger->pipeline->diags))
		return false;
	if (!parse(ledger, path, text, &csv))
		ledger->is_partial = true;
	else
		for (size_t i = 1; i < csv.count; i++)
			take_row(ledger, path, text, &csv.rows[i]);
	return true;
}

static bool read_all(struct ledger *ledger)
{
	const struct reader reader =
	    source_reader(ledger->pipeline->registry.source);
	struct vec paths;
	bool ok;

	vec_init(&paths, sizeof(struct str));
	ok = reader.list(reader.context, STR(REGISTER_FOLDER), &ledger->arena,
	    &paths, ledger->pipeline->diags);
	for (size_t i = 0; ok && i < paths.count; i++) {
		struct str path = *(const struct str *)vec_at(&paths, i);

		if (str_ends(path, STR(".csv")))
			ok = read_file(ledger, &reader, path);
	}
	vec_dispose(&paths);
	return ok;
}

/* Now that the lines stay where they are. */
static void index_lines(struct ledger *ledger)
{
	for (size_t i = 0; i < ledger->lines.count; i++) {
		struct given *given = vec_at(&ledger->lines, i);
		const struct given *first = map_get(&ledger->by_number,
		    given->no);

		if (first == NULL)
			map_put(&ledger->by_number, given->no, given);
		else
			diag_report(ledger->pipeline->diags,
			    mark_of(ledger, given), DIAG_NUMBER_TWICE,
			    given->no, place_of(&ledger->arena, first));
	}
}

/* -- the dossiers --------------------------------------------------------- */

struct registered {
	struct str id, no, date;
};

static struct mark mark_in_dossier(struct pipeline *pipeline,
    const struct registered *dossier, const struct record *record)
{
	const struct value *no = value_find(record->data,
	    STR("registration.no"));

	return (struct mark){ record_path(pipeline->arena, KIND_DOSSIER,
	    dossier->id), no != NULL ? no->line : 0,
	    no != NULL ? no->column : 0 };
}

/* What the register has under the dossier's number is another's, or nothing. */
static void judge_other(struct ledger *ledger,
    const struct registered *dossier, const struct given *given)
{
	struct pipeline *pipeline = ledger->pipeline;
	struct record record;

	if (!catalogue_record(pipeline->catalogue,
	    kind_info(KIND_DOSSIER)->name, dossier->id, &ledger->arena,
	    &record))
		return;
	if (given != NULL)
		diag_report(pipeline->diags, mark_in_dossier(pipeline,
		    dossier, &record), DIAG_NUMBER_OF_ANOTHER, dossier->no,
		    given->achievement, place_of(&ledger->arena, given));
	else if (value_find(record.data, STR("registration.imported")) == NULL)
		diag_report(pipeline->diags, mark_in_dossier(pipeline,
		    dossier, &record), DIAG_NUMBER_NOT_ENTERED, dossier->no);
}

static void judge_dossier(struct ledger *ledger,
    const struct registered *dossier)
{
	struct given *given = map_get(&ledger->by_number, dossier->no);

	if (given != NULL && str_eq(given->achievement, dossier->id))
		given->is_entered = true;
	else if (given != NULL || str_cmp(dossier->date, ledger->since) >= 0)
		judge_other(ledger, dossier, given);
}

static void judge_dossiers(struct ledger *ledger)
{
	const struct value *rows = catalogue_rows(
	    ledger->pipeline->catalogue, QUERY_registered_numbers, NULL, 0,
	    &ledger->arena, NULL, NULL);

	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];
		const struct registered dossier = {
			value_text_at(row, STR("id")),
			value_text_at(row, STR("no")),
			value_text_at(row, STR("date")) };

		judge_dossier(ledger, &dossier);
	}
}

/* Of a number that stands there twice the first line was told already. */
static void judge_lines(struct ledger *ledger)
{
	for (size_t i = 0; i < ledger->lines.count; i++) {
		const struct given *given = vec_at(&ledger->lines, i);

		if (!given->is_entered && map_get(&ledger->by_number,
		    given->no) == given)
			diag_report(ledger->pipeline->diags,
			    mark_of(ledger, given), DIAG_NUMBER_UNUSED,
			    given->no, given->achievement);
	}
}

/* -- the stage ------------------------------------------------------------ */

/* Whether the changes of a proposal can matter. */
static bool is_reached(const struct vec *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		struct str path = ((const struct source_change *)vec_at(
		    changes, i))->path;

		if (str_starts(path, STR(REGISTER_FOLDER "/")) ||
		    str_starts(path, kind_info(KIND_DOSSIER)->folder))
			return true;
	}
	return false;
}

/* Whether something of it was taken out with the dossier that it is about. */
static bool is_taken(const struct diag_list *known)
{
	for (size_t i = 0; i < known->items.count; i++)
		if (str_starts(((const struct diagnostic *)vec_at(
		    &known->items, i))->id, FAULTS))
			return true;
	return false;
}

bool stage_register(struct pipeline *pipeline, const struct vec *changes)
{
	struct ledger ledger = { .pipeline = pipeline };
	bool ok;

	if (changes != NULL && !is_reached(changes) &&
	    !is_taken(&pipeline->known))
		return true;
	if (changes != NULL)
		catalogue_take_found(pipeline->catalogue, FAULTS,
		    &pipeline->known);
	arena_init(&ledger.arena);
	vec_init(&ledger.lines, sizeof(struct given));
	map_init(&ledger.by_number, &ledger.arena);
	ok = read_all(&ledger);
	if (ok && ledger.lines.count > 0 && !ledger.is_partial) {
		index_lines(&ledger);
		judge_dossiers(&ledger);
		judge_lines(&ledger);
	}
	vec_dispose(&ledger.lines);
	arena_dispose(&ledger.arena);
	return ok;
}
