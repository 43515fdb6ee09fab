/* SPDX-License-Identifier: MIT */
/* post-receive: receipts for the commits that a push brought (receipt.h). */
#include "base/diag.h"
#include "base/instant.h"
#include "base/vec.h"
#include "commands/authorship.h"
#include "commands/command.h"
#include "commands/git_run.h"
#include "commands/hook.h"
#include "commands/report.h"
#include "source/receipt.h"
#include "source/source.h"

#include <stdio.h>
#include <time.h>

/* The private key to sign receipts with, if the repository names one. */
static bool find_key(struct arena *arena, struct str *key,
    struct diag_list *diags)
{
	static const char *const words[] = { "config", "--type=path", "--get",
		"zheli.receiptKey", NULL };
	struct git_result result;

	if (!git_run(arena, STR_NONE, words, STR_NONE, &result, diags))
		return false;
	*key = result.status == 0 ? str_trim(result.output) : STR_NONE;
	return true;
}

/* A push that only takes branches away brings nothing, and there may be no
 * commit left to open. */
static bool write_them(const struct invocation *invocation,
    struct receipt_request *request, const struct vec *updates,
    size_t *written, struct diag_list *diags)
{
	struct str rev = STR_NONE;
	struct source *source;
	bool ok;

	for (size_t i = 0; i < updates->count; i++) {
		const struct pushed *update = vec_at(updates, i);

		if (!hook_is_none(update->id))
			rev = update->id;
	}
	if (rev.len == 0)
		return true;
	if (!source_open(invocation->arena, STR("."), rev, &source, diags))
		return false;
	ok = receipts_write(invocation->arena, source, request,
	    updates->items, updates->count, written, diags);
	source_close(source);
	return ok;
}

int hook_post_receive(const struct invocation *invocation)
{
	static const struct text done = TEXT("zheli：已收件，%zu 个提交，%.*s\n",
	    "zheli: received, %zu commits, %.*s\n");
	struct receipt_request request = { .seconds = (int64_t)time(NULL),
		.account = pushing_account(invocation) };
	struct diag_list diags;
	struct vec updates;
	size_t written = 0;
	int status;

	diag_list_init(&diags, invocation->arena);
	vec_init(&updates, sizeof(struct pushed));
	(void)(hook_read_updates(invocation->arena, &updates, &diags) &&
	    hook_main_branch(invocation->arena, &request.branch, &diags) &&
	    find_key(invocation->arena, &request.key, &diags) &&
	    write_them(invocation, &request, &updates, &written, &diags));
	status = report_status(&diags);
	if (status == EXIT_FINE && written > 0)
		fprintf(stderr, invocation_text(invocation, &done), written,
		    STR_ARG(instant_format(invocation->arena, request.seconds,
			ZONE_CHINA)));
	report_print(invocation->lang, &diags, stderr);
	vec_dispose(&updates);
	diag_list_dispose(&diags);
	return status;
}
