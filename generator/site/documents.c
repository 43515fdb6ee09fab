/* SPDX-License-Identifier: MIT */
#include "site/documents.h"

#include "base/arena.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/path.h"
#include "base/process.h"
#include "base/value.h"
#include "base/vec.h"
#include "pipeline/pipeline.h"
#include "render/page.h"
#include "render/theme.h"
#include "site/site_log.h"

enum {
	SECONDS = 300,
	SECONDS_PER_DAY = 24 * 60 * 60
};
#define OUTPUT_MAX ((size_t)64 << 20)

/* -- what documents carry in them ----------------------------------------- */

/* The seal as an address that needs no file. */
static struct str seal_of(struct pipeline *pipeline, const struct site *site)
{
	struct str name = value_text_at(site->context,
	    STR("site.official.seal"));
	struct str bytes = STR_NONE;

	if (name.len == 0 || !theme_read_static(site->theme, name, &bytes))
		return STR_NONE;
	return str_format(pipeline->arena, "data:image/%s;base64,%.*s",
	    str_ends(name, STR(".svg")) ? "svg+xml" : "png",
	    STR_ARG(base64_encode(pipeline->arena, bytes)));
}

struct value *documents_carried(struct pipeline *pipeline,
    const struct site *site)
{
	struct value *document = value_map(pipeline->arena);
	struct str css = STR_NONE;

	(void)theme_read_static(site->theme, STR("official.css"), &css);
	value_add(pipeline->arena, document, STR("css"),
	    value_text(pipeline->arena, css));
	value_add(pipeline->arena, document, STR("seal"),
	    value_text(pipeline->arena, seal_of(pipeline, site)));
	return document;
}

/* -- WeasyPrint ----------------------------------------------------------- */

bool documents_ask(struct arena *arena, struct str home,
    struct str *program, struct str *version, struct diag_list *diags)
{
	struct process_result result = { .status = -1 };

	*program = *version = STR_NONE;
	if (!process_find(arena, STR("weasyprint"), program))
		return true;
	const char *const words[] = { program->ptr, "--version", NULL };
	const struct process_request request = { .words = words,
		.home = home };

	if (!process_run(arena, &request, &result, diags))
		return false;
	if (result.status == 0)
		*version = str_trim(result.output);
	return true;
}

bool documents_open(struct documents *documents, struct pipeline *pipeline,
    const struct site *site)
{
	struct arena *arena = pipeline->arena;
	struct str cache = path_join(arena, pipeline_cache(pipeline),
	    STR("pdf"));

	documents->as_of = site->as_of;
	if (!documents_ask(arena, cache, &documents->program,
	    &documents->version, pipeline->diags))
		return false;
	if (documents->program.len == 0) {
		diag_report(pipeline->diags, ((struct mark){ .line = 0 }),
		    DIAG_NO_WEASYPRINT);
		return true;
	}
	documents->carried = documents_carried(pipeline, site);
	return folder_open(arena, cache, &documents->cache, pipeline->diags);
}

bool documents_has(const struct documents *documents, const struct page *page)
{
	return documents->program.len > 0 && page->kind->document != NULL;
}

struct str documents_path(struct arena *arena, const struct page *page)
{
	struct str address = page_address(page->path);

	return str_format(arena, "%.*s%s.pdf", STR_ARG(address),
	    page->kind->name);
}

/* Seconds from 1970 to the publication's day, as SOURCE_DATE_EPOCH has them:
 * fonts note when they were cut down. */
static char *epoch_of(const struct documents *documents,
    const struct page *page, struct arena *arena)
{
	const struct date first = { 1970, 1, 1 };
	struct date date = first;
	long long days;

	(void)date_parse(page->date.len > 0 ? page->date : documents->as_of,
	    &date);
	days = date_days_between(first, date);
	return str_cstr(arena, str_format(arena, "SOURCE_DATE_EPOCH=%lld",
	    days * SECONDS_PER_DAY));
}

/* A whole PDF file. */
static bool is_whole(struct str bytes)
{
	size_t tail = bytes.len < 1024 ? bytes.len : 1024;

	return str_starts(bytes, STR("%PDF-")) && str_find(str_slice(bytes,
	    bytes.len - tail, bytes.len), STR("%%EOF"), 0) != STR_NOT_FOUND;
}

static bool print(const struct documents *documents, const struct page *page,
    struct str html, struct arena *arena, struct str *pdf,
    struct diag_list *diags)
{
	const char *const words[] = { documents->program.ptr, "--quiet",
		"--encoding", "utf-8", "--base-url", "about:blank", "-", "-",
		NULL };
	const char *const environment[] = {
		epoch_of(documents, page, arena),
		"http_proxy=http://127.0.0.1:9",
		"https_proxy=http://127.0.0.1:9",
		"ftp_proxy=http://127.0.0.1:9", NULL };
	const struct process_request request = { .words = words,
		.input = html, .home = documents->cache.path,
		.environment = environment, .seconds = SECONDS,
		.output_max = OUTPUT_MAX };
	struct process_result result = { .status = -1 };

