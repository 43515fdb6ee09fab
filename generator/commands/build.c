/* SPDX-License-Identifier: MIT */
#include "commands/build.h"

#include "base/arena.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/resume.h"
#include "commands/build_plan.h"
#include "commands/command.h"
#include "commands/finished.h"
#include "commands/report.h"
#include "pipeline/found.h"
#include "pipeline/overlay.h"
#include "pipeline/pipeline.h"
#include "site/site_log.h"
#include "site/sites.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void print_withheld(struct pipeline *pipeline, FILE *out)
{
	static const struct text head = TEXT(
	    "以下记录有错误，未发布：\n",
	    "these records have errors and are not published:\n");
	struct value *rows = catalogue_rows(pipeline->catalogue,
	    QUERY_withheld, NULL, 0, pipeline->arena, NULL, NULL);

	if (value_count(rows) > 0)
		fputs(head.in[pipeline->lang], out);
	for (size_t i = 0; i < value_count(rows); i++)
		fprintf(out, "  %.*s\n", STR_ARG(value_text_at(
		    rows->list.items[i], STR("path"))));
}

static void print_result(const struct pipeline *pipeline,
    const struct build_request *request, const struct sites_result *result,
    FILE *out)
{
	static const struct text plan = TEXT(
	    "未写任何文件：站点 %.*s 会有 %zu 个文件，改动 %zu 个，删除 %zu 个\n",
	    "nothing was written: the site %.*s would have %zu files, %zu "
	    "changed, %zu removed\n");
	static const struct text text = TEXT(
	    "站点：%.*s（%zu 个文件，改动 %zu 个，删除 %zu 个）\n",
	    "site: %.*s (%zu files, %zu changed, %zu removed)\n");
	static const struct text copies = TEXT(
	    "压缩副本：%zu 个，改动 %zu 个\n",
	    "compressed copies: %zu, %zu changed\n");
	static const struct text unlisted = TEXT(
	    "要写的压缩副本没有列出\n",
	    "compressed copies that would be written are not listed\n");
	static const struct text internal = TEXT("内部站点：%.*s\n",
	    "internal site: %.*s\n");

	fprintf(out, request->is_dry ? plan.in[pipeline->lang] :
	    text.in[pipeline->lang], STR_ARG(request->output),
	    result->files, result->changed, result->removed);
	if (request->with_copies && request->is_dry)
		fputs(unlisted.in[pipeline->lang], out);
	else if (request->with_copies)
		fprintf(out, copies.in[pipeline->lang],
		    result->copies.copies, result->copies.changed);
	if (request->internal.len > 0 && !request->is_dry)
		fprintf(out, internal.in[pipeline->lang],
		    STR_ARG(request->internal));
}

/* What is told of the content; where the sites were made also of those. */
static void print_found(struct pipeline *pipeline,
    const struct sites_result *result, FILE *out)
{
	struct report_printer printer = { .lang = pipeline->lang,
		.reader = &pipeline->registry.reader,
		.shows = isatty(STDERR_FILENO) == 1, .out = out };

	report_begin(&printer);
	found_each(pipeline, report_one, &printer);
	report_end(&printer);
	if (result == NULL)
		return;
	print_withheld(pipeline, out);
	report_summary(pipeline->lang, pipeline->diags,
	    pipeline->file_count, out);
}

/* By way of the file; false if that cannot be. */
static bool tell_through(FILE *told, struct pipeline *pipeline,
    const struct sites_result *result)
{
	char piece[BUFSIZ];
	size_t got;

	print_found(pipeline, result, told);
	if (ferror(told) || fseek(told, 0, SEEK_SET) != 0)
		return false;
	while ((got = fread(piece, 1, sizeof(piece), told)) > 0)
		(void)fwrite(piece, 1, got, stderr);
	return ferror(told) == 0 && fseek(told, 0, SEEK_END) == 0;
}

/* What the next build has to tell if it finds everything as this one left
 * it. */
