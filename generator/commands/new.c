/* SPDX-License-Identifier: MIT */
/* A commented record to fill in; on a terminal, with a few questions first. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/value.h"
#include "commands/command.h"
#include "commands/new_theme.h"
#include "commands/record_file.h"
#include "commands/report.h"
#include "model/codes.h"
#include "model/kind.h"
#include "pipeline/overlay.h"
#include "pipeline/registry.h"
#include "schema/fields.h"
#include "schema/schema.h"
#include "schema/skeleton.h"

#include <stdio.h>
#include <unistd.h>

/* What a person knows at once, asked in this order on a terminal. */
static const struct {
	enum kind kind;
	const char *field;
	struct text question;
} questions[] = {
	{ KIND_ACHIEVEMENT, "title", TEXT("成果名称：", "title: ") },
	{ KIND_UNIT, "name", TEXT("单位名称：", "name: ") },
	{ KIND_PROJECT, "name", TEXT("项目名称：", "name: ") },
	{ KIND_RELEASE, "title", TEXT("活动名称：", "title: ") },
	{ KIND_RANKING, "title", TEXT("榜单名称：", "title: ") },
	{ KIND_BULLETIN, "title", TEXT("月报名称：", "title: ") },
	{ KIND_PAGE, "title", TEXT("页面标题：", "title: ") },
	{ KIND_EXPERT, "name", TEXT("专家姓名：", "name: ") },
	{ KIND_PANEL, "title", TEXT("专家组名称：", "title: ") },
};

static void ask(const struct invocation *invocation, enum kind kind,
    struct value *presets)
{
	char line[1024];

	if (isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1 ||
	    invocation_has(invocation, "dry-run"))
		return;
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		struct str answer;

		if (questions[i].kind != kind)
			continue;
		fputs(invocation_text(invocation, &questions[i].question),
		    stdout);
		(void)fflush(stdout);
		if (fgets(line, sizeof(line), stdin) == NULL)
			return;
		answer = str_trim(str_from(line));
		if (answer.len > 0)
			value_set(invocation->arena, presets,
			    str_from(questions[i].field),
			    value_text(invocation->arena,
				str_dup(invocation->arena, answer)));
	}
}

/* What follows from the place of the record. */
static struct value *make_presets(const struct invocation *invocation,
    enum kind kind, struct str id)
{
	struct arena *arena = invocation->arena;
	struct value *presets = value_map(arena);

	if (kind == KIND_ACHIEVEMENT)
		value_add(arena, presets, STR("submitter"),
		    value_text(arena, record_unit(kind, id)));
	if (kind == KIND_RANKING)
		value_add(arena, presets, STR("year"), value_text(arena, id));
	ask(invocation, kind, presets);
	return presets;
}

/* The folder that --private names, or empty: then it is the registry's. */
static bool write_record(const struct invocation *invocation,
    const struct registry *registry, struct str path, struct str text,
    struct diag_list *diags)
{
	const struct record_file file = { .registry = registry,
		.other = invocation_value(invocation, "private"),
		.path = path };

	return (file.other.len == 0 ||
	    overlay_is_apart(registry->source, file.other, diags)) &&
	    record_file_create(invocation, &file, text, diags);
}

/* Tells what was made, and how to have it judged. */
static void tell(const struct invocation *invocation, struct str path)
{
	static const struct text made = TEXT(
	    "已新建 %.*s\n填好后运行：zheli check %.*s%.*s\n",
	    "made %.*s\nfill it in, then run: zheli check %.*s%.*s\n");
	struct str other = invocation_value(invocation, "private");
	struct str option = STR_NONE;

	if (other.len > 0) {
		option = str_format(invocation->arena, "--private %.*s ",
		    STR_ARG(other));
		path = path_join(invocation->arena, other, path);
	}
	printf(invocation_text(invocation, &made), STR_ARG(path),
	    STR_ARG(option), STR_ARG(path));
}

static bool make(const struct invocation *invocation,
    struct registry *registry, enum kind kind, struct str id,
    struct diag_list *diags)
{
	struct str path = record_path(invocation->arena, kind, id);
	struct schema_set *schemas;
	struct codes codes;
	struct buf text;
	bool ok;

	if (!codes_load(invocation->arena, &registry->reader,
	    STR("schemas/codes/"), &codes, diags) ||
	    !schema_set_open(invocation->arena, &registry->reader, &codes,
		&schemas, diags))
		return false;
	buf_init(&text);
	skeleton_write(schema_fields(schemas, kind), &codes,
	    make_presets(invocation, kind, id), invocation->lang, &text);
	if (invocation_has(invocation, "stdout")) {
		fputs(text.ptr, stdout);
		ok = true;
	} else {
		ok = write_record(invocation, registry, path, buf_str(&text),
		    diags);
		if (ok && !invocation_has(invocation, "dry-run"))
			tell(invocation, path);
	}
	buf_dispose(&text);
	schema_set_close(schemas);
	return ok;
}

/* Of a record that stands in the folder of its unit. */
static bool lacks_unit(enum kind kind, struct str id)
{
	return str_find_char(kind_info(kind)->example, '/', 0) !=
	    STR_NOT_FOUND && str_find_char(id, '/', 0) == STR_NOT_FOUND;
}

