/* SPDX-License-Identifier: MIT */
/*
 * A review as Markdown. What records say stands in code spans, what is said
 * about them is escaped: nothing a submitter wrote becomes a link, a picture, a
 * mention or markup in a comment that goes out in the office's name.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"
#include "commands/command.h"
#include "commands/review.h"
#include "commands/review_sheet.h"
#include "rules/ruleset.h"

/* Forges take comments of 65,536 characters. */
enum { COMMENT_MAX = 60000, RECORD_MAX = 16000, ELSEWHERE_MAX = 50,
	COMMIT_DIGITS = 12 };

/* A bot finds its comment by this. */
#define MARKER "<!-- zheli-review -->\n"

/* -- a record ------------------------------------------------------------- */

static void append_edit(const struct sheet *sheet, const struct edit *edit)
{
	static const struct text added = TEXT("填写", "set to");
	static const struct text removed = TEXT("删去", "removed:");
	static const struct text reordered = TEXT("顺序改变，", "other order, ");
	enum lang lang = sheet->lang;

	buf_append_cstr(sheet->out, "- ");
	escape_markdown(sheet->out, edit->label[lang]);
	buf_append_cstr(sheet->out, lang == LANG_ZH ? "：" : ": ");
	if (edit->kind == EDIT_ADDED || edit->kind == EDIT_REMOVED) {
		sheet_words(sheet, edit->kind == EDIT_ADDED ? &added :
		    &removed);
		buf_append_char(sheet->out, ' ');
		sheet_code(sheet, edit->kind == EDIT_ADDED ? edit->now[lang] :
		    edit->old[lang]);
	} else {
		if (edit->kind == EDIT_REORDERED)
			sheet_words(sheet, &reordered);
		sheet_both(sheet, edit->old[lang], edit->now[lang]);
	}
	buf_append_char(sheet->out, '\n');
}

static void append_edits(const struct sheet *sheet,
    const struct review_record *record)
{
	static const struct text title = TEXT("改动", "Changes");
	static const struct text content = TEXT("内容", "What it says");
	static const struct text none = TEXT(
	    "只有写法不同（空白、引号、顺序），内容没有变。\n",
	    "Only the writing differs (space, quotation marks, order); what it "
	    "says is the same.\n");
	static const struct text unreadable = TEXT(
	    "读不出来，无法逐栏比较；见核对结论。\n",
	    "It cannot be read, so there is no comparison; see the verdicts.\n");
	static const struct text more = TEXT("- 另有 %zu 处改动，请看文件\n",
	    "- and %zu more: read the file\n");
	size_t from = sheet->out->len;

	if (record->change == REVIEW_REMOVED ||
	    record->change == REVIEW_MOVED)
		return;
	sheet_head(sheet, record->change == REVIEW_ADDED ? &content : &title);
	if (!record->is_readable)
		sheet_words(sheet, &unreadable);
	else if (record->edits.count == 0)
		sheet_words(sheet, &none);
	for (size_t i = 0; i < record->edits.count; i++) {
		if (sheet->out->len - from > RECORD_MAX) {
			buf_append_format(sheet->out, more.in[sheet->lang],
			    record->edits.count - i);
			break;
		}
		append_edit(sheet, vec_at(&record->edits, i));
	}
}

static const char *claim_word(struct str kind, enum lang lang)
{
	static const struct {
		const char *kind;
		struct text text;
	} kinds[] = {
		{ "patent", TEXT("专利号", "patent number") },
		{ "software", TEXT("软件登记号", "software number") },
		{ "variety", TEXT("品种权号", "variety right") },
		{ "variety-approval", TEXT("品种审定号", "variety approval") },
		{ "layout", TEXT("布图设计登记号", "layout number") },
		{ "standard", TEXT("标准号", "standard number") },
		{ "doi", TEXT("DOI", "DOI") },
		{ "registration", TEXT("登记号", "registration number") },
		{ "title", TEXT("名称", "title") },
	};
	static const struct text other = TEXT("号码", "number");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_eq(kind, str_from(kinds[i].kind)))
			return kinds[i].text.in[lang];
	return other.in[lang];
}

static void append_claims(const struct sheet *sheet,
    const struct review_record *record)
{
	static const struct text title = TEXT("与其他记录重复",
	    "Also claimed by other records");
	static const struct text line = TEXT(" 第 %u 行", " line %u");

	if (record->claims.count > 0)
		sheet_head(sheet, &title);
	for (size_t i = 0; i < record->claims.count; i++) {
		const struct review_claim *claim =
		    vec_at(&record->claims, i);

		buf_append_format(sheet->out, "- %s ",
		    claim_word(claim->kind, sheet->lang));
		sheet_code(sheet, claim->written);
		buf_append_format(sheet->out, line.in[sheet->lang],
		    (unsigned)claim->line);
		buf_append_cstr(sheet->out, sheet->lang == LANG_ZH ? "：" :
		    ": ");
		sheet_code(sheet, claim->other_path);
		buf_append_format(sheet->out, line.in[sheet->lang],
		    (unsigned)claim->other_line);
		buf_append_char(sheet->out, ' ');
		sheet_code(sheet, claim->other_written);
		buf_append_char(sheet->out, '\n');
	}
}

