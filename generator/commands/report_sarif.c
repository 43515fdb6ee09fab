/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "base/map.h"
#include "commands/report_format.h"

static const struct str levels[] = {
	[DIAG_NOTICE] = { "note", 4 },
	[DIAG_WARNING] = { "warning", 7 },
	[DIAG_ERROR] = { "error", 5 },
	[DIAG_FATAL] = { "error", 5 },
};

static void append_message(struct json_writer *writer, const char *name,
    struct str text)
{
	json_begin_object(writer, name);
	json_write_text(writer, "text", text);
	json_end(writer);
}

/* Each rule that somebody broke, once, in the order of the results. */
static void append_rules(struct json_writer *writer,
    const struct report_data *data)
{
	struct map told;

	map_init(&told, data->arena);
	json_begin_list(writer, "rules");
	for (size_t i = 0; i < data->diags->items.count; i++) {
		const struct diagnostic *d = vec_at(&data->diags->items, i);

		if (map_has(&told, d->id))
			continue;
		map_put(&told, d->id, writer);
		json_begin_object(writer, NULL);
		json_write_text(writer, "id", d->id);
		if (d->basis.len > 0)
			append_message(writer, "shortDescription", d->basis);
		append_message(writer, "help", d->hint[data->lang].len > 0 ?
		    d->hint[data->lang] : d->message[data->lang]);
		json_end(writer);
	}
	json_end(writer);
}

static void append_tool(struct json_writer *writer,
    const struct report_data *data)
{
	json_begin_object(writer, "tool");
	json_begin_object(writer, "driver");
	json_write_text(writer, "name", STR("zheli"));
	json_write_text(writer, "version", STR(ZHELI_VERSION));
	append_rules(writer, data);
	json_end(writer);
	json_end(writer);
}

static void append_region(struct json_writer *writer, struct mark mark)
{
	if (mark.line == 0)
		return;
	json_begin_object(writer, "region");
	json_write_number(writer, "startLine", mark.line);
	if (mark.column > 0)
		json_write_number(writer, "startColumn", mark.column);
	json_end(writer);
}

static void append_location(struct json_writer *writer,
    const struct report_data *data, struct mark mark)
{
	struct buf uri;

	if (mark.path.len == 0)
		return;
	buf_init(&uri);
	escape_url_path(&uri, mark.path);
	json_begin_list(writer, "locations");
	json_begin_object(writer, NULL);
	json_begin_object(writer, "physicalLocation");
	json_begin_object(writer, "artifactLocation");
	json_write_text(writer, "uri", str_dup(data->arena, buf_str(&uri)));
	json_write_text(writer, "uriBaseId", STR("%SRCROOT%"));
	json_end(writer);
	append_region(writer, mark);
	json_end(writer);
	json_end(writer);
	json_end(writer);
	buf_dispose(&uri);
}

static void append_result(struct json_writer *writer,
    const struct report_data *data, size_t index)
{
	const struct diagnostic *d = vec_at(&data->diags->items, index);
	struct str hint = d->hint[data->lang];

	json_begin_object(writer, NULL);
	json_write_text(writer, "ruleId", d->id);
	json_write_text(writer, "level", levels[d->severity]);
	append_message(writer, "message", hint.len == 0 ?
	    d->message[data->lang] : str_format(data->arena, "%.*s\n%.*s",
		STR_ARG(d->message[data->lang]), STR_ARG(hint)));
	append_location(writer, data, d->mark);
	json_begin_object(writer, "partialFingerprints");
	json_write_text(writer, "zheli/v1",
	    report_fingerprint(data, index));
	json_end(writer);
	json_end(writer);
}

void report_append_sarif(const struct report_data *data, struct buf *out)
{
	static const struct str languages[] = {
		[LANG_ZH] = { "zh-CN", 5 }, [LANG_EN] = { "en-US", 5 },
	};
	struct json_writer writer;

	json_writer_init(&writer, out);
	json_begin_object(&writer, NULL);
	json_write_text(&writer, "$schema", STR("https://docs.oasis-open.org/"
	    "sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"));
	json_write_text(&writer, "version", STR("2.1.0"));
	json_begin_list(&writer, "runs");
	json_begin_object(&writer, NULL);
	append_tool(&writer, data);
	json_write_text(&writer, "language", languages[data->lang]);
	json_write_text(&writer, "columnKind", STR("unicodeCodePoints"));
	json_begin_list(&writer, "results");
	for (size_t i = 0; i < data->diags->items.count; i++)
		append_result(&writer, data, i);
	json_end(&writer);
	json_end(&writer);
	json_end(&writer);
	json_end(&writer);
	buf_append_char(out, '\n');
}
