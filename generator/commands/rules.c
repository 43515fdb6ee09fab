/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json.h"
#include "base/utf8.h"
#include "base/value.h"
#include "commands/command.h"
#include "commands/report.h"
#include "commands/rulebook.h"
#include "rules/ruleset.h"
#include "schema/schematron.h"

#include <stdio.h>

static bool is_wanted(const struct invocation *invocation,
    const struct rule_entry *rule)
{
	struct str seed = invocation_value(invocation, "seed");
	struct str status = invocation_value(invocation, "status");

	return (seed.ptr == NULL || str_eq(seed, rule->document->code)) &&
	    (status.ptr == NULL || str_eq(status, rule->status));
}

/* -- text ---------------------------------------------------------------- */

static size_t width_of(struct str text)
{
	size_t width = 0, size;

	for (size_t at = 0; at < text.len; at += size)
		width += utf8_width(utf8_decode(text, at, &size));
	return width;
}

/* Columns in a terminal, where Chinese is two wide. */
static void print_column(struct str text, size_t width)
{
	printf("%.*s", STR_ARG(text));
	for (size_t w = width_of(text); w < width; w++)
		putchar(' ');
	fputs("  ", stdout);
}

static void print_text(const struct invocation *invocation,
    const struct rulebook *rulebook)
{
	enum lang lang = invocation->lang;

	for (size_t i = 0; i < ruleset_count(rulebook->ruleset); i++) {
		const struct rule_entry *rule = ruleset_at(rulebook->ruleset,
		    i);

		if (!is_wanted(invocation, rule))
			continue;
		print_column(rule->id, 5);
		print_column(rulebook_label(rulebook, "rule-status",
		    rule->status, lang), 18);
		print_column(rulebook_label(rulebook, "treatments",
		    rule->treatment, lang), 22);
		printf("%.*s\n", STR_ARG(rule->text[lang]));
	}
}

/* -- JSON ---------------------------------------------------------------- */

static void set(struct arena *arena, struct value *map, const char *name,
    struct str text)
{
	value_add(arena, map, str_from(name), value_text(arena, text));
}

static struct value *assert_value(struct arena *arena,
    const struct schematron_assert *assert)
{
	struct value *map = value_map(arena);

	set(arena, map, "id", assert->id);
	set(arena, map, "severity", diag_severity_name(assert->severity));
	set(arena, map, "message_zh", assert->message[LANG_ZH]);
	set(arena, map, "message_en", assert->message[LANG_EN]);
	set(arena, map, "hint_zh", assert->hint[LANG_ZH]);
	set(arena, map, "hint_en", assert->hint[LANG_EN]);
	set(arena, map, "basis", assert->see);
	set(arena, map, "effective", assert->effective);
	set(arena, map, "expires", assert->expires);
	set(arena, map, "context", assert->context);
	set(arena, map, "test", assert->test);
	set(arena, map, "file", assert->mark.path);
	value_add(arena, map, STR("line"),
	    value_number(arena, assert->mark.line));
	return map;
}

static struct value *rule_value_of(struct arena *arena,
    const struct rule_entry *rule)
{
	struct value *map = value_map(arena), *asserts = value_list(arena);

	set(arena, map, "id", rule->id);
	set(arena, map, "seed", rule->document->code);
	set(arena, map, "document", rule->document->title);
	set(arena, map, "article", rule->article);
	set(arena, map, "text_zh", rule->text[LANG_ZH]);
	set(arena, map, "text_en", rule->text[LANG_EN]);
	set(arena, map, "status", rule->status);
	set(arena, map, "binds", rule->binds);
	set(arena, map, "parameter", rule->parameter);
	set(arena, map, "severity", rule->severity);
	set(arena, map, "check", rule->check);
	set(arena, map, "check_also", rule->check_also);
	set(arena, map, "treatment", rule->treatment);
	set(arena, map, "pages", rule->pages);
	set(arena, map, "reason_zh", rule->reason[LANG_ZH]);
	set(arena, map, "reason_en", rule->reason[LANG_EN]);
	set(arena, map, "quote", rule->quote);
	for (size_t i = 0; i < rule->assert_count; i++)
		value_append(arena, asserts,
		    assert_value(arena, rule->asserts[i]));
	value_add(arena, map, STR("asserts"), asserts);
	return map;
}

