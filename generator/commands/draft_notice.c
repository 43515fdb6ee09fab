/* SPDX-License-Identifier: MIT */
/* A page that announces what a month brought: what was registered, what entered
 * the library, which projects are open to objection. Only what the public may
 * read is on it; the rest is named in comments, with the reason. */
#include "base/buf.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "commands/draft.h"
#include "model/codes.h"
#include "pipeline/pipeline.h"

struct notice {
	struct draft *draft;
	struct buf body, left_out;
	size_t registered, entered, projects;
};

static struct str cell(const struct value *row, const char *name)
{
	return value_text_at(row, str_from(name));
}

static bool flag(const struct value *row, const char *name)
{
	return str_eq(cell(row, name), STR("1"));
}

/* A title in a cell of a table must not become markup. */
static void append_words(struct buf *out, struct str text)
{
	static const struct str marks = { "\\`*_[]<>|#~!&", 13 };

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (str_find_char(marks, c, 0) != STR_NOT_FOUND)
			buf_append_char(out, '\\');
		buf_append_char(out, (unsigned char)c < ' ' ? ' ' : c);
	}
}

/* Of a month that has nothing to announce, nothing is said. */
static void begin_table(struct notice *notice, const char *heading,
    const char *head, const char *rule)
{
	buf_append_format(&notice->body, "%s## %s\n\n%s\n%s\n",
	    notice->body.len > 0 ? "\n" : "", heading, head, rule);
}

static void append_linked(struct buf *out, const struct value *row)
{
	bool has_page = flag(row, "has_page");

	if (has_page)
		buf_append_char(out, '[');
	append_words(out, cell(row, "title"));
	if (has_page)
		buf_append_format(out, "](/achievements/%.*s)",
		    STR_ARG(cell(row, "id")));
}

static void leave_out(struct notice *notice, const struct value *row)
{
	static const struct text head = TEXT("没有列入的：\n",
	    "left out:\n");
	static const struct text withheld = TEXT("记录有错误，未发布",
	    "the record has errors and is withheld");
	static const struct text unreviewed = TEXT("公开前审查未通过或未办",
	    "no review before publication says that it may be public");
	enum lang lang = notice->draft->lang;
	struct str state = cell(row, "state"), why;
	const struct code *code = code_by_code(codes_list(
	    &notice->draft->pipeline->codes, STR("visibility-states")),
	    state);
	bool is_open = str_eq(state, STR("registered")) ||
	    str_eq(state, STR("library")) || str_eq(state, STR("published"));

	why = flag(row, "withheld") ? str_from(withheld.in[lang]) :
	    is_open || code == NULL ? str_from(unreviewed.in[lang]) :
	    code->title[lang];
	if (notice->left_out.len == 0)
		buf_append_cstr(&notice->left_out, head.in[lang]);
	buf_append_format(&notice->left_out, lang == LANG_ZH ?
	    "%.*s %.*s：%.*s\n" : "%.*s %.*s: %.*s\n",
	    STR_ARG(cell(row, "id")), STR_ARG(cell(row, "title")),
	    STR_ARG(why));
}

static struct value *rows_of(const struct notice *notice, enum query query,
    struct str which)
{
	struct pipeline *pipeline = notice->draft->pipeline;
	const struct str params[] = {
		date_iso(pipeline->arena, notice->draft->first),
		date_iso(pipeline->arena, notice->draft->last), which };

	return catalogue_rows(pipeline->catalogue, query, params,
	    query == QUERY_notice_projects ? 2 : 3, pipeline->arena, NULL,
	    NULL);
}

static size_t append_registered(struct notice *notice)
{
	struct value *rows = rows_of(notice, QUERY_notice_achievements,
	    STR_NONE);
	size_t count = 0;

	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];

		if (!flag(row, "may_appear")) {
			leave_out(notice, row);
			continue;
		}
		if (count++ == 0)
			begin_table(notice, "登记公告",
			    "| 登记号 | 成果 | 第一完成单位 | 登记日期 |",
			    "| --- | --- | --- | --- |");
		buf_append_cstr(&notice->body, "| ");
		append_words(&notice->body, cell(row, "no"));
		buf_append_cstr(&notice->body, " | ");
		append_linked(&notice->body, row);
		buf_append_cstr(&notice->body, " | ");
		append_words(&notice->body, cell(row, "unit_name"));
		buf_append_format(&notice->body, " | %.*s |\n",
		    STR_ARG(cell(row, "date")));
	}
	return count;
}

static size_t append_entered(struct notice *notice)
{
	struct value *rows = rows_of(notice, QUERY_notice_achievements,
	    STR("entered"));
	size_t count = 0;

	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];

		if (!flag(row, "may_appear")) {
			leave_out(notice, row);
			continue;
		}
		if (count++ == 0)
			begin_table(notice, "入库公告",
			    "| 成果 | 第一完成单位 | 入库日期 |",
			    "| --- | --- | --- |");
		buf_append_cstr(&notice->body, "| ");
		append_linked(&notice->body, row);
		buf_append_cstr(&notice->body, " | ");
		append_words(&notice->body, cell(row, "unit_name"));
		buf_append_format(&notice->body, " | %.*s |\n",
		    STR_ARG(cell(row, "date")));
	}
	return count;
}

static size_t append_projects(struct notice *notice)
{
	struct value *rows = rows_of(notice, QUERY_notice_projects, STR_NONE);
	size_t count = 0;

	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = rows->list.items[i];

		if (flag(row, "withheld")) {
			leave_out(notice, row);
			continue;
		}
		if (count++ == 0)
			begin_table(notice, "项目公示",
			    "| 项目 | 承担单位 | 公示期 |",
			    "| --- | --- | --- |");
		buf_append_cstr(&notice->body, "| ");
		append_words(&notice->body, cell(row, "title"));
		buf_append_cstr(&notice->body, " | ");
		append_words(&notice->body, cell(row, "unit_name"));
		buf_append_format(&notice->body, " | %.*s 至 %.*s |\n",
		    STR_ARG(cell(row, "notice_from")),
		    STR_ARG(cell(row, "notice_to")));
	}
	return count;
}

static void set(const struct draft *draft, const char *name, struct str text)
{
	struct arena *arena = draft->pipeline->arena;

	value_set(arena, draft->presets, str_from(name),
	    value_text(arena, str_dup(arena, text)));
}

void draft_notice(struct draft *draft)
{
	struct notice notice = { .draft = draft };
	struct arena *arena = draft->pipeline->arena;
	struct str month = str_format(arena, "%d年%d月", draft->first.year,
	    draft->first.month);

	buf_init(&notice.body);
	buf_init(&notice.left_out);
	notice.registered = append_registered(&notice);
	notice.entered = append_entered(&notice);
	notice.projects = append_projects(&notice);
	draft->picked = notice.registered + notice.entered + notice.projects;
	set(draft, "title", str_format(arena,
	    "%.*s科技成果登记、入库和项目公示", STR_ARG(month)));
	set(draft, "summary", str_format(arena,
	    "%.*s登记科技成果 %zu 项，入库 %zu 项，公示项目 %zu 个。",
	    STR_ARG(month), notice.registered, notice.entered,
	    notice.projects));
	if (notice.left_out.len > 0)
		set(draft, "#title", buf_str(&notice.left_out));
	set(draft, "#body", str_trim(buf_str(&notice.body)));
	buf_dispose(&notice.left_out);
	buf_dispose(&notice.body);
}
