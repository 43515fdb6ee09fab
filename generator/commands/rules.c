/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/diag.h"
#include "catalogue/catalogue.h"
#include "commands/command.h"
#include "commands/report.h"
#include "commands/rulebook.h"
#include "commands/rules_output.h"
#include "pipeline/pipeline.h"
#include "rules/ruleset.h"

/* -- which are asked for -------------------------------------------------- */

/* A filter: the option, and the code list that its argument is of; NULL: the
 * documents. */
static const struct filter {
	const char *option, *list;
} filters[] = {
	{ "document", NULL },
	{ "status", "rule-status" },
	{ "treatment", "treatments" },
	{ "binds", "bound-parties" },
};

enum { FILTERS = sizeof(filters) / sizeof(filters[0]) };

static struct str filtered_by(const struct rule_entry *rule, size_t filter)
{
	const struct str values[FILTERS] = { rule->document->code,
		rule->status, rule->treatment, rule->binds };

	return values[filter];
}

static bool is_wanted(const struct invocation *invocation,
    const struct rule_entry *rule)
{
	for (size_t i = 0; i < FILTERS; i++) {
		struct str wanted = invocation_value(invocation,
		    filters[i].option);

		if (wanted.ptr != NULL &&
		    !str_eq(wanted, filtered_by(rule, i)))
			return false;
	}
	return true;
}

/* A filter that nothing can pass is a slip, not a question. */
static bool check_filters(const struct invocation *invocation,
    const struct rulebook *rulebook, struct str *bad)
{
	for (size_t i = 0; i < FILTERS; i++) {
		*bad = invocation_value(invocation, filters[i].option);
		if (bad->ptr != NULL && (filters[i].list == NULL ?
		    ruleset_document(rulebook->ruleset, *bad) == NULL :
		    code_by_code(codes_list(rulebook->codes,
			str_from(filters[i].list)), *bad) == NULL))
			return false;
	}
	return true;
}

static int print(const struct invocation *invocation,
    const struct rulebook *rulebook, const struct value *counts)
{
	static const struct text unknown = TEXT(
	    "没有这样的文件、效力、处理方式或约束对象",
	    "no such document, status, treatment or bound party");
	size_t all = ruleset_count(rulebook->ruleset);
	struct str format = invocation_value(invocation, "format"), bad;
	struct rules_listing listing = { .arena = invocation->arena,
		.lang = invocation->lang, .rulebook = rulebook,
		.counts = counts,
		.rules = arena_array(invocation->arena, all,
		    sizeof(*listing.rules)) };
	bool compares = invocation_has(invocation, "compare");

	if (!check_filters(invocation, rulebook, &bad))
		return invocation_usage(invocation, &unknown, bad);
	for (size_t i = 0; i < all; i++)
		if (is_wanted(invocation, ruleset_at(rulebook->ruleset, i)))
			listing.rules[listing.count++] =
			    ruleset_at(rulebook->ruleset, i);
	if (str_eq(format, STR("json")))
		(compares ? rules_print_comparison_json : rules_print_json)(
		    &listing);
	else if (str_eq(format, STR("csv")))
		rules_print_csv(&listing);
	else
		(compares ? rules_print_comparison : rules_print_text)(
		    &listing);
	return EXIT_FINE;
}

/* -- with and without records --------------------------------------------- */

static int fail(const struct invocation *invocation, struct diag_list *diags)
{
	diag_sort(diags);
	report_print(invocation->lang, diags, stderr);
	return report_status(diags);
}

static int run_rulebook(const struct invocation *invocation,
    struct diag_list *diags)
{
	struct rulebook rulebook;
	int status = rulebook_open(invocation, &rulebook, diags) ?
	    print(invocation, &rulebook, NULL) : fail(invocation, diags);

	rulebook_close(&rulebook);
	return status;
}

/* Faults of content are `zheli check`'s to tell. */
static int run_records(const struct invocation *invocation,
    struct diag_list *diags)
{
	struct pipeline pipeline;
	struct rulebook rulebook;
	int status;

