/* SPDX-License-Identifier: MIT */
/* What falls due: all that rules report with z:due, soonest first. */
#include "commands/due.h"

#include "base/buf.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "commands/asked.h"
#include "commands/command.h"
#include "commands/report.h"
#include "model/codes.h"
#include "pipeline/overlay.h"
#include "pipeline/pipeline.h"
#include "rules/calendar.h"
#include "rules/ruleset.h"

#include <stdlib.h>

enum due_form { DUE_TEXT, DUE_JSON, DUE_ICALENDAR };

/* What the command line asks for. */
struct due_request {
	enum due_form form;
	struct str unit;	/* empty: all */
	struct str side;	/* "unit", "office"; empty: both */
	struct period within;	/* count 0: without limit */
	size_t alarm;
	bool exit_code;
};

/* -- the command line ----------------------------------------------------- */

static bool read_form(const struct invocation *invocation,
    struct due_request *request)
{
	static const struct text unknown = TEXT(
	    "--format 应为 text、json 或 ics", "--format is text, json or ics");
	static const char *const names[] = { [DUE_TEXT] = "text",
		[DUE_JSON] = "json", [DUE_ICALENDAR] = "ics" };
	struct str form = invocation_value(invocation, "format");

	if (form.ptr == NULL)
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(form, str_from(names[i]))) {
			request->form = (enum due_form)i;
			return true;
		}
	(void)invocation_usage(invocation, &unknown, form);
	return false;
}

static bool read_side(const struct invocation *invocation,
    struct due_request *request)
{
	static const struct text unknown = TEXT(
	    "--for 应为 unit、editor 或 all", "--for is unit, editor or all");
	struct str side = invocation_value(invocation, "for");

	if (str_eq(side, STR("unit")))
		request->side = side;
	else if (str_eq(side, STR("editor")))
		request->side = STR("office");
	else if (side.ptr != NULL && !str_eq(side, STR("all"))) {
		(void)invocation_usage(invocation, &unknown, side);
		return false;
	}
	return true;
}

static bool read_numbers(const struct invocation *invocation,
    struct due_request *request)
{
	static const struct text bad_within = TEXT(
	    "--within 应写作 30d、6m、2y 或 5wd",
	    "--within is written 30d, 6m, 2y or 5wd");
	static const struct text bad_alarm = TEXT(
	    "--alarm 应为 1 至 365 的整数，并与 --format ics 同用",
	    "--alarm is a whole number from 1 to 365, for --format ics");
	struct str within = invocation_value(invocation, "within");
	struct str alarm = invocation_value(invocation, "alarm");

	if (within.ptr != NULL && !period_parse(within, &request->within)) {
		(void)invocation_usage(invocation, &bad_within, within);
		return false;
	}
	if (alarm.ptr != NULL && (!str_to_size(alarm, &request->alarm) ||
	    request->alarm < 1 || request->alarm > 365 ||
	    request->form != DUE_ICALENDAR)) {
		(void)invocation_usage(invocation, &bad_alarm, alarm);
		return false;
	}
	return true;
}

static bool read_request(const struct invocation *invocation,
    struct due_request *request)
{
	*request = (struct due_request){
		.unit = invocation_value(invocation, "unit"),
		.exit_code = invocation_has(invocation, "exit-code") };
	return read_form(invocation, request) &&
	    read_side(invocation, request) &&
	    read_numbers(invocation, request);
}

/* -- which are asked for -------------------------------------------------- */

static struct str side_of(const struct due_list *list, const struct value *row)
{
	const struct code *code = code_by_code(list->parties,
	    value_text_at(row, STR("binds")));

	return code == NULL ? STR_NONE :
	    code_cell(list->parties, code, STR("side"));
}

static bool is_wanted(const struct due_list *list,
    const struct due_request *request, const struct asked *asked,
    const struct value *row)
{
	struct str side = side_of(list, row);
	bool is_general = str_eq(value_text_at(row, STR("general")),
	    STR("1"));

	/* What the office has to do anyway is no business of a unit. */
	if (request->unit.len > 0 && is_general &&
	    str_eq(side, STR("office")))
		return false;
	if (request->side.len > 0 && side.len > 0 &&
	    !str_eq(side, STR("both")) && !str_eq(side, request->side))
		return false;
	return asked_has(asked, value_text_at(row, STR("path")));
}

static void select_rows(struct due_list *list,
    const struct due_request *request, const struct asked *asked,
    const struct value *rows)
{
	list->rows = arena_array(list->arena, value_count(rows),
	    sizeof(*list->rows));
	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];

		if (!is_wanted(list, request, asked, row))
			continue;
		list->rows[list->count++] = row;
		list->overdue += due_is_overdue(row);
	}
}

