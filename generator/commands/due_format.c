/* SPDX-License-Identifier: MIT */
/* The forms of `zheli due`. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/icalendar.h"
#include "base/json_writer.h"
#include "base/value.h"
#include "commands/command.h"
#include "commands/due.h"
#include "commands/report.h"
#include "model/codes.h"

static struct str cell(const struct value *row, const char *name)
{
	return value_text_at(row, str_from(name));
}

static bool flag(const struct value *row, const char *name)
{
	return str_eq(cell(row, name), STR("1"));
}

struct str due_party(const struct due_list *list, const struct value *row,
    enum lang lang)
{
	struct str binds = cell(row, "binds");
	const struct code *code = code_by_code(list->parties, binds);

	return code != NULL ? code->title[lang] : binds;
}

struct str due_text(const struct due_list *list, const struct value *row,
    const char *name)
{
	return value_text_at(row, str_format(list->arena, "%s_%.*s", name,
	    STR_ARG(lang_code(list->lang))));
}

long long due_days(const struct value *row)
{
	struct str days = cell(row, "days");
	bool is_past = str_starts(days, STR("-"));
	size_t number = 0;

	(void)!str_to_size(str_slice(days, is_past, days.len), &number);
	return is_past ? -(long long)number : (long long)number;
}

bool due_is_overdue(const struct value *row)
{
	return flag(row, "overdue");
}

/* It moved past days off. */
static bool has_moved(const struct value *row)
{
	struct str bare = cell(row, "bare");

	return bare.len > 0 && !str_eq(bare, cell(row, "due"));
}

/* -- text ----------------------------------------------------------------- */

static void print_day(const struct due_list *list, const struct value *row,
    FILE *out)
{
	static const struct text moved = TEXT("（未顺延 %.*s）",
	    " (%.*s before days off)");
	static const struct text provisional = TEXT("（暂定）",
	    " (provisional)");

	fprintf(out, "%.*s", STR_ARG(cell(row, "due")));
	if (has_moved(row))
		fprintf(out, moved.in[list->lang],
		    STR_ARG(cell(row, "bare")));
	if (flag(row, "provisional"))
		fputs(provisional.in[list->lang], out);
}

static void print_days(enum lang lang, const struct value *row, FILE *out)
{
	static const struct text not_late = TEXT("不算逾期", "not overdue");
	static const struct text late = TEXT("逾期 %lld 天",
	    "%lld days overdue");
	static const struct text late_by_one = TEXT("逾期 1 天",
	    "1 day overdue");
	static const struct text today = TEXT("今天到期", "due today");
	static const struct text left = TEXT("还有 %lld 天", "%lld days left");
	static const struct text one_left = TEXT("还有 1 天", "1 day left");
	long long days = due_days(row);
	const struct text *words = days < 0 && !due_is_overdue(row) ?
	    &not_late : days == -1 ? &late_by_one :
	    days < 0 ? &late : days == 0 ? &today :
	    days == 1 ? &one_left : &left;

	fprintf(out, words->in[lang], days < 0 ? -days : days);
}

static void print_line(struct str text, FILE *out)
{
	fputs("    ", out);
	report_text(text, out);
	fputc('\n', out);
}

static void print_row(const struct due_list *list, const struct value *row,
    FILE *out)
{
	bool is_general = flag(row, "general");
	const char *colon = list->lang == LANG_ZH ? "：" : ": ";

	print_day(list, row, out);
	fputs("  ", out);
	print_days(list->lang, row, out);
	fprintf(out, "  [%.*s] ", STR_ARG(cell(row, "rule")));
	report_text(due_party(list, row, list->lang), out);
	fputs(colon, out);
	report_text(is_general ? due_text(list, row, "rule") :
	    cell(row, "title"), out);
	fputc('\n', out);
	print_line(due_text(list, row, "message"), out);
	if (!is_general)
		print_line(str_format(list->arena, "%.*s:%.*s",
		    STR_ARG(cell(row, "path")), STR_ARG(cell(row, "line"))),
		    out);
}