	if (invocation_open_pipeline(invocation, false, &pipeline, diags) &&
	    pipeline_judge(&pipeline)) {
		stage_count(&pipeline);
		rulebook = (struct rulebook){ .codes = &pipeline.codes,
			.schemas = pipeline.schemas,
			.ruleset = pipeline.ruleset };
		status = print(invocation, &rulebook, catalogue_rows(
		    pipeline.catalogue, QUERY_rules, NULL, 0,
		    invocation->arena, NULL, NULL));
	} else {
		status = fail(invocation, diags);
	}
	pipeline_close(&pipeline);
	return status;
}

static bool check_options(const struct invocation *invocation, int *status)
{
	static const struct text bad_format = TEXT(
	    "--format 应为 text、json 或 csv",
	    "--format is text, json or csv");
	static const struct text compared = TEXT(
	    "--compare 比较两套规则，只有 text 和 json 两种格式，不与其他选项并用",
	    "--compare sets two sets of rules side by side, as text or json; "
	    "other options do not go with it");
	struct str format = invocation_value(invocation, "format");

	*status = EXIT_FINE;
	if (format.ptr != NULL && !str_eq(format, STR("text")) &&
	    !str_eq(format, STR("json")) && !str_eq(format, STR("csv")))
		*status = invocation_usage(invocation, &bad_format, format);
	else if (invocation_has(invocation, "compare") &&
	    (invocation_has(invocation, "records") ||
	     invocation_has(invocation, "profile") ||
	     (format.ptr != NULL && str_eq(format, STR("csv")))))
		*status = invocation_usage(invocation, &compared, STR_NONE);
	return *status == EXIT_FINE;
}

static int run(struct invocation *invocation)
{
	struct diag_list diags;
	int status;

	if (!check_options(invocation, &status))
		return status;
	diag_list_init(&diags, invocation->arena);
	status = invocation_has(invocation, "records") ?
	    run_records(invocation, &diags) :
	    run_rulebook(invocation, &diags);
	diag_list_dispose(&diags);
	return status;
}

static const struct option options[] = {
	{ 0, "format", "FORMAT", TEXT("输出格式：text（缺省）、json、csv",
	    "form of the output: text (default), json, csv") },
	{ 0, "document", "CODE", TEXT(
	    "只列出自一份文件的规则，如 Z、P、M、S、G",
	    "only rules of one document, such as Z, P, M, S, G") },
	{ 0, "status", "CODE", TEXT(
	    "只列某种效力的规则，如 in-force、draft、portal",
	    "only rules of one status, such as in-force, draft, portal") },
	{ 0, "treatment", "CODE", TEXT(
	    "只列某种处理的规则：enforced、attested、reported、outside",
	    "only rules treated so: enforced, attested, reported, outside") },
	{ 0, "binds", "CODE", TEXT("只列约束某方的规则，如 unit、platform",
	    "only rules that bind somebody, such as unit, platform") },
	{ 0, "records", NULL, TEXT("核对全部记录，列出每条规则适用多少条记录",
	    "judge all records and tell how many stand under each rule") },
	{ 0, "profile", "NAME", TEXT("按规则方案，如 D（征求意见稿的数字）",
	    "with a profile, such as D (the draft's numbers)") },
	{ 0, "compare", "NAME", TEXT("规则方案与现行规则对照",
	    "a profile beside the rules in force") },
	{ .name = NULL },
};

const struct command command_rules = {
	.name = "rules",
	.operands = "",
	.common = COMMON_REGISTRY | COMMON_REV | COMMON_AS_OF | COMMON_JOBS,
	.options = options,
	.summary = TEXT("全部规则的目录", "the catalogue of all rules"),
	.description = TEXT(
	    "每条一行：编号、效力、如何落实、内容。JSON 和 CSV 另有出处、条款、原文、说明，JSON 还有各项核对。\n"
	    "一条规则的全文见 zheli explain。规则方案是 schemas/profiles/ 中的表，以另一份文件的数字代替\n"
	    "现行规则中的数字；对照还列出该文件与正式文件措辞不同之处。",
	    "One line each: id, status, what becomes of it, text. JSON and CSV have the document, article,\n"
	    "original wording and reasons as well, JSON every check. See zheli explain for one in full. A\n"
	    "profile is a table of schemas/profiles/ that puts the numbers of another document in the place\n"
	    "of those in force; the comparison also lists where that document is worded otherwise."),
	.run = run,
};
