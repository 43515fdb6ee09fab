/* SPDX-License-Identifier: MIT */
/* Judging: each record against the rules, in workers that ask the catalogue. */
#include "base/buf.h"
#include "base/pack.h"
#include "base/value.h"
#include "base/workers.h"
#include "catalogue/catalogue.h"
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
	struct value *records;		/* rows {record, path} */
	struct catalogue_facts facts;	/* of a worker's own catalogue */
};

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
	if (!ruleset_judge(pipeline->ruleset, &judgement, diags))
		return;
}

static void run(void *context, size_t job, struct buf *answer)
{
	struct judging *judging = context;
	const struct value *row = judging->records->list.items[job];
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
	judge(judging, value_text_at(row, STR("record")), outcomes, &turn,
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

/* An answer: diagnostics, outcomes, the day on which it may turn, dependencies
 * to its end. */
static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct judging *judging = context;
	const struct value *row = judging->records->list.items[job];
	struct str outcomes, turn;

	progress_step(&judging->pipeline->progress);
	if (outcome != WORKER_DONE)
		worker_report(outcome, value_text_at(row, STR("path")),
		    judging->pipeline->diags);
	else if (unpack_diags(&answer, judging->pipeline->diags) &&
	    unpack_str(&answer, &outcomes) && unpack_str(&answer, &turn))
		tally_take(judging->pipeline->tally, job, outcomes, turn,
		    answer);
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
}

static void begin_tally(const struct judging *judging)
{
	struct pipeline *pipeline = judging->pipeline;

	pipeline->tally = arena_alloc(pipeline->arena,
	    sizeof(*pipeline->tally));
	tally_init(pipeline->tally, pipeline->arena, pipeline->ruleset,
	    judging->records);
}

void stage_judge_here(struct pipeline *pipeline, struct value *records)
{
	struct judging judging = { .pipeline = pipeline, .records = records };
	struct buf answer;

	begin_tally(&judging);
	catalogue_facts_init(&judging.facts, pipeline->catalogue);
	judging.facts.dependencies = &pipeline->dependencies;
	for (size_t job = 0; job < value_count(records); job++) {
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
	struct judging judging = { .pipeline = pipeline,
		.records = catalogue_rows(pipeline->catalogue,
		    QUERY_record_numbers, NULL, 0, pipeline->arena, NULL,
		    NULL) };
	const struct workers_request request = {
		.jobs = value_count(judging.records),
		.processes = pipeline->jobs,
		.context = &judging,
		.begin = begin,
		.run = run,
		.take = take,
	};
	bool ok;

	begin_tally(&judging);
	progress_begin(&pipeline->progress, &what, request.jobs);
	ok = workers_run(&request, pipeline->diags);
	progress_end(&pipeline->progress);
	return ok;
}
