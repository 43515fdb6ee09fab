/* SPDX-License-Identifier: MIT */
/* What forges show beside a proposal: annotations, summaries, code quality. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/escape.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "commands/command.h"
#include "commands/report.h"
#include "commands/report_format.h"

/* -- GitHub --------------------------------------------------------------- */

static const char *const github_commands[] = {
	[DIAG_NOTICE] = "notice",
	[DIAG_WARNING] = "warning",
	[DIAG_ERROR] = "error",
	[DIAG_FATAL] = "error",
};

/* The runner's own escapes; in a property ':' and ',' too would end it. */
static void append_escaped(struct buf *out, struct str text, bool property)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c == '%' || c == '\r' || c == '\n' ||
		    (property && (c == ':' || c == ',')))
			buf_append_format(out, "%%%02X", c);
		else
			buf_append_char(out, text.ptr[i]);
	}
}

static void append_property(struct buf *out, const char *name,
    struct str value, bool *first)
{
	buf_append_format(out, "%c%s=", *first ? ' ' : ',', name);
	append_escaped(out, value, true);
	*first = false;
}

static void append_annotation(const struct report_data *data,
    const struct diagnostic *d, struct buf *out)
{
	struct str hint = d->hint[data->lang];
	bool first = true;

	buf_append_format(out, "::%s", github_commands[d->severity]);
	if (d->mark.path.len > 0)
		append_property(out, "file", d->mark.path, &first);
	if (d->mark.line > 0)
		append_property(out, "line", str_format(data->arena, "%u",
		    d->mark.line), &first);
	if (d->mark.line > 0 && d->mark.column > 0)
		append_property(out, "col", str_format(data->arena, "%u",
		    d->mark.column), &first);
	append_property(out, "title", d->basis.len == 0 ? d->id : str_format(
	    data->arena, "%.*s %.*s", STR_ARG(d->id), STR_ARG(d->basis)),
	    &first);
	buf_append_cstr(out, "::");
	append_escaped(out, d->message[data->lang], false);
	if (hint.len > 0)
		append_escaped(out, STR("\n"), false);
	append_escaped(out, hint, false);
	buf_append_char(out, '\n');
}

/* Calls `each` for the worst first, of one severity in the list's order. */
static void each_by_severity(const struct report_data *data, size_t from,
    size_t to, void (*each)(const struct report_data *data,
    const struct diagnostic *d, struct buf *out), struct buf *out)
{
	size_t nth = 0;

	for (int severity = DIAG_FATAL; severity >= DIAG_NOTICE; severity--)
		for (size_t i = 0; i < data->diags->items.count; i++) {
			const struct diagnostic *d =
			    vec_at(&data->diags->items, i);

			if ((int)d->severity != severity)
				continue;
			if (nth >= from && nth < to)
				each(data, d, out);
			nth++;
		}
}

static void append_line(const struct report_data *data,
    const struct diagnostic *d, struct buf *out)
{
	buf_append_format(out, "%.*s:%u:%u: %.*s[%.*s]: ",
	    STR_ARG(d->mark.path), d->mark.line, d->mark.column,
	    STR_ARG(diag_severity_name(d->severity)), STR_ARG(d->id));
	append_escaped(out, d->message[data->lang], false);
	buf_append_char(out, '\n');
}

void report_append_github(const struct report_data *data, struct buf *out)
{
	char token[SHA256_HEX_SIZE];
	struct buf all;

	each_by_severity(data, 0, REPORT_ANNOTATIONS_MAX, append_annotation,
	    out);
	if (data->diags->items.count == 0)
		return;
	buf_init(&all);
	for (size_t i = 0; i < data->diags->items.count; i++)
		append_line(data, vec_at(&data->diags->items, i), &all);
	/* Until this word comes again nothing is a command; nobody can write
	 * it into what it is the hash of. */
	sha256_hex(buf_str(&all), token);
	buf_append_format(out, "::stop-commands::%s\n", token);
	buf_append(out, buf_str(&all));
	buf_append_format(out, "::%s::\n", token);
	buf_dispose(&all);
}

