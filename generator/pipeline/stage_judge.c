/* SPDX-License-Identifier: MIT */
/* Judging: each record against the rules, in workers that ask the catalogue. */
#include "base/buf.h"
#include "base/pack.h"
#include "base/workers.h"
#include "catalogue/catalogue.h"
#include "catalogue/export.h"
#include "model/record.h"
#include "pipeline/facts.h"
#include "pipeline/pipeline.h"
#include "pipeline/stages.h"
#include "pipeline/tally.h"
#include "rules/ruleset.h"
#include "schema/schema.h"
#include "schema/tree.h"
#include "source/source.h"

struct judging {
	struct pipeline *pipeline;
	struct catalogue_facts facts;	/* of a worker's own catalogue */
};

/* The record that is a job, as queries name it. */
static struct str number_of(const struct judging *judging, size_t job,
    struct arena *arena)
{
	return str_format(arena, "%u", *(uint32_t *)vec_at(
	    &judging->pipeline->tally->records, job));
}

/* -- in a worker ---------------------------------------------------------- */

static bool begin(void *context)
{
	struct judging *judging = context;
	struct pipeline *pipeline = judging->pipeline;

	catalogue_facts_init(&judging->facts, pipeline->beside == NULL ?
	    catalogue_open(pipeline->arena,
		catalogue_path(pipeline->catalogue), pipeline->diags) :
	    catalogue_open_beside(pipeline->arena,
		catalogue_path(pipeline->catalogue),
		catalogue_path(pipeline->beside->catalogue),
		pipeline->diags));
	if (pipeline->beside != NULL)
		catalogue_facts_add_registry(&judging->facts,
		    catalogue_open(pipeline->arena,
			catalogue_path(pipeline->beside->catalogue),
			pipeline->diags));
	judging->facts.dependencies = &pipeline->dependencies;
	return judging->facts.catalogue != NULL &&
	    (pipeline->beside == NULL || judging->facts.registry != NULL) &&
	    registry_reopen(&pipeline->registry);
}

/* Bodies are not in the catalogue: rules on text read them from the file. */
static void read_body(struct pipeline *pipeline, struct record *record,
    struct diag_list *diags)
{
	const struct reader *reader = &pipeline->registry.reader;
	struct str bytes;

	if (record->body_size > 0 && reader->read(reader->context,
	    record->path, &pipeline->scratch, &bytes, diags))
		record->body = frontmatter_body(&pipeline->scratch, bytes,
		    record->body_offset, record->body_size);
}

/* `*turn`: see struct judgement. */
static void judge(struct judging *judging, struct str number,
    unsigned char *outcomes, struct date *turn, struct diag_list *diags)
{
	struct pipeline *pipeline = judging->pipeline;
	struct record record;
	struct judgement judgement = { .schemas = pipeline->schemas,
		.facts = &judging->facts.facts,
		.as_of = pipeline->registry.as_of,
		.phase = pipeline->phase, .scratch = &pipeline->scratch,
		.outcomes = outcomes, .turn = turn };

	if (!catalogue_record_number(judging->facts.catalogue, number,
	    &pipeline->scratch, &record))
		return;
	read_body(pipeline, &record, diags);
	judgement.tree = tree_build(&pipeline->scratch, &record,
	    schema_fields(pipeline->schemas, record.kind));
	(void)!ruleset_judge(pipeline->ruleset, &judgement, diags);
}

static void run(void *context, size_t job, struct buf *answer)
{
	struct judging *judging = context;
	size_t asserts = judging->pipeline->tally->asserts;
	struct date turn = DATE_LAST;
	struct diag_list diags;
	struct arena found;
	unsigned char *outcomes;

	arena_init(&found);
	arena_reset(&judging->pipeline->scratch);
	dependencies_clear(&judging->pipeline->dependencies);
	diag_list_init(&diags, &found);
	outcomes = arena_alloc(&found, asserts);
	judge(judging, number_of(judging, job, &found), outcomes, &turn,
	    &diags);
	(void)catalogue_is_well(judging->facts.catalogue, &diags);
	pack_diags(answer, &diags);
	pack_str(answer, (struct str){ (const char *)outcomes, asserts });
	pack_str(answer, date_cmp(turn, DATE_LAST) < 0 ?
	    date_iso(&found, turn) : STR_NONE);
	dependencies_pack(&judging->pipeline->dependencies, answer);
	diag_list_dispose(&diags);
	arena_dispose(&found);
}

/* -- in the parent -------------------------------------------------------- */

static void report_lost(const struct judging *judging, size_t job,
    enum worker_outcome outcome)
{
	struct pipeline *pipeline = judging->pipeline;
	struct str number = number_of(judging, job, pipeline->arena);