/* Which record is asked for; false with `*status` if that is not clear. */
static bool choose(const struct invocation *invocation, enum kind *kind,
    struct str *id, int *status)
{
	static const struct text no_kind = TEXT("没有这种记录",
	    "no such kind of record");
	static const struct text no_id = TEXT("缺少标识，例如",
	    "the id is missing, for example");
	static const struct text no_unit = TEXT("标识应为 <单位>/<短名>，例如",
	    "the id is <unit>/<slug>, for example");
	static const struct text no_folder = TEXT(
	    "这种记录不公开，请以 --private DIR 给出非公开目录",
	    "such records are private: name the private folder, --private DIR");
	static const struct text not_private = TEXT(
	    "这种记录属于登记库，不写进非公开目录",
	    "such records belong in the registry, not in the private folder");
	struct str name = invocation->operands[0];
	bool is_private = invocation_has(invocation, "private");

	if (!kind_find(name, kind))
		*status = invocation_usage(invocation, &no_kind, name);
	else if (*kind != KIND_SITE && invocation->operand_count == 1)
		*status = invocation_usage(invocation, &no_id,
		    kind_info(*kind)->example);
	else if (*kind != KIND_SITE && lacks_unit(*kind,
	    invocation->operands[1]))
		*status = invocation_usage(invocation, &no_unit,
		    kind_info(*kind)->example);
	else if (is_private && !kind_info(*kind)->is_private)
		*status = invocation_usage(invocation, &not_private, name);
	else if (kind_info(*kind)->is_private &&
	    invocation_value(invocation, "private").len == 0 &&
	    !invocation_has(invocation, "stdout"))
		*status = invocation_usage(invocation, &no_folder, name);
	else {
		*id = invocation->operand_count > 1 ?
		    invocation->operands[1] : STR("site");
		return true;
	}
	return false;
}

static bool id_is_valid(const struct invocation *invocation, enum kind kind,
    struct str id, struct diag_list *diags)
{
	struct str path = record_path(invocation->arena, kind, id);
	struct content_path what;

	return kind_info(kind)->is_private ?
	    kind_of_private_path(path, &what, diags) :
	    kind_of_path(path, &what, diags);
}

/* The name of the theme asked for; false with `*status` if there is none. */
static bool choose_theme(const struct invocation *invocation, struct str *name,
    int *status)
{
	static const struct text no_name = TEXT(
	    "缺少主题名（小写字母、数字、连字符），例如",
	    "the theme's name is missing (lower-case letters, digits, hyphens), for example");
	static const struct text not_here = TEXT(
	    "新建主题不用 --private 和 --stdout",
	    "a theme is made without --private and --stdout");

	*name = invocation->operand_count > 1 ? invocation->operands[1] :
	    STR_NONE;
	if (!new_theme_is_name(*name))
		*status = invocation_usage(invocation, &no_name,
		    STR("zheli new theme winter"));
	else if (invocation_has(invocation, "private") ||
	    invocation_has(invocation, "stdout"))
		*status = invocation_usage(invocation, &not_here, STR_NONE);
	else
		return true;
	return false;
}

static int run(struct invocation *invocation)
{
	bool is_theme = str_eq(invocation->operands[0], STR("theme"));
	struct registry registry;
	struct diag_list diags;
	struct str id;
	enum kind kind = KIND_SITE;
	int status;

	if (is_theme ? !choose_theme(invocation, &id, &status) :
	    !choose(invocation, &kind, &id, &status))
		return status;
	diag_list_init(&diags, invocation->arena);
	if (!is_theme && !id_is_valid(invocation, kind, id, &diags)) {
		report_print(invocation->lang, &diags, stderr);
		diag_list_dispose(&diags);
		return EXIT_USAGE;
	}
	if (invocation_open_content(invocation, &registry, &diags)) {
		(void)(is_theme ?
		    new_theme(invocation, &registry, id, &diags) :
		    make(invocation, &registry, kind, id, &diags));
		registry_close(&registry);
	}
	report_print(invocation->lang, &diags, stderr);
	status = report_status(&diags);
	diag_list_dispose(&diags);
	return status;
}

static const struct option options[] = {
	{ 0, "private", "DIR", TEXT(
	    "非公开目录：放 expert、credit、panel、sanction",
	    "the private folder, for expert, credit, panel and sanction") },
	{ 0, "stdout", NULL, TEXT("写到标准输出，不建文件",
	    "write to standard output, make no file") },
	{ 'n', "dry-run", NULL, TEXT("只说明会写哪个文件，不写",
	    "only say which file would be written") },
	{ 0, "force", NULL, TEXT("已有的文件也覆盖，不再询问",
	    "write over a file that is there, without asking") },
	{ .name = NULL },
};

const struct command command_new = {
	.name = "new",
	.operands = "KIND [ID]",
	.common = COMMON_REGISTRY,
	.options = options,
	.least_operands = 1,
	.most_operands = 2,
	.summary = TEXT("新建一条带说明的记录，供填写",
	    "make a commented record to fill in"),
	.description = TEXT(
	    "KIND 为 achievement（成果）、dossier（档案）、unit（单位）、bulletin（月报）、\n"
	    "release（发布）、ranking（榜单）、project（项目）、page（页面）或 site（设置），在非公开目录\n"
	    "（--private）中为 expert（专家）、credit（信誉）、panel（专家组）、sanction（处理）；\n"
	    "ID 为文件路径，如 demo-lab/chip。在终端上会先问几个问题；已有的文件经同意才覆盖。\n"
	    "KIND 为 theme 时，新建继承 zheli 的主题，ID 为主题名。",
	    "KIND is achievement, dossier, unit, bulletin, release, ranking, project,\n"
	    "page or site; in the private folder (--private) expert, credit, panel or\n"
	    "sanction. ID is the path of the file, e.g. demo-lab/chip. Asks a few\n"
	    "questions on a terminal. A file that is there already is replaced only with\n"
	    "your consent.\n"
	    "KIND theme makes a theme that inherits zheli; ID is its name."),
	.run = run,
};
