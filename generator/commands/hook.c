/* SPDX-License-Identifier: MIT */
#include "commands/hook.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/vec.h"
#include "commands/command.h"
#include "commands/git_run.h"
#include "source/receipt.h"

#include <stdlib.h>
#include <unistd.h>

bool hook_is_none(struct str id)
{
	for (size_t i = 0; i < id.len; i++)
		if (id.ptr[i] != '0')
			return false;
	return true;
}

/* They become words of git's command line: nothing but an id will do. */
static bool is_id(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!(text.ptr[i] >= '0' && text.ptr[i] <= '9') &&
		    !(text.ptr[i] >= 'a' && text.ptr[i] <= 'f'))
			return false;
	return text.len == 40 || text.len == 64;
}

bool hook_read_updates(struct arena *arena, struct vec *updates,
    struct diag_list *diags)
{
	struct str rest;

	if (!file_read_all(arena, STDIN_FILENO, STR("-"), &rest, diags))
		return false;
	while (rest.len > 0) {
		struct str line = str_cut(&rest, '\n');
		struct pushed *update = vec_push(updates);

		update->old_id = str_cut(&line, ' ');
		update->id = str_cut(&line, ' ');
		update->ref = line;
		if (!is_id(update->old_id) || !is_id(update->id) ||
		    !str_starts(update->ref, STR("refs/")))
			return diag_report(diags,
			    ((struct mark){ .line = 0 }), DIAG_GIT_FAILED,
			    STR("receive-pack"), STR("stdin"));
	}
	return true;
}

bool hook_main_branch(struct arena *arena, struct str *ref,
    struct diag_list *diags)
{
	static const char *const words[] = { "symbolic-ref", "HEAD", NULL };

	return git_ask(arena, STR_NONE, words, ref, diags);
}

/* -- the command ---------------------------------------------------------- */

static const struct {
	const char *name;
	int (*run)(const struct invocation *invocation);
} hooks[] = {
	{ "pre-commit", hook_pre_commit },
	{ "pre-receive", hook_pre_receive },
	{ "post-receive", hook_post_receive },
}, actions[] = {
	{ "install", hook_install },
	{ "remove", hook_remove },
	{ "status", hook_status },
};

static int run_hook(const struct invocation *invocation)
{
	static const struct text unknown = TEXT(
	    "钩子应为 pre-commit、pre-receive 或 post-receive",
	    "the hook is pre-commit, pre-receive or post-receive");
	struct str name = invocation->operand_count > 1 ?
	    invocation->operands[1] : STR_NONE;

	for (size_t i = 0; i < sizeof(hooks) / sizeof(hooks[0]); i++)
		if (str_eq(name, str_from(hooks[i].name)))
			return hooks[i].run(invocation);
	return invocation_usage(invocation, &unknown, name);
}

static int run(struct invocation *invocation)
{
	static const struct text unknown = TEXT(
	    "应为 install、status、remove 或 run",
	    "say install, status, remove or run");
	static const struct text surplus = TEXT("参数过多",
	    "too many arguments");
	struct str action = invocation->operands[0];

	if (str_eq(action, STR("run")))
		return run_hook(invocation);
	if (invocation->operand_count > 1)
		return invocation_usage(invocation, &surplus,
		    invocation->operands[1]);
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (str_eq(action, str_from(actions[i].name)))
			return actions[i].run(invocation);
	return invocation_usage(invocation, &unknown, action);
}

static const struct option options[] = {
	{ 'n', "dry-run", NULL, TEXT("只说明要做什么，不改动",
	    "only say what would be done") },
	{ .name = NULL },
};

const struct command command_hook = {
	.name = "hook",
	.operands = "install|status|remove|run [HOOK]",
	.common = COMMON_REGISTRY | COMMON_AS_OF | COMMON_JOBS,
	.options = options,
	.least_operands = 1,
	.most_operands = 2,
	.summary = TEXT("安装、查看、卸下 git 钩子", "git hooks: install, show, remove"),
	.description = TEXT(
	    "在克隆中安装 pre-commit：提交前核对暂存的记录。\n"
	    "在服务器的裸仓库中安装 pre-receive：核对签名、谁可以改什么、合并后的结论，\n"
	    "不合要求的推送整次拒收并说明原因；以及 post-receive：为收到的提交写收件凭据。\n"
	    "原有的钩子保留，先于本程序运行；remove 把它们放回原处。",
	    "In a clone pre-commit is installed, which judges staged records. In a bare\n"
	    "repository, on a server: pre-receive, which looks at signatures, at who may\n"
	    "change what and at the verdict once merged, and refuses a whole push saying\n"
	    "why; and post-receive, which writes receipts for the commits that came.\n"
	    "Hooks that are there already are kept and run first; remove puts them back."),
	.run = run,
};
