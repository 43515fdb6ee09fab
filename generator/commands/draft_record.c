/* SPDX-License-Identifier: MIT */
/* What a drafted record says beside its items. */
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "commands/draft.h"
#include "model/codes.h"
#include "model/record.h"
#include "pipeline/pipeline.h"
#include "rules/calendar.h"
#include "rules/ruleset.h"

/* -- presets -------------------------------------------------------------- */

static void set(const struct draft *draft, const char *name, struct str text)
{
	struct arena *arena = draft->pipeline->arena;

	value_set(arena, draft->presets, str_from(name),
	    value_text(arena, text));
}

/* Words of ours above a field. */
static void note(const struct draft *draft, const char *name,
    const struct text *words)
{
	set(draft, str_format(draft->pipeline->arena, "#%s", name).ptr,
	    str_from(words->in[draft->lang]));
}

static void note_unknown(const struct draft *draft, const char *name)
{
	static const struct text unknown = TEXT("未定：下面只是举例，请改写",
	    "not known: what follows is only an example, replace it");

	note(draft, name, &unknown);
}

/* As the record before has it, if it does. */
static bool set_as_before(const struct draft *draft, const char *name,
    const struct record *before)
{
	static const struct text words = TEXT("与 %.*s 相同，不同的请改",
	    "as in %.*s; change it if need be");
	struct arena *arena = draft->pipeline->arena;
	struct value *value = before == NULL ? NULL :
	    value_get(before->data, str_from(name));

	if (value == NULL || value->kind == VALUE_NULL)
		return false;
	value_set(arena, draft->presets, str_from(name), value);
	set(draft, str_format(arena, "#%s", name).ptr, str_format(arena,
	    words.in[draft->lang], STR_ARG(before->id)));
	return true;
}

/* The last record of the kind before this one, by one of the queries; NULL if
 * there is none. */
static const struct record *find_before(const struct draft *draft,
    enum query query, struct str kind)
{
	struct pipeline *pipeline = draft->pipeline;
	const struct str params[] = { draft->id, kind };
	struct str id = catalogue_cell(pipeline->catalogue, query, params, 2,
	    pipeline->arena);
	struct record *before = arena_alloc(pipeline->arena, sizeof(*before));

	return id.len > 0 && catalogue_record(pipeline->catalogue,
	    kind_info(draft->kind)->name, id, pipeline->arena, before) ?
	    before : NULL;
}

/* The title before with its period replaced by this one's; `otherwise` if it
 * does not say its period that way. */
static struct str title_after(const struct draft *draft,
    const struct record *before, struct str old_period, struct str period,
    struct str otherwise)
{
	struct str title = before == NULL ? STR_NONE :
	    value_text_at(before->data, STR("title"));
	size_t at = old_period.len > 0 ? str_find(title, old_period, 0) :
	    STR_NOT_FOUND;

	return at == STR_NOT_FOUND ? otherwise : str_format(
	    draft->pipeline->arena, "%.*s%.*s%.*s", (int)at, title.ptr,
	    STR_ARG(period), STR_ARG(str_slice(title, at + old_period.len,
		title.len)));
}

/* -- days and numbers ----------------------------------------------------- */

static struct date last_of_month(struct date first)
{
	return date_add_days(date_add_months(first, 1), -1);
}

static struct date last_workday(const struct draft *draft, struct date day)
{
	const struct calendar *calendar =
	    ruleset_calendar(draft->pipeline->ruleset);

	while (!calendar_is_workday(calendar, day))
		day = date_add_days(day, -1);
	return day;
}

static void set_date(struct draft *draft, struct date date,
    const struct text *words)
{
	draft->date = date;
	set(draft, "date", date_iso(draft->pipeline->arena, date));
	note(draft, "date", words);
}

/* The bounds of "about so many", which the rules have as parameters. */
struct bounds {
	struct str least_name, most_name;
	size_t least, most;
};

static void take_bound(void *context, struct str name, struct str value)
{
	struct bounds *bounds = context;

	if (str_eq(name, bounds->least_name))
		(void)!str_to_size(value, &bounds->least);
	else if (str_eq(name, bounds->most_name))
		(void)!str_to_size(value, &bounds->most);
}

