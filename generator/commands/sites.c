/* SPDX-License-Identifier: MIT */
#include "commands/sites.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/pack.h"
#include "base/path.h"
#include "base/workers.h"
#include "catalogue/answer.h"
#include "catalogue/catalogue.h"
#include "commands/building.h"
#include "commands/documents.h"
#include "commands/kept_pages.h"
#include "commands/output.h"
#include "commands/overlay.h"
#include "commands/pipeline.h"
#include "commands/search_site.h"
#include "commands/site_copies.h"
#include "commands/site_data.h"
#include "commands/site_file.h"
#include "render/page.h"
#include "render/question.h"

static const struct folder *folder_of(const struct building *building,
    bool is_internal)
{
	return is_internal ? &building->internal : &building->output;
}

/* Where a page is written. */
static struct str file_of(const struct building *building,
    const struct page *page, struct arena *arena)
{
	return page->is_second ? str_join(arena, building->second.folder,
	    page->path) : page->path;
}

/* -- in a worker ---------------------------------------------------------- */

static void asked(void *context, enum query query, const struct str *params,
    size_t param_count, uint64_t answer)
{
	struct building *building = context;
	struct arena *scratch = &building->pipeline->scratch;

	questions_add(&building->questions, ASKED_QUERY, query,
	    question_subject(scratch, params, param_count), answer);
}

static void asked_overlay(void *context, enum query query,
    const struct str *params, size_t param_count, uint64_t answer)
{
	struct building *building = context;

	(void)query;
	(void)params;
	(void)param_count;
	(void)answer;
	building->asks_overlay = true;
}

/* From now on everything that pages ask is taken down. */
static void take_down(struct building *building)
{
	building->observer = (struct catalogue_observer){ asked, building };
	building->overlay_observer = (struct catalogue_observer){
		asked_overlay, building };
	catalogue_observe(building->site.catalogue, &building->observer);
	if (building->site.overlay != NULL)
		catalogue_observe(building->site.overlay,
		    &building->overlay_observer);
	building->site.wording.questions = &building->questions;
	building->second.wording.questions = &building->questions;
}

static bool begin(void *context)
{
	struct building *building = context;

	if (!building_open_catalogues(building) ||
	    !registry_reopen(&building->pipeline->registry))
		return false;
	take_down(building);
	return true;
}

static bool write_page(struct building *building, const struct page *page,
    bool *changed, struct diag_list *diags)
{
	struct buf out;
	bool ok;

	buf_init(&out);
	ok = page_render(page->is_second ? &building->second :
		&building->site, page, &building->pipeline->scratch, &out,
	    diags) &&
	    catalogue_is_well(building->site.catalogue, diags) &&
	    (building->site.overlay == NULL ||
		catalogue_is_well(building->site.overlay, diags)) &&
	    folder_replace(folder_of(building, page->is_internal),
		file_of(building, page, &building->pipeline->scratch),
		buf_str(&out), changed, diags);
	buf_dispose(&out);
	return ok;
}

static bool write_copy(struct building *building, const struct site_copy *copy,
    bool *changed, struct diag_list *diags)
{
	struct pipeline *pipeline = building->pipeline;
	const struct reader *reader = &pipeline->registry.reader;
	struct str bytes;

	if (!reader->read(reader->context, copy->from, &pipeline->scratch,
	    &bytes, diags))
		return false;
	return folder_replace(folder_of(building, copy->is_internal), copy->to,
	    bytes, changed, diags);
}

/* The page that is a job; NULL for a copy. */
static const struct page *page_of(const struct building *building, size_t job)
{
	return job < building->copy_count ? NULL :
	    building->pages[job - building->copy_count];
}

