/* SPDX-License-Identifier: MIT */
#include "commands/sites.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/pack.h"
#include "base/path.h"
#include "base/value.h"
#include "base/workers.h"
#include "catalogue/catalogue.h"
#include "commands/documents.h"
#include "commands/links.h"
#include "commands/manifest.h"
#include "commands/output.h"
#include "commands/overlay.h"
#include "commands/pipeline.h"
#include "commands/search_site.h"
#include "commands/site_copies.h"
#include "commands/site_data.h"
#include "commands/site_file.h"
#include "commands/site_log.h"
#include "commands/site_origin.h"
#include "model/record.h"
#include "render/markdown.h"
#include "render/origin.h"
#include "render/page.h"
#include "render/template.h"
#include "source/source.h"

struct building;

/* Whose body is asked for: that of a page in the first or second language. */
struct site_body {
	struct building *building;
	bool is_second;
};

struct building {
	struct pipeline *pipeline;
	struct folder output, internal;	/* descriptor -1: none */
	const struct overlay *overlay;	/* with a folder, or NULL */
	struct site site, second;	/* no second: it lists no pages */
	struct site_body bodies[2];
	struct map addresses;		/* of the public site's pages */
	struct vec copies;		/* struct site_copy */
	struct documents documents;
	struct map kept;		/* PDFs that documents.h keeps */
	bool is_printing;		/* PDFs are made, not yet pages */
	struct vec search;		/* struct str: paths of its files */
	/* Jobs of the run at hand: copies first, then pages. */
	struct page **pages;
	size_t page_count, copy_count;
	const struct sites_request *request;
	struct site_log *log;
	struct sites_result *result;
};

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

/* The catalogues, for reading: that of the private folder only where there is
 * an internal site to show it. */
static bool open_catalogues(struct building *building)
{
	struct pipeline *pipeline = building->pipeline;
	struct site *site = &building->site;
	struct str path = catalogue_path(pipeline->catalogue);

	site->catalogue = catalogue_open(pipeline->arena, path,
	    pipeline->diags);
	site->overlay = building->overlay == NULL ? NULL :
	    catalogue_open_beside(pipeline->arena, catalogue_path(
		building->overlay->pipeline.catalogue), path,
		pipeline->diags);
	building->second.catalogue = site->catalogue;
	return site->catalogue != NULL &&
	    (building->overlay == NULL || site->overlay != NULL);
}

static bool begin(void *context)
{
	struct building *building = context;

	return open_catalogues(building) &&
	    registry_reopen(&building->pipeline->registry);
}

static bool render_body(void *context, const struct record *record,
    struct arena *arena, struct str *html, struct diag_list *diags)
{
	const struct site_body *body = context;
	struct building *building = body->building;
	struct pipeline *pipeline = building->pipeline;
	const struct reader *reader = &pipeline->registry.reader;
	struct markdown_options options;
	struct diag_list told_before;
	struct links links;
	struct str bytes;
	struct buf out;
	bool ok;

	if (!reader->read(reader->context, record->path, arena, &bytes, diags))
		return false;
	links_options(&links, pipeline, record, &options);
	links.addresses = &building->addresses;
	if (body->is_second)
		links.folder = building->second.folder;
	/* What is to say about the body was said when it was read. */
	diag_list_init(&told_before, arena);
	buf_init(&out);
	ok = markdown_render(&options, frontmatter_body(arena, bytes,
	    record->body_offset, record->body_size), &out, &told_before);
	if (ok)
		*html = str_dup(arena, buf_str(&out));
	else
		diag_report(diags, ((struct mark){ .path = record->path }),
		    DIAG_PAGE_LOST, record->path);
	buf_dispose(&out);
	diag_list_dispose(&told_before);
	return ok;
}

static bool write_page(struct building *building, const struct page *page,
    struct site_log *log, struct diag_list *diags)
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
	    site_log_write(log, folder_of(building, page->is_internal),
		file_of(building, page, &building->pipeline->scratch),
		buf_str(&out), diags);
	buf_dispose(&out);
	return ok;
}

static bool write_copy(struct building *building, const struct site_copy *copy,
    struct site_log *log, struct diag_list *diags)
{
	struct pipeline *pipeline = building->pipeline;
	const struct reader *reader = &pipeline->registry.reader;
	struct str bytes;

	if (!reader->read(reader->context, copy->from, &pipeline->scratch,
	    &bytes, diags))
		return false;
	return site_log_write(log, folder_of(building, copy->is_internal),
	    copy->to, bytes, diags);
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

	arena_reset(scratch);
	diag_list_init(&diags, scratch);
	site_log_init(&log);
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
		(void)site_file_write(&building->site, page,
		    folder_of(building, page->is_internal), &log, &diags);
	else
		(void)write_page(building, page, &log, &diags);
	site_log_pack(answer, &log);
	pack_diags(answer, &diags);
	if (page != NULL && page->file != NULL)
		site_file_pack(answer, page->file);
	site_log_dispose(&log);
	diag_list_dispose(&diags);
}

