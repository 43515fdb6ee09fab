/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "base/json.h"
#include "base/path.h"
#include "base/value.h"
#include "commands/pipeline.h"
#include "commands/report.h"
#include "source/source.h"

#include <stdio.h>

/* -- JSON ----------------------------------------------------------------- */

static struct value *both(struct arena *arena, const struct str *texts)
{
	struct value *map = value_map(arena);

	value_add(arena, map, STR("zh"), value_text(arena, texts[LANG_ZH]));
	value_add(arena, map, STR("en"), value_text(arena, texts[LANG_EN]));
	return map;
}

static void append_member(struct buf *out, const char *name, uint32_t number)
{
	buf_append_format(out, ",\"%s\":%u", name, number);
}

static void append_diagnostic(struct arena *arena, const struct diagnostic *d,
    struct buf *out)
{
	struct value *map = value_map(arena);

	value_add(arena, map, STR("path"), value_text(arena, d->mark.path));
	value_add(arena, map, STR("severity"),
	    value_text(arena, diag_severity_name(d->severity)));
	value_add(arena, map, STR("id"), value_text(arena, d->id));
	value_add(arena, map, STR("message"), both(arena, d->message));
	value_add(arena, map, STR("hint"), both(arena, d->hint));
	value_add(arena, map, STR("basis"), value_text(arena, d->basis));
	json_append(out, map);
	/* Numbers are numbers: written before the closing brace. */
	buf_truncate(out, out->len - 1);
	append_member(out, "line", d->mark.line);
	append_member(out, "column", d->mark.column);
	buf_append_char(out, '}');
}

static void print_json(const struct pipeline *pipeline,
    const struct diag_list *diags)
{
	struct buf out;

	buf_init(&out);
	buf_append_format(&out, "{\"version\":1,\"as_of\":\"%.*s\","
	    "\"files\":%zu,\"errors\":%zu,\"warnings\":%zu,\"notices\":%zu,"
	    "\"diagnostics\":[",
	    STR_ARG(date_iso(pipeline->arena, pipeline->registry.as_of)),
	    pipeline->entries.count, diag_errors(diags),
	    diags->counts[DIAG_WARNING], diags->counts[DIAG_NOTICE]);
	for (size_t i = 0; i < diags->items.count; i++) {
		if (i > 0)
			buf_append_char(&out, ',');
		buf_append_char(&out, '\n');
		append_diagnostic(pipeline->arena,
		    vec_at(&diags->items, i), &out);
	}
	buf_append_cstr(&out, "]}\n");
	fputs(out.ptr, stdout);
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
    const struct pipeline *pipeline, const struct diag_list *all, bool done)
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
	if (done && str_eq(invocation_value(invocation, "format"),
	    STR("json"))) {
		print_json(pipeline, &asked);
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

static int run(struct invocation *invocation)
{
	static const struct text bad_format = TEXT(
	    "--format 应为 text 或 json", "--format is text or json");
	struct str format = invocation_value(invocation, "format");
	struct pipeline pipeline;
	struct diag_list diags;
	bool done;
	int status;

	if (format.ptr != NULL && !str_eq(format, STR("text")) &&
	    !str_eq(format, STR("json")))
		return invocation_usage(invocation, &bad_format, format);
	diag_list_init(&diags, invocation->arena);
	done = pipeline_open(&pipeline, invocation,
	    invocation_has(invocation, "quiet"), &diags) &&
	    pipeline_judge(&pipeline);
	diag_sort(&diags);
	status = report(invocation, &pipeline, &diags, done);
	pipeline_close(&pipeline);
	diag_list_dispose(&diags);
	return status;
}

static const struct option options[] = {
	{ 0, "format", "text|json", TEXT("输出格式（缺省：text）",
	    "form of the output (default: text)") },
	{ 'q', "quiet", NULL, TEXT("不显示进度", "show no progress") },
	{ .name = NULL },
};

const struct command command_check = {
	.name = "check",
	.operands = "[PATH…]",
	.common = COMMON_REGISTRY | COMMON_REV | COMMON_AS_OF | COMMON_JOBS,
	.options = options,
	.most_operands = 10000,
	.summary = TEXT("按规则检查记录，逐条说明问题与改法",
	    "judge records by the rules and say what to mend"),
	.description = TEXT(
	    "检查登记库的全部记录；给出 PATH（文件或目录，从登记库算起）时只报告其中的问题。\n"
	    "一次运行报告全部问题：文件、行、列、规则编号、依据、改法。",
	    "Judges all records; with PATH (files or folders, as seen from the registry)\n"
	    "only their faults are told. One run reports everything: file, line, column,\n"
	    "rule, basis, and what to do."),
	.run = run,
};