static size_t middle_of(const struct draft *draft, struct str least,
    struct str most)
{
	struct bounds bounds = { .least_name = least, .most_name = most };

	ruleset_parameters(draft->pipeline->ruleset, take_bound, &bounds);
	return (bounds.least + bounds.most) / 2;
}

/* The number after that of the record before; 0 if it has none. */
static size_t number_after(const struct record *before, const char *name)
{
	size_t number = 0;

	return before != NULL && str_to_size(value_text_at(before->data,
	    str_from(name)), &number) ? number + 1 : 0;
}

static void set_number(const struct draft *draft, const char *name,
    size_t number)
{
	set(draft, name, str_format(draft->pipeline->arena, "%zu", number));
}

/* -- bulletins ------------------------------------------------------------ */

static struct str month_words(const struct draft *draft, struct date first)
{
	return str_format(draft->pipeline->arena, "%d年%d月", first.year,
	    first.month);
}

/* Issues are counted within the year, and from the first on. */
static void number_issue(const struct draft *draft,
    const struct record *before)
{
	static const struct text first = TEXT(
	    "没有更早的月报；这不是第一期的，请改",
	    "there is no earlier bulletin; change it if this is not the first");
	size_t issue = number_after(before, "issue");
	size_t total = number_after(before, "total");

	if (before == NULL)
		note(draft, "issue", &first);
	else if (!str_starts(before->id, str_slice(draft->id, 0, 5)))
		issue = 1;
	set_number(draft, "issue", issue > 0 ? issue : 1);
	if (total > 0)
		set_number(draft, "total", total);
}

static void draft_bulletin(struct draft *draft)
{
	static const struct text day = TEXT(
	    "本月最后一个工作日（已过的为今天），不是这一天的请改",
	    "the last working day of the month, or today if that is past; "
	    "change it if need be");
	static const struct text hidden = TEXT(
	    "文件没有说月报公开；可以公开的写 true",
	    "the plan does not say that bulletins are public; write true for "
	    "one that is");
	const struct record *before = find_before(draft,
	    QUERY_bulletin_before, STR_NONE);
	struct date as_of = draft->pipeline->registry.as_of, date, old;
	struct str words, old_words = STR_NONE;

	(void)!month_parse(draft->id, &draft->first);
	draft->last = last_of_month(draft->first);
	date = last_workday(draft, draft->last);
	words = month_words(draft, draft->first);
	if (before != NULL && month_parse(before->id, &old))
		old_words = month_words(draft, old);
	set(draft, "title", title_after(draft, before, old_words, words,
	    str_format(draft->pipeline->arena, "重大科技成果月报（%.*s）",
		STR_ARG(words))));
	number_issue(draft, before);
	set_date(draft, date_cmp(as_of, date) > 0 ? as_of : date, &day);
	(void)set_as_before(draft, "to", before);
	(void)set_as_before(draft, "cc", before);
	(void)set_as_before(draft, "issuer", before);
	if (!set_as_before(draft, "public", before)) {
		set(draft, "public", STR("false"));
		note(draft, "public", &hidden);
	}
	draft->wanted = middle_of(draft, STR("bulletin-least"),
	    STR("bulletin-most"));
}

/* -- releases ------------------------------------------------------------- */

/* "2026年第二季度" of 2026-q2; empty for any other id. */
static struct str quarter_words(const struct draft *draft, struct str id)
{
	static const char *const ordinals[] = { "一", "二", "三", "四" };

	if (id.len != 7 || id.ptr[5] != 'q' || id.ptr[6] < '1' ||
	    id.ptr[6] > '4')
		return STR_NONE;
	return str_format(draft->pipeline->arena, "%.4s年第%s季度", id.ptr,
	    ordinals[id.ptr[6] - '1']);
}

static struct str release_kind(const struct draft *draft, const char *code)
{
	const struct code *found = code_by_code(codes_list(
	    &draft->pipeline->codes, STR("release-kinds")), str_from(code));

	return found != NULL ? found->title[LANG_ZH] : str_from(code);
}

