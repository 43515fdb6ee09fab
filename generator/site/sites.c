/* SPDX-License-Identifier: MIT */
#include "site/sites.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/listing.h"
#include "base/pack.h"
#include "base/path.h"
#include "base/workers.h"
#include "catalogue/catalogue.h"
#include "pipeline/output.h"
#include "pipeline/overlay.h"
#include "pipeline/pipeline.h"
#include "render/open_data.h"
#include "render/page.h"
#include "site/building.h"
#include "site/documents.h"
#include "site/kept_data.h"
#include "site/manifest.h"
#include "site/search_site.h"
#include "site/site_copies.h"
#include "site/site_data.h"
#include "site/site_file.h"
#include "site/site_log.h"
#include "site/sites_kept.h"
#include "site/sites_stale.h"

#include <fcntl.h>
#include <unistd.h>

static const struct folder *folder_of(const struct building *building,
    bool is_internal)
{
	return is_internal ? &building->internal : &building->output;
}

/* -- in a worker ---------------------------------------------------------- */

static bool begin(void *context)
{
	struct building *building = context;

	if (!building_open_catalogues(building) ||
	    !registry_reopen(&building->pipeline->registry))
		return false;
	building_take_down(building);
	return true;
}

static bool write_page(struct building *building, const struct page *page,
    struct site_log *log, struct diag_list *diags)
{
	struct buf out;
	bool ok;

	buf_init(&out);
	ok = page_render(page->is_second ? &building->second :
		&building->site, page, &building->pipeline->scratch, &out,
	    diags);
	/* A record that is lost may be one that could not be read. */
	ok = catalogue_is_well(building->site.catalogue, diags) &&
	    (building->site.overlay == NULL ||
		catalogue_is_well(building->site.overlay, diags)) && ok &&
	    site_log_write(log, folder_of(building, page->is_internal),
		building_file(building, page, &building->pipeline->scratch),
		buf_str(&out), diags);
	buf_dispose(&out);
	return ok;
}

static bool write_copy(struct building *building, const struct site_copy *copy,
    struct site_log *log, struct diag_list *diags)
{
	return site_copies_write(building->pipeline, copy,
	    folder_of(building, copy->is_internal), log, diags);
}

/* The page that is a job; NULL for a copy. */
static const struct page *page_of(const struct building *building, size_t job)
{
	return job < building->copy_count ? NULL :
	    building->pages[job - building->copy_count];
}

/* Documents are of public pages. */
static bool is_job_internal(const struct building *building, size_t job)
{
	const struct page *page = page_of(building, job);

	if (page != NULL)
		return page->is_internal;
	return !building->is_printing && ((const struct site_copy *)
	    vec_at(&building->copies, job))->is_internal;
}

static void run(void *context, size_t job, struct buf *answer)
{
	struct building *building = context;
	const struct page *page = page_of(building, job);
	struct arena *scratch = &building->pipeline->scratch;
	struct str kept = STR_NONE;
	struct diag_list diags;
	struct site_log log;
	bool is_page = false;

	arena_reset(scratch);
	diag_list_init(&diags, scratch);
	site_log_init(&log);
	building_begin_page(building);
	if (building->is_printing) {
		if (!documents_write(&building->documents, &building->site,
		    building->pages[job], &building->output, scratch, &kept,
		    &log, &diags))
			kept = STR_NONE;
		pack_str(answer, kept);
	} else if (page == NULL)
		(void)write_copy(building, vec_at(&building->copies, job),
		    &log, &diags);
	else if (page->kind->stream != NULL)
		is_page = site_file_write(&building->site, page,
		    folder_of(building, page->is_internal), &log, &diags);
	else
		is_page = write_page(building, page, &log, &diags);
	site_log_pack(answer, &log);
	if (page != NULL && page->file != NULL)
		site_file_pack(answer, page->file);
	pack_diags(answer, &diags);
	if (is_page && diags.items.count == 0 && !building->asks_overlay)
		kept_pages_pack(answer, &building->questions);
	questions_dispose(&building->questions);
	site_log_dispose(&log);
	diag_list_dispose(&diags);
}

/* -- in the parent -------------------------------------------------------- */

