/* SPDX-License-Identifier: MIT */
#include "commands/report_format.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/json_writer.h"

void report_write_both(struct json_writer *writer, const char *name,
    const struct str texts[LANG_COUNT])
{
	json_begin_object(writer, name);
	json_write_text(writer, "zh", texts[LANG_ZH]);
	json_write_text(writer, "en", texts[LANG_EN]);
	json_end(writer);
}

void report_write_diagnostic(struct json_writer *writer,
    const struct diagnostic *d)
{
	json_begin_object(writer, NULL);
	json_write_text(writer, "path", d->mark.path);
	json_write_text(writer, "severity", diag_severity_name(d->severity));
	json_write_text(writer, "id", d->id);
	report_write_both(writer, "message", d->message);
	report_write_both(writer, "hint", d->hint);
	json_write_text(writer, "basis", d->basis);
	json_write_number(writer, "line", d->mark.line);
	json_write_number(writer, "column", d->mark.column);
	json_end(writer);
}

static void append_json(const struct report_data *data, struct buf *out)
{
	const struct diag_list *diags = data->diags;
	struct json_writer writer;

	json_writer_init(&writer, out);
	json_begin_object(&writer, NULL);
	json_write_number(&writer, "version", 1);
	json_write_text(&writer, "as_of", data->as_of);
	json_write_number(&writer, "files", (long long)data->files);
	json_write_number(&writer, "errors", (long long)diag_errors(diags));
	json_write_number(&writer, "warnings",
	    (long long)diags->counts[DIAG_WARNING]);
	json_write_number(&writer, "notices",
	    (long long)diags->counts[DIAG_NOTICE]);
	json_begin_list(&writer, "diagnostics");
	for (size_t i = 0; i < diags->items.count; i++)
		report_write_diagnostic(&writer, vec_at(&diags->items, i));
	json_end(&writer);
	json_end(&writer);
	buf_append_char(out, '\n');
}

static const struct report_format formats[] = {
	{ .name = "json", .append = append_json },
	{ .name = "sarif", .append = report_append_sarif },
	{ .name = "github", .append = report_append_github,
		.append_summary = report_append_github_summary,
		.summary_variable = "GITHUB_STEP_SUMMARY" },
	{ .name = "gitlab", .append = report_append_gitlab },
};

const struct report_format *report_format_find(struct str name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (str_eq(name, str_from(formats[i].name)))
			return &formats[i];
	return NULL;
}

static bool says_the_same(const struct diagnostic *a,
    const struct diagnostic *b)
{
	return str_eq(a->id, b->id) && str_eq(a->mark.path, b->mark.path) &&
	    str_eq(a->message[LANG_EN], b->message[LANG_EN]);
}

struct str report_fingerprint(const struct report_data *data, size_t index)
{
	enum { DIGITS = 32 };
	const struct vec *items = &data->diags->items;
	const struct diagnostic *d = vec_at(items, index);
	char hex[SHA256_HEX_SIZE];
	size_t nth = 0;

	/* The list is sorted by path, so equal ones stand near. */
	for (size_t i = index; i-- > 0;) {
		const struct diagnostic *before = vec_at(items, i);

		if (!str_eq(before->mark.path, d->mark.path))
			break;
		nth += says_the_same(before, d);
	}
	sha256_hex(str_format(data->arena, "%.*s\n%.*s\n%zu\n%.*s",
	    STR_ARG(d->id), STR_ARG(d->mark.path), nth,
	    STR_ARG(d->message[LANG_EN])), hex);
	return str_dup(data->arena, (struct str){ hex, DIGITS });
}
