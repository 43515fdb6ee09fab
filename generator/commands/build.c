/* SPDX-License-Identifier: MIT */
#include "commands/build.h"

#include "base/value.h"
#include "catalogue/catalogue.h"
#include "catalogue/resume.h"
#include "commands/build_plan.h"
#include "commands/overlay.h"
#include "commands/pipeline.h"
#include "commands/report.h"
#include "commands/site_log.h"
#include "commands/sites.h"

#include <stdio.h>

static void print_withheld(struct pipeline *pipeline)
{
	static const struct text head = TEXT(
	    "以下记录有错误，未发布：\n",
	    "these records have errors and are not published:\n");
	struct value *rows = catalogue_rows(pipeline->catalogue,
	    QUERY_withheld, NULL, 0, pipeline->arena, NULL, NULL);

	if (value_count(rows) > 0)
		fputs(head.in[pipeline->lang], stderr);
	for (size_t i = 0; i < value_count(rows); i++)
		fprintf(stderr, "  %.*s\n", STR_ARG(value_text_at(
		    rows->list.items[i], STR("path"))));
}

static void print_result(const struct pipeline *pipeline,
    const struct build_request *request, const struct sites_result *result)
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

	fprintf(stderr, request->is_dry ? plan.in[pipeline->lang] :
	    text.in[pipeline->lang], STR_ARG(request->output),
	    result->files, result->changed, result->removed);
	if (request->with_copies && request->is_dry)
		fputs(unlisted.in[pipeline->lang], stderr);
	else if (request->with_copies)
		fprintf(stderr, copies.in[pipeline->lang],
		    result->copies.copies, result->copies.changed);
	if (request->internal.len > 0 && !request->is_dry)
		fprintf(stderr, internal.in[pipeline->lang],
		    STR_ARG(request->internal));
}

static int tell(const struct invocation *invocation,
    struct pipeline *pipeline, const struct build_request *request,
    const struct sites_result *result)
{
	struct diag_list *diags = pipeline->diags;

	diag_sort(diags);
	report_print_sources(invocation, diags, &pipeline->registry.reader,
	    stderr);
	if (result != NULL) {
		print_withheld(pipeline);
		report_summary(request->lang, diags, pipeline->file_count,
		    stderr);
		print_result(pipeline, request, result);
	}
	return report_status(diags);
}

/* `*damaged`: told is nothing then but, where it is set before, that it was. */
static int build(const struct build_request *request, struct arena *arena,
    struct str *damaged)
{
	const struct invocation invocation = { .command = &command_build,
		.arena = arena, .lang = request->lang,
		.registry = request->registry, .rev = request->rev,
		.as_of = request->as_of, .jobs = request->jobs };
	struct overlay overlay = { .folder = STR_NONE };
	const struct sites_request sites = { .output = request->output,
		.internal = request->internal, .overlay = &overlay,
		.with_pdf = request->with_pdf,
		.with_copies = request->with_copies, .key = request->key };
	struct sites_result result;
	struct site_log log;
	struct pipeline pipeline;
	struct diag_list diags;
	int status = EXIT_FINE;
	bool done;

	diag_list_init(&diags, arena);
	if (damaged->len > 0)
		catalogue_report_damage(*damaged, &diags);
	*damaged = STR_NONE;
	site_log_init(&log);
	done = pipeline_open(&pipeline, &invocation, request->quiet, &diags);
	pipeline.is_full = request->is_full;
	done = done &&
	    overlay_open(&overlay, &pipeline, request->private_folder) &&
	    pipeline_judge(&pipeline) && overlay_judge(&overlay) &&
	    (request->is_dry ? build_plan(&pipeline, &sites, &result) :
		sites_build(&pipeline, &sites, &log, &result));
	overlay_tell(&overlay, &diags);
	if (!done && pipeline_was_damaged(&pipeline))
		*damaged = catalogue_path(pipeline.catalogue);
	else
		status = tell(&invocation, &pipeline, request,
		    done ? &result : NULL);
	site_log_dispose(&log);
	overlay_close(&overlay);
	pipeline_close(&pipeline);
	diag_list_dispose(&diags);
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
