/* SPDX-License-Identifier: MIT */
/* Whether a public site is what a commit gives: it is built once more, and
 * every file of both is held against the other. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/map.h"
#include "base/path.h"
#include "base/reader.h"
#include "base/vec.h"
#include "commands/command.h"
#include "commands/report.h"
#include "commands/signers.h"
#include "pipeline/overlay.h"
#include "pipeline/pipeline.h"
#include "pipeline/scratch.h"
#include "site/compress.h"
#include "site/documents.h"
#include "site/manifest.h"
#include "site/site_compare.h"
#include "site/site_log.h"
#include "site/sites.h"
#include "source/receipt.h"
#include "source/source.h"

#include <stdio.h>
#include <string.h>

struct verifying {
	const struct invocation *invocation;
	struct arena *arena;
	struct diag_list *diags;
	struct folder folder;		/* the site */
	struct manifest manifest;
	struct str sums_text;
	struct map sums;		/* as SHA256SUMS lists them */
	struct map found;		/* as they are */
	struct map expected;		/* as they should be */
	struct map copies;		/* what compressed ones should hold */
	struct site_log log;		/* of the rebuilt site */
	struct str rev, as_of;
	size_t files;			/* that there should be */
	size_t changed_since;		/* of what differs, how many are not
					 * as SHA256SUMS lists them */
	size_t other_copies;		/* and how many are copies */
};

/* -- what the site says of itself ------------------------------------------ */

static bool has_option(const struct verifying *verifying, const char *name)
{
	return invocation_has(verifying->invocation, name);
}

static bool open_site(struct verifying *verifying)
{
	struct str path = verifying->invocation->operands[0];
	struct diag_list no_matter;
	struct reader reader;
	bool ok;

	diag_list_init(&no_matter, verifying->arena);
	ok = folder_open_existing(path, &verifying->folder, &no_matter);
	if (ok) {
		reader = folder_reader(&verifying->folder);
		ok = manifest_read(&verifying->folder, verifying->arena,
		    &verifying->manifest) && reader.read(reader.context,
		    MANIFEST_SUMS, verifying->arena, &verifying->sums_text,
		    &no_matter) && manifest_parse_sums(verifying->sums_text,
		    verifying->arena, &verifying->sums);
	}
	diag_list_dispose(&no_matter);
	return ok || diag_report(verifying->diags,
	    ((struct mark){ .path = path }), DIAG_NO_MANIFEST, path);
}

/* The words of the command line go before those of the manifest. */
static bool choose(struct verifying *verifying)
{
	const struct invocation *invocation = verifying->invocation;
	const struct manifest *manifest = &verifying->manifest;
	struct str path = invocation->operands[0];
	struct str rev = invocation_value(invocation, "rev");
	struct str as_of = invocation_value(invocation, "as-of");

	verifying->rev = rev.len > 0 ? rev : manifest->commit;
	verifying->as_of = as_of.len > 0 ? as_of : manifest->as_of;
	if (!str_eq(manifest->version, STR(ZHELI_VERSION)))
		(void)diag_report(verifying->diags,
		    ((struct mark){ .path = MANIFEST_FACTS }),
		    DIAG_MANIFEST_OF_OTHER_VERSION, manifest->version,
		    STR(ZHELI_VERSION));
	return verifying->rev.len > 0 || has_option(verifying, "no-rebuild") ||
	    diag_report(verifying->diags, ((struct mark){ .path = path }),
		DIAG_MANIFEST_WITHOUT_COMMIT, path);
}

/* -- the site once more ---------------------------------------------------- */

/* PDFs are made again only by the WeasyPrint that made them. */
static bool choose_documents(struct verifying *verifying, struct str scratch,
    struct sites_request *request)
{
	struct str made_by = verifying->manifest.weasyprint, program, here;

	request->documents = &verifying->sums;
	request->weasyprint = made_by;
	if (made_by.len == 0) {
		request->documents = NULL;
		return true;
	}
	if (!documents_ask(verifying->arena, scratch, &program, &here,
	    verifying->diags))
		return false;
	request->with_pdf = str_eq(here, made_by);
	if (request->with_pdf)
		request->documents = NULL;
	else
		(void)diag_report(verifying->diags,
		    ((struct mark){ .path = MANIFEST_FACTS }),
		    DIAG_MANIFEST_OF_OTHER_WEASYPRINT, made_by,
		    here.len > 0 ? here : STR("-"));
	return true;
}

static void compare_receipts(const struct verifying *verifying,
    const struct pipeline *pipeline)
{
	struct str then = verifying->manifest.receipts;

	if (!str_eq(then, source_reference(pipeline->registry.source,
	    RECEIPTS_REF)))
		(void)diag_report(verifying->diags,
		    ((struct mark){ .path = MANIFEST_FACTS }),
		    DIAG_MANIFEST_OF_OTHER_RECEIPTS,
		    then.len > 0 ? then : STR("-"));
}

