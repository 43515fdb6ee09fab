/* SPDX-License-Identifier: MIT */
/*
 * What all rules cost on one record:
 * rules_bench REGISTRY AS-OF ROUNDS [KIND, of which alone]
 *
 * The registry must have been checked: its catalogue, .zheli/catalogue.sqlite,
 * answers what rules ask of other records, as for `zheli check`. Schemas and
 * rules are those of the folder it runs in. Each record is judged ROUNDS
 * times, the first not counted (it reads what the rest find in memory); of the
 * others the fastest is the record's time, since whatever else the machine does
 * only adds to it. One line for each kind of record: how many there are, how
 * many asserts are about such records, the mean and the worst time.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/reader.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "model/codes.h"
#include "model/record.h"
#include "pipeline/facts.h"
#include "rules/ruleset.h"
#include "schema/schema.h"
#include "schema/schematron.h"
#include "schema/tree.h"

#include <stdio.h>
#include <time.h>

struct bench {
	struct arena arena, scratch;
	struct diag_list diags;
	struct folder policy, registry;
	struct reader reader;
	struct codes codes;
	struct schema_set *schemas;
	struct ruleset *ruleset;
	struct catalogue_facts facts;
	struct date as_of;
	size_t rounds;
	struct str only;		/* name of a kind; empty: all */
	size_t records[KIND_COUNT];
	double sum[KIND_COUNT], worst[KIND_COUNT];	/* microseconds */
};

static double now(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static bool open_all(struct bench *bench, const char *registry)
{
	struct str folder = str_from(registry);
	struct reader reader;
	struct catalogue *catalogue;

	if (!folder_open_existing(STR("."), &bench->policy, &bench->diags) ||
	    !folder_open_existing(folder, &bench->registry, &bench->diags))
		return false;
	reader = folder_reader(&bench->policy);
	bench->reader = folder_reader(&bench->registry);
	if (!codes_load(&bench->arena, &reader, STR("schemas/codes/"),
		&bench->codes, &bench->diags) ||
	    !schema_set_open(&bench->arena, &reader, &bench->codes,
		&bench->schemas, &bench->diags) ||
	    !ruleset_open(&bench->arena, &reader, &bench->codes,
		&bench->ruleset, &bench->diags))
		return false;
	catalogue = catalogue_open(&bench->arena, str_format(&bench->arena,
	    "%.*s/.git/zheli/catalogue.sqlite", STR_ARG(folder)), &bench->diags);
	catalogue_facts_init(&bench->facts, catalogue);
	return catalogue != NULL;
}

/* All rules on the record, once; in microseconds. Negative if it is not there
 * or not asked for. */
static double judge_once(struct bench *bench, struct str number,
    struct record *record)
{
	struct diag_list found;
	struct judgement judgement = { .schemas = bench->schemas,
		.facts = &bench->facts.facts, .as_of = bench->as_of,
		.scratch = &bench->scratch };
	struct str bytes;
	double start;

	arena_reset(&bench->scratch);
	if (!catalogue_record_number(bench->facts.catalogue, number,
		&bench->scratch, record) || (bench->only.len > 0 &&
	    !str_eq(bench->only, kind_info(record->kind)->name)))
		return -1;
	if (record->body_size > 0 && bench->reader.read(bench->reader.context,
		record->path, &bench->scratch, &bytes, &bench->diags))
		record->body = frontmatter_body(&bench->scratch, bytes,
		    record->body_offset, record->body_size);
	diag_list_init(&found, &bench->scratch);
	start = now();
	judgement.tree = tree_build(&bench->scratch, record,
	    schema_fields(bench->schemas, record->kind));
	(void)!ruleset_judge(bench->ruleset, &judgement, &found);
	start = now() - start;
	diag_list_dispose(&found);
	return start;
}

static void judge(struct bench *bench, struct str number)
{
	struct record record;
	double best = judge_once(bench, number, &record);

	if (best < 0)
		return;
	for (size_t round = 1; round < bench->rounds; round++) {
		double time = judge_once(bench, number, &record);

		if (round == 1 || time < best)
			best = time;
	}
	bench->records[record.kind]++;
	bench->sum[record.kind] += best;
	if (best > bench->worst[record.kind])
		bench->worst[record.kind] = best;
}

/* Asserts whose context begins with the kind's name. */
static size_t asserts_on(const struct bench *bench, enum kind kind)
{
	struct str start = kind_info(kind)->name;
	size_t count = 0;

	for (size_t i = 0; i < ruleset_assert_count(bench->ruleset); i++) {
		const struct schematron_assert *assert =
		    ruleset_assert_at(bench->ruleset, i);
		struct str context = str_slice(assert->context, 1,
		    assert->context.len);

		count += !assert->is_off && str_starts(context, start);
	}
	return count;
}

static void print(const struct bench *bench)
{
	printf("%-16s %8s %8s %9s %9s\n", "all rules on one", "records",
	    "asserts", "mean us", "worst us");
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		struct str name = kind_info((enum kind)kind)->name;
		size_t count = bench->records[kind];

		if (count > 0)
			printf("%-16.*s %8zu %8zu %9.0f %9.0f\n",
			    STR_ARG(name), count,
			    asserts_on(bench, (enum kind)kind),
			    bench->sum[kind] / (double)count,
			    bench->worst[kind]);
	}
}

int main(int argc, char **argv)
{
	static struct bench bench;
	bool ok;

	arena_init(&bench.arena);
	arena_init(&bench.scratch);
	diag_list_init(&bench.diags, &bench.arena);
	bench.only = argc > 4 ? str_from(argv[4]) : STR_NONE;
	ok = argc > 3 && str_to_size(str_from(argv[3]), &bench.rounds) &&
	    date_parse(str_from(argv[2]), &bench.as_of) &&
	    open_all(&bench, argv[1]);
	if (ok) {
		struct value *numbers = catalogue_rows(bench.facts.catalogue,
		    QUERY_record_numbers, NULL, 0, &bench.arena, NULL, NULL);

		for (size_t i = 0; i < value_count(numbers); i++)
			judge(&bench, value_text_at(numbers->list.items[i],
			    STR("record")));
		print(&bench);
	}
	if (!ok)
		fputs("rules_bench: wanted are a checked registry, a date "
		    "and how many rounds\n", stderr);
	if (bench.facts.catalogue != NULL)
		catalogue_close(bench.facts.catalogue);
	if (bench.schemas != NULL)
		schema_set_close(bench.schemas);
	ruleset_close(bench.ruleset);
	return ok ? 0 : 1;
}
