/* SPDX-License-Identifier: MIT */
/*
 * The open data without a site around it, for other programs: tables, JSON
 * Lines, a SQLite file, and what fills an index of a search cluster. Nothing
 * that the public site does not show; all of it is written piece after piece.
 */
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/file_stream.h"
#include "base/json.h"
#include "base/map.h"
#include "catalogue/catalogue.h"
#include "catalogue/export.h"
#include "commands/command.h"
#include "commands/folder_plan.h"
#include "commands/report.h"
#include "model/record.h"
#include "pipeline/output.h"
#include "pipeline/pipeline.h"
#include "pipeline/scratch.h"
#include "render/markdown.h"
#include "render/open_data.h"
#include "render/page.h"
#include "site/site_data.h"

#include <errno.h>
#include <stdio.h>

#define EXPORT_MARKER STR(".zheli-export")

/* A bulk request is held in the memory of the cluster: so much is what its
 * makers advise, and far below the 100 MB that it takes at most. */
enum { BULK_BYTES = 8 << 20 };

typedef bool data_writer(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags);

struct export {
	struct pipeline *pipeline;
	struct site site, second;
	struct folder output;
	struct map names;		/* of files that belong there */
	struct file_stream stream;	/* the one at hand, of lines */
	bool is_open;
	struct buf line;
	struct arena scratch;		/* of one record */
	size_t files, changed, removed, records;
	bool ok;
};

/* -- files ----------------------------------------------------------------- */

static void begin_file(struct export *export, struct str name)
{
	map_put(&export->names, name, export);
	file_stream_open(&export->stream, &export->output, name);
	export->files++;
}

static void end_file(struct export *export, bool ok)
{
	struct diag_list *diags = export->pipeline->diags;
	struct file_facts facts;
	bool changed;

	if (!catalogue_is_well(export->site.catalogue, diags) || !ok)
		file_stream_fail(&export->stream, ECANCELED);
	export->ok = file_stream_close(&export->stream, &facts, &changed,
	    diags) && export->ok;
	export->changed += changed;
}

/* A file whose writer the public site has too; `path` is where it has it. */
static void write_file(struct export *export, const struct data_set *set,
    struct str name, data_writer *write)
{
	struct arena *arena = export->pipeline->arena;
	struct data_file file = { .set = set };
	struct page page = { .path = str_join(arena, STR("data/"), name),
		.file = &file };

	begin_file(export, name);
	end_file(export, write(&export->site, &page, &export->stream,
	    export->pipeline->diags));
	if (set == &data_sets[0])
		export->records = file.rows;
}

static void write_tables(struct export *export)
{
	for (const struct data_set *set = data_sets; set->name != NULL; set++)
		write_file(export, set, str_format(export->pipeline->arena,
		    "%s.csv", set->name), data_write_csv);
}

static void count_row(void *context, const struct str *cells, size_t count)
{
	(void)cells;
	(void)count;
	++*(size_t *)context;
}

static void write_database(struct export *export)
{
	const struct str params[] = { STR_NONE, export->site.base_url };

	write_file(export, NULL, STR("zheli.sqlite"), data_write_sqlite);
	catalogue_each(export->site.catalogue, QUERY_data_achievements, params,
	    2, count_row, &export->records);
}

static void take_line(void *context, struct str id, struct str json)
{
	struct export *export = context;

	(void)id;
	file_stream_write(&export->stream, json);
	file_stream_write(&export->stream, STR("\n"));
}

static void write_lines(struct export *export)
{
	begin_file(export, STR("achievements.jsonl"));
	export->records = data_each_line(&export->site, STR_NONE, take_line,
	    export);
	end_file(export, true);
	write_file(export, NULL, STR("achievements.schema.json"),
	    data_write_schema);
}

/* -- bulk requests --------------------------------------------------------- */

/* There is no request without a document: a cluster would refuse it. */
static void begin_part(struct export *export)
{
	export->is_open = true;
	begin_file(export, str_format(export->pipeline->arena,
	    "bulk-%05zu.ndjson", export->files + 1));
}

