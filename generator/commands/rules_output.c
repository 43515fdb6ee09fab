/* SPDX-License-Identifier: MIT */
#include "commands/rules_output.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/json_writer.h"
#include "base/value.h"
#include "commands/changes.h"
#include "commands/columns.h"
#include "commands/command.h"
#include "commands/report_format.h"
#include "commands/rulebook.h"
#include "rules/profile.h"
#include "rules/ruleset.h"
#include "schema/fields.h"
#include "schema/schematron.h"

#include <stdio.h>

/* What was counted of a rule; in the order of the columns. */
static const char *const counted[] = { "records", "public", "errors",
	"warnings", "notices" };

enum { COUNTED = sizeof(counted) / sizeof(counted[0]) };

static struct str count_of(const struct rules_listing *listing,
    const struct rule_entry *rule, const char *name)
{
	size_t position = (size_t)(rule -
	    ruleset_at(listing->rulebook->ruleset, 0));

	return listing->counts == NULL ? STR_NONE : value_text_at(
	    listing->counts->list.items[position], str_from(name));
}

static struct str label(const struct rules_listing *listing, const char *list,
    struct str code)
{
	return code.len == 0 ? code : rulebook_label(listing->rulebook, list,
	    code, listing->lang);
}

static void print(struct buf *out)
{
	(void)!fwrite(out->ptr, 1, out->len, stdout);
	buf_dispose(out);
}

/* -- text ----------------------------------------------------------------- */

static bool is_among(struct str id, const struct rule_entry *rule)
{
	for (size_t i = 0; i < rule->assert_count; i++)
		if (str_eq(rule->asserts[i]->id, id))
			return true;
	return false;
}

static void print_change(const struct profile_change *change)
{
	struct str was = changes_value(change->override->was);
	struct str value = changes_value(change->override->value);

	printf("       %.*s: %.*s → %.*s (%.*s%s%.*s)\n",
	    STR_ARG(change->name), STR_ARG(was), STR_ARG(value),
	    STR_ARG(change->document), change->article.len > 0 ? " " : "",
	    STR_ARG(change->article));
}

/* What the profile changes in the rule, a line each. */
static void print_changes_of(const struct rules_listing *listing,
    const struct rule_entry *rule)
{
	const struct profile *profile =
	    ruleset_profile(listing->rulebook->ruleset);

	for (size_t i = 0; i < profile->change_count; i++) {
		const struct profile_change *change = &profile->changes[i];
		struct str asserts = change->asserts;
		bool concerns = is_among(change->name, rule);

		while (!concerns && asserts.len > 0)
			concerns = is_among(str_cut(&asserts, ' '), rule);
		if (concerns)
			print_change(change);
	}
}

static void print_counts(const struct rules_listing *listing,
    const struct rule_entry *rule)
{
	static const struct text form = TEXT(
	    "%.*s 条（错误 %.*s 提醒 %.*s 提示 %.*s）",
	    "records: %.*s (errors %.*s, warnings %.*s, notices %.*s)");

	if (listing->counts != NULL)
		columns_print(stdout, str_format(listing->arena,
		    form.in[listing->lang],
		    STR_ARG(count_of(listing, rule, "records")),
		    STR_ARG(count_of(listing, rule, "errors")),
		    STR_ARG(count_of(listing, rule, "warnings")),
		    STR_ARG(count_of(listing, rule, "notices"))),
		    listing->lang == LANG_ZH ? 34 : 48);
}

/* "143 rules: 80 checked, …". */
static void print_sum(const struct rules_listing *listing)
{
	const struct code_list *treatments = codes_list(
	    listing->rulebook->codes, STR("treatments"));
	const bool zh = listing->lang == LANG_ZH;
	size_t known = 0;

	printf(zh ? "%zu 条规则：" : "%zu rules:", listing->count);
	for (size_t t = 0; treatments != NULL && t < treatments->count; t++) {
		const struct code *code = &treatments->codes[t];
		size_t count = 0;

		for (size_t i = 0; i < listing->count; i++)
			count += str_eq(listing->rules[i]->treatment,
			    code->code);
		if (count > 0)
			printf(zh ? "%s%.*s %zu 条" : "%s%.*s %zu",
			    zh ? known > 0 ? "，" : "" : known > 0 ? ", " : " ",
			    STR_ARG(code->title[listing->lang]), count);
		known += count;
	}
	putchar('\n');
}

void rules_print_text(const struct rules_listing *listing)
{
	for (size_t i = 0; i < listing->count; i++) {
		const struct rule_entry *rule = listing->rules[i];

		columns_print(stdout, rule->id, 5);
		columns_print(stdout, label(listing, "rule-status",
		    rule->status), 18);
		columns_print(stdout, label(listing, "treatments",
		    rule->treatment), 22);
		print_counts(listing, rule);
		printf("%.*s\n", STR_ARG(rule->text[listing->lang]));
		print_changes_of(listing, rule);
	}
	print_sum(listing);
}