	if (!process_run(arena, &request, &result, diags))
		return false;
	if (result.status == 0 && is_whole(result.output)) {
		*pdf = result.output;
		return true;
	}
	diag_report(diags, ((struct mark){ .line = 0 }), DIAG_NO_PDF,
	    page_address(page->path));
	return false;
}

/* -- one document --------------------------------------------------------- */

static struct str name_of(const struct documents *documents,
    const struct page *page, struct str html, struct arena *arena)
{
	char hex[SHA256_HEX_SIZE];

	sha256_hex(str_format(arena, "%.*s%.*s\n%.*s",
	    STR_ARG(documents->version), STR_ARG(page->date), STR_ARG(html)),
	    hex);
	return str_format(arena, "%s.pdf", hex);
}

static bool read_kept(const struct documents *documents, struct str name,
    struct arena *arena, struct str *pdf)
{
	const struct reader reader = folder_reader(&documents->cache);
	struct diag_list ignored;
	bool has;

	diag_list_init(&ignored, arena);
	has = reader.read(reader.context, name, arena, pdf, &ignored) &&
	    is_whole(*pdf);
	diag_list_dispose(&ignored);
	return has;
}

/* The page by the template of its document. */
static bool render(const struct documents *documents, struct site *site,
    const struct page *page, struct arena *arena, struct str *html,
    struct diag_list *diags)
{
	struct page_kind kind = *page->kind;
	struct page document = *page;
	struct buf out;
	bool ok;

	kind.template = kind.document;
	document.kind = &kind;
	value_set(arena, site->context, STR("document"), documents->carried);
	buf_init(&out);
	ok = page_render(site, &document, arena, &out, diags);
	*html = str_dup(arena, buf_str(&out));
	buf_dispose(&out);
	return ok;
}

bool documents_write(const struct documents *documents, struct site *site,
    const struct page *page, const struct folder *output,
    struct arena *arena, struct str *kept, struct site_log *log,
    struct diag_list *diags)
{
	struct str html = STR_NONE, pdf = STR_NONE;
	bool is_new;

	if (!render(documents, site, page, arena, &html, diags))
		return false;
	*kept = name_of(documents, page, html, arena);
	if (!read_kept(documents, *kept, arena, &pdf) &&
	    (!print(documents, page, html, arena, &pdf, diags) ||
		!folder_replace(&documents->cache, *kept, pdf, &is_new,
		    diags)))
		return false;
	return site_log_write(log, output, documents_path(arena, page), pdf,
	    diags);
}

void documents_link(const struct vec *pages, const struct map *made,
    struct arena *arena, struct site_log *log)
{
	for (size_t i = 0; i < pages->count; i++) {
		struct page *page = vec_at(pages, i);
		struct str path;

		if (page->kind->document == NULL)
			continue;
		path = documents_path(arena, page);
		if (!map_has(made, path))
			continue;
		page->pdf = path;
		site_log_add(log, path, map_get(made, path), false);
	}
}

void documents_share(const struct vec *first, const struct vec *second,
    struct arena *arena)
{
	struct map made;

	map_init(&made, arena);
	for (size_t i = 0; i < first->count; i++) {
		struct page *page = vec_at(first, i);

		if (page->pdf.len > 0)
			map_put(&made, page->path, page);
	}
	for (size_t i = 0; i < second->count; i++) {
		struct page *page = vec_at(second, i);
		const struct page *same = map_get(&made, page->path);

		if (same != NULL)
			page->pdf = same->pdf;
	}
}

void documents_close(struct documents *documents, struct arena *arena,
    const struct map *kept)
{
	struct diag_list ignored;
	struct vec paths;

	if (documents->cache.path.len == 0)
		return;
	vec_init(&paths, sizeof(struct str));
	diag_list_init(&ignored, arena);
	/* WeasyPrint's home is here too; its own caches stay. */
	if (kept != NULL)
		(void)folder_list(&documents->cache, arena, &paths, &ignored);
	for (size_t i = 0; i < paths.count; i++) {
		struct str path = *(struct str *)vec_at(&paths, i);

		if (str_ends(path, STR(".pdf")) &&
		    str_find_char(path, '/', 0) == STR_NOT_FOUND &&
		    !map_has(kept, path))
			(void)folder_remove(&documents->cache, path, &ignored);
	}
	diag_list_dispose(&ignored);
	vec_dispose(&paths);
	folder_close(&documents->cache);
}