static void append_stale(const struct sheet *sheet,
    const struct review_record *record)
{
	static const struct text title = TEXT("审查之后有改动，应重新审查",
	    "Changed after the review: to be reviewed again");
	static const struct text of = TEXT("，审查的版本 ", ", of the text ");
	static const struct text unnamed = TEXT("，没有写明审查的版本",
	    ", which names no text");

	if (record->stale.count > 0)
		sheet_head(sheet, &title);
	for (size_t i = 0; i < record->stale.count; i++) {
		const struct review_stale *stale = vec_at(&record->stale, i);

		buf_append_cstr(sheet->out, "- ");
		escape_markdown(sheet->out, stale->label[sheet->lang]);
		buf_append_char(sheet->out, ' ');
		sheet_code(sheet, stale->date);
		buf_append_char(sheet->out, ' ');
		sheet_code(sheet, stale->by);
		sheet_words(sheet, stale->of.len > 0 ? &of : &unnamed);
		sheet_code(sheet, stale->of);
		buf_append_char(sheet->out, '\n');
	}
}

static void append_checklist(const struct sheet *sheet,
    const struct review_record *record)
{
	static const struct text title = TEXT("请逐项判断（只能由人判断）",
	    "To be judged by you, as nobody else can");

	if (record->attested.count > 0)
		sheet_head(sheet, &title);
	for (size_t i = 0; i < record->attested.count; i++) {
		const struct rule_entry *rule =
		    *(const struct rule_entry **)vec_at(&record->attested, i);

		buf_append_format(sheet->out, "- [ ] %.*s ",
		    STR_ARG(rule->id));
		escape_markdown(sheet->out, rule->text[sheet->lang]);
		buf_append_cstr(sheet->out, sheet->lang == LANG_ZH ? "（" :
		    " (");
		escape_markdown(sheet->out, rule->document->short_title);
		buf_append_char(sheet->out, ' ');
		escape_markdown(sheet->out, rule->article);
		buf_append_cstr(sheet->out, sheet->lang == LANG_ZH ? "）" :
		    ")");
		if (rule->reason[sheet->lang].len > 0) {
			buf_append_cstr(sheet->out,
			    sheet->lang == LANG_ZH ? "：" : ": ");
			escape_markdown(sheet->out, rule->reason[sheet->lang]);
		}
		buf_append_char(sheet->out, '\n');
	}
}

static void append_heading(const struct sheet *sheet,
    const struct review_record *record)
{
	static const struct text changes[] = {
		[REVIEW_ADDED] = TEXT("新增", "New"),
		[REVIEW_CHANGED] = TEXT("修改", "Changed"),
		[REVIEW_MOVED] = TEXT("移动", "Moved"),
		[REVIEW_REMOVED] = TEXT("删除", "Removed"),
	};
	static const struct text from = TEXT("，原在 ", ", before at ");

	buf_append_format(sheet->out, sheet->lang == LANG_ZH ?
	    "\n### %s：%.*s " : "\n### %s: %.*s ",
	    changes[record->change].in[sheet->lang],
	    STR_ARG(kind_info(record->kind)->title[sheet->lang]));
	sheet_code(sheet, record->title.len > 0 ? record->title : record->id);
	buf_append_cstr(sheet->out, "\n\n");
	sheet_code(sheet, record->path);
	if (record->change == REVIEW_MOVED) {
		sheet_words(sheet, &from);
		sheet_code(sheet, record->old_path);
	}
	buf_append_char(sheet->out, '\n');
}

static void append_record(const struct sheet *sheet,
    const struct review_record *record)
{
	static const struct text verdicts = TEXT("核对结论", "Verdicts");
	static const struct text fine = TEXT("没有发现问题。\n",
	    "Nothing was found.\n");

	append_heading(sheet, record);
	if (record->change != REVIEW_REMOVED)
		review_append_arrival(sheet, record);
	sheet_head(sheet, &verdicts);
	if (record->diags.count == 0)
		sheet_words(sheet, &fine);
	sheet_diagnostics(sheet, &record->diags, record->path,
	    ELSEWHERE_MAX);
	append_claims(sheet, record);
	append_stale(sheet, record);
	append_edits(sheet, record);
	append_checklist(sheet, record);
}

