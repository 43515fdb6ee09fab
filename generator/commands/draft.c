/* SPDX-License-Identifier: MIT */
/* First versions of bulletins, releases, rankings and notices. */
#include "commands/draft.h"

#include "base/buf.h"
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "commands/command.h"
#include "commands/record_file.h"
#include "commands/report.h"
#include "model/codes.h"
#include "pipeline/pipeline.h"
#include "schema/schema.h"
#include "schema/skeleton.h"

#include <stdio.h>

static bool read_kind(const struct invocation *invocation,
    struct draft *draft)
{
	static const struct {
		const char *name;
		enum kind kind;
	} kinds[] = {
		{ "bulletin", KIND_BULLETIN }, { "release", KIND_RELEASE },
		{ "ranking", KIND_RANKING }, { "notice", KIND_PAGE },
	};
	static const struct text unknown = TEXT(
	    "可以起草的是 bulletin、release、ranking、notice，没有",
	    "what can be drafted is a bulletin, release, ranking or notice, "
	    "not");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!str_eq(invocation->operands[0],
		    str_from(kinds[i].name)))
			continue;
		draft->kind = kinds[i].kind;
		return true;
	}
	(void)invocation_usage(invocation, &unknown, invocation->operands[0]);
	return false;
}

/* A notice is a page about a month, and is named after it. */
static bool read_id(const struct invocation *invocation, struct draft *draft)
{
	static const struct text bad = TEXT("标识的写法不对，应如",
	    "this is no id, which would be such as");
	struct str id = invocation->operands[1];
	enum kind form = draft->kind == KIND_PAGE ? KIND_BULLETIN :
	    draft->kind;

	if (!kind_id_is_valid(form, id)) {
		(void)invocation_usage(invocation, &bad,
		    kind_info(form)->example);
		return false;
	}
	draft->id = id;
	if (draft->kind != KIND_PAGE)
		return true;
	(void)!month_parse(id, &draft->first);
	draft->last = date_add_days(date_add_months(draft->first, 1), -1);
	draft->id = str_join(invocation->arena, STR("notices/monthly-"), id);
	return true;
}

/* --field and --city, written as code or in Chinese; as code in the draft. */
static bool read_filter(const struct invocation *invocation,
    const struct codes *codes, const char *option, const char *list,
    struct str *filter)
{
	static const struct text unknown = TEXT("没有这个领域或地市",
	    "there is no such field or city");
	struct str value = invocation_value(invocation, option);
	const struct code *code = code_find(codes_list(codes, str_from(list)),
	    value);

	if (value.ptr == NULL)
		return true;
	if (code == NULL) {
		(void)invocation_usage(invocation, &unknown, value);
		return false;
	}
	*filter = code->code;
	return true;
}

struct str draft_path(const struct draft *draft)
{
	return record_path(draft->pipeline->arena, draft->kind, draft->id);
}

static void tell(const struct invocation *invocation,
    const struct draft *draft)
{
	static const struct text made = TEXT(
	    "已起草 %.*s：预选 %zu 项，另列 %zu 项\n"
	    "改好后运行：zheli check %.*s\n",
	    "drafted %.*s: %zu items picked, %zu more told\n"
	    "edit it, then run: zheli check %.*s\n");
	static const struct text noted = TEXT(
	    "已起草 %.*s：公告 %zu 项\n改好后运行：zheli check %.*s\n",
	    "drafted %.*s: %zu items announced\n"
	    "edit it, then run: zheli check %.*s\n");
	struct str path = draft_path(draft);

	if (draft->kind == KIND_PAGE)
		printf(invocation_text(invocation, &noted), STR_ARG(path),
		    draft->picked, STR_ARG(path));
	else
		printf(invocation_text(invocation, &made), STR_ARG(path),
		    draft->picked, draft->listed, STR_ARG(path));
}

static bool write_draft(const struct invocation *invocation,
    const struct draft *draft, struct diag_list *diags)
{
	struct pipeline *pipeline = draft->pipeline;
	const struct record_file file = { .registry = &pipeline->registry,
		.path = draft_path(draft) };
	struct buf text;
	bool ok = true;

	buf_init(&text);
	skeleton_write(schema_fields(pipeline->schemas, draft->kind),
	    &pipeline->codes, draft->presets, draft->lang, &text);
	if (invocation_has(invocation, "stdout"))
		(void)!fwrite(text.ptr, 1, text.len, stdout);
	else
		ok = record_file_create(invocation, &file, buf_str(&text),
		    diags);
	if (ok && !invocation_has(invocation, "stdout") &&
	    !invocation_has(invocation, "dry-run"))
		tell(invocation, draft);
	buf_dispose(&text);
	return ok;
}

