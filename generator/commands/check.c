/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "catalogue/catalogue.h"
#include "catalogue/resume.h"
#include "commands/asked.h"
#include "commands/authorship.h"
#include "commands/command.h"
#include "commands/compare.h"
#include "commands/range.h"
#include "commands/report.h"
#include "commands/report_format.h"
#include "pipeline/overlay.h"
#include "pipeline/pipeline.h"
#include "rules/ruleset.h"
#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>

/* -- output --------------------------------------------------------------- */

/* Adds to the page of a forge's run, if there is one. */
static void add_summary(const struct report_format *format,
    const struct report_data *data, struct buf *out)
{
	const char *path = format->append_summary != NULL ?
	    getenv(format->summary_variable) : NULL;
	FILE *page = path != NULL && path[0] != '\0' ? fopen(path, "a") : NULL;

	if (page == NULL)
		return;
	buf_truncate(out, 0);
	format->append_summary(data, out);
	/* All of it is on standard output as well. */
	(void)!fwrite(out->ptr, 1, out->len, page);
	(void)!fclose(page);
}

static void print_formatted(const struct report_format *format,
    const struct pipeline *pipeline, const struct diag_list *diags)
{
	const struct report_data data = {
		.arena = pipeline->arena,
		.diags = diags,
		.lang = pipeline->lang,
		.as_of = date_iso(pipeline->arena, pipeline->registry.as_of),
		.files = pipeline->file_count,
	};
	struct buf out;

	buf_init(&out);
	format->append(&data, &out);
	(void)!fwrite(out.ptr, 1, out.len, stdout);
	add_summary(format, &data, &out);
	buf_dispose(&out);
}

/* Machine failures concern everybody, whatever was asked for. */
static void select_asked(const struct asked *asked,
    const struct diag_list *all, struct diag_list *selected)
{
	for (size_t i = 0; i < all->items.count; i++) {
		const struct diagnostic *d = vec_at(&all->items, i);

		if (d->severity == DIAG_FATAL ||
		    asked_has(asked, d->mark.path))
			diag_add(selected, d);
	}
}

static int report(const struct invocation *invocation,
    const struct pipeline *pipeline, const struct overlay *overlay,
    const struct report_format *format, const struct diag_list *all, bool done)
{
	static const struct text nothing = TEXT(
	    "登记库中没有这个文件或目录", "the registry has no such file or folder");
	struct diag_list selected;
	struct asked asked;
	struct str unknown;
	int status;

	if (done && !asked_exist(invocation, pipeline, overlay, &unknown))
		return invocation_usage(invocation, &nothing, unknown);
	diag_list_init(&selected, invocation->arena);
	asked_init(&asked, invocation);
	select_asked(&asked, all, &selected);
	if (format != NULL && (done ||
	    selected.counts[DIAG_FATAL] == 0)) {
		print_formatted(format, pipeline, &selected);
	} else {
		report_print_sources(invocation->lang, &selected,
		    &pipeline->registry.reader, done ? stdout : stderr);
		if (done)
			report_summary(invocation->lang, &selected,
			    pipeline->file_count, stdout);
	}
	status = report_status(&selected);
	diag_list_dispose(&selected);
	return status;
}

/* -- what is asked for ---------------------------------------------------- */

static bool check_format(const struct invocation *invocation,
    const struct report_format **format, int *status)
{
	static const struct text bad_format = TEXT(
	    "--format 应为 text、json、sarif、github 或 gitlab",
	    "--format is text, json, sarif, github or gitlab");
	static const struct text compared = TEXT(
	    "--compare 自有两套规则，只有 text 和 json 两种格式，查全部记录",
	    "--compare has its two sets of rules, the forms text and json, and "
	    "judges all records");
	struct str name = invocation_value(invocation, "format");

	*format = report_format_find(name);
	if (name.len > 0 && *format == NULL && !str_eq(name, STR("text")))
		*status = invocation_usage(invocation, &bad_format, name);
	else if (invocation_has(invocation, "compare") &&
	    (invocation_has(invocation, "profile") ||
	     invocation->range.len > 0 || invocation->operand_count > 0 ||
	     (*format != NULL && !str_eq(name, STR("json")))))
		*status = invocation_usage(invocation, &compared, STR_NONE);
	else
		return true;
	return false;
}

static int compare(const struct invocation *invocation,
    struct pipeline *pipeline, bool as_json)
{
	struct str profile = invocation_value(invocation, "compare");

	if (compare_run(pipeline, profile, as_json))
		return EXIT_FINE;
	diag_sort(pipeline->diags);
	report_print(invocation->lang, pipeline->diags, stderr);
	return report_status(pipeline->diags);
}

static bool judge_range(const struct invocation *invocation,
    struct pipeline *pipeline, struct diag_list *told)
{
	struct authorship authorship;
	bool ok = authorship_of_range(invocation, pipeline, false,
	    &authorship, told) && range_report(invocation, pipeline, told);

	authorship_tell(&authorship, told);
	authorship_dispose(&authorship);
	return ok;
}