void due_print(const struct due_list *list, FILE *out)
{
	static const struct text sum = TEXT(
	    "截至 %.*s：%zu 项，其中逾期 %zu 项\n",
	    "as of %.*s: %zu in all, %zu of them overdue\n");

	for (size_t i = 0; i < list->count; i++)
		print_row(list, list->rows[i], out);
	fprintf(out, sum.in[list->lang],
	    STR_ARG(date_iso(list->arena, list->as_of)), list->count,
	    list->overdue);
}

/* -- JSON ----------------------------------------------------------------- */

static void write_both(struct json_writer *json, const struct value *row,
    const char *name, const char *zh, const char *en)
{
	json_begin_object(json, name);
	json_write_text(json, "zh", cell(row, zh));
	json_write_text(json, "en", cell(row, en));
	json_end(json);
}

static void write_rule(struct json_writer *json, const struct value *row)
{
	json_begin_object(json, "rule");
	json_write_text(json, "id", cell(row, "rule"));
	write_both(json, row, "text", "rule_zh", "rule_en");
	json_write_text(json, "document", cell(row, "document"));
	json_write_text(json, "article", cell(row, "article"));
	json_write_text(json, "basis", cell(row, "basis"));
	json_end(json);
}

/* What no record is the cause of has none. */
static void write_record(struct json_writer *json, const struct value *row)
{
	size_t line = 0;

	if (flag(row, "general"))
		return;
	(void)!str_to_size(cell(row, "line"), &line);
	json_begin_object(json, "record");
	json_write_text(json, "kind", cell(row, "kind"));
	json_write_text(json, "id", cell(row, "id"));
	json_write_text(json, "title", cell(row, "title"));
	json_write_text(json, "path", cell(row, "path"));
	json_write_number(json, "line", (long long)line);
	json_write_text(json, "field", cell(row, "field"));
	json_end(json);
	json_begin_object(json, "unit");
	json_write_text(json, "id", cell(row, "unit"));
	json_write_text(json, "name", cell(row, "unit_name"));
	json_end(json);
}

static void write_row(const struct due_list *list, struct json_writer *json,
    const struct value *row)
{
	json_begin_object(json, NULL);
	json_write_text(json, "due", cell(row, "due"));
	json_write_text(json, "bare", cell(row, "bare").len > 0 ?
	    cell(row, "bare") : cell(row, "due"));
	json_write_bool(json, "provisional", flag(row, "provisional"));
	json_write_number(json, "days", due_days(row));
	json_write_bool(json, "overdue", due_is_overdue(row));
	json_write_text(json, "severity", cell(row, "severity"));
	json_begin_object(json, "binds");
	json_write_text(json, "code", cell(row, "binds"));
	json_write_text(json, "zh", due_party(list, row, LANG_ZH));
	json_write_text(json, "en", due_party(list, row, LANG_EN));
	json_end(json);
	write_rule(json, row);
	write_record(json, row);
	write_both(json, row, "message", "message_zh", "message_en");
	write_both(json, row, "hint", "hint_zh", "hint_en");
	json_end(json);
}

void due_append_json(const struct due_list *list, struct buf *out)
{
	struct json_writer json;

	json_writer_init(&json, out);
	json_begin_object(&json, NULL);
	json_write_number(&json, "version", 1);
	json_write_text(&json, "as_of", date_iso(list->arena, list->as_of));
	json_write_number(&json, "overdue", (long long)list->overdue);
	json_begin_list(&json, "items");
	for (size_t i = 0; i < list->count; i++)
		write_row(list, &json, list->rows[i]);
	json_end(&json);
	json_end(&json);
	buf_append_char(out, '\n');
}

/* -- iCalendar ------------------------------------------------------------ */

/* "zheli.example" of "https://zheli.example/sub/". */
static struct str host_of(struct str url)
{
	size_t at = str_find(url, STR("://"), 0);

	if (at == STR_NOT_FOUND)
		return STR("zheli.invalid");
	url = str_slice(url, at + 3, url.len);
	return str_cut(&url, '/');
}