/* What a page of the site shows below its facts. */
static bool append_body(struct export *export, struct str id)
{
	struct pipeline *pipeline = export->pipeline;
	const struct reader *reader = &pipeline->registry.reader;
	struct record record;
	struct str bytes;
	struct buf text;

	if (!catalogue_record(export->site.catalogue, STR("achievement"), id,
	    &export->scratch, &record) ||
	    !reader->read(reader->context, record.path, &export->scratch,
		&bytes, pipeline->diags))
		return false;
	buf_init(&text);
	markdown_text(frontmatter_body(&export->scratch, bytes,
	    record.body_offset, record.body_size), &text);
	buf_append(&export->line, STR(",\"" DATA_BODY "\":"));
	json_append_text(&export->line, buf_str(&text));
	buf_dispose(&text);
	return true;
}

/* An action and a document; the index is named by the address they go to. */
static void take_document(void *context, struct str id, struct str json)
{
	struct export *export = context;
	struct buf *line = &export->line;

	arena_reset(&export->scratch);
	buf_clear(line);
	buf_append(line, STR("{\"index\":{\"_id\":"));
	json_append_text(line, id);
	buf_append(line, STR("}}\n"));
	buf_append(line, str_slice(json, 0, json.len - 1));
	export->ok = append_body(export, id) && export->ok;
	buf_append(line, STR("}\n"));
	if (export->is_open && export->stream.size +
	    export->stream.pending.len + line->len > BULK_BYTES) {
		end_file(export, true);
		export->is_open = false;
	}
	if (!export->is_open)
		begin_part(export);
	file_stream_write(&export->stream, buf_str(line));
}

static void write_bulk(struct export *export)
{
	export->records = data_each_line(&export->site, STR_NONE,
	    take_document, export);
	if (export->is_open)
		end_file(export, export->ok);
	write_file(export, NULL, STR("mapping.json"), data_write_mapping);
}

/* -- the command ----------------------------------------------------------- */

static const struct format {
	const char *name;
	void (*write)(struct export *export);
} formats[] = {
	{ "csv", write_tables }, { "jsonl", write_lines },
	{ "sqlite", write_database }, { "opensearch", write_bulk },
	{ NULL, NULL }
};

static const struct format *find_format(struct str name)
{
	const struct format *format = formats;

	while (format->name != NULL && !str_eq(str_from(format->name), name))
		format++;
	return format->name != NULL ? format : NULL;
}

static bool open_site(struct export *export)
{
	struct pipeline *pipeline = export->pipeline;

	if (!stage_lists(pipeline) ||
	    !site_data_open(pipeline, &export->site, &export->second))
		return false;
	export->site.catalogue = catalogue_open(pipeline->arena,
	    catalogue_path(pipeline->catalogue), pipeline->diags);
	return export->site.catalogue != NULL;
}

/* What a former export left there and this one has not. */
static bool remove_stale(struct export *export)
{
	struct pipeline *pipeline = export->pipeline;
	struct vec paths;
	bool ok;

	map_put(&export->names, EXPORT_MARKER, export);
	vec_init(&paths, sizeof(struct str));
	ok = folder_list(&export->output, pipeline->arena, &paths,
	    pipeline->diags);
	for (size_t i = 0; ok && i < paths.count; i++) {
		struct str path = *(struct str *)vec_at(&paths, i);

		ok = map_has(&export->names, path) ||
		    folder_remove(&export->output, path, pipeline->diags);
	}
	vec_dispose(&paths);
	return ok;
}

static bool write_all(struct export *export, const struct format *format,
    struct str folder)
{
	bool ok;

	export->ok = true;
	export->output.descriptor = -1;
	map_init(&export->names, export->pipeline->arena);
	arena_init(&export->scratch);
	buf_init(&export->line);
	ok = open_site(export) && output_open_marked(export->pipeline, folder,
	    EXPORT_MARKER, &export->output);
	if (ok) {
		format->write(export);
		ok = export->ok && remove_stale(export);
	}
	if (export->site.catalogue != NULL)
		catalogue_close(export->site.catalogue);
	folder_close(&export->output);
	buf_dispose(&export->line);
	arena_dispose(&export->scratch);
	return ok;
}

/* What write_all() would do to the folder: it writes to another. */
static bool plan_all(struct export *export, const struct format *format,
    struct str folder)
{
	struct pipeline *pipeline = export->pipeline;
	struct str scratch = STR_NONE;
	struct map expected, found;
	bool ok = output_is_ours(pipeline, folder, EXPORT_MARKER) &&
	    scratch_make(pipeline->arena, &scratch, pipeline->diags) &&
	    write_all(export, format, scratch);