static int judge(const struct invocation *invocation,
    struct pipeline *pipeline, struct overlay *overlay,
    const struct report_format *format, bool open, struct str *damaged)
{
	static const struct text no_phase = TEXT(
	    "规则文件没有这个环节（如 submit、register、library、publish）",
	    "no rule file has such a phase (submit, register, library, "
	    "publish)");
	struct diag_list told;
	bool done;
	int status;

	if (open && !ruleset_has_phase(pipeline->ruleset, pipeline->phase))
		return invocation_usage(invocation, &no_phase,
		    pipeline->phase);
	if (open && invocation_has(invocation, "compare"))
		return compare(invocation, pipeline, format != NULL);
	diag_list_init(&told, invocation->arena);
	done = open && pipeline_judge(pipeline) && overlay_judge(overlay);
	if (done && invocation->range.len > 0)
		done = judge_range(invocation, pipeline, &told);
	else
		for (size_t i = 0; i < pipeline->diags->items.count; i++)
			diag_add(&told, vec_at(&pipeline->diags->items, i));
	done = done && catalogue_is_well(pipeline->catalogue, &told);
	if (open && !done && pipeline_was_damaged(pipeline)) {
		*damaged = catalogue_path(pipeline->catalogue);
		diag_list_dispose(&told);
		return EXIT_FINE;
	}
	overlay_tell(overlay, &told);
	diag_sort(&told);
	status = report(invocation, pipeline, overlay, format, &told, done);
	diag_list_dispose(&told);
	return status;
}

/* `*damaged`: told is nothing then but, where it is set before, that it was. */
static int check(const struct invocation *invocation,
    const struct report_format *format, struct str *damaged)
{
	bool is_again = damaged->len > 0, open;
	struct pipeline pipeline;
	struct overlay overlay;
	struct diag_list diags;
	int status;

	diag_list_init(&diags, invocation->arena);
	if (is_again)
		catalogue_report_damage(*damaged, &diags);
	*damaged = STR_NONE;
	overlay.folder = STR_NONE;
	open = invocation_open_pipeline(invocation,
	    invocation_has(invocation, "quiet"), &pipeline, &diags);
	pipeline.is_full = is_again || invocation_has(invocation, "full");
	open = open &&
	    overlay_open(&overlay, &pipeline,
		invocation_value(invocation, "private"));
	status = judge(invocation, &pipeline, &overlay, format, open, damaged);
	overlay_close(&overlay);
	pipeline_close(&pipeline);
	diag_list_dispose(&diags);
	return status;
}

static int run(struct invocation *invocation)
{
	const struct report_format *format;
	struct str damaged = STR_NONE;
	int status;

	if (!check_format(invocation, &format, &status))
		return status;
	status = check(invocation, format, &damaged);
	return damaged.len > 0 ? check(invocation, format, &damaged) : status;
}

static const struct option options[] = {
	{ 0, "format", "FORMAT", TEXT("输出格式：text（缺省）、json、sarif、github、gitlab",
	    "form of the output: text (default), json, sarif, github, gitlab") },
	{ 0, "phase", "PHASE", TEXT(
	    "只用一个环节的规则：submit、register、library、publish",
	    "only the rules of a phase: submit, register, library, publish") },
	{ 0, "profile", "NAME", TEXT("按规则方案核对，如 D（征求意见稿的数字）",
	    "judge by a profile, such as D (the draft's numbers)") },
	{ 0, "compare", "NAME", TEXT("与规则方案比较：哪些记录的结论不同",
	    "compare with a profile: which records get other verdicts") },
	{ 0, "account", "NAME", TEXT("推送提案的账号，由服务器认定",
	    "the account that pushed the proposal, as the server knows it") },
	{ 0, "private", "DIR", TEXT("非公开目录：专家、信誉、专家组、处理",
	    "the private folder: experts, credit, panels, sanctions") },
	{ 0, "full", NULL, TEXT("全部重新检查，不用上次留下的结果",
	    "judge everything anew, without what the last run has kept") },
	{ 'q', "quiet", NULL, TEXT("不显示进度", "show no progress") },
	{ .name = NULL },
};

const struct command command_check = {
	.name = "check",
	.operands = "[PATH…]",
	.common = COMMON_REGISTRY | COMMON_REV | COMMON_RANGE | COMMON_AS_OF |
	    COMMON_JOBS,
	.options = options,
	.most_operands = 10000,
	.summary = TEXT("按规则检查记录，逐条说明问题与改法",
	    "judge records by the rules and say what to mend"),
	.description = TEXT(
	    "检查登记库的全部记录；给出 PATH（文件或目录，从登记库算起）时只报告其中的问题。\n"
	    "一次运行报告全部问题：文件、行、列、规则编号、依据、改法。\n"
	    "--range 检查一份提案：以 BASE 的规则判断合并后的样子；只有提案改动的、\n"
	    "或因提案而起的问题才算错误，其余只作提示。\n"
	    "规则方案是 schemas/profiles/ 中的表，以另一份文件的数字代替现行规则中的数字。",
	    "Judges all records; with PATH (files or folders, as seen from the registry)\n"
	    "only their faults are told. One run reports everything: file, line, column,\n"
	    "rule, basis, and what to do.\n"
	    "With --range a proposal is judged, by the rules of BASE, as it is once merged;\n"
	    "only faults of what it changes, or that it causes, are errors, the rest are\n"
	    "notices.\n"
	    "A profile is a table of schemas/profiles/ that puts the numbers of another\n"
	    "document in the place of those in force."),
	.run = run,
};