static void run(void *context, size_t job, struct buf *answer)
{
	struct building *building = context;
	const struct page *page = page_of(building, job);
	struct arena *scratch = &building->pipeline->scratch;
	struct str kept = STR_NONE;
	struct diag_list diags;
	bool changed = false, is_page = false;

	arena_reset(scratch);
	diag_list_init(&diags, scratch);
	questions_init(&building->questions, scratch);
	building->asks_overlay = false;
	if (building->is_printing) {
		if (!documents_write(&building->documents, &building->site,
		    building->pages[job], &building->output, scratch, &kept,
		    &changed, &diags))
			kept = STR_NONE;
		pack_str(answer, kept);
	} else if (page == NULL)
		(void)write_copy(building, vec_at(&building->copies, job),
		    &changed, &diags);
	else if (page->kind->stream != NULL)
		is_page = site_file_write(&building->site, page,
		    folder_of(building, page->is_internal), &changed, &diags);
	else
		is_page = write_page(building, page, &changed, &diags);
	pack_number(answer, changed);
	pack_diags(answer, &diags);
	if (page != NULL && page->file != NULL)
		site_file_pack(answer, page->file);
	if (is_page && diags.items.count == 0 && !building->asks_overlay)
		kept_pages_pack(answer, &building->questions);
	questions_dispose(&building->questions);
	diag_list_dispose(&diags);
}

/* -- in the parent -------------------------------------------------------- */

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct building *building = context;
	const struct page *page = page_of(building, job);
	uint32_t changed = 0;
	struct str kept, facts;

	progress_step(&building->pipeline->progress);
	if (outcome != WORKER_DONE) {
		worker_report(outcome, page == NULL ?
		    ((struct site_copy *)vec_at(&building->copies, job))->to :
		    page->path,
		    building->pipeline->diags);
		return;
	}
	if (building->is_printing && unpack_str(&answer, &kept) &&
	    kept.len > 0) {
		map_put(&building->kept, str_dup(building->pipeline->arena,
		    kept), building);
		building->pages[job]->pdf = documents_path(
		    building->pipeline->arena, building->pages[job]);
		building->result->files++;
	}
	(void)unpack_number(&answer, &changed);
	(void)unpack_diags(&answer, building->pipeline->diags);
	facts = answer;
	if (page != NULL && page->file != NULL)
		site_file_unpack(&answer, page->file);
	if (page != NULL && answer.len > 0)
		kept_pages_take(&building->kept_pages, page, str_slice(facts,
		    0, facts.len - answer.len), answer);
	building->result->changed += changed;
}

static bool run_jobs(struct building *building)
{
	static const struct text writing = TEXT("生成页面", "writing pages");
	static const struct text printing = TEXT("生成 PDF", "printing PDFs");
	const struct workers_request request = {
		.jobs = building->copy_count + building->page_count,
		.processes = building->pipeline->jobs,
		.seconds = building->is_printing ? DOCUMENT_JOB_SECONDS : 0,
		.memory = building->is_printing ? DOCUMENT_JOB_MEMORY : 0,
		.context = building,
		.begin = begin,
		.leave = building->is_printing ? SANDBOX_RUN : SANDBOX_WRITE,
		.run = run,
		.take = take,
	};
	bool ok;

	progress_begin(&building->pipeline->progress,
	    building->is_printing ? &printing : &writing, request.jobs);
	ok = workers_run(&request, building->pipeline->diags);
	progress_end(&building->pipeline->progress);
	if (!building->is_printing)
		building->result->files += request.jobs;
	return ok && building->pipeline->diags->counts[DIAG_FATAL] == 0;
}

/* Pages in the second language lead to the same PDFs. */
static void share_documents(struct building *building)
{
	struct map made;

	map_init(&made, building->pipeline->arena);
	for (size_t i = 0; i < building->page_count; i++)
		map_put(&made, building->pages[i]->path, building->pages[i]);
	for (size_t i = 0; i < building->second.pages.count; i++) {
		struct page *page = vec_at(&building->second.pages, i);
		const struct page *first = map_get(&made, page->path);

		if (first != NULL)
			page->pdf = first->pdf;
	}
}