/* -- JSON ----------------------------------------------------------------- */

static void write_wording(struct json_writer *writer, const char *name,
    const struct rules_listing *listing,
    const struct schematron_assert *assert, enum schematron_text which)
{
	struct str text[LANG_COUNT];

	for (size_t lang = 0; lang < LANG_COUNT; lang++)
		text[lang] = rulebook_wording(listing->rulebook, assert,
		    which, (enum lang)lang, listing->arena);
	report_write_both(writer, name, text);
}

static void write_assert(struct json_writer *writer,
    const struct rules_listing *listing,
    const struct schematron_assert *assert)
{
	json_begin_object(writer, NULL);
	json_write_text(writer, "id", assert->id);
	json_write_text(writer, "severity", assert->is_off ? STR("off") :
	    diag_severity_name(assert->severity));
	write_wording(writer, "message", listing, assert, SCHEMATRON_MESSAGE);
	write_wording(writer, "hint", listing, assert, SCHEMATRON_HINT);
	json_write_text(writer, "basis", assert->see);
	json_write_text(writer, "effective", assert->effective);
	json_write_text(writer, "expires", assert->expires);
	json_write_text(writer, "context", assert->context);
	json_write_text(writer, "test", assert->test);
	json_write_text(writer, "file", assert->mark.path);
	json_write_number(writer, "line", assert->mark.line);
	json_end(writer);
}

static void write_counts(struct json_writer *writer,
    const struct rules_listing *listing, const struct rule_entry *rule)
{
	size_t number;

	for (size_t i = 0; listing->counts != NULL && i < COUNTED; i++)
		if (str_to_size(count_of(listing, rule, counted[i]), &number))
			json_write_number(writer, counted[i],
			    (long long)number);
}

static void write_field(void *context, struct str kind,
    const struct field *field)
{
	struct json_writer *writer = context;

	json_begin_object(writer, NULL);
	json_write_text(writer, "kind", kind);
	json_write_text(writer, "path", field->path);
	json_write_text(writer, "codelist", field->codelist);
	json_end(writer);
}

static void write_rule(struct json_writer *writer,
    const struct rules_listing *listing, const struct rule_entry *rule)
{
	json_begin_object(writer, NULL);
	json_write_text(writer, "id", rule->id);
	json_write_text(writer, "document", rule->document->code);
	json_write_text(writer, "title", rule->document->title);
	json_write_text(writer, "article", rule->article);
	json_write_text(writer, "quote", rule->quote);
	report_write_both(writer, "text", rule->text);
	json_write_text(writer, "status", rule->status);
	json_write_text(writer, "binds", rule->binds);
	json_write_text(writer, "parameter", rule->parameter);
	json_write_text(writer, "severity", rule->severity);
	json_write_text(writer, "check", rule->check);
	json_write_text(writer, "check_also", rule->check_also);
	json_write_text(writer, "treatment", rule->treatment);
	json_write_text(writer, "pages", rule->pages);
	report_write_both(writer, "reason", rule->reason);
	write_counts(writer, listing, rule);
	json_begin_list(writer, "fields");
	rulebook_fields(listing->rulebook, rule->id, write_field, writer);
	json_end(writer);
	json_begin_list(writer, "asserts");
	for (size_t i = 0; i < rule->assert_count; i++)
		write_assert(writer, listing, rule->asserts[i]);
	json_end(writer);
	json_end(writer);
}

void rules_print_json(const struct rules_listing *listing)
{
	struct json_writer writer;
	struct buf out;

	buf_init(&out);
	json_writer_init(&writer, &out);
	json_begin_list(&writer, NULL);
	for (size_t i = 0; i < listing->count; i++)
		write_rule(&writer, listing, listing->rules[i]);
	json_end(&writer);
	buf_append_char(&out, '\n');
	print(&out);
}

/* -- CSV ------------------------------------------------------------------ */

/* As schemas/rules/catalogue.csv has them, terms as people read them. */
static void append_rule(const struct rules_listing *listing,
    const struct rule_entry *rule, struct buf *out)
{
	const struct str cells[] = { rule->id, rule->document->short_title,
		rule->article, rule->text[listing->lang],
		label(listing, "rule-status", rule->status),
		label(listing, "bound-parties", rule->binds), rule->parameter,
		label(listing, "severities", rule->severity),
		label(listing, "check-kinds", rule->check),
		label(listing, "treatments", rule->treatment), rule->pages,
		rule->reason[listing->lang], rule->quote };
	enum { CELLS = sizeof(cells) / sizeof(cells[0]) };

	for (size_t i = 0; i < CELLS; i++)
		csv_append_cell(out, i, cells[i]);
	for (size_t i = 0; listing->counts != NULL && i < COUNTED; i++)
		csv_append_number(out, CELLS + i,
		    count_of(listing, rule, counted[i]));
	csv_end_row(out);
}