	map_init(&expected, pipeline->arena);
	map_init(&found, pipeline->arena);
	ok = ok && folder_plan_digest(pipeline, scratch, &expected) &&
	    folder_plan_digest(pipeline, folder, &found);
	export->changed = 0;
	if (ok) {
		/* That the folder is marked is not worth a line. */
		map_put(&found, EXPORT_MARKER,
		    map_get(&expected, EXPORT_MARKER));
		folder_plan_print(pipeline, folder, &expected, &found,
		    &export->changed, &export->removed);
	}
	scratch_remove(pipeline->arena, scratch);
	return ok;
}

static void print_result(const struct export *export, struct str folder,
    bool is_dry)
{
	static const struct text text = TEXT(
	    "导出：%.*s（成果 %zu 项，文件 %zu 个，改动 %zu 个）\n",
	    "export: %.*s (%zu achievements, %zu files, %zu changed)\n");
	static const struct text plan = TEXT(
	    "未写任何文件：%.*s 会有 %zu 个文件，改动 %zu 个，删除 %zu 个\n",
	    "nothing was written: %.*s would have %zu files, %zu changed, %zu "
	    "removed\n");
	enum lang lang = export->pipeline->lang;

	if (is_dry)
		fprintf(stderr, plan.in[lang], STR_ARG(folder), export->files,
		    export->changed, export->removed);
	else
		fprintf(stderr, text.in[lang], STR_ARG(folder),
		    export->records, export->files, export->changed);
}

static int export_run(const struct invocation *invocation,
    const struct format *format, struct str folder)
{
	bool is_dry = invocation_has(invocation, "dry-run");
	struct pipeline pipeline;
	struct export export = { .pipeline = &pipeline };
	struct diag_list diags;
	bool done;
	int status;

	diag_list_init(&diags, invocation->arena);
	done = invocation_open_pipeline(invocation,
		   invocation_has(invocation, "quiet"), &pipeline, &diags) &&
	    pipeline_judge(&pipeline) && (is_dry ? plan_all :
		write_all)(&export, format, folder);
	diag_sort(&diags);
	report_print_sources(invocation->lang, &diags,
	    &pipeline.registry.reader, stderr);
	if (done) {
		report_summary(invocation->lang, &diags, pipeline.file_count,
		    stderr);
		print_result(&export, folder, is_dry);
	}
	status = report_status(&diags);
	pipeline_close(&pipeline);
	diag_list_dispose(&diags);
	return status;
}

static int run(struct invocation *invocation)
{
	static const struct text unknown = TEXT(
	    "--format 应为 csv、jsonl、sqlite 或 opensearch",
	    "--format is one of csv, jsonl, sqlite, opensearch");
	struct str name = invocation_value(invocation, "format");
	struct str folder = invocation_value(invocation, "output");
	const struct format *format = find_format(name);

	if (format == NULL)
		return invocation_usage(invocation, &unknown, name);
	return export_run(invocation, format,
	    folder.len > 0 ? folder : STR("export"));
}

static const struct option options[] = {
	{ 0, "format", "FORMAT", TEXT("格式：csv、jsonl、sqlite 或 opensearch",
	    "csv, jsonl, sqlite or opensearch") },
	{ 'o', "output", "DIR", TEXT("目录（缺省：export）",
	    "folder to write to (default: export)") },
	{ 'n', "dry-run", NULL, TEXT("只列出会新增、改动、删除的文件",
	    "only list the files that would be added, changed or removed") },
	{ 'q', "quiet", NULL, TEXT("不显示进度", "show no progress") },
	{ .name = NULL },
};

const struct command command_export = {
	.name = "export",
	.operands = "",
	.common = COMMON_REGISTRY | COMMON_REV | COMMON_AS_OF | COMMON_JOBS,
	.options = options,
	.summary = TEXT("导出公开的数据，供其他程序使用",
	    "write the public data for other programs"),
	.description = TEXT(
	    "读取登记库的一个版本，按规则检查，只导出公开站点上有的数据：表格\n"
	    "（csv）、每行一项成果（jsonl）、SQLite 文件，或检索集群的批量请求与\n"
	    "映射（opensearch）。同一提交、同一日期，结果相同。",
	    "Reads one state of the registry, judges it, and writes what the public\n"
	    "site shows and nothing else: tables (csv), an achievement a line\n"
	    "(jsonl), a SQLite file, or bulk requests and mapping for a search\n"
	    "cluster (opensearch). The same commit and day give the same bytes."),
	.run = run,
};
