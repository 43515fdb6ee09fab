/* SPDX-License-Identifier: MIT */
#include "site/kept_pages.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/pack.h"
#include "base/value.h"
#include "base/workers.h"
#include "catalogue/answer.h"
#include "catalogue/page_store.h"
#include "catalogue/reads.h"
#include "catalogue/touched.h"
#include "pipeline/output.h"
#include "pipeline/pipeline.h"
#include "render/page.h"
#include "render/page_frame.h"
#include "render/question.h"
#include "render/template.h"
#include "site/questions_due.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

/* Questions that are dealt out together; they are read in order. */
enum { DEAL = 8 };
/* Deals to a job, but for so many jobs at most. */
enum { JOB_DEALS = 8, MOST_JOBS = 256 };

/* Questions are numbered from 1. */
enum { END_OF_QUESTIONS = 0 };

/* Builds that check themselves ask everything, and end where anything that was
 * not due has another answer. */
#ifndef CHECK_DUE
#define CHECK_DUE 0
#endif

/* -- the ground that pages are kept on ------------------------------------ */

static void add_schemas(struct buf *ground, const struct pipeline *pipeline)
{
	const struct reader *reader = &pipeline->registry.reader;
	struct diag_list told_elsewhere;
	struct vec paths;

	diag_list_init(&told_elsewhere, pipeline->arena);
	vec_init(&paths, sizeof(struct str));
	(void)reader->list(reader->context, STR("schemas"), pipeline->arena,
	    &paths, &told_elsewhere);
	for (size_t i = 0; i < paths.count; i++) {
		struct str path = *(struct str *)vec_at(&paths, i), bytes;

		if (!str_ends(path, STR(".xsd")) || !reader->read(
		    reader->context, path, pipeline->arena, &bytes,
		    &told_elsewhere))
			continue;
		pack_str(ground, path);
		pack_str(ground, bytes);
	}
	vec_dispose(&paths);
	diag_list_dispose(&told_elsewhere);
}

/* What all pages are given: words, settings, styles. Of the build they ask. */
static void add_context(struct buf *ground, const struct site *site)
{
	for (size_t i = 0; i < site->context->map.count; i++)
		if (!str_eq(site->context->map.fields[i].name, STR("build")))
			json_append(ground,
			    site->context->map.fields[i].value);
}

/* This run of the machine: what it lost when it stopped may be of the pages or
 * of what is kept of them. Empty where that is not told. */
static void add_boot(struct buf *ground, struct pipeline *pipeline)
{
	struct diag_list not_told;
	struct str boot;

	diag_list_init(&not_told, pipeline->arena);
	if (file_read(pipeline->arena, STR("/proc/sys/kernel/random/boot_id"),
	    &boot, &not_told))
		pack_str(ground, boot);
	diag_list_dispose(&not_told);
}

/* What pages rest on and do not ask for; empty where it cannot be told. */
static struct str ground_of(const struct kept_pages *kept)
{
	struct pipeline *pipeline = kept->pipeline;
	char hex[SHA256_HEX_SIZE];
	struct str program = registry_program_id(pipeline->arena);
	struct buf ground;

	if (program.len == 0)
		return STR_NONE;
	buf_init(&ground);
	pack_str(&ground, program);
	pack_number(&ground, kept->internal != NULL);
	/* All internal pages lead to those of a private folder. */
	pack_number(&ground, kept->site->overlay != NULL);
	pack_str(&ground, pipeline->site);
	add_boot(&ground, pipeline);
	add_schemas(&ground, pipeline);
	add_context(&ground, kept->site);
	if (kept->site->other != NULL)
		add_context(&ground, kept->site->other);
	sha256_hex(buf_str(&ground), hex);
	buf_dispose(&ground);
	return str_dup(pipeline->arena, str_from(hex));
}

static void add_place(struct buf *name, const struct folder *folder)
{
	char path[PATH_MAX];

	buf_append_cstr(name, folder == NULL ||
	    realpath(folder->path.ptr, path) == NULL ? "" : path);
	buf_append_char(name, '\n');
}