void rules_print_csv(const struct rules_listing *listing)
{
	static const struct text heads[] = { TEXT("编号", "id"),
		TEXT("文件", "document"), TEXT("条款", "article"),
		TEXT("内容", "text"), TEXT("效力", "status"),
		TEXT("约束对象", "binds"), TEXT("参数", "parameter"),
		TEXT("程度", "severity"), TEXT("核对方式", "check"),
		TEXT("处理", "treatment"), TEXT("见于网页", "pages"),
		TEXT("说明", "note"), TEXT("原文", "quote"),
		TEXT("适用的记录", "records"), TEXT("其中公开", "public"),
		TEXT("错误", "errors"), TEXT("提醒", "warnings"),
		TEXT("提示", "notices") };
	size_t count = sizeof(heads) / sizeof(heads[0]) -
	    (listing->counts == NULL ? COUNTED : 0);
	struct buf out;

	buf_init(&out);
	buf_append(&out, CSV_MARK);
	for (size_t i = 0; i < count; i++)
		csv_append_cell(&out, i, str_from(heads[i].in[listing->lang]));
	csv_end_row(&out);
	for (size_t i = 0; i < listing->count; i++)
		append_rule(listing, listing->rules[i], &out);
	print(&out);
}

/* -- a profile beside what is in force ------------------------------------ */

static const struct rule_difference *difference_at(
    const struct rules_listing *listing, size_t index)
{
	const struct ruleset *ruleset = listing->rulebook->ruleset;
	const struct rule_difference *d = ruleset_difference_at(ruleset,
	    index);

	return str_eq(d->document->code, ruleset_profile(ruleset)->name) ? d :
	    NULL;
}

static void print_words(const struct rules_listing *listing, struct str code,
    struct str article, struct str quote, struct str english)
{
	static const struct text none = TEXT("（没有这一条）", "(nothing)");

	printf("  %.*s%s%.*s  %.*s\n", STR_ARG(code),
	    article.len > 0 ? " " : "", STR_ARG(article),
	    STR_ARG(quote.len > 0 ? quote :
		str_from(none.in[listing->lang])));
	if (listing->lang == LANG_EN && english.len > 0)
		printf("    %.*s\n", STR_ARG(english));
}

void rules_print_comparison(const struct rules_listing *listing)
{
	const struct ruleset *ruleset = listing->rulebook->ruleset;

	changes_print(ruleset, listing->lang);
	for (size_t i = 0; i < ruleset_difference_count(ruleset); i++) {
		const struct rule_difference *d = difference_at(listing, i);

		if (d == NULL)
			continue;
		printf("\n%.*s%s%.*s\n", STR_ARG(d->title[listing->lang]),
		    d->rules.len > 0 ? "  " : "", STR_ARG(d->rules));
		print_words(listing, d->document->code, d->article, d->quote,
		    d->text_en);
		print_words(listing, d->final->code, d->final_article,
		    d->final_quote, d->final_en);
	}
}

static void write_words(struct json_writer *writer, const char *name,
    const struct rule_document *document, struct str article,
    struct str quote, struct str english)
{
	json_begin_object(writer, name);
	json_write_text(writer, "document", document->code);
	json_write_text(writer, "article", article);
	json_write_text(writer, "quote", quote);
	json_write_text(writer, "en", english);
	json_end(writer);
}

void rules_print_comparison_json(const struct rules_listing *listing)
{
	const struct ruleset *ruleset = listing->rulebook->ruleset;
	struct json_writer writer;
	struct buf out;

	buf_init(&out);
	json_writer_init(&writer, &out);
	json_begin_object(&writer, NULL);
	json_write_text(&writer, "profile", ruleset_profile(ruleset)->name);
	report_write_both(&writer, "title", ruleset_profile(ruleset)->title);
	changes_write(&writer, ruleset);
	json_begin_list(&writer, "differences");
	for (size_t i = 0; i < ruleset_difference_count(ruleset); i++) {
		const struct rule_difference *d = difference_at(listing, i);

		if (d == NULL)
			continue;
		json_begin_object(&writer, NULL);
		report_write_both(&writer, "title", d->title);
		write_words(&writer, "profile", d->document, d->article,
		    d->quote, d->text_en);
		write_words(&writer, "in_force", d->final, d->final_article,
		    d->final_quote, d->final_en);
		json_write_text(&writer, "rules", d->rules);
		json_write_text(&writer, "change", d->change);
		json_end(&writer);
	}
	json_end(&writer);
	json_end(&writer);
	buf_append_char(&out, '\n');
	print(&out);
}
