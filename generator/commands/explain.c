/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/diag.h"
#include "commands/command.h"
#include "commands/report.h"
#include "commands/rulebook.h"
#include "rules/fold.h"
#include "rules/ruleset.h"
#include "schema/fields.h"
#include "schema/nearest.h"
#include "schema/schematron.h"

#include <stdio.h>

/* A line "  label: text", left out when there is no text. */
static void print_line(enum lang lang, const char *zh, const char *en,
    struct str text)
{
	if (text.len > 0)
		printf("  %s%s%.*s\n", lang == LANG_ZH ? zh : en,
		    lang == LANG_ZH ? "：" : ": ", STR_ARG(text));
}

/* -- codes of mechanisms ------------------------------------------------- */

/* With "…" where a message fills something in. */
static struct str in_general(struct arena *arena, struct str text)
{
	const struct str something = STR("…"), args[] = { something, something,
		something, something, something, something };

	return diag_fill(arena, text, args, sizeof(args) / sizeof(args[0]));
}

static void print_code(struct arena *arena, const struct diag_info *info,
    enum lang lang)
{
	static const char *const severities[][LANG_COUNT] = {
		[DIAG_NOTICE] = { "提示", "notice" },
		[DIAG_WARNING] = { "提醒", "warning" },
		[DIAG_ERROR] = { "错误", "error" },
		[DIAG_FATAL] = { "无法继续", "fatal" },
	};
	struct str message = in_general(arena, info->message[lang]);

	printf("%.*s  %.*s\n", STR_ARG(info->id), STR_ARG(message));
	print_line(lang, "程度", "severity",
	    str_from(severities[info->severity][lang]));
	print_line(lang, "怎么办", "what to do", in_general(arena,
	    info->hint[lang]));
}

/* -- rules --------------------------------------------------------------- */

static struct str label(const struct rulebook *rulebook,
    const char *list, struct str code, enum lang lang)
{
	return code.len == 0 ? code :
	    rulebook_label(rulebook, list, code, lang);
}

/* "自 2023-05-04 起", "from 2023-05-04 to 2026-06-30". */
static struct str dates(const struct invocation *invocation,
    const struct schematron_assert *assert)
{
	const bool zh = invocation->lang == LANG_ZH;
	struct str from = assert->effective, to = assert->expires;

	if (from.len > 0 && to.len > 0)
		return str_format(invocation->arena, zh ?
		    "自 %.*s 至 %.*s" : "from %.*s to %.*s", STR_ARG(from),
		    STR_ARG(to));
	if (from.len > 0)
		return str_format(invocation->arena, zh ? "自 %.*s 起" :
		    "from %.*s", STR_ARG(from));
	if (to.len > 0)
		return str_format(invocation->arena, zh ? "至 %.*s 止" :
		    "until %.*s", STR_ARG(to));
	return STR_NONE;
}

static void print_assert(const struct invocation *invocation,
    const struct rulebook *rulebook, const struct schematron_assert *assert)
{
	enum lang lang = invocation->lang;
	struct str severity = label(rulebook, "severities",
	    assert->is_off ? STR("off") :
	    diag_severity_name(assert->severity), lang);
	struct str message = rulebook_wording(rulebook, assert,
	    SCHEMATRON_MESSAGE, lang, invocation->arena);

	printf("\n  %.*s  %.*s%s%.*s\n", STR_ARG(assert->id),
	    STR_ARG(severity), lang == LANG_ZH ? "：" : ": ",
	    STR_ARG(message));
	fputs("  ", stdout);
	print_line(lang, "怎么办", "what to do", rulebook_wording(rulebook,
	    assert, SCHEMATRON_HINT, lang, invocation->arena));
	fputs("  ", stdout);
	print_line(lang, "依据", "basis", assert->see);
	if (dates(invocation, assert).len > 0)
		fputs("  ", stdout);
	print_line(lang, "适用的记录", "applies to records",
	    dates(invocation, assert));
	fputs("  ", stdout);
	print_line(lang, "写在", "stands in", str_format(invocation->arena,
	    "%.*s:%u", STR_ARG(assert->mark.path), assert->mark.line));
}

struct field_print {
	const struct rulebook *rulebook;
	struct arena *arena;
	enum lang lang;
};

static void print_field(void *context, struct str kind,
    const struct field *field)
{
	static const struct text plain = TEXT("%.*s %.*s（%.*s）",
	    "%.*s %.*s (%.*s)");
	static const struct text listed = TEXT(
	    "%.*s %.*s（%.*s），只能写代码表 %.*s 中的词",
	    "%.*s %.*s (%.*s), only terms of the code list %.*s");
	const struct field_print *print = context;

	print_line(print->lang, "栏目", "field", str_format(print->arena,
	    (field->codelist.len > 0 ? listed : plain).in[print->lang],
	    STR_ARG(label(print->rulebook, "record-kinds", kind, print->lang)),
	    STR_ARG(field->path), STR_ARG(field->label[print->lang]),
	    STR_ARG(field->codelist)));
}