static bool build(struct verifying *verifying,
    const struct sites_request *request)
{
	const struct invocation *asked = verifying->invocation;
	const struct pipeline_request again = {
		.registry = { .arena = verifying->arena,
		    .folder = asked->registry, .rev = verifying->rev,
		    .as_of = verifying->as_of },
		.lang = asked->lang, .jobs = asked->jobs,
		.quiet = has_option(verifying, "quiet") };
	struct sites_result result;
	struct pipeline pipeline;
	struct diag_list found;
	bool ok;

	diag_list_init(&found, verifying->arena);
	ok = pipeline_open(&pipeline, &again, &found);
	if (ok)
		compare_receipts(verifying, &pipeline);
	ok = ok && pipeline_judge(&pipeline) &&
	    sites_build(&pipeline, request, &verifying->log, &result);
	/* Faults of records are the registry's; here they are as they were. */
	for (size_t i = 0; i < found.items.count; i++) {
		const struct diagnostic *d = vec_at(&found.items, i);

		if (d->severity == DIAG_FATAL)
			diag_add(verifying->diags, d);
	}
	pipeline_close(&pipeline);
	diag_list_dispose(&found);
	return ok;
}

static bool rebuild(struct verifying *verifying)
{
	const struct overlay none = { .folder = STR_NONE };
	struct sites_request request = { .overlay = &none,
		.is_scratch = true };
	struct str scratch = STR_NONE;
	bool ok = scratch_make(verifying->arena, &scratch, verifying->diags);

	request.output = scratch;
	ok = ok && choose_documents(verifying, scratch, &request) &&
	    build(verifying, &request);
	scratch_remove(verifying->arena, scratch);
	site_expect(&verifying->log, false, &verifying->expected);
	return ok;
}

/* Without the commit: as the site's own list has them. */
static void expect_sums(struct verifying *verifying)
{
	/* It cannot list itself. */
	map_put(&verifying->sums, MANIFEST_SUMS,
	    map_get(&verifying->found, MANIFEST_SUMS));
	for (size_t i = 0; i < verifying->sums.count; i++)
		map_put(&verifying->expected, verifying->sums.entries[i].key,
		    verifying->sums.entries[i].item);
}

/* -- what is told ---------------------------------------------------------- */

static bool is_as_listed(const struct verifying *verifying, struct str path)
{
	const char *listed = map_get(&verifying->sums,
	    map_has(&verifying->copies, path) ? compress_original(path) :
	    path);
	const char *there = map_get(&verifying->found, path);

	return str_eq(path, MANIFEST_SUMS) ||
	    str_eq(path, MANIFEST_SIGNATURE) || (listed == NULL ?
	    there == NULL : there != NULL && strcmp(listed, there) == 0);
}

static void print_differences(struct verifying *verifying,
    const struct vec *differences)
{
	static const struct text words[] = {
		[SITE_DIFFERS] = TEXT("不同", "differs"),
		[SITE_MISSING] = TEXT("缺少", "missing"),
		[SITE_EXTRA] = TEXT("多出", "extra") };

	for (size_t i = 0; i < differences->count; i++) {
		const struct site_difference *d = vec_at(differences, i);

		printf("%s  ", invocation_text(verifying->invocation,
		    &words[d->kind]));
		report_text(d->path, stdout);
		putchar('\n');
		verifying->changed_since += !is_as_listed(verifying, d->path);
		verifying->other_copies += map_has(&verifying->copies, d->path);
	}
}

static void print_copies(const struct verifying *verifying)
{
	static const struct text same = TEXT(
	    "压缩副本：%zu 个，内容都与原文件应有的内容相同\n",
	    "compressed copies: %zu, all of them hold what their files "
	    "should\n");
	static const struct text other = TEXT(
	    "压缩副本：%zu 个，%zu 个的内容与原文件应有的内容不同\n",
	    "compressed copies: %zu, %zu do not hold what their files "
	    "should\n");
	size_t copies = verifying->copies.count;
	enum lang lang = verifying->invocation->lang;

	if (copies > 0 && verifying->other_copies == 0)
		printf(same.in[lang], copies);
	else if (copies > 0)
		printf(other.in[lang], copies, verifying->other_copies);
}

static void print_result(const struct verifying *verifying, size_t differing)
{
	static const struct text same = TEXT(
	    "%zu 个文件，都与提交 %.*s 在 %.*s 生成的相同\n",
	    "%zu files, all as commit %.*s gives them as of %.*s\n");
	static const struct text other = TEXT(
	    "%zu 个文件，%zu 个与提交 %.*s 在 %.*s 生成的不同\n",
	    "%zu files, %zu not as commit %.*s gives them as of %.*s\n");
	static const struct text since = TEXT(
	    "其中 %zu 个也不同于清单 SHA256SUMS：生成之后有改动\n",
	    "%zu of them are not as SHA256SUMS lists them either: changed after "
	    "the build\n");
	size_t files = verifying->files;
	enum lang lang = verifying->invocation->lang;

	if (differing == 0)
		printf(same.in[lang], files, STR_ARG(verifying->rev),
		    STR_ARG(verifying->as_of));
	else
		printf(other.in[lang], files, differing,
		    STR_ARG(verifying->rev), STR_ARG(verifying->as_of));
	if (verifying->changed_since > 0)
		printf(since.in[lang], verifying->changed_since);
}