/* A blank line would end the table. */
static void append_cell(struct buf *out, struct str text)
{
	buf_append_cstr(out, "<td>");
	while (text.len > 0) {
		escape_html(out, str_cut(&text, '\n'));
		if (text.len > 0)
			buf_append_cstr(out, "<br>");
	}
	buf_append_cstr(out, "</td>");
}

static void append_row(const struct report_data *data,
    const struct diagnostic *d, struct buf *out)
{
	buf_append_cstr(out, "<tr>");
	append_cell(out, str_from(report_severity(data->lang, d->severity)));
	append_cell(out, d->mark.line == 0 ? d->mark.path :
	    str_format(data->arena, "%.*s:%u", STR_ARG(d->mark.path),
		d->mark.line));
	append_cell(out, d->id);
	append_cell(out, d->message[data->lang]);
	append_cell(out, d->hint[data->lang]);
	buf_append_cstr(out, "</tr>\n");
}

void report_append_github_summary(const struct report_data *data,
    struct buf *out)
{
	static const struct text head = TEXT(
	    "<table>\n<tr><th>轻重</th><th>位置</th><th>规则</th>"
	    "<th>问题</th><th>怎么办</th></tr>\n",
	    "<table>\n<tr><th>severity</th><th>place</th><th>rule</th>"
	    "<th>what is wrong</th><th>what to do</th></tr>\n");
	static const struct text counts = TEXT(
	    "%zu 项错误，%zu 项提醒，%zu 项提示（截至 %.*s）\n\n",
	    "%zu errors, %zu warnings, %zu notices (as of %.*s)\n\n");
	static const struct text more = TEXT(
	    "\n另有 %zu 项，见运行记录。\n",
	    "\n%zu more are in the log of the run.\n");
	size_t total = data->diags->items.count;

	buf_append_format(out, counts.in[data->lang],
	    diag_errors(data->diags), data->diags->counts[DIAG_WARNING],
	    data->diags->counts[DIAG_NOTICE], STR_ARG(data->as_of));
	if (total == 0)
		return;
	buf_append_cstr(out, head.in[data->lang]);
	each_by_severity(data, 0, REPORT_ROWS_MAX, append_row, out);
	buf_append_cstr(out, "</table>\n");
	if (total > REPORT_ROWS_MAX)
		buf_append_format(out, more.in[data->lang],
		    total - REPORT_ROWS_MAX);
}

/* -- GitLab --------------------------------------------------------------- */

void report_append_gitlab(const struct report_data *data, struct buf *out)
{
	static const struct str severities[] = {
		[DIAG_NOTICE] = { "info", 4 },
		[DIAG_WARNING] = { "minor", 5 },
		[DIAG_ERROR] = { "major", 5 },
		[DIAG_FATAL] = { "blocker", 7 },
	};
	struct json_writer writer;

	json_writer_init(&writer, out);
	json_begin_list(&writer, NULL);
	for (size_t i = 0; i < data->diags->items.count; i++) {
		const struct diagnostic *d = vec_at(&data->diags->items, i);

		json_begin_object(&writer, NULL);
		json_write_text(&writer, "description",
		    d->message[data->lang]);
		json_write_text(&writer, "check_name", d->id);
		json_write_text(&writer, "fingerprint",
		    report_fingerprint(data, i));
		json_write_text(&writer, "severity", severities[d->severity]);
		json_begin_object(&writer, "location");
		json_write_text(&writer, "path", d->mark.path.len > 0 ?
		    d->mark.path : STR("content"));
		json_begin_object(&writer, "lines");
		json_write_number(&writer, "begin",
		    d->mark.line > 0 ? d->mark.line : 1);
		json_end(&writer);
		json_end(&writer);
		json_end(&writer);
	}
	json_end(&writer);
	buf_append_char(out, '\n');
}
