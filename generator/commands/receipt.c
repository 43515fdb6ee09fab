/* SPDX-License-Identifier: MIT */
/* The server's receipts: written by its post-receive hook, looked through by
 * anybody. */
#include "base/buf.h"
#include "base/diag.h"
#include "base/instant.h"
#include "base/path.h"
#include "base/value.h"
#include "base/vec.h"
#include "catalogue/history_store.h"
#include "commands/command.h"
#include "commands/report.h"
#include "model/record.h"
#include "pipeline/pipeline.h"
#include "pipeline/stage_history.h"
#include "source/history.h"
#include "source/receipt.h"
#include "source/source.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* A push of more branches than this is none that a person makes. */
enum { INPUT_MAX = 16 * 1024 * 1024 };

/* -- writing -------------------------------------------------------------- */

static bool read_input(struct buf *buf)
{
	char chunk[4096];
	ssize_t got;

	while ((got = read(STDIN_FILENO, chunk, sizeof(chunk))) > 0 &&
	    buf->len < INPUT_MAX)
		buf_append(buf, (struct str){ chunk, (size_t)got });
	return got == 0;
}

/* "OLD NEW REF" in each line, as git gives it to the hook. */
static bool parse_input(struct str text, struct vec *pushed)
{
	while (text.len > 0) {
		struct str line = str_cut(&text, '\n');
		struct pushed *one = vec_push(pushed);

		one->old_id = str_cut(&line, ' ');
		one->id = str_cut(&line, ' ');
		one->ref = line;
		if (!str_starts(one->ref, STR("refs/")))
			return false;
	}
	return true;
}

/*
 * HEAD may name a branch that nobody has pushed yet: then what was pushed is
 * looked at. Only the name of the main branch is read from it.
 */
static bool open_source(const struct invocation *invocation,
    const struct vec *pushed, struct source **source, struct diag_list *diags)
{
	struct diag_list silent;
	bool ok;

	diag_list_init(&silent, invocation->arena);
	ok = source_open(invocation->arena, invocation->registry,
	    STR("HEAD"), source, &silent);
	diag_list_dispose(&silent);
	return ok || source_open(invocation->arena, invocation->registry,
	    pushed->count > 0 ? ((const struct pushed *)
		vec_at(pushed, pushed->count - 1))->id : STR("HEAD"),
	    source, diags);
}

static struct str main_branch(const struct invocation *invocation,
    struct source *source)
{
	static const struct str path = { "content/site.yaml", 17 };
	const struct frontmatter_limits limits = FRONTMATTER_LIMITS_DEFAULT;
	struct reader reader = source_reader(source);
	struct str bytes, branch = STR_NONE;
	struct diag_list ignored;
	struct record record;

	diag_list_init(&ignored, invocation->arena);
	if (reader.read(reader.context, path, invocation->arena, &bytes,
	    &ignored) && record_parse(invocation->arena, path, bytes, &limits,
	    &record, &ignored))
		branch = value_text_at(record.data, STR("history.branch"));
	diag_list_dispose(&ignored);
	if (str_starts(branch, STR("refs/")))
		return branch;
	return str_join(invocation->arena, STR("refs/heads/"),
	    branch.len > 0 ? branch : STR("main"));
}

static bool write_them(const struct invocation *invocation, int64_t seconds,
    const struct vec *pushed, size_t *written, struct diag_list *diags)
{
	struct receipt_request request = { .seconds = seconds,
		.account = invocation_value(invocation, "account"),
		.key = invocation_value(invocation, "key"),
		.is_dry = invocation_has(invocation, "dry-run") };
	struct source *source;
	bool ok;

	if (!open_source(invocation, pushed, &source, diags))
		return false;
	request.branch = main_branch(invocation, source);
	ok = receipts_write(invocation->arena, source, &request,
	    pushed->items, pushed->count, written, diags);
	source_close(source);
	return ok;
}

static int finish(const struct invocation *invocation,
    struct diag_list *diags)
{
	int status;

	diag_sort(diags);
	report_print(invocation->lang, diags, stderr);
	status = report_status(diags);
	diag_list_dispose(diags);
	return status;
}