static bool make(const struct invocation *invocation, struct draft *draft,
    struct diag_list *diags)
{
	struct pipeline *pipeline = draft->pipeline;
	const struct record_file file = { .registry = &pipeline->registry,
		.path = draft_path(draft) };
	size_t failures;

	/* Before the work, not after it. */
	if (!invocation_has(invocation, "stdout") &&
	    !record_file_is_free(invocation, &file, diags))
		return false;
	if (!pipeline_judge(pipeline))
		return false;
	failures = diag_errors(diags);
	draft->presets = value_map(pipeline->arena);
	if (draft->kind == KIND_PAGE) {
		draft_notice(draft);
	} else {
		draft_record(draft);
		draft_items(draft);
	}
	return catalogue_is_well(pipeline->catalogue, diags) &&
	    write_draft(invocation, draft, diags) &&
	    diag_errors(diags) == failures;
}

static int run(struct invocation *invocation)
{
	struct pipeline pipeline;
	struct draft draft = { .pipeline = &pipeline,
		.lang = invocation->lang };
	struct diag_list diags;
	bool is_made;
	int status = EXIT_USAGE;

	if (!read_kind(invocation, &draft) || !read_id(invocation, &draft))
		return EXIT_USAGE;
	diag_list_init(&diags, invocation->arena);
	if (!invocation_open_pipeline(invocation,
		invocation_has(invocation, "quiet"), &pipeline, &diags))
		is_made = false;
	else if (read_filter(invocation, &pipeline.codes, "field",
	    "highlands", &draft.field) && read_filter(invocation,
	    &pipeline.codes, "city", "divisions", &draft.city))
		is_made = make(invocation, &draft, &diags);
	else
		goto done;
	if (!is_made) {
		diag_sort(&diags);
		report_print(invocation->lang, &diags, stderr);
		status = report_status(&diags);
	} else {
		status = EXIT_FINE;
	}
done:
	pipeline_close(&pipeline);
	diag_list_dispose(&diags);
	return status;
}

static const struct option options[] = {
	{ 0, "field", "FIELD", TEXT("只选一个科创高地的成果，如 新材料",
	    "only achievements of one field, such as 新材料") },
	{ 0, "city", "CITY", TEXT("只选一个设区市的成果，如 杭州市 或 330100",
	    "only achievements of one city, such as 杭州市 or 330100") },
	{ 0, "stdout", NULL, TEXT("写到标准输出，不建文件",
	    "write to standard output, make no file") },
	{ 'n', "dry-run", NULL, TEXT("只说明会写哪个文件，不写",
	    "only say which file would be written") },
	{ 0, "force", NULL, TEXT("已有的文件也覆盖，不再询问",
	    "write over a file that is there, without asking") },
	{ 'q', "quiet", NULL, TEXT("不显示进度", "show no progress") },
	{ .name = NULL },
};

const struct command command_draft = {
	.name = "draft",
	.operands = "KIND ID",
	.common = COMMON_REGISTRY | COMMON_REV | COMMON_AS_OF | COMMON_JOBS,
	.options = options,
	.least_operands = 2,
	.most_operands = 2,
	.summary = TEXT("起草月报、发布、榜单或公告，附候选成果和理由",
	    "draft a bulletin, release, ranking or notice, with candidates"),
	.description = TEXT(
	    "KIND 为 bulletin、release、ranking 或 notice；ID 为该记录的标识，如 2026-06、\n"
	    "2026-q2、2026-09-15-new-materials、2026；notice 写月份。从成果库中预选若干项，\n"
	    "其余候选作为注释列出，各附理由；能否列入由规则判断，次序见 zheli-draft(1)。\n"
	    "期号接着上一期，报送对象同上一期。已有的文件经同意才覆盖。",
	    "KIND is bulletin, release, ranking or notice; ID that of the record, such as\n"
	    "2026-06, 2026-q2, 2026-09-15-new-materials, 2026; a month for a notice. Some\n"
	    "of the library are picked, further candidates told in comments, all with the\n"
	    "reasons: the rules say what may be named. Issues are numbered on, recipients\n"
	    "are those of the last one. A file that is there already is replaced only with\n"
	    "your consent."),
	.run = run,
};