/* Each pair of folders has a store. */
static struct str store_name(const struct kept_pages *kept)
{
	struct buf name;
	uint64_t hash;

	buf_init(&name);
	add_place(&name, kept->output);
	add_place(&name, kept->internal);
	hash = hash_bytes(buf_str(&name));
	buf_dispose(&name);
	return str_format(kept->pipeline->arena, "pages-%016llx.sqlite",
	    (unsigned long long)hash);
}

/* Which builds have written to the folders: each stamps their markers. */
static struct str stamps(const struct kept_pages *kept, bool anew)
{
	struct arena *arena = kept->pipeline->arena;
	struct str internal = kept->internal == NULL ? STR("-") :
	    folder_stamp(kept->internal, OUTPUT_MARKER, anew, arena);
	struct str output = folder_stamp(kept->output, OUTPUT_MARKER, anew,
	    arena);

	return str_format(arena, "%.*s %.*s", STR_ARG(output),
	    STR_ARG(internal));
}

/* -- asking again, in a worker -------------------------------------------- */

static bool begin(void *context)
{
	struct kept_pages *kept = context;
	struct pipeline *pipeline = kept->pipeline;

	kept->catalogue = catalogue_open(pipeline->arena,
	    catalogue_path(pipeline->catalogue), pipeline->diags);
	kept->reader = page_store_reopen(pipeline->arena, kept->store);
	return kept->catalogue != NULL && kept->reader != NULL &&
	    registry_reopen(&pipeline->registry);
}

static uint64_t file_answer(struct pipeline *pipeline, struct str path)
{
	const struct reader *reader = &pipeline->registry.reader;
	struct diag_list told_elsewhere;
	uint64_t answer = 0;
	struct str bytes;

	diag_list_init(&told_elsewhere, &pipeline->scratch);
	if (reader->read(reader->context, path, &pipeline->scratch, &bytes,
	    &told_elsewhere))
		answer = hash_bytes(bytes);
	diag_list_dispose(&told_elsewhere);
	return answer;
}

static uint64_t query_answer(const struct kept_pages *kept,
    const struct stored_question *question)
{
	struct str params[QUESTION_PARAMS];
	size_t count = question_params(question->subject, params);

	return catalogue_answer(kept->catalogue, (enum query)question->query,
	    params, count);
}

/* Of the pages in the second language too, which are below its folder. */
static bool has_address(const struct kept_pages *kept, struct str address)
{
	const struct site *other = kept->site->other;

	return page_is_at(kept->site, address) || (other != NULL &&
	    other->folder.len > 0 && str_starts(address, other->folder) &&
	    page_is_at(other, str_slice(address, other->folder.len,
		address.len)));
}

static uint64_t answer_now(const struct kept_pages *kept,
    const struct stored_question *question)
{
	struct pipeline *pipeline = kept->pipeline;
	struct str subject = question->subject;
	struct site asked = *kept->site;

	/* Nobody takes down what is asked here. */
	asked.wording.questions = NULL;
	switch ((enum question_kind)question->kind) {
	case ASKED_QUERY:
		return query_answer(kept, question);
	case ASKED_FILE:
		return file_answer(pipeline, subject);
	case ASKED_PRESENT:
		return pipeline_has_file(pipeline, subject);
	case ASKED_ADDRESS:
		return has_address(kept, subject);
	case ASKED_CODES:
		return codes_answer(&pipeline->codes, subject);
	case ASKED_COME:
		return site_has_come(&asked, subject);
	case ASKED_DAY:
		return hash_bytes(asked.as_of);
	case ASKED_MONTH:
		return hash_bytes(str_slice(asked.as_of, 0, 7));
	case ASKED_COMMIT:
		return hash_bytes(site_commit(&asked));
	}
	return ~question->answer;
}

static void ask(struct kept_pages *kept, uint32_t number, struct buf *changed)
{
	struct stored_question question;
	uint64_t answer;

	if (!page_store_question(kept->reader, number, &question))
		return;
	answer = answer_now(kept, &question);
	if (answer == question.answer)
		return;
	pack_number(changed, number);
	pack_long(changed, answer);
}