static void print_json(const struct invocation *invocation,
    const struct rulebook *rulebook)
{
	struct buf out;
	bool first = true;

	buf_init(&out);
	buf_append_char(&out, '[');
	for (size_t i = 0; i < ruleset_count(rulebook->ruleset); i++) {
		const struct rule_entry *rule = ruleset_at(rulebook->ruleset,
		    i);

		if (!is_wanted(invocation, rule))
			continue;
		buf_append_cstr(&out, first ? "\n" : ",\n");
		json_append(&out, rule_value_of(invocation->arena, rule));
		first = false;
	}
	buf_append_cstr(&out, "\n]\n");
	(void)fwrite(out.ptr, 1, out.len, stdout);
	buf_dispose(&out);
}

/* -- what was asked ------------------------------------------------------ */

/* A filter that nothing can pass is a slip, not a question. */
static bool check_filters(const struct invocation *invocation,
    const struct rulebook *rulebook, const char **bad)
{
	struct str seed = invocation_value(invocation, "seed");
	struct str status = invocation_value(invocation, "status");
	bool known = seed.ptr == NULL;

	for (size_t i = 0; i < ruleset_document_count(rulebook->ruleset); i++)
		known = known || str_eq(seed, ruleset_document_at(
		    rulebook->ruleset, i)->code);
	if (!known) {
		*bad = "seed";
		return false;
	}
	*bad = "status";
	return status.ptr == NULL || code_by_code(codes_list(
	    &rulebook->codes, STR("rule-status")), status) != NULL;
}

static int print(const struct invocation *invocation,
    const struct rulebook *rulebook)
{
	static const struct text unknown = TEXT("没有这样的出处或效力",
	    "no such document or status");
	const char *bad;

	if (!check_filters(invocation, rulebook, &bad))
		return invocation_usage(invocation, &unknown,
		    invocation_value(invocation, bad));
	if (str_eq(invocation_value(invocation, "format"), STR("json")))
		print_json(invocation, rulebook);
	else
		print_text(invocation, rulebook);
	return EXIT_FINE;
}

static int run(struct invocation *invocation)
{
	static const struct text bad_format = TEXT(
	    "--format 应为 text 或 json", "--format is text or json");
	struct str format = invocation_value(invocation, "format");
	struct rulebook rulebook;
	struct diag_list diags;
	int status;

	if (format.ptr != NULL && !str_eq(format, STR("text")) &&
	    !str_eq(format, STR("json")))
		return invocation_usage(invocation, &bad_format, format);
	diag_list_init(&diags, invocation->arena);
	if (rulebook_open(invocation, &rulebook, &diags)) {
		status = print(invocation, &rulebook);
	} else {
		diag_sort(&diags);
		report_print(invocation, &diags, stderr);
		status = report_status(&diags);
	}
	rulebook_close(&rulebook);
	diag_list_dispose(&diags);
	return status;
}

static const struct option options[] = {
	{ 0, "format", "text|json", TEXT("输出格式（缺省：text）",
	    "form of the output (default: text)") },
	{ 0, "seed", "CODE", TEXT("只列出自一份文件的规则，如 Z、P、M、S、G",
	    "only rules of one document, such as Z, P, M, S, G") },
	{ 0, "status", "CODE", TEXT(
	    "只列某种效力的规则，如 in-force、draft、portal",
	    "only rules of one status, such as in-force, draft, portal") },
	{ .name = NULL },
};

const struct command command_rules = {
	.name = "rules",
	.operands = "",
	.common = COMMON_REGISTRY | COMMON_REV,
	.options = options,
	.summary = TEXT("全部规则的目录", "the catalogue of all rules"),
	.description = TEXT(
	    "每条一行：编号、效力、系统如何处理、内容。JSON 另有出处、条款、原文和各项核对。\n"
	    "一条规则的全文见 zheli explain。",
	    "One line each: id, status, what the program does about it, text. JSON has the document,\n"
	    "article, original wording and every check as well. See zheli explain for one in full."),
	.run = run,
};