/* The last day that --within takes in; empty without it. */
static struct str last_day(const struct pipeline *pipeline,
    const struct due_request *request)
{
	struct period_end end;

	if (request->within.count == 0)
		return STR_NONE;
	end = period_end(ruleset_calendar(pipeline->ruleset),
	    pipeline->registry.as_of, request->within);
	return date_iso(pipeline->arena, end.bare);
}

static struct str make_title(const struct pipeline *pipeline,
    struct str unit_name)
{
	static const struct text due = TEXT("到期事项", "what falls due");
	bool zh = pipeline->lang == LANG_ZH;
	struct str site = value_text_at(pipeline->settings,
	    zh ? STR("title") : STR("title_en"));
	struct str whose = unit_name.len > 0 ? unit_name : site;

	if (whose.len == 0)
		return str_from(due.in[pipeline->lang]);
	return str_format(pipeline->arena, zh ? "%.*s%s" : "%.*s: %s",
	    STR_ARG(whose), due.in[pipeline->lang]);
}

static struct str base_url(const struct pipeline *pipeline)
{
	struct str url = value_text_at(pipeline->settings, STR("base_url"));

	return url.len == 0 || str_ends(url, STR("/")) ? url :
	    str_join(pipeline->arena, url, STR("/"));
}

/* -- telling -------------------------------------------------------------- */

static void print(const struct due_list *list, enum due_form form)
{
	struct buf out;

	if (form == DUE_TEXT) {
		due_print(list, stdout);
		return;
	}
	buf_init(&out);
	if (form == DUE_JSON)
		due_append_json(list, &out);
	else
		due_append_icalendar(list, &out);
	(void)!fwrite(out.ptr, 1, out.len, stdout);
	buf_dispose(&out);
}

/* What cannot be read has no days that anybody could name. What rules found
 * hides nothing. */
static void warn_of_errors(const struct invocation *invocation,
    const struct diag_list *diags)
{
	static const struct text words = TEXT(
	    "zheli due: 登记库有 %zu 处写错，有关记录的期限可能没有列全，"
	    "见 zheli check\n",
	    "zheli due: some of the registry cannot be read (errors: %zu), "
	    "what falls due there may be missing; see 'zheli check'\n");
	size_t count = 0;

	for (size_t i = 0; i < diags->items.count; i++) {
		const struct diagnostic *d = vec_at(&diags->items, i);

		count += d->severity >= DIAG_ERROR &&
		    diag_info_find(d->id) != NULL;
	}
	if (count > 0)
		fprintf(stderr, invocation_text(invocation, &words), count);
}

/* What sets a day in the private folder, among the rest by its day. Of a unit's
 * own affairs none of it is. */
static struct value *add_private(struct value *rows,
    const struct overlay *overlay, struct arena *arena, struct str last)
{
	const struct str params[] = { STR_NONE, last };
	struct value *merged = value_list(arena), *own;
	size_t at = 0;

	if (overlay->folder.len == 0)
		return rows;
	own = catalogue_rows(overlay->pipeline.catalogue, QUERY_duties, params,
	    2, arena, NULL, NULL);
	for (size_t i = 0; i < value_count(own); i++) {
		struct value *row = own->list.items[i];
		struct str due = value_text_at(row, STR("due"));

		for (; at < value_count(rows) && str_cmp(value_text_at(
		    rows->list.items[at], STR("due")), due) <= 0; at++)
			value_append(arena, merged, rows->list.items[at]);
		value_set(arena, row, STR("path"), value_text(arena,
		    overlay_path(overlay, arena,
			value_text_at(row, STR("path")))));
		value_append(arena, merged, row);
	}
	for (; at < value_count(rows); at++)
		value_append(arena, merged, rows->list.items[at]);
	return merged;
}

static bool are_well(struct pipeline *pipeline, struct overlay *overlay)
{
	return catalogue_is_well(pipeline->catalogue, pipeline->diags) &&
	    (overlay->folder.len == 0 || catalogue_is_well(
		overlay->pipeline.catalogue, pipeline->diags));
}

/* Nothing is told of rows that could not all be read: false, with a diagnostic
 * in the pipeline's. */