/* What it was in the build before is no part of this one. */
static void note_lost(struct building *building, size_t job)
{
	if (job < building->copy_count)
		((struct site_copy *)vec_at(&building->copies, job))->is_lost =
		    true;
	else
		building->pages[job - building->copy_count]->is_lost = true;
}

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct building *building = context;
	const struct page *page = page_of(building, job);
	size_t written = building->log->files.count;
	struct str kept, facts;

	progress_step(&building->pipeline->progress);
	if (outcome != WORKER_DONE) {
		worker_report(outcome, page == NULL ?
		    ((struct site_copy *)vec_at(&building->copies, job))->to :
		    page->path,
		    building->pipeline->diags);
		if (!building->is_printing)
			note_lost(building, job);
		return;
	}
	if (building->is_printing && unpack_str(&answer, &kept) &&
	    kept.len > 0) {
		map_put(&building->kept, str_dup(building->pipeline->arena,
		    kept), building);
		building->pages[job]->pdf = documents_path(
		    building->pipeline->arena, building->pages[job]);
	}
	facts = answer;
	(void)site_log_unpack(building->log, &answer,
	    is_job_internal(building, job), page == NULL ? STR_NONE :
	    page->path, building->pipeline->arena);
	if (!building->is_printing && building->log->files.count == written)
		note_lost(building, job);
	if (page != NULL && page->file != NULL)
		site_file_unpack(&answer, page->file);
	facts.len -= answer.len;
	(void)unpack_diags(&answer, building->pipeline->diags);
	if (page != NULL && answer.len > 0)
		kept_pages_take(&building->kept_pages, page, facts, answer);
}

/* A page of one record is soon made and small. What is made of all of them
 * takes the longer the more there are; it has an end all the same. */
enum { OF_ALL_SECONDS = 3600 };

static bool run_jobs(struct building *building, bool is_of_all)
{
	static const struct text writing = TEXT("生成页面", "writing pages");
	static const struct text printing = TEXT("生成 PDF", "printing PDFs");
	/* Where open data is put together; see catalogue_scratch_path(). */
	int beside = open(str_cstr(building->pipeline->arena, path_folder(
	    catalogue_path(building->pipeline->catalogue))),
	    O_PATH | O_DIRECTORY | O_CLOEXEC);
	const struct workers_request request = {
		.jobs = building->copy_count + building->page_count,
		.processes = building->pipeline->jobs,
		.seconds = building->is_printing ? DOCUMENT_JOB_SECONDS :
		    is_of_all ? OF_ALL_SECONDS : 0,
		.memory = building->is_printing ? DOCUMENT_JOB_MEMORY : 0,
		.largest_file = is_of_all ? LARGEST_FILE_OF_ALL : 0,
		.context = building,
		.begin = begin,
		.leave = building->is_printing ? SANDBOX_RUN : SANDBOX_WRITE,
		.written = { building->output.descriptor,
			building->internal.descriptor, beside },
		.run = run,
		.take = take,
	};
	bool ok;

	progress_begin(&building->pipeline->progress,
	    building->is_printing ? &printing : &writing, request.jobs);
	ok = workers_run(&request, building->pipeline->diags);
	(void)close(beside);
	progress_end(&building->pipeline->progress);
	return ok && building->pipeline->diags->counts[DIAG_FATAL] == 0;
}

/* Documents first: a page says whether it has a PDF. */
static bool run_documents(struct building *building)
{
	bool ok;

	if (building->request->documents != NULL)
		documents_link(&building->site.pages,
		    building->request->documents, building->pipeline->arena,
		    building->log);

	building->page_count = building->copy_count = 0;
	for (size_t i = 0; i < building->site.pages.count; i++) {
		struct page *page = vec_at(&building->site.pages, i);

		if (documents_has(&building->documents, page))
			building->pages[building->page_count++] = page;
	}
	building->is_printing = true;
	ok = building->page_count == 0 || run_jobs(building, false);
	building->is_printing = false;
	documents_share(&building->site.pages, &building->second.pages,
	    building->pipeline->arena);
	return ok;
}

/*
 * Pages that are not there yet come first, and all copies: nothing links to
 * them before one that is there is written anew. Then leaves, which are what
 * others link to, before lists; of those, what is data is made of all records
 * and may take longer than a page. A file that is put together from others
 * waits for them, also when it is not there yet. What tells of all others comes
 * last.
 */
enum pass { PASS_NEW_LEAVES, PASS_NEW_DATA, PASS_NEW_LISTS, PASS_LEAVES,
	PASS_DATA, PASS_LISTS, PASS_LAST };