static int run_write(const struct invocation *invocation, int64_t seconds)
{
	static const struct text no_lines = TEXT(
	    "标准输入应是 git 给 post-receive 钩子的各行：旧提交 新提交 引用",
	    "standard input is what git gives to a post-receive hook: lines of "
	    "OLD NEW REF");
	static const struct text done = TEXT("%.*s 收到 %zu 个提交\n",
	    "%.*s received %zu commits\n");
	static const struct text plan = TEXT(
	    "%.*s 会记 %zu 个提交为收到；没有写入\n",
	    "%.*s would note %zu commits as received; nothing was written\n");
	const bool is_dry = invocation_has(invocation, "dry-run");
	struct diag_list diags;
	struct vec pushed;
	struct buf input;
	size_t written = 0;
	int status;

	buf_init(&input);
	vec_init(&pushed, sizeof(struct pushed));
	diag_list_init(&diags, invocation->arena);
	if (!read_input(&input) || !parse_input(buf_str(&input), &pushed)) {
		status = invocation_usage(invocation, &no_lines, STR_NONE);
		diag_list_dispose(&diags);
	} else {
		if (write_them(invocation, seconds, &pushed, &written, &diags))
			printf(invocation_text(invocation,
			    is_dry ? &plan : &done),
			    STR_ARG(instant_format(invocation->arena, seconds,
				ZONE_CHINA)), written);
		status = finish(invocation, &diags);
	}
	vec_dispose(&pushed);
	buf_dispose(&input);
	return status;
}

/* What is wrong with files is no matter here, if history can be read. */
static bool open_registry(const struct invocation *invocation,
    struct pipeline *pipeline, struct diag_list *diags)
{
	struct diag_list found;
	bool ok;

	diag_list_init(&found, invocation->arena);
	ok = invocation_open_pipeline(invocation, true, pipeline, &found);
	for (size_t i = 0; !ok && i < found.items.count; i++)
		diag_add(diags, vec_at(&found.items, i));
	diag_list_dispose(&found);
	pipeline->diags = diags;
	return ok;
}

/* -- looking through them ------------------------------------------------- */

static bool look_through(struct pipeline *pipeline, size_t *count)
{
	struct chronicle chronicle;
	bool ok = chronicle_open(&chronicle, pipeline->registry.source,
	    pipeline->settings, pipeline->arena, &pipeline->progress,
	    pipeline->jobs, pipeline->diags);

	*count = 0;
	if (ok && chronicle.store != NULL) {
		history_store_faults(chronicle.store, 0, receipt_report,
		    pipeline->diags);
		*count = history_store_note_count(chronicle.store);
		ok = history_store_is_well(chronicle.store, pipeline->diags);
	}
	chronicle_close(&chronicle);
	return ok;
}

static int run_check(const struct invocation *invocation)
{
	static const struct text sum = TEXT(
	    "%zu 个提交有收件凭据，其中 %zu 个有问题\n",
	    "%zu commits have receipts, %zu of them faulty\n");
	struct pipeline pipeline;
	struct diag_list diags;
	size_t count;

	diag_list_init(&diags, invocation->arena);
	if (open_registry(invocation, &pipeline, &diags)) {
		if (look_through(&pipeline, &count))
			printf(invocation_text(invocation, &sum), count,
			    diags.items.count);
	}
	pipeline_close(&pipeline);
	return finish(invocation, &diags);
}

/* -- when everything came ------------------------------------------------- */

static void print_moment(struct arena *arena, bool is_known, int64_t seconds)
{
	struct str text = is_known ? instant_format(arena, seconds,
	    ZONE_CHINA) : STR("-");

	printf("\t%.*s", STR_ARG(text));
}

static void print_arrival(void *context, const struct arrival *arrival)
{
	struct arena arena;

	(void)context;
	arena_init(&arena);
	report_text(arrival->path, stdout);
	print_moment(&arena, arrival->is_received, arrival->received);
	printf("\t%s\t%.*s", !arrival->is_received ? "-" :
	    arrival->by_commit ? "commit" : "landing",
	    STR_ARG(arrival->account.len > 0 ? arrival->account : STR("-")));
	print_moment(&arena, arrival->has_landed, arrival->landed);
	printf("\t%.12s", str_hex(&arena, arrival->landing).ptr);
	print_moment(&arena, true, arrival->stated);
	putchar('\n');
	arena_dispose(&arena);
}