	worker_report(outcome, catalogue_cell(pipeline->catalogue,
	    QUERY_record_path, &number, 1, pipeline->arena), pipeline->diags);
}

/* An answer: diagnostics, outcomes, the day on which it may turn, dependencies
 * to its end. */
static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct judging *judging = context;
	struct pipeline *pipeline = judging->pipeline;
	struct str outcomes, turn;

	progress_step(&pipeline->progress);
	if (outcome != WORKER_DONE)
		report_lost(judging, job, outcome);
	else if (unpack_diags(&answer, pipeline->diags) &&
	    unpack_str(&answer, &outcomes) && unpack_str(&answer, &turn))
		tally_take(pipeline->tally, job, outcomes, turn, answer);
}

/* What falls due without being any record's fault. */
static void remind(struct judging *judging)
{
	struct pipeline *pipeline = judging->pipeline;
	struct judgement judgement = { .schemas = pipeline->schemas,
		.facts = &judging->facts.facts,
		.as_of = pipeline->registry.as_of,
		.scratch = &pipeline->scratch };
	size_t asserts = pipeline->tally->asserts;
	struct diag_list reminders;

	judgement.outcomes = arena_alloc(&pipeline->scratch, asserts);
	catalogue_facts_init(&judging->facts, pipeline->catalogue);
	diag_list_init(&reminders, pipeline->arena);
	(void)!ruleset_remind(pipeline->ruleset, &judgement, &reminders,
	    pipeline->diags);
	tally_take_reminders(pipeline->tally, (struct str){
	    (const char *)judgement.outcomes, asserts });
	catalogue_begin(pipeline->catalogue);
	for (size_t i = 0; i < reminders.items.count; i++)
		catalogue_put_reminder(pipeline->catalogue,
		    vec_at(&reminders.items, i));
	catalogue_commit(pipeline->catalogue);
	diag_list_dispose(&reminders);
	/* The facts were those of this call. */
	ruleset_forget(pipeline->ruleset);
	arena_reset(&pipeline->scratch);
}

void stage_tally(struct pipeline *pipeline)
{
	struct judging judging = { .pipeline = pipeline };

	remind(&judging);
	catalogue_begin(pipeline->catalogue);
	tally_put(pipeline->tally, pipeline->catalogue);
	catalogue_commit(pipeline->catalogue);
	tally_dispose(pipeline->tally);
	pipeline->tally = NULL;
}

static void add_number(void *numbers, const struct str *cells, size_t count)
{
	size_t number = 0;

	if (count > 0 && str_to_size(cells[0], &number))
		*(uint32_t *)vec_push(numbers) = (uint32_t)number;
}

/* Of the records that the query names first in its rows. */
static void begin_tally(struct pipeline *pipeline, enum query query)
{
	struct vec numbers;

	vec_init(&numbers, sizeof(uint32_t));
	catalogue_each(pipeline->catalogue, query, NULL, 0, add_number,
	    &numbers);
	if (pipeline->tally == NULL)
		pipeline->tally = arena_alloc(pipeline->arena,
		    sizeof(*pipeline->tally));
	else
		tally_dispose(pipeline->tally);
	tally_init(pipeline->tally, pipeline->ruleset, numbers);
}

void stage_judge_here(struct pipeline *pipeline)
{
	struct judging judging = { .pipeline = pipeline };
	struct buf answer;

	begin_tally(pipeline, QUERY_to_judge);
	catalogue_facts_init(&judging.facts, pipeline->catalogue);
	judging.facts.dependencies = &pipeline->dependencies;
	for (size_t job = 0; job < pipeline->tally->records.count; job++) {
		buf_init(&answer);
		run(&judging, job, &answer);
		take(&judging, job, WORKER_DONE, buf_str(&answer));
		buf_dispose(&answer);
	}
	/* The facts were those of this call. */
	ruleset_forget(pipeline->ruleset);
}

bool stage_judge(struct pipeline *pipeline)
{
	static const struct text what = TEXT("按规则检查", "judging records");
	struct judging judging = { .pipeline = pipeline };
	struct workers_request request = {
		.processes = pipeline->jobs,
		.context = &judging,
		.begin = begin,
		.run = run,
		.take = take,
	};
	bool ok;

	begin_tally(pipeline, QUERY_record_numbers);
	request.jobs = pipeline->tally->records.count;
	progress_begin(&pipeline->progress, &what, request.jobs);
	ok = workers_run(&request, pipeline->diags);
	progress_end(&pipeline->progress);
	return ok;
}