static enum pass pass_of(const struct page *page)
{
	if (page->kind->is_last)
		return PASS_LAST;
	if (!page->kind->is_leaf)
		return page->is_new && page->kind->stream == NULL ?
		    PASS_NEW_LISTS : PASS_LISTS;
	if (page->kind->stream != NULL)
		return page->is_new ? PASS_NEW_DATA : PASS_DATA;
	return page->is_new ? PASS_NEW_LEAVES : PASS_LEAVES;
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

/* What is made of all tables takes longest. */
static void begin_with_longest(struct building *building)
{
	for (size_t i = 0; i < building->page_count; i++) {
		struct page *page = building->pages[i];

		if (page->file == NULL || page->file->set != NULL)
			continue;
		building->pages[i] = building->pages[0];
		building->pages[0] = page;
	}
}

static bool run_pass(struct building *building, enum pass pass)
{
	building->page_count = 0;
	building->copy_count = pass == PASS_NEW_LEAVES ?
	    building->copies.count : 0;
	take_pages(building, &building->site.pages, pass);
	take_pages(building, &building->second.pages, pass);
	begin_with_longest(building);
	return run_jobs(building, pass != PASS_NEW_LEAVES &&
	    pass != PASS_LEAVES);
}

/* -- in order ------------------------------------------------------------- */

/* After the pages that results link to. */
static bool write_search(struct building *building)
{
	struct map before;
	bool ok;

	map_init(&before, building->pipeline->arena);
	/* What a signature will stand for is written by this very build. */
	if (building->request->key.len == 0)
		manifest_read_sums(&building->output, STR("search/"),
		    building->pipeline->arena, &before);
	ok = search_build(building->pipeline, &building->output, &before,
	    &building->search, building->log);
	catalogue_release(building->pipeline->catalogue);
	return ok;
}

static bool write_sites(struct building *building)
{
	struct pipeline *pipeline = building->pipeline;
	const struct manifest_request manifest = {
		.output = &building->output,
		.weasyprint = building->request->documents != NULL ?
		    building->request->weasyprint :
		    building->documents.version,
		.key = building->request->key };
	bool ok;

	/* From here on it is read, over other connections. */
	catalogue_release(pipeline->catalogue);
	if (!building_open_catalogues(building))
		return false;
	building_list_pages(building);
	ok = catalogue_is_well(building->site.catalogue, pipeline->diags);
	building_close_catalogues(building);
	site_copies_attachments(pipeline, &building->site, &building->copies);
	building->pages = arena_array(pipeline->arena,
	    building->site.pages.count + building->second.pages.count,
	    sizeof(struct page *));
	map_init(&building->kept, pipeline->arena);
	ok = ok && run_documents(building) && sites_find_kept(building) &&
	    run_pass(building, PASS_NEW_LEAVES) &&
	    run_pass(building, PASS_NEW_DATA) &&
	    run_pass(building, PASS_NEW_LISTS) &&
	    run_pass(building, PASS_LEAVES) &&
	    run_pass(building, PASS_DATA) &&
	    write_search(building) &&
	    run_pass(building, PASS_LISTS) &&
	    run_pass(building, PASS_LAST) && manifest_write(pipeline,
		&building->site, &manifest, building->log) &&
	    sites_compress(building) && sites_remove_stale(building);
	kept_data_give(building, ok);
	kept_pages_close(&building->kept_pages, ok);
	vec_dispose(&building->site.pages);
	vec_dispose(&building->second.pages);
	vec_dispose(&building->site.data_files);
	return ok;
}

bool sites_build(struct pipeline *pipeline, const struct sites_request *request,
    struct site_log *log, struct sites_result *result)
{
	bool has_overlay = request->overlay->folder.len > 0 &&
	    request->internal.len > 0;
	struct building building;
	bool ok;

	building_init(&building, pipeline,
	    has_overlay ? request->overlay : NULL);
	*result = (struct sites_result){ .files = 0 };
	building.result = result;
	building.request = request;
	building.site.is_public = request->internal.len == 0;
	building.log = log;
	building.listed = request->listed != NULL ? request->listed :
	    listing_new(pipeline->arena);
	building.listed_internal = request->listed_internal != NULL ?
	    request->listed_internal : listing_new(pipeline->arena);
	stage_count(pipeline);
	ok = (request->key.len == 0 || manifest_key_is_there(pipeline->arena,
	    request->key, pipeline->diags)) &&
	    output_open(pipeline, request->output, &building.output) &&
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
	result->files = log->files.count;
	result->changed = site_log_changed(log);
	return ok;
}