static void run(void *context, size_t job, struct buf *answer)
{
	struct kept_pages *kept = context;
	struct diag_list silent;

	arena_reset(&kept->pipeline->scratch);
	diag_list_init(&silent, &kept->pipeline->scratch);
	/* Those of one query stand together, and may all take long. */
	for (size_t i = job * DEAL; i < kept->due.count;
	     i += kept->jobs * DEAL)
		for (size_t k = i; k < i + DEAL && k < kept->due.count; k++)
			ask(kept, *(uint32_t *)vec_at(&kept->due, k), answer);
	pack_number(answer, END_OF_QUESTIONS);
	pack_number(answer, page_store_is_well(kept->reader) &&
	    catalogue_is_well(kept->catalogue, &silent));
	diag_list_dispose(&silent);
}

/* -- in the parent -------------------------------------------------------- */

/* What the store holds on the disk stays, and is not of the pages that will be
 * written: kept_pages_begin() says so where it is looked for. */
static void give_up(struct kept_pages *kept)
{
	page_store_close(kept->store, false);
	kept->store = NULL;
	kept->is_ours = false;
}

static int compare_numbers(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

	return (one > other) - (one < other);
}

static void check_due(const struct kept_pages *kept, uint32_t number)
{
	assert(!CHECK_DUE || (kept->expected.count > 0 && bsearch(&number,
	    kept->expected.items, kept->expected.count, sizeof(number),
	    compare_numbers) != NULL));
}

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct kept_pages *kept = context;
	uint32_t number, is_well = 0;
	uint64_t changed;

	(void)job;
	progress_step(&kept->pipeline->progress);
	if (kept->store == NULL)
		return;
	while (outcome == WORKER_DONE && unpack_number(&answer, &number) &&
	    number != END_OF_QUESTIONS && unpack_long(&answer, &changed)) {
		check_due(kept, number);
		page_store_changed(kept->store, number, changed);
	}
	if (outcome == WORKER_DONE && (!unpack_number(&answer, &is_well) ||
	    is_well == 0))
		page_store_spoil(kept->store);
	if (is_well == 0)
		give_up(kept);
}

static bool ask_again(struct kept_pages *kept)
{
	static const struct text asking = TEXT("查找受影响的页面",
	    "finding what has changed");
	const struct workers_request request = {
		.jobs = kept->jobs,
		.processes = kept->pipeline->jobs,
		.seconds = 600,
		.context = kept,
		.begin = begin,
		.leave = SANDBOX_READ,
		.run = run,
		.take = take,
	};
	bool ok;

	progress_begin(&kept->pipeline->progress, &asking, request.jobs);
	ok = workers_run(&request, kept->pipeline->diags);
	progress_end(&kept->pipeline->progress);
	if (ok && kept->store != NULL)
		(void)page_store_reach(kept->store);
	return ok;
}

static bool ask_due(struct kept_pages *kept)
{
	bool ok;

	vec_init(&kept->due, sizeof(uint32_t));
	questions_due(kept->pipeline, kept->store);
	if (CHECK_DUE) {
		vec_init(&kept->expected, sizeof(uint32_t));
		page_store_due(kept->store, &kept->expected);
		page_store_due_all(kept->store);
	}
	page_store_due(kept->store, &kept->due);
	kept->jobs = kept->due.count / (DEAL * JOB_DEALS) + 1;
	if (kept->jobs > MOST_JOBS)
		kept->jobs = MOST_JOBS;
	ok = kept->due.count == 0 || ask_again(kept);
	if (CHECK_DUE)
		vec_dispose(&kept->expected);
	vec_dispose(&kept->due);
	return ok;
}

/* Of a day before the last build's, what had come may not have. */
static bool is_earlier(const struct kept_pages *kept)
{
	return str_cmp(kept->site->as_of, page_store_note(kept->store,
	    STR("as_of"))) < 0;
}