/* A forge refuses a comment that is too long: what does not fit is named. */
static void append_records(const struct sheet *sheet)
{
	static const struct text rest = TEXT(
	    "\n### 其余记录（%zu 条，太长不录，请看文件）\n\n",
	    "\n### Other records (%zu, too long to be told here)\n\n");
	const struct vec *records = &sheet->review->records;
	size_t told = 0;

	for (; told < records->count; told++) {
		size_t before = sheet->out->len;

		append_record(sheet, vec_at(records, told));
		if (sheet->out->len <= COMMENT_MAX)
			continue;
		buf_truncate(sheet->out, before);
		break;
	}
	if (told == records->count)
		return;
	buf_append_format(sheet->out, rest.in[sheet->lang],
	    records->count - told);
	for (size_t i = told; i < records->count && i < told + ELSEWHERE_MAX;
	    i++) {
		buf_append_cstr(sheet->out, "- ");
		sheet_code(sheet, ((const struct review_record *)
		    vec_at(records, i))->path);
		buf_append_char(sheet->out, '\n');
	}
}

/* -- the whole ------------------------------------------------------------ */

static void append_commit(const struct sheet *sheet, struct str commit)
{
	sheet_code(sheet, sheet->review->is_refusal ? commit :
	    str_slice(commit, 0, COMMIT_DIGITS));
}

static void append_summary(const struct sheet *sheet)
{
	static const struct text title = TEXT("## 提案审核\n\n",
	    "## Review of the proposal\n\n");
	static const struct text refusal = TEXT("**不能合并**",
	    "**It cannot be merged**");
	static const struct text blocked = TEXT("**有错误，不应合入**",
	    "**It has errors and should not be merged**");
	static const struct text clean = TEXT("**没有错误，由编辑决定是否合入**",
	    "**It has no errors: merging it is the editor's decision**");
	static const struct text counts = TEXT(
	    "：错误 %zu 项，提醒 %zu 项，提示 %zu 项。\n\n",
	    ". Errors: %zu, warnings: %zu, notices: %zu.\n\n");
	static const struct text merged = TEXT(" 并入 ", " merged into ");
	static const struct text by = TEXT(
	    " 之后的样子，按后者的规则判断，截至 %.*s。\n",
	    ", judged by the rules of the latter, as of %.*s.\n");
	const struct review *review = sheet->review;

	sheet_words(sheet, &title);
	sheet_words(sheet, review->is_refusal ? &refusal :
	    review_is_clean(review) ? &clean : &blocked);
	buf_append_format(sheet->out, counts.in[sheet->lang],
	    review->counts[DIAG_ERROR] + review->counts[DIAG_FATAL],
	    review->counts[DIAG_WARNING], review->counts[DIAG_NOTICE]);
	append_commit(sheet, review->head);
	sheet_words(sheet, &merged);
	append_commit(sheet, review->base);
	if (!review->is_refusal)
		buf_append_format(sheet->out, by.in[sheet->lang],
		    STR_ARG(review->as_of));
	else
		buf_append_char(sheet->out, '\n');
}

static void append_files(const struct sheet *sheet)
{
	static const struct text title = TEXT("\n### 其他文件\n\n",
	    "\n### Other files\n\n");
	static const struct text policy = TEXT(
	    "（规则或模板：本次判断没有用它，合入后生效）",
	    " (a rule or template: not used here, in force once merged)");
	static const struct text changes[] = {
		[REVIEW_ADDED] = TEXT("新增", "New"),
		[REVIEW_CHANGED] = TEXT("修改", "Changed"),
		[REVIEW_REMOVED] = TEXT("删除", "Removed"),
	};
	const struct vec *files = &sheet->review->files;

	if (files->count > 0)
		sheet_words(sheet, &title);
	for (size_t i = 0; i < files->count && i < ELSEWHERE_MAX; i++) {
		const struct review_file *file = vec_at(files, i);

		buf_append_cstr(sheet->out, "- ");
		sheet_words(sheet, &changes[file->change]);
		buf_append_char(sheet->out, ' ');
		sheet_code(sheet, file->path);
		if (file->is_policy)
			sheet_words(sheet, &policy);
		buf_append_char(sheet->out, '\n');
	}
	if (files->count > ELSEWHERE_MAX)
		buf_append_format(sheet->out, sheet->lang == LANG_ZH ?
		    "- 另有 %zu 个\n" : "- and %zu more\n",
		    files->count - ELSEWHERE_MAX);
	if (sheet->review->of_files.count > 0)
		buf_append_char(sheet->out, '\n');
	sheet_diagnostics(sheet, &sheet->review->of_files, STR_NONE,
	    ELSEWHERE_MAX);
}

void review_append_markdown(const struct review *review, enum lang lang,
    struct buf *out)
{
	static const struct text elsewhere = TEXT(
	    "\n### 不在改动之内的问题\n\n", "\n### Found elsewhere\n\n");
	static const struct text reasons = TEXT("\n### 原因\n\n",
	    "\n### Why\n\n");
	const struct sheet sheet = { review, lang, out };

	buf_append_cstr(out, MARKER);
	append_summary(&sheet);
	review_append_people(&sheet);
	append_records(&sheet);
	append_files(&sheet);
	if (review->elsewhere.count > 0)
		sheet_words(&sheet, review->is_refusal ? &reasons : &elsewhere);
	sheet_diagnostics(&sheet, &review->elsewhere, STR_NONE,
	    ELSEWHERE_MAX);
}