/* -- in the parent -------------------------------------------------------- */

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	struct building *building = context;
	const struct page *page = page_of(building, job);
	struct str kept;

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
	(void)site_log_unpack(building->log, &answer,
	    is_job_internal(building, job), building->pipeline->arena);
	(void)unpack_diags(&answer, building->pipeline->diags);
	if (page != NULL && page->file != NULL)
		site_file_unpack(&answer, page->file);
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
	ok = building->page_count == 0 || run_jobs(building);
	building->is_printing = false;
	documents_share(&building->site.pages, &building->second.pages,
	    building->pipeline->arena);
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

		if (pass_of(page) == pass && (!page->is_internal ||
		    building->internal.descriptor >= 0))
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

static void keep_public(struct building *building, struct map *kept)
{
	for (size_t i = 0; i < building->search.count; i++)
		map_put(kept, *(struct str *)vec_at(&building->search, i),
		    building);
	map_put(kept, MANIFEST_FACTS, building);
	map_put(kept, MANIFEST_SUMS, building);
	if (building->request->key.len > 0)
		map_put(kept, MANIFEST_SIGNATURE, building);
}

/* Removes what a former build left and this one did not write. */
static bool remove_stale(struct building *building, bool is_internal)
{
	struct pipeline *pipeline = building->pipeline;
	struct map kept;

	map_init(&kept, pipeline->arena);
	keep(building, &kept, &building->site.pages, is_internal);
	keep(building, &kept, &building->second.pages, is_internal);
	for (size_t i = 0; i < building->copies.count; i++) {
		const struct site_copy *copy = vec_at(&building->copies, i);

		if (copy->is_internal == is_internal)
			map_put(&kept, copy->to, building);
	}
	if (!is_internal)
		keep_public(building, &kept);
	return output_remove_others(pipeline, folder_of(building, is_internal),
	    &kept, &building->result->removed);
}

/* After the pages that results link to. */
static bool write_search(struct building *building)
{
	struct map before;
	bool ok;

	map_init(&before, building->pipeline->arena);
	/* What a signature will stand for is written by this very build. */
	if (building->request->key.len == 0)
		manifest_read_sums(&building->output,
		    building->pipeline->arena, &before);
	ok = search_build(building->pipeline, &building->output, &before,
	    &building->search, building->log);

	if (ok)
		building->result->files += building->search.count;
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

	if (!open_catalogues(building))
		return false;
	pages_list(&building->site, pipeline->arena, pipeline->diags);
	if (building->site.other != NULL)
		pages_list(&building->second, pipeline->arena,
		    pipeline->diags);
	ok = catalogue_is_well(building->site.catalogue, pipeline->diags);
	/* No connection may cross the fork. */
	catalogue_close(building->site.catalogue);
	if (building->site.overlay != NULL)
		catalogue_close(building->site.overlay);
	links_addresses(&building->site, pipeline->arena,
	    &building->addresses);
	site_copies_attachments(pipeline, &building->addresses,
	    &building->copies);
	building->pages = arena_array(pipeline->arena,
	    building->site.pages.count + building->second.pages.count,
	    sizeof(struct page *));
	map_init(&building->kept, pipeline->arena);
	ok = ok && run_documents(building) &&
	    run_pass(building, PASS_LEAVES) &&
	    write_search(building) &&
	    run_pass(building, PASS_LISTS) &&
	    run_pass(building, PASS_LAST) && manifest_write(pipeline,
		&building->site, &manifest, building->log) &&
	    remove_stale(building, false) &&
	    (building->internal.descriptor < 0 ||
	    remove_stale(building, true));
	vec_dispose(&building->site.pages);
	vec_dispose(&building->second.pages);
	vec_dispose(&building->site.data_files);
	return ok;
}

bool sites_build(struct pipeline *pipeline, const struct sites_request *request,
    struct site_log *log, struct sites_result *result)
{
	const struct origins origins = { site_origin, pipeline };
	struct building building = { .pipeline = pipeline, .result = result,
		.request = request, .log = log,
		.output = { .descriptor = -1 },
		.internal = { .descriptor = -1 } };
	bool ok;

	*result = (struct sites_result){ .files = 0 };
	if (request->overlay->folder.len > 0 && request->internal.len > 0)
		building.overlay = request->overlay;
	vec_init(&building.copies, sizeof(struct site_copy));
	vec_init(&building.second.pages, sizeof(struct page));
	for (int i = 0; i < 2; i++) {
		struct site *site = i == 0 ? &building.site : &building.second;

		building.bodies[i] = (struct site_body){ &building, i == 1 };
		site->body = render_body;
		site->body_context = &building.bodies[i];
		site->origins = &origins;
	}
	vec_init(&building.search, sizeof(struct str));
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
	    site_copies_theme(pipeline, building.internal.descriptor >= 0,
		&building.copies) &&
	    write_sites(&building);
	documents_close(&building.documents, pipeline->arena,
	    ok ? &building.kept : NULL);
	folder_close(&building.output);
	folder_close(&building.internal);
	vec_dispose(&building.copies);
	vec_dispose(&building.search);
	result->files += 2; /* of manifest.h */
	result->changed = site_log_changed(log);
	return ok;
}
