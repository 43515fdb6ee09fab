/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "base/path.h"
#include "commands/pipeline.h"
#include "commands/range.h"
#include "commands/report.h"
#include "commands/report_format.h"
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
		.files = pipeline->entries.count,
	};
	struct buf out;

	buf_init(&out);
	format->append(&data, &out);
	(void)!fwrite(out.ptr, 1, out.len, stdout);
	add_summary(format, &data, &out);
	buf_dispose(&out);
}

/* -- which are asked for -------------------------------------------------- */

/* As the registry writes it; empty for the whole of it. */
static struct str asked_path(struct str operand)
{
	while (str_starts(operand, STR("./")))
		operand = str_slice(operand, 2, operand.len);
	while (str_ends(operand, STR("/")))
		operand.len--;
	return str_eq(operand, STR(".")) ? STR_NONE : operand;
}

/* The file itself, or a folder above it. */
static bool is_asked_for(const struct map *asked, struct str path)
{
	for (struct str at = path; at.len > 0; at = path_folder(at))
		if (map_has(asked, at))
			return true;
	return asked->count == 0 || map_has(asked, STR_NONE);
}

static void read_asked(const struct invocation *invocation, struct map *asked)
{
	map_init(asked, invocation->arena);
	for (size_t i = 0; i < invocation->operand_count; i++)
		map_put(asked, asked_path(invocation->operands[i]), asked);
}

/* Machine failures concern everybody, whatever was asked for. */
static void select_asked(const struct map *operands,
    const struct diag_list *all, struct diag_list *asked)
{
	for (size_t i = 0; i < all->items.count; i++) {
		const struct diagnostic *d = vec_at(&all->items, i);

		if (d->severity == DIAG_FATAL ||
		    is_asked_for(operands, d->mark.path))
			diag_add(asked, d);
	}
}

/* Entries are sorted: what is below a folder ("content/units/") stands
 * together. */
static bool is_below(const struct vec *entries, struct str folder)
{
	size_t low = 0, high = entries->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct source_entry *entry = vec_at(entries, middle);

		if (str_cmp(entry->path, folder) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < entries->count && str_starts(
	    ((struct source_entry *)vec_at(entries, low))->path, folder);
}

static bool names_something(const struct invocation *invocation,
    const struct pipeline *pipeline, struct str *unknown)
{
	for (size_t i = 0; i < invocation->operand_count; i++) {
		struct str path = asked_path(invocation->operands[i]);

		if (path.len == 0 || map_has(&pipeline->files, path) ||
		    is_below(&pipeline->entries, str_join(invocation->arena,
			path, STR("/"))))
			continue;
		*unknown = invocation->operands[i];
		return false;
	}
	return true;
}

static int report(const struct invocation *invocation,
    const struct pipeline *pipeline, const struct report_format *format,
    const struct diag_list *all, bool done)
{
	static const struct text nothing = TEXT(
	    "登记库中没有这个文件或目录", "the registry has no such file or folder");
	struct diag_list asked;
	struct map operands;
	struct str unknown;
	int status;

	if (done && !names_something(invocation, pipeline, &unknown))
		return invocation_usage(invocation, &nothing, unknown);
	diag_list_init(&asked, invocation->arena);
	read_asked(invocation, &operands);
	select_asked(&operands, all, &asked);
	if (format != NULL && (done || asked.counts[DIAG_FATAL] == 0)) {
		print_formatted(format, pipeline, &asked);
	} else {
		report_print_sources(invocation, &asked,
		    &pipeline->registry.reader, done ? stdout : stderr);
		if (done)
			report_summary(invocation->lang, &asked,
			    pipeline->entries.count, stdout);
	}
	status = report_status(&asked);
	diag_list_dispose(&asked);
	return status;
}

/* All that is to be told: with a range, what the proposal answers for. */
static bool judge(const struct invocation *invocation,
    struct pipeline *pipeline, struct diag_list *found,
    struct diag_list *told)
{
	bool done = pipeline_open(pipeline, invocation,
	    invocation_has(invocation, "quiet"), found) &&
	    pipeline_judge(pipeline);

	if (done && invocation->range.len > 0)
		return range_report(invocation, pipeline, told);
	for (size_t i = 0; i < found->items.count; i++)
		diag_add(told, vec_at(&found->items, i));
	return done;
}

static int run(struct invocation *invocation)
{
	static const struct text bad_format = TEXT(
	    "--format 应为 text、json、sarif、github 或 gitlab",
	    "--format is text, json, sarif, github or gitlab");
	struct str name = invocation_value(invocation, "format");
	const struct report_format *format = report_format_find(name);
	struct diag_list found, told;
	struct pipeline pipeline;
	bool done;
	int status;

	if (name.ptr != NULL && format == NULL && !str_eq(name, STR("text")))
		return invocation_usage(invocation, &bad_format, name);
	diag_list_init(&found, invocation->arena);
	diag_list_init(&told, invocation->arena);
	done = judge(invocation, &pipeline, &found, &told);
	diag_sort(&told);
	status = report(invocation, &pipeline, format, &told, done);
	pipeline_close(&pipeline);
	diag_list_dispose(&found);
	diag_list_dispose(&told);
	return status;
}

static const struct option options[] = {
	{ 0, "format", "FORMAT", TEXT("输出格式：text（缺省）、json、sarif、github、gitlab",
	    "form of the output: text (default), json, sarif, github, gitlab") },
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
	    "或因提案而起的问题才算错误，其余只作提示。",
	    "Judges all records; with PATH (files or folders, as seen from the registry)\n"
	    "only their faults are told. One run reports everything: file, line, column,\n"
	    "rule, basis, and what to do.\n"
	    "With --range a proposal is judged, by the rules of BASE, as it is once merged;\n"
	    "only faults of what it changes, or that it causes, are errors, the rest are\n"
	    "notices."),
	.run = run,
};