static const struct record *draft_quarter(struct draft *draft,
    struct str words)
{
	static const struct text day = TEXT(
	    "本季度最后一个工作日，请改成活动那一天",
	    "the last working day of the quarter; change it to the day of the "
	    "event");
	struct str kind = release_kind(draft, "quarterly");
	const struct record *before = find_before(draft, QUERY_release_before,
	    kind);
	int quarter = draft->id.ptr[6] - '1';
	struct date first = { .month = 1, .day = 1 };
	struct str year = str_slice(draft->id, 0, 4);
	size_t number = 1;

	(void)!str_to_size(year, &number);
	first.year = (int16_t)number;
	draft->first = date_add_months(first, 3 * quarter);
	draft->last = last_of_month(date_add_months(draft->first, 2));
	set(draft, "title", title_after(draft, before, before == NULL ?
	    STR_NONE : quarter_words(draft, before->id), words,
	    str_format(draft->pipeline->arena, "“浙里好成果”%.*s发布活动",
		STR_ARG(words))));
	set(draft, "kind", kind);
	set(draft, "quarter", str_format(draft->pipeline->arena, "%.*s-Q%d",
	    STR_ARG(year), quarter + 1));
	set_date(draft, last_workday(draft, draft->last), &day);
	return before;
}

static const struct record *draft_theme(struct draft *draft)
{
	static const struct text day = TEXT("文件名中的日期",
	    "the date in the name of the file");
	struct str kind = release_kind(draft, "theme");
	const struct code *field = code_find(codes_list(
	    &draft->pipeline->codes, STR("highlands")), draft->field);
	struct date date = draft->pipeline->registry.as_of;

	(void)!date_parse(str_slice(draft->id, 0, 10), &date);
	draft->first = draft->last = date;
	set(draft, "title", str_format(draft->pipeline->arena,
	    "“浙里好成果”%.*s主题发布", STR_ARG(field != NULL ?
		field->title[LANG_ZH] : STR(""))));
	set(draft, "kind", kind);
	set_date(draft, date, &day);
	return find_before(draft, QUERY_release_before, kind);
}

static void draft_release(struct draft *draft)
{
	struct str words = quarter_words(draft, draft->id);
	const struct record *before = words.len > 0 ?
	    draft_quarter(draft, words) : draft_theme(draft);
	size_t items = before == NULL ? 0 : value_count(value_get(
	    before->data, STR("items")));

	note_unknown(draft, "place");
	if (!set_as_before(draft, "hosts", before))
		note_unknown(draft, "hosts");
	(void)set_as_before(draft, "with", before);
	/* The plan says "some": as many as last time. */
	draft->wanted = items > 0 ? items : middle_of(draft,
	    STR("bulletin-least"), STR("bulletin-most"));
}

/* -- rankings ------------------------------------------------------------- */

static void draft_ranking(struct draft *draft)
{
	static const struct text day = TEXT(
	    "年末（已过的为今天），请改成公布那一天",
	    "the end of the year, or today if that is past; change it to the "
	    "day of publication");
	const struct record *before = find_before(draft, QUERY_ranking_before,
	    STR_NONE);
	struct arena *arena = draft->pipeline->arena;
	struct date as_of = draft->pipeline->registry.as_of;
	struct str words = str_format(arena, "%.*s年度", STR_ARG(draft->id));
	size_t year = 1;

	(void)!str_to_size(draft->id, &year);
	draft->first = (struct date){ (int16_t)year, 1, 1 };
	draft->last = (struct date){ (int16_t)year, 12, 31 };
	set(draft, "title", title_after(draft, before, before == NULL ?
	    STR_NONE : str_format(arena, "%.*s年度", STR_ARG(before->id)),
	    words, str_format(arena, "%.*s“浙里好成果”榜单",
		STR_ARG(words))));
	set(draft, "year", draft->id);
	set_date(draft, date_cmp(as_of, draft->last) > 0 ? as_of :
	    draft->last, &day);
	note_unknown(draft, "decision");
	note_unknown(draft, "basis");
	draft->wanted = middle_of(draft, STR("ranking-least"),
	    STR("ranking-most"));
}

void draft_record(struct draft *draft)
{
	if (draft->kind == KIND_BULLETIN)
		draft_bulletin(draft);
	else if (draft->kind == KIND_RELEASE)
		draft_release(draft);
	else
		draft_ranking(draft);
	set(draft, "#body", STR(""));
}