bool kept_pages_open(struct kept_pages *kept, struct pipeline *pipeline,
    const struct site *site, const struct folder *output,
    const struct folder *internal, bool anew)
{
	struct str ground;

	*kept = (struct kept_pages){ .pipeline = pipeline, .site = site,
		.output = output, .internal = internal };
	ground = ground_of(kept);
	if (ground.len == 0)
		return true;
	kept->store = page_store_open(pipeline->arena,
	    pipeline_cache(pipeline), store_name(kept), ground);
	if (kept->store == NULL)
		return true;
	kept->is_ours = str_eq(stamps(kept, false),
	    page_store_note(kept->store, STR("stamps")));
	if (anew || is_earlier(kept) || !kept->is_ours)
		page_store_clear(kept->store);
	return ask_due(kept);
}

/* -- pages ---------------------------------------------------------------- */

/* What tells of all other files is made again. */
static bool is_kept(const struct page *page)
{
	return !page->kind->is_last;
}

static struct str name_of(const struct kept_pages *kept,
    const struct page *page, struct arena *arena)
{
	const struct site *site = page->is_second ? kept->site->other :
	    kept->site;

	return str_format(arena, "%c%.*s%.*s", page->is_internal ? 'i' : 'p',
	    STR_ARG(site->folder), STR_ARG(page->path));
}

/* What a page is, before anything is asked for it. */
static uint64_t self_of(const struct kept_pages *kept, const struct page *page)
{
	const struct page_kind *kind = page->kind;
	struct template *template = kind->write != NULL ? NULL : template_find(
	    kept->site->templates, page_template(page));
	uint64_t digest = template == NULL ? 0 :
	    template_use(template)->digest;
	struct str texts[] = { str_from(kind->name), page->key, page->date,
		page->feed, page->pdf, page->label, page->beside == NULL ?
		    STR_NONE : str_from(page->beside->name) };
	bool is_in_both = kept->site->other != NULL &&
	    page_exists(kept->site->other, page->path);

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		digest = (digest ^ hash_bytes(texts[i])) * 31;
	return digest * 2 + is_in_both;
}

bool kept_pages_has(const struct kept_pages *kept, const struct page *page,
    struct str *facts)
{
	struct arena *scratch = &kept->pipeline->scratch;

	return kept->store != NULL && is_kept(page) && page_store_known(
	    kept->store, name_of(kept, page, scratch), self_of(kept, page),
	    scratch, facts);
}

void kept_pages_begin(struct kept_pages *kept)
{
	/* Also without a store: those of others hold no more. They know it
	 * already if this one was the last to write. */
	struct str now = stamps(kept, !kept->is_ours);

	if (kept->store == NULL)
		return;
	page_store_set_note(kept->store, STR("as_of"), kept->site->as_of);
	page_store_set_note(kept->store, STR("stamps"), now);
	if (page_store_forget(kept->store))
		return;
	give_up(kept);
	(void)stamps(kept, true);
}

void kept_pages_pack(struct buf *answer, const struct questions *questions)
{
	for (size_t i = 0; i < questions->items.count; i++)
		question_pack(answer, vec_at(&questions->items, i));
}

/* What the record is called that the question is about. */
static struct str about_of(const struct question *question)
{
	size_t number = question->kind != ASKED_QUERY ? 0 :
	    catalogue_about((enum query)question->query);
	struct str params[QUESTION_PARAMS];

	return number == 0 || question_params(question->subject, params) <
	    number ? STR_NONE : params[number - 1];
}

void kept_pages_take(struct kept_pages *kept, const struct page *page,
    struct str facts, struct str answer)
{
	struct question question;

	if (kept->store == NULL || !is_kept(page))
		return;
	arena_reset(&kept->pipeline->scratch);
	page_store_put(kept->store, name_of(kept, page,
	    &kept->pipeline->scratch), self_of(kept, page), facts);
	while (question_unpack(&answer, &question)) {
		const struct stored_question stored = { question.kind,
			question.query, question.subject, question.answer,
			about_of(&question) };

		page_store_asked(kept->store, &stored);
	}
}

void kept_pages_close(struct kept_pages *kept, bool is_built)
{
	if (kept->store != NULL && is_built)
		questions_answered(kept->pipeline, kept->store);
	page_store_close(kept->store, is_built);
	kept->store = NULL;
}