/*
 * The same duty keeps its UID from run to run, also when its day moves: it is
 * known by its rule, its record and the field that says so. What comes round
 * again and again is another duty each time.
 */
static struct str make_uid(const struct due_list *list,
    const struct value *row)
{
	struct str which = flag(row, "general") ? cell(row, "due") :
	    cell(row, "field");
	char hex[SHA256_HEX_SIZE];

	sha256_hex(str_format(list->arena, "%.*s\n%.*s\n%.*s",
	    STR_ARG(cell(row, "rule")), STR_ARG(cell(row, "path")),
	    STR_ARG(which)), hex);
	return str_format(list->arena, "%.32s@%.*s", hex,
	    STR_ARG(host_of(list->base_url)));
}

static struct str summary(const struct due_list *list,
    const struct value *row)
{
	struct str rule = due_text(list, row, "rule");

	if (flag(row, "general"))
		return rule;
	return str_format(list->arena, list->lang == LANG_ZH ? "%.*s：%.*s" :
	    "%.*s: %.*s", STR_ARG(rule), STR_ARG(cell(row, "title")));
}

static struct str description(const struct due_list *list,
    const struct value *row)
{
	struct str parts[] = { due_text(list, row, "message"),
		due_text(list, row, "hint"), cell(row, "basis"),
		flag(row, "general") ? STR_NONE : cell(row, "path") };
	struct str all = STR_NONE;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].len == 0)
			continue;
		if (all.len > 0)
			all = str_join(list->arena, all, STR("\n"));
		all = str_join(list->arena, all, parts[i]);
	}
	return all;
}

/* The day begins at midnight, when nobody looks: rather nine in the morning
 * that many days before. */
static void append_alarm(const struct due_list *list, struct str text,
    struct buf *out)
{
	enum { HOURS_OF_DAY = 24, HOUR = 9 };

	if (list->alarm == 0)
		return;
	icalendar_begin(out, "VALARM");
	icalendar_value(out, "ACTION", STR("DISPLAY"));
	icalendar_text(out, "DESCRIPTION", text);
	icalendar_value(out, "TRIGGER", str_format(list->arena, "-P%zuDT%dH",
	    list->alarm - 1, HOURS_OF_DAY - HOUR));
	icalendar_end(out, "VALARM");
}

static void append_event(const struct due_list *list, const struct value *row,
    struct buf *out)
{
	struct str text = summary(list, row);
	struct date due;

	if (!date_parse(cell(row, "due"), &due))
		return;
	icalendar_begin(out, "VEVENT");
	icalendar_text(out, "UID", make_uid(list, row));
	icalendar_midnight(out, "DTSTAMP", list->as_of);
	icalendar_date(out, "DTSTART;VALUE=DATE", due);
	icalendar_text(out, "SUMMARY", text);
	icalendar_text(out, "DESCRIPTION", description(list, row));
	icalendar_text(out, "CATEGORIES", due_party(list, row, list->lang));
	icalendar_value(out, "STATUS", flag(row, "provisional") ?
	    STR("TENTATIVE") : STR("CONFIRMED"));
	icalendar_value(out, "TRANSP", STR("TRANSPARENT"));
	if (list->base_url.len > 0)
		icalendar_value(out, "URL", str_format(list->arena,
		    "%.*s%.*s", STR_ARG(list->base_url),
		    STR_ARG(cell(row, "href"))));
	append_alarm(list, text, out);
	icalendar_end(out, "VEVENT");
}

void due_append_icalendar(const struct due_list *list, struct buf *out)
{
	icalendar_open(out, STR("due"));
	icalendar_text(out, "NAME", list->title);
	icalendar_text(out, "X-WR-CALNAME", list->title);
	for (size_t i = 0; i < list->count; i++)
		append_event(list, list->rows[i], out);
	/* A calendar must have a component: where nothing is due it is the
	 * zone by which days are told. */
	if (list->count == 0)
		icalendar_zone(out);
	icalendar_close(out);
}