static bool tell(const struct invocation *invocation,
    struct pipeline *pipeline, struct overlay *overlay,
    const struct due_request *request, int *status)
{
	static const struct text no_path = TEXT(
	    "登记库中没有这个文件或目录",
	    "the registry has no such file or folder");
	static const struct text no_unit = TEXT("登记库中没有这个单位",
	    "the registry has no such unit");
	const struct str params[] = { request->unit,
		last_day(pipeline, request) };
	struct due_list list = { .arena = pipeline->arena,
		.lang = pipeline->lang, .as_of = pipeline->registry.as_of,
		.alarm = request->alarm, .base_url = base_url(pipeline),
		.parties = codes_list(&pipeline->codes,
		    STR("bound-parties")) };
	struct str name = catalogue_cell(pipeline->catalogue, QUERY_unit_name,
	    &request->unit, 1, pipeline->arena);
	struct value *rows = catalogue_rows(pipeline->catalogue, QUERY_duties,
	    params, 2, pipeline->arena, NULL, NULL);
	struct asked asked;
	struct str unknown;

	if (request->unit.len == 0)
		rows = add_private(rows, overlay, pipeline->arena, params[1]);
	list.title = make_title(pipeline, name);
	if (!are_well(pipeline, overlay))
		return false;
	*status = !asked_exist(invocation, pipeline, overlay, &unknown) ?
	    invocation_usage(invocation, &no_path, unknown) :
	    request->unit.ptr != NULL && name.len == 0 ?
	    invocation_usage(invocation, &no_unit, request->unit) : EXIT_FINE;
	if (*status != EXIT_FINE)
		return true;
	asked_init(&asked, invocation);
	select_rows(&list, request, &asked, rows);
	warn_of_errors(invocation, pipeline->diags);
	print(&list, request->form);
	if (request->exit_code && list.overdue > 0)
		*status = EXIT_CONTENT;
	return true;
}

static int run(struct invocation *invocation)
{
	struct due_request request;
	struct overlay overlay = { .folder = STR_NONE };
	struct pipeline pipeline;
	struct diag_list diags;
	int status;

	if (!read_request(invocation, &request))
		return EXIT_USAGE;
	diag_list_init(&diags, invocation->arena);
	if (invocation_open_pipeline(invocation,
		invocation_has(invocation, "quiet"), &pipeline, &diags) &&
	    overlay_open(&overlay, &pipeline,
		invocation_value(invocation, "private")) &&
	    pipeline_judge(&pipeline) && overlay_judge(&overlay) &&
	    tell(invocation, &pipeline, &overlay, &request, &status)) {
		/* What records lack is told by zheli check. */
	} else {
		overlay_tell(&overlay, &diags);
		diag_sort(&diags);
		report_print(invocation->lang, &diags, stderr);
		status = report_status(&diags);
	}
	overlay_close(&overlay);
	pipeline_close(&pipeline);
	diag_list_dispose(&diags);
	return status;
}

static const struct option options[] = {
	{ 0, "unit", "UNIT", TEXT("只列一个单位的事项（content/units 中的标识）",
	    "only what concerns one unit (an id of content/units)") },
	{ 0, "for", "unit|editor|all", TEXT(
	    "只列由单位或由编辑一方办理的（缺省：all）",
	    "only what units, or the editors' side, have to do (default: all)")
	},
	{ 0, "within", "PERIOD", TEXT(
	    "只列这一期限内到期的，如 30d；已逾期的总是列出",
	    "only what is due within it, such as 30d; the overdue always is") },
	{ 0, "format", "text|json|ics", TEXT("输出格式（缺省：text）",
	    "form of the output (default: text)") },
	{ 0, "alarm", "DAYS", TEXT("ics 中提前几天提醒（缺省：不提醒）",
	    "in ics, ring so many days before (default: not at all)") },
	{ 0, "exit-code", NULL, TEXT("有逾期事项时退出状态为 1",
	    "exit with 1 when something is overdue") },
	{ 0, "private", "DIR", TEXT("也列非公开目录中的：处理何时期满",
	    "also the private folder's: when sanctions end") },
	{ 'q', "quiet", NULL, TEXT("不显示进度", "show no progress") },
	{ .name = NULL },
};

const struct command command_due = {
	.name = "due",
	.operands = "[PATH…]",
	.common = COMMON_REGISTRY | COMMON_REV | COMMON_AS_OF | COMMON_JOBS,
	.options = options,
	.most_operands = 10000,
	.summary = TEXT("将到期和已逾期的事项，先到期的在前",
	    "what falls due or is overdue, soonest first"),
	.description = TEXT(
	    "列出各条规则给出期限而尚未办理的事项：哪一天到期、谁办、哪条记录；\n"
	    "也列出人人都要办的：下一轮报送、本月月报、本季度发布、年度榜单。\n"
	    "给出 PATH 时只列这些文件或目录中的记录。ics 可供日历软件订阅。",
	    "Lists what rules set a day for and is not done: by when, by whom, for\n"
	    "which record; and what comes round for all: the next monthly round,\n"
	    "the bulletin, the release, the ranking. With PATH (files or folders)\n"
	    "only their records. Calendars can subscribe to ics."),
	.run = run,
};