/* Documents first: a page says whether it has a PDF. */
static bool run_documents(struct building *building)
{
	bool ok;

	building->page_count = building->copy_count = 0;
	for (size_t i = 0; i < building->site.pages.count; i++) {
		struct page *page = vec_at(&building->site.pages, i);

		if (documents_has(&building->documents, page))
			building->pages[building->page_count++] = page;
	}
	if (building->page_count == 0)
		return true;
	building->is_printing = true;
	ok = run_jobs(building);
	building->is_printing = false;
	share_documents(building);
	return ok;
}

/* Leaves are what others link to; they, and all copies, come first. What tells
 * of all others comes last. */
enum pass { PASS_LEAVES, PASS_LISTS, PASS_LAST };

static enum pass pass_of(const struct page *page)
{
	return page->kind->is_leaf ? PASS_LEAVES :
	    page->kind->is_last ? PASS_LAST : PASS_LISTS;
}

static void take_pages(struct building *building, const struct vec *pages,
    enum pass pass)
{
	for (size_t i = 0; i < pages->count; i++) {
		struct page *page = vec_at(pages, i);

		if (pass_of(page) == pass && !page->is_kept &&
		    (!page->is_internal || building->internal.descriptor >= 0))
			building->pages[building->page_count++] = page;
	}
}

static bool run_pass(struct building *building, enum pass pass)
{
	building->page_count = 0;
	building->copy_count = pass == PASS_LEAVES ?
	    building->copies.count : 0;
	take_pages(building, &building->site.pages, pass);
	take_pages(building, &building->second.pages, pass);
	return run_jobs(building);
}

/* -- what a former build has made ------------------------------------------ */

static bool list_files(struct building *building, const struct folder *folder,
    struct map *there)
{
	struct pipeline *pipeline = building->pipeline;
	struct vec paths;
	bool ok;

	map_init(there, pipeline->arena);
	vec_init(&paths, sizeof(struct str));
	ok = folder_list(folder, pipeline->arena, &paths, pipeline->diags);
	for (size_t i = 0; ok && i < paths.count; i++)
		map_put(there, *(struct str *)vec_at(&paths, i), building);
	vec_dispose(&paths);
	return ok;
}

static void keep_pages(struct building *building, const struct vec *pages)
{
	struct arena *scratch = &building->pipeline->scratch;

	for (size_t i = 0; i < pages->count; i++) {
		struct page *page = vec_at(pages, i);

		if (page->is_internal && building->internal.descriptor < 0)
			continue;
		arena_reset(scratch);
		page->is_kept = map_has(page->is_internal ?
		    &building->there_internal : &building->there,
		    file_of(building, page, scratch)) &&
		    kept_pages_has(&building->kept_pages, page);
		building->result->files += page->is_kept;
		if (page->is_kept && page->file != NULL) {
			struct str facts = kept_pages_facts(
			    &building->kept_pages, page);

			site_file_unpack(&facts, page->file);
		}
	}
}

/* Finds the pages that stay as they are. */
static bool find_kept(struct building *building)
{
	const struct folder *internal = building->internal.descriptor < 0 ?
	    NULL : &building->internal;

	if (!kept_pages_open(&building->kept_pages, building->pipeline,
	    &building->site, &building->output, internal))
		return false;
	keep_pages(building, &building->site.pages);
	keep_pages(building, &building->second.pages);
	kept_pages_begin(&building->kept_pages);
	return true;
}

/* -- removing what is stale ---------------------------------------------- */

static void keep(const struct building *building, struct map *kept,
    const struct vec *pages, bool is_internal)
{
	for (size_t i = 0; i < pages->count; i++) {
		const struct page *page = vec_at(pages, i);

		if (page->is_internal == is_internal)
			map_put(kept, file_of(building, page,
			    building->pipeline->arena), kept);
		if (!is_internal && page->pdf.len > 0)
			map_put(kept, page->pdf, kept);
	}
}