static void add_result_again(const struct pipeline *pipeline,
    const struct build_request *request, const struct sites_result *result,
    FILE *told)
{
	struct sites_result same = *result;

	same.changed = same.removed = same.copies.changed = 0;
	print_result(pipeline, request, &same, told);
}

/* Whether what this build tells is of this one alone. */
static bool tells_of_cache(const struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->diags->items.count; i++)
		if (diag_is_of_cache(vec_at(&pipeline->diags->items, i)))
			return true;
	return false;
}

/* What was found is read from the catalogue; false where that told a part. */
static bool is_told_whole(struct pipeline *pipeline)
{
	struct diag_list failure;
	bool is_well;

	diag_list_init(&failure, pipeline->arena);
	is_well = catalogue_is_well(pipeline->catalogue, &failure);
	report_print(pipeline->lang, &failure, stderr);
	diag_list_dispose(&failure);
	return is_well || catalogue_is_well(pipeline->catalogue,
	    pipeline->diags);
}

/* `result`: NULL if the sites were not made. */
static int tell(struct pipeline *pipeline,
    const struct build_request *request, const struct sites_result *result,
    struct finished *finished)
{
	FILE *told = result == NULL || tells_of_cache(pipeline) ? NULL :
	    finished_tell(finished);

	if (told == NULL || !tell_through(told, pipeline, result)) {
		finished_drop(finished);
		print_found(pipeline, result, stderr);
	}
	if (result != NULL) {
		if (!is_told_whole(pipeline))
			finished_drop(finished);
		print_result(pipeline, request, result, stderr);
		if (finished->told != NULL)
			add_result_again(pipeline, request, result,
			    finished->told);
	}
	return report_status(pipeline->diags);
}

static bool make_sites(struct pipeline *pipeline, struct overlay *overlay,
    const struct build_request *request, const struct finished *last,
    struct sites_result *result)
{
	const struct sites_request sites = { .output = request->output,
		.internal = request->internal, .overlay = overlay,
		.with_pdf = request->with_pdf,
		.with_copies = request->with_copies, .key = request->key,
		.listed = last->output, .listed_internal = last->internal };
	struct site_log log;
	bool done;

	site_log_init(&log);
	done = overlay_open(overlay, pipeline, request->private_folder) &&
	    pipeline_judge(pipeline) && overlay_judge(overlay) &&
	    (request->is_dry ? build_plan(pipeline, &sites, result) :
		sites_build(pipeline, &sites, &log, result));
	overlay_tell(overlay, pipeline->diags);
	site_log_dispose(&log);
	return done;
}

/* `*damaged`: told is nothing then but, where it is set before, that it was. */
static int build(const struct build_request *request, struct arena *arena,
    struct str *damaged)
{
	const struct pipeline_request judged = {
		.registry = { .arena = arena, .folder = request->registry,
		    .rev = request->rev, .as_of = request->as_of },
		.lang = request->lang, .jobs = request->jobs,
		.quiet = request->quiet };
	struct overlay overlay = { .folder = STR_NONE };
	struct finished finished = { .key = STR_NONE };
	struct sites_result result;
	struct pipeline pipeline;
	struct diag_list diags;
	int status = EXIT_FINE;
	bool is_open, done = false;

	diag_list_init(&diags, arena);
	if (damaged->len > 0)
		catalogue_report_damage(*damaged, &diags);
	*damaged = STR_NONE;
	vec_init(&finished.recent, sizeof(struct str));
	vec_init(&finished.contents, sizeof(struct str));
	is_open = pipeline_open_registry(&pipeline, &judged, &diags);
	pipeline.is_full = request->is_full;
	pipeline.leaves_found = true;
	if (is_open && finished_holds(&finished, &pipeline, request,
	    isatty(STDERR_FILENO) == 1)) {
		status = finished.status;
		if (!finished_tell_again(&finished, stderr, &diags)) {
			report_print(pipeline.lang, &diags, stderr);
			status = report_status(&diags);
		}
	} else {
		done = is_open && pipeline_open_policy(&pipeline,
		    &judged) && make_sites(&pipeline, &overlay, request,
			&finished, &result);
		if (!done && pipeline_was_damaged(&pipeline))
			*damaged = catalogue_path(pipeline.catalogue);
		else
			status = tell(&pipeline, request,
			    done ? &result : NULL, &finished);
		if (finished.told != NULL)
			finished_look_again(&finished);
		if (done && status == EXIT_MACHINE &&
		    pipeline_was_damaged(&pipeline))
			*damaged = catalogue_path(pipeline.catalogue);
	}
	overlay_close(&overlay);
	pipeline_close(&pipeline);
	diag_list_dispose(&diags);
	finished_note(&finished, status);
	finished_dispose(&finished);
	return status;
}

