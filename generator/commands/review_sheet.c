/* SPDX-License-Identifier: MIT */
#include "commands/review_sheet.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/escape.h"
#include "base/utf8.h"
#include "commands/command.h"
#include "commands/report.h"
#include "commands/review.h"

/* A value of more than VALUE_MAX characters is for reading in the file. Of
 * texts longer than WHOLE_MAX that differ a little, CONTEXT is shown around
 * the difference. */
enum { VALUE_MAX = 400, WHOLE_MAX = 80, CONTEXT = 12 };

void sheet_words(const struct sheet *sheet, const struct text *text)
{
	buf_append_cstr(sheet->out, text->in[sheet->lang]);
}

void sheet_code(const struct sheet *sheet, struct str value)
{
	escape_markdown_code(sheet->out, value, VALUE_MAX);
}

void sheet_head(const struct sheet *sheet, const struct text *title)
{
	buf_append_cstr(sheet->out, "\n**");
	sheet_words(sheet, title);
	buf_append_cstr(sheet->out, "**\n\n");
}

/* -- differences ---------------------------------------------------------- */

/* How many characters both begin with, or end with beyond the first `from`. */
static size_t common_head(struct str a, struct str b)
{
	size_t at = 0, count = 0, size, other;

	while (at < a.len && at < b.len && utf8_decode(a, at, &size) ==
	    utf8_decode(b, at, &other) && size == other) {
		at += size;
		count++;
	}
	return count;
}

static size_t common_tail(struct str a, struct str b, size_t from)
{
	size_t least = a.len < b.len ? a.len : b.len, count = 0;

	while (count < least && a.ptr[a.len - 1 - count] ==
	    b.ptr[b.len - 1 - count])
		count++;
	/* Not into what both begin with, nor into a character. */
	if (count > a.len - utf8_offset(a, from))
		count = a.len - utf8_offset(a, from);
	if (count > b.len - utf8_offset(b, from))
		count = b.len - utf8_offset(b, from);
	while (count > 0 && ((unsigned char)a.ptr[a.len - count] & 0xc0) ==
	    0x80)
		count--;
	return utf8_count(str_slice(a, a.len - count, a.len));
}

/* `text` without what it shares with the other beyond a little context. */
static void code_between(const struct sheet *sheet, struct str text,
    size_t skipped, size_t left)
{
	size_t count = utf8_count(text);
	size_t from = skipped > CONTEXT ? skipped - CONTEXT : 0;
	size_t to = count - (left > CONTEXT ? left - CONTEXT : 0);

	if (from > 0)
		buf_append_cstr(sheet->out, "…");
	sheet_code(sheet, str_slice(text, utf8_offset(text, from),
	    utf8_offset(text, to)));
	if (to < count)
		buf_append_cstr(sheet->out, "…");
}

void sheet_both(const struct sheet *sheet, struct str old,
    struct str now)
{
	static const struct text was = TEXT("由 ", "from ");
	static const struct text is = TEXT(" 改为 ", " to ");
	bool is_long = utf8_count(old) > WHOLE_MAX ||
	    utf8_count(now) > WHOLE_MAX;
	size_t skipped = is_long ? common_head(old, now) : 0;
	size_t left = is_long ? common_tail(old, now, skipped) : 0;

	sheet_words(sheet, &was);
	code_between(sheet, old, skipped, left);
	sheet_words(sheet, &is);
	code_between(sheet, now, skipped, left);
}

/* -- diagnostics ---------------------------------------------------------- */

static void append_due(const struct sheet *sheet, const struct diagnostic *d)
{
	static const struct text due = TEXT("；期限 %.*s",
	    "; due %.*s");
	static const struct text moved = TEXT("（未顺延 %.*s）",
	    " (%.*s before days off)");
	static const struct text late = TEXT("，逾期 %d 天",
	    ", %d days overdue");
	static const struct text not_late = TEXT("，不算逾期",
	    ", not overdue");
	static const struct text left = TEXT("，还有 %d 天", ", %d days left");
	struct date day, as_of;
	int32_t days;

	if (d->due.len == 0)
		return;
	buf_append_format(sheet->out, due.in[sheet->lang], STR_ARG(d->due));
	if (d->bare.len > 0 && !str_eq(d->bare, d->due))
		buf_append_format(sheet->out, moved.in[sheet->lang],
		    STR_ARG(d->bare));
	if (!date_parse(d->due, &day) ||
	    !date_parse(sheet->review->as_of, &as_of))
		return;
	days = date_days_between(as_of, day);
	if (days < 0 && d->is_excused) {
		sheet_words(sheet, &not_late);
		return;
	}
	buf_append_format(sheet->out, (days < 0 ? &late : &left)
	    ->in[sheet->lang], days < 0 ? -days : days);
}

/* "- **错误** [P-01] 第 3 行：…；期限 …", then basis and what to do. */
static void append_diagnostic(const struct sheet *sheet,
    const struct diagnostic *d, bool with_path)
{
	static const struct text line = TEXT(" 第 %u 行", " line %u");
	const char *colon = sheet->lang == LANG_ZH ? "：" : ": ";

	buf_append_format(sheet->out, "- **%s** [%.*s]",
	    report_severity(sheet->lang, d->severity), STR_ARG(d->id));
	if (with_path && d->mark.path.len > 0) {
		buf_append_char(sheet->out, ' ');
		sheet_code(sheet, d->mark.path);
	}
	if (d->mark.line > 0)
		buf_append_format(sheet->out, line.in[sheet->lang],
		    (unsigned)d->mark.line);
	buf_append_cstr(sheet->out, colon);
	escape_markdown(sheet->out, d->message[sheet->lang]);
	append_due(sheet, d);
	buf_append_char(sheet->out, '\n');
	if (d->basis.len > 0) {
		buf_append_cstr(sheet->out, sheet->lang == LANG_ZH ?
		    "  - 依据：" : "  - basis: ");
		escape_markdown(sheet->out, d->basis);
		buf_append_char(sheet->out, '\n');
	}
	if (d->hint[sheet->lang].len > 0) {
		buf_append_cstr(sheet->out, "  - ");
		escape_markdown(sheet->out, d->hint[sheet->lang]);
		buf_append_char(sheet->out, '\n');
	}
}

/* Worst first; of one severity in the order of the files. */
void sheet_diagnostics(const struct sheet *sheet,
    const struct vec *diags, struct str path, size_t limit)
{
	static const struct text more = TEXT(
	    "- 另有 %zu 项，见 `zheli check --range`\n",
	    "- and %zu more: see `zheli check --range`\n");
	size_t told = 0;

	for (int severity = DIAG_FATAL; severity >= DIAG_NOTICE; severity--)
		for (size_t i = 0; i < diags->count; i++) {
			const struct diagnostic *d = vec_at(diags, i);

			if ((int)d->severity != severity || told++ >= limit)
				continue;
			append_diagnostic(sheet, d,
			    !str_eq(d->mark.path, path));
		}
	if (told > limit)
		buf_append_format(sheet->out, more.in[sheet->lang],
		    told - limit);
}