static void print_rule(const struct invocation *invocation,
    const struct rulebook *rulebook, const struct rule_entry *rule)
{
	enum lang lang = invocation->lang;
	struct field_print print = { rulebook, invocation->arena, lang };

	printf("%.*s  %.*s\n", STR_ARG(rule->id), STR_ARG(rule->text[lang]));
	print_line(lang, "出处", "document", rule->document->title);
	print_line(lang, "文号", "number", rule->document->number);
	print_line(lang, "条款", "article", rule->article);
	print_line(lang, "效力", "status",
	    label(rulebook, "rule-status", rule->status, lang));
	print_line(lang, "约束对象", "binds",
	    label(rulebook, "bound-parties", rule->binds, lang));
	print_line(lang, "参数", "parameter", rule->parameter);
	print_line(lang, "程度", "severity",
	    label(rulebook, "severities", rule->severity, lang));
	print_line(lang, "核对方式", "check",
	    label(rulebook, "check-kinds", rule->check, lang));
	print_line(lang, "处理", "treatment",
	    label(rulebook, "treatments", rule->treatment, lang));
	if (rule->is_unwaivable)
		print_line(lang, "免除", "waiver", lang == LANG_ZH ?
		    STR("不得免除") : STR("never"));
	print_line(lang, "说明", "note", rule->reason[lang]);
	print_line(lang, "见于网页", "shown on", rule->pages);
	print_line(lang, "原文", "original", rule->quote);
	rulebook_fields(rulebook, rule->id, print_field, &print);
	for (size_t i = 0; i < rule->assert_count; i++)
		print_assert(invocation, rulebook, rule->asserts[i]);
}

/* -- what was asked ------------------------------------------------------ */

static int unknown_id(const struct invocation *invocation,
    const struct ruleset *ruleset, struct str id)
{
	static const struct text unknown = TEXT("没有这条规则或提示编号",
	    "no such rule or diagnostic");
	static const struct text meant = TEXT("是否要查“%.*s”？\n",
	    "did you mean '%.*s'?\n");
	int status = invocation_usage(invocation, &unknown,
	    invocation->operands[0]);
	struct nearest nearest;

	nearest_init(&nearest, id);
	for (size_t i = 0; i < ruleset_count(ruleset); i++)
		nearest_offer(&nearest, ruleset_at(ruleset, i)->id);
	for (size_t i = 0; i < DIAG_CODE_COUNT; i++)
		nearest_offer(&nearest, diag_info((enum diag_code)i)->id);
	if (nearest.best.len > 0)
		fprintf(stderr, invocation_text(invocation, &meant),
		    STR_ARG(nearest.best));
	return status;
}

static int explain_rule(const struct invocation *invocation, struct str id)
{
	const struct rule_entry *rule;
	struct rulebook rulebook;
	struct diag_list diags;
	int status;

	diag_list_init(&diags, invocation->arena);
	if (rulebook_open(invocation, &rulebook, &diags)) {
		rule = ruleset_find(rulebook.ruleset, id);
		if (rule != NULL)
			print_rule(invocation, &rulebook, rule);
		status = rule != NULL ? EXIT_FINE :
		    unknown_id(invocation, rulebook.ruleset, id);
	} else {
		diag_sort(&diags);
		report_print(invocation->lang, &diags, stderr);
		status = report_status(&diags);
	}
	rulebook_close(&rulebook);
	diag_list_dispose(&diags);
	return status;
}

static int run(struct invocation *invocation)
{
	struct str id = fold_upper(invocation->arena,
	    fold_name(invocation->arena, invocation->operands[0]));
	const struct diag_info *info = diag_info_find(id);

	if (info == NULL)
		return explain_rule(invocation, id);
	print_code(invocation->arena, info, invocation->lang);
	return EXIT_FINE;
}

const struct command command_explain = {
	.name = "explain",
	.operands = "ID",
	.common = COMMON_REGISTRY | COMMON_REV,
	.least_operands = 1,
	.most_operands = 1,
	.summary = TEXT("一条规则或一个提示编号的全文",
	    "a rule or a diagnostic in full"),
	.description = TEXT(
	    "ID 是规则编号（P-01，或其中一项 P-01a）或检查结果方括号里的编号（Y0101）。\n"
	    "规则的出处、效力、约束对象和各项核对取自登记库的 schemas/rules/。",
	    "ID is a rule (P-01, or one of its checks, P-01a) or a code as it stands in brackets in\n"
	    "what was found (Y0101). A rule's document, status, whom it binds and what is checked\n"
	    "come from schemas/rules/ of the registry."),
	.run = run,
};