/* Removes what a former build left and this one did not write. */
static bool remove_stale(struct building *building, bool is_internal)
{
	struct pipeline *pipeline = building->pipeline;
	const struct folder *folder = folder_of(building, is_internal);
	const struct map *there = is_internal ? &building->there_internal :
	    &building->there;
	struct map kept;
	bool ok = true;

	map_init(&kept, pipeline->arena);
	map_put(&kept, OUTPUT_MARKER, building);
	keep(building, &kept, &building->site.pages, is_internal);
	keep(building, &kept, &building->second.pages, is_internal);
	for (size_t i = 0; i < building->copies.count; i++) {
		const struct site_copy *copy = vec_at(&building->copies, i);

		if (copy->is_internal == is_internal)
			map_put(&kept, copy->to, building);
	}
	for (size_t i = 0; !is_internal && i < building->search.count; i++)
		map_put(&kept, *(struct str *)vec_at(&building->search, i),
		    building);
	for (size_t i = 0; ok && i < there->count; i++) {
		struct str path = there->entries[i].key;

		if (map_has(&kept, path) || !path_is_safe(path))
			continue;
		ok = folder_remove(folder, path, pipeline->diags);
		building->result->removed++;
	}
	return ok;
}

/* After the pages that results link to. */
static bool write_search(struct building *building)
{
	bool ok = search_build(building->pipeline, &building->output,
	    &building->search, &building->result->changed);

	if (ok)
		building->result->files += building->search.count;
	return ok;
}

static bool write_sites(struct building *building)
{
	struct pipeline *pipeline = building->pipeline;
	bool ok;

	if (!building_open_catalogues(building))
		return false;
	building_list_pages(building);
	ok = catalogue_is_well(building->site.catalogue, pipeline->diags);
	building_close_catalogues(building);
	site_copies_attachments(pipeline, &building->addresses,
	    &building->copies);
	building->pages = arena_array(pipeline->arena,
	    building->site.pages.count + building->second.pages.count,
	    sizeof(struct page *));
	map_init(&building->kept, pipeline->arena);
	ok = ok && list_files(building, &building->output, &building->there) &&
	    (building->internal.descriptor < 0 || list_files(building,
		&building->internal, &building->there_internal)) &&
	    run_documents(building) && find_kept(building) &&
	    run_pass(building, PASS_LEAVES) &&
	    write_search(building) &&
	    run_pass(building, PASS_LISTS) &&
	    run_pass(building, PASS_LAST) && remove_stale(building, false) &&
	    (building->internal.descriptor < 0 ||
	    remove_stale(building, true));
	kept_pages_close(&building->kept_pages, ok);
	vec_dispose(&building->site.pages);
	vec_dispose(&building->second.pages);
	vec_dispose(&building->site.data_files);
	return ok;
}

bool sites_build(struct pipeline *pipeline, const struct sites_request *request,
    struct sites_result *result)
{
	bool has_overlay = request->overlay->folder.len > 0 &&
	    request->internal.len > 0;
	struct building building;
	bool ok;

	building_init(&building, pipeline,
	    has_overlay ? request->overlay : NULL);
	*result = (struct sites_result){ .files = 0 };
	building.result = result;
	stage_count(pipeline);
	ok = output_open(pipeline, request->output, &building.output) &&
	    (request->internal.len == 0 || (output_open(pipeline,
		request->internal, &building.internal) &&
		outputs_are_apart(pipeline, request->output,
		    request->internal))) &&
	    (request->internal.len == 0 || stage_report(pipeline)) &&
	    stage_lists(pipeline) &&
	    site_data_open(pipeline, &building.site, &building.second) &&
	    (!request->with_pdf || documents_open(&building.documents,
		pipeline, &building.site)) &&
	    site_copies_theme(pipeline, building.site.theme,
		building.internal.descriptor >= 0, &building.copies) &&
	    write_sites(&building);
	documents_close(&building.documents, pipeline->arena,
	    ok ? &building.kept : NULL);
	building_dispose(&building);
	return ok;
}