enum exit_status build_run(const struct build_request *request,
    struct arena *arena)
{
	struct build_request whole = *request;
	struct str damaged = STR_NONE;
	int status = build(request, arena, &damaged);

	/* It may show only when pages are made of it. */
	if (damaged.len > 0) {
		whole.is_full = true;
		status = build(&whole, arena, &damaged);
	}
	return (enum exit_status)status;
}

static int run(struct invocation *invocation)
{
	struct str output = invocation_value(invocation, "output");
	const struct build_request request = {
		.registry = invocation->registry, .rev = invocation->rev,
		.as_of = invocation->as_of, .lang = invocation->lang,
		.jobs = invocation->jobs,
		.output = output.len > 0 ? output : STR("public"),
		.internal = invocation_value(invocation, "internal"),
		.private_folder = invocation_value(invocation, "private"),
		.with_pdf = invocation_has(invocation, "pdf"),
		.key = invocation_value(invocation, "sign"),
		.is_dry = invocation_has(invocation, "dry-run"),
		.with_copies = invocation_has(invocation, "compress"),
		.is_full = invocation_has(invocation, "full"),
		.quiet = invocation_has(invocation, "quiet") };

	return build_run(&request, invocation->arena);
}

static const struct option options[] = {
	{ 'o', "output", "DIR", TEXT("公开站点的目录（缺省：public）",
	    "folder of the public site (default: public)") },
	{ 0, "internal", "DIR", TEXT("内部站点的目录（缺省：不生成）",
	    "folder of the internal site (default: none)") },
	{ 0, "private", "DIR", TEXT("非公开目录：专家、信誉、专家组、处理",
	    "the private folder: experts, credit, panels, sanctions") },
	{ 0, "pdf", NULL, TEXT("月报另制 PDF（须装有 WeasyPrint）",
	    "bulletins as PDF as well (needs WeasyPrint)") },
	{ 0, "sign", "FILE", TEXT("用该 SSH 私钥签署清单 SHA256SUMS",
	    "sign the list of files, SHA256SUMS, with this private SSH key") },
	{ 'n', "dry-run", NULL, TEXT("只列出会新增、改动、删除的文件",
	    "only list the files that would be added, changed or removed") },
	{ 0, "compress", NULL, TEXT("公开站点另存 gzip、brotli 压缩副本",
	    "compressed copies beside the public files (gzip, brotli)") },
	{ 0, "full", NULL, TEXT("全部重新检查和生成，不用上次留下的",
	    "judge and make everything anew, without what was kept") },
	{ 'q', "quiet", NULL, TEXT("不显示进度", "show no progress") },
	{ .name = NULL },
};

const struct command command_build = {
	.name = "build",
	.operands = "",
	.common = COMMON_REGISTRY | COMMON_REV | COMMON_AS_OF | COMMON_JOBS,
	.options = options,
	.summary = TEXT("检查全部记录并生成公开站点与内部站点",
	    "check all records and build the public and internal sites"),
	.description = TEXT(
	    "读取登记库的一个版本，按规则检查，生成静态站点。有错误的记录不发布，\n"
	    "列在最后，其余照常发布。未变的文件不重写，多余的文件最后删除。",
	    "Reads one state of the registry, judges it, and writes static sites.\n"
	    "Records with errors are withheld and listed at the end; the rest is\n"
	    "published. Unchanged files are left alone, stale ones removed last."),
	.run = run,
};