static void print_listed(const struct verifying *verifying, size_t differing)
{
	static const struct text same = TEXT(
	    "%zu 个文件，都与清单 SHA256SUMS 相符；没有与提交核对\n",
	    "%zu files, all as SHA256SUMS lists them; not held against a commit\n");
	static const struct text other = TEXT(
	    "%zu 个文件，%zu 个与清单 SHA256SUMS 不符；没有与提交核对\n",
	    "%zu files, %zu not as SHA256SUMS lists them; not held against a "
	    "commit\n");
	size_t files = verifying->files;
	enum lang lang = verifying->invocation->lang;

	if (differing == 0)
		printf(same.in[lang], files);
	else
		printf(other.in[lang], files, differing);
}

/* -- the command ----------------------------------------------------------- */

static bool look(struct verifying *verifying, size_t *differing)
{
	bool rebuilds = !has_option(verifying, "no-rebuild");
	struct progress progress;
	const struct site_reading reading = { .folder = &verifying->folder,
		.jobs = verifying->invocation->jobs, .progress = &progress,
		.diags = verifying->diags };
	struct vec differences;

	progress_init(&progress, verifying->invocation->lang,
	    has_option(verifying, "quiet"));
	if (!site_digest(&reading, &verifying->found) ||
	    (rebuilds && !rebuild(verifying)))
		return false;
	if (!rebuilds)
		expect_sums(verifying);
	verifying->files = verifying->expected.count;
	if (!site_decode(&reading, &verifying->expected, &verifying->found,
		&verifying->copies))
		return false;
	site_take_signature(&verifying->expected, &verifying->found);
	vec_init(&differences, sizeof(struct site_difference));
	site_compare(&verifying->expected, &verifying->found, &differences);
	print_differences(verifying, &differences);
	*differing = differences.count;
	vec_dispose(&differences);
	if (rebuilds)
		print_result(verifying, *differing);
	else
		print_listed(verifying, *differing);
	print_copies(verifying);
	return true;
}

static int run(struct invocation *invocation)
{
	struct diag_list diags;
	struct verifying verifying = { .invocation = invocation,
		.arena = invocation->arena, .diags = &diags,
		.folder = { .descriptor = -1 } };
	size_t differing = 0;
	int status;

	diag_list_init(&diags, invocation->arena);
	site_log_init(&verifying.log);
	map_init(&verifying.sums, invocation->arena);
	map_init(&verifying.found, invocation->arena);
	map_init(&verifying.expected, invocation->arena);
	map_init(&verifying.copies, invocation->arena);
	if (open_site(&verifying) && choose(&verifying) &&
	    signers_check(invocation, &verifying.folder, verifying.sums_text,
		&diags))
		(void)look(&verifying, &differing);
	diag_sort(&diags);
	report_print(invocation->lang, &diags, stderr);
	status = report_status(&diags);
	folder_close(&verifying.folder);
	site_log_dispose(&verifying.log);
	diag_list_dispose(&diags);
	return status == EXIT_FINE && differing > 0 ? EXIT_CONTENT : status;
}

static const struct option options[] = {
	{ 0, "rev", "REV", TEXT("与该提交核对（缺省：清单所写的）",
	    "compare with this commit (default: the one that the manifest names)") },
	{ 0, "as-of", "DATE", TEXT("与该日生成的核对（缺省：清单所写的）",
	    "as built on this day (default: the one that the manifest names)") },
	{ 0, "signers", "FILE", TEXT("清单须由该文件所列的公钥之一签署",
	    "the manifest must be signed by one of the public keys in FILE") },
	{ 0, "no-rebuild", NULL, TEXT("只核对签名和清单，不重新生成",
	    "only look at the signature and the manifest") },
	{ 'q', "quiet", NULL, TEXT("不显示进度", "show no progress") },
	{ .name = NULL },
};

const struct command command_verify = {
	.name = "verify",
	.operands = "DIR",
	.common = COMMON_REGISTRY | COMMON_JOBS,
	.options = options,
	.least_operands = 1,
	.most_operands = 1,
	.summary = TEXT("核对公开站点是否由某一提交生成",
	    "tell whether a public site is what a commit gives"),
	.description = TEXT(
	    "按 DIR 中清单所写的提交和日期（或 --rev、--as-of）在临时目录重新生成公开站点，\n"
	    "逐一比较，列出不同、缺少和多出的文件；有任何一个，退出码为 1。DIR 只读不写。",
	    "Builds the public site once more in a temporary folder, of the commit and the\n"
	    "day that the manifest in DIR names (or --rev, --as-of), and lists every file\n"
	    "that differs, is missing or is extra: with any, the exit status is 1. Nothing\n"
	    "is written to DIR."),
	.run = run,
};