static int run_list(const struct invocation *invocation)
{
	struct chronicle chronicle;
	struct pipeline pipeline;
	struct diag_list diags;

	diag_list_init(&diags, invocation->arena);
	if (open_registry(invocation, &pipeline, &diags)) {
		if (chronicle_open(&chronicle, pipeline.registry.source,
		    pipeline.settings, pipeline.arena, &pipeline.progress,
		    pipeline.jobs, &diags) && chronicle.shown > 0)
			history_store_arrivals(chronicle.store,
			    chronicle.shown,
			    history_branch(chronicle.history), STR_NONE,
			    print_arrival,
			    NULL);
		chronicle_close(&chronicle);
	}
	pipeline_close(&pipeline);
	return finish(invocation, &diags);
}

/* -- the command ---------------------------------------------------------- */

static int run(struct invocation *invocation)
{
	static const struct text no_task = TEXT("应为 write、check 或 list",
	    "it is write, check or list");
	static const struct text no_time = TEXT(
	    "时间应写作 2026-11-21T08:15:30+08:00",
	    "a time is written 2026-11-21T08:15:30+08:00");
	static const struct text no_account = TEXT(
	    "账号只能用字母、数字和 . _ @ + -",
	    "an account is of letters, digits and . _ @ + -");
	struct str at = invocation_value(invocation, "at");
	struct str account = invocation_value(invocation, "account");
	int64_t seconds = (int64_t)time(NULL);

	if (str_eq(invocation->operands[0], STR("check")))
		return run_check(invocation);
	if (str_eq(invocation->operands[0], STR("list")))
		return run_list(invocation);
	if (!str_eq(invocation->operands[0], STR("write")))
		return invocation_usage(invocation, &no_task,
		    invocation->operands[0]);
	if (at.len > 0 && !instant_parse(at, &seconds))
		return invocation_usage(invocation, &no_time, at);
	if (account.len > 0 && !receipt_account_is_plain(account))
		return invocation_usage(invocation, &no_account, account);
	return run_write(invocation, seconds);
}

static const struct option options[] = {
	{ 0, "account", "NAME", TEXT("write：推送者的账号，由服务器认定",
	    "write: the account that pushed, as the server knows it") },
	{ 0, "key", "FILE", TEXT("write：用该 SSH 私钥签署",
	    "write: sign with this private SSH key") },
	{ 0, "at", "TIME", TEXT("write：收到的时间（缺省：现在），补写时取自服务器日志",
	    "write: when it was received (default: now), from the server's "
	    "log") },
	{ 'n', "dry-run", NULL, TEXT("write：只说明会记多少个提交，不写入",
	    "write: only say how many commits would be noted") },
	{ .name = NULL },
};

const struct command command_receipt = {
	.name = "receipt",
	.operands = "write|check|list",
	.common = COMMON_REGISTRY | COMMON_REV | COMMON_JOBS,
	.options = options,
	.least_operands = 1,
	.most_operands = 1,
	.summary = TEXT("服务器写下或核对收件凭据",
	    "the server notes when it received a push; anybody verifies it"),
	.description = TEXT(
	    "write 由服务器的 post-receive 钩子运行：从标准输入读各引用的变化，为新到的提交\n"
	    "写下收件时间（git notes，refs/notes/receipts）。\n"
	    "check 核对全部收件凭据：格式、所指提交、先后、签名；content/site.yaml 的\n"
	    "receipts.keys 列出签署凭据的公钥。有问题的凭据不予采信，退出码为 1。\n"
	    "list 列出每个文件何时收到、何时进入主分支；提交自称的时间在最后一列，不作依据。",
	    "write is run by the server's post-receive hook: it reads from standard input what\n"
	    "happened to each ref, and notes for the commits that are new when they came (git\n"
	    "notes in refs/notes/receipts). check looks through all receipts: form, commit,\n"
	    "order, signature; receipts.keys of content/site.yaml lists the keys that sign them.\n"
	    "What is faulty counts for nothing, and the exit status is 1. list tells for each\n"
	    "file when it was received and when it came to the main branch; what the commit\n"
	    "says of itself is in the last column and proves nothing."),
	.run = run,
};
