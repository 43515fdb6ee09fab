/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/json.h"
#include "base/path.h"
#include "base/reader.h"
#include "base/value.h"
#include "commands/command.h"
#include "commands/report.h"
#include "commands/template_variables.h"
#include "model/frontmatter.h"
#include "render/template.h"

#include <stdio.h>

enum { DATA_KIB_MAX = 16 * 1024 };

/* The data, by the name's ending: JSON, or YAML for anything else. No data is
 * an empty map. */
static bool read_data(const struct invocation *invocation,
    struct value **data, struct diag_list *diags)
{
	const struct frontmatter_limits limits = {
		(size_t)DATA_KIB_MAX * 1024, JSON_DEPTH_MAX
	};
	struct str path = invocation_value(invocation, "data");
	struct arena *arena = invocation->arena;
	struct str bytes;

	if (path.ptr == NULL) {
		*data = value_map(arena);
		return true;
	}
	if (!file_read(arena, path, &bytes, diags))
		return false;
	if (str_eq(path_extension(path), STR(".json")))
		return json_parse(arena, path, bytes, data, diags);
	return yaml_parse(arena, path, bytes, &limits, data, diags);
}

/* The template, and from its folder what it includes. */
static bool open_template(const struct invocation *invocation,
    struct folder *folder, struct reader *reader, struct template **template,
    struct diag_list *diags)
{
	struct template_file file = { .path = invocation->operands[0] };
	struct str name = path_folder(file.path);

	if (!file_read(invocation->arena, file.path, &file.source, diags))
		return false;
	if (name.len == 0)
		name = str_starts(file.path, STR("/")) ? STR("/") : STR(".");
	if (!folder_open_existing(name, folder, diags))
		return false;
	*reader = folder_reader(folder);
	return template_open(invocation->arena, reader, STR_NONE, &file,
	    template, diags);
}

static bool render(const struct invocation *invocation, struct buf *page,
    struct diag_list *diags)
{
	struct folder folder = { .descriptor = -1 };
	struct template *template;
	struct reader reader;
	struct value *data;
	bool good;

	good = read_data(invocation, &data, diags);
	good = open_template(invocation, &folder, &reader, &template, diags) &&
	    good;
	good = good && template_render(template, data, page, diags);
	if (folder.descriptor >= 0)
		folder_close(&folder);
	return good;
}

/* Partials are named as seen from the template's folder; people want names as
 * seen from where they are. */
static void name_files(const struct invocation *invocation,
    struct diag_list *diags)
{
	struct str path = invocation->operands[0];
	struct str folder = path_folder(path);

	for (size_t i = 0; i < diags->items.count; i++) {
		struct diagnostic *d = vec_at(&diags->items, i);

		if (!str_eq(d->mark.path, path) && !str_eq(d->mark.path,
		    invocation_value(invocation, "data")))
			d->mark.path = path_join(diags->arena, folder,
			    d->mark.path);
	}
}

static int run(struct invocation *invocation)
{
	static const struct text no_file = TEXT("缺少模板文件",
	    "the template's file is missing");
	struct diag_list diags;
	struct buf page;
	int status;

	if (invocation_has(invocation, "variables"))
		return template_variables(invocation);
	if (invocation->operand_count == 0)
		return invocation_usage(invocation, &no_file, STR_NONE);
	diag_list_init(&diags, invocation->arena);
	buf_init(&page);
	if (render(invocation, &page, &diags))
		(void)fwrite(page.ptr, 1, page.len, stdout);
	name_files(invocation, &diags);
	diag_sort(&diags);
	report_print(invocation->lang, &diags, stderr);
	status = report_status(&diags);
	buf_dispose(&page);
	diag_list_dispose(&diags);
	return status;
}

static const struct option options[] = {
	{ 'd', "data", "DATA", TEXT("数据文件，YAML 或 JSON（缺省：没有数据）",
	    "file with the data, YAML or JSON (default: no data)") },
	{ 0, "variables", NULL, TEXT(
	    "列出登记库的页面给各模板的变量，并核对主题中的名称",
	    "list what the registry's pages give each template, and hold the "
	    "theme's names against it") },
	{ 0, "private", "DIR", TEXT("与 --variables 连用：也看非公开目录的页面",
	    "with --variables: of the private folder's pages too") },
	{ .name = NULL },
};

const struct command command_template = {
	.name = "template",
	.operands = "[FILE]",
	.common = COMMON_REGISTRY | COMMON_REV | COMMON_AS_OF,
	.options = options,
	.least_operands = 0,
	.most_operands = 1,
	.summary = TEXT("用给定数据渲染一个模板",
	    "render a template with data given"),
	.description = TEXT(
	    "渲染一个 Mustache 模板并输出结果，供主题作者试用。局部模板与上级\n"
	    "模板取自同一文件夹（名称.mustache）。有错误时不输出。\n"
	    "--variables 不渲染：按登记库当前的内容，逐个模板列出可用的变量。",
	    "Renders a Mustache template, for authors of themes. Partials and\n"
	    "parents are taken from the same folder (NAME.mustache). With errors\n"
	    "nothing is written. --variables renders nothing: it lists, template by\n"
	    "template, what there is to show of the registry as it is."),
	.run = run,
};
