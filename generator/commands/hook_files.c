/* SPDX-License-Identifier: MIT */
/* Installing hooks, and taking them out again. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "base/reason.h"
#include "commands/command.h"
#include "commands/git_run.h"
#include "commands/hook.h"
#include "commands/report.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* By this line a hook is known for ours; what follows is its form. */
#define SIGN "# zheli hook 1\n"
#define BEFORE ".before-zheli"

static const struct kind_of_hook {
	const char *name;
	bool is_for_server;
	bool has_input;
} hooks[] = {
	{ "pre-commit", false, false },
	{ "pre-receive", true, true },
	{ "post-receive", true, true },
};

enum { HOOKS = sizeof(hooks) / sizeof(hooks[0]) };

enum hook_state { HOOK_NONE, HOOK_OURS, HOOK_OLD, HOOK_FOREIGN };

struct place {
	const struct invocation *invocation;
	struct arena *arena;
	struct diag_list *diags;
	struct str folder;	/* of the hooks, absolute */
	struct str registry;	/* as seen from where git runs hooks */
	bool is_server;
	bool is_dry;
};

/* -- the script ----------------------------------------------------------- */

/* For a shell: no character is special between apostrophes but themselves. */
static struct str quote(struct arena *arena, struct str word)
{
	struct buf out;
	struct str quoted;

	buf_init(&out);
	buf_append_char(&out, '\'');
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] == '\'')
			buf_append_cstr(&out, "'\\''");
		else
			buf_append_char(&out, word.ptr[i]);
	buf_append_char(&out, '\'');
	quoted = str_dup(arena, buf_str(&out));
	buf_dispose(&out);
	return quoted;
}

static struct str own_program(struct arena *arena)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path));

	return len > 0 && len < (ssize_t)sizeof(path) ?
	    str_dup(arena, (struct str){ path, (size_t)len }) : STR("zheli");
}

static struct str make_script(const struct place *place,
    const struct kind_of_hook *hook)
{
	static const char head[] = "#!/bin/sh\n" SIGN
	    "# Made by 'zheli hook install', taken out by 'zheli hook remove'.\n"
	    "# What stood here before is in the file beside it and runs first.\n"
	    "before=$0" BEFORE "\n"
	    "zheli=%.*s\n"
	    "[ -x \"$zheli\" ] || zheli=zheli\n";
	static const char plain[] =
	    "[ ! -x \"$before\" ] || \"$before\" \"$@\" || exit\n"
	    "exec \"$zheli\" hook run %s --lang %.*s%.*s\n";
	/* Both read the lines that git writes to standard input. */
	static const char fed[] =
	    "input=$(mktemp) || exit\n"
	    "trap 'rm -f \"$input\"' EXIT\n"
	    "cat >\"$input\"\n"
	    "[ ! -x \"$before\" ] || \"$before\" \"$@\" <\"$input\" || exit\n"
	    "\"$zheli\" hook run %s --lang %.*s%.*s <\"$input\"\n";
	struct arena *arena = place->arena;
	struct str lang = lang_code(place->invocation->lang);
	struct str where = place->registry.len == 0 ? STR_NONE : str_format(
	    arena, " -C %.*s", STR_ARG(quote(arena, place->registry)));

	return str_join(arena,
	    str_format(arena, head, STR_ARG(quote(arena,
		own_program(arena)))),
	    str_format(arena, hook->has_input ? fed : plain, hook->name,
		STR_ARG(lang), STR_ARG(where)));
}

/* -- what stands there ---------------------------------------------------- */

static bool open_place(struct place *place,
    const struct invocation *invocation, struct diag_list *diags)
{
	static const char *const bare[] = { "rev-parse",
		"--is-bare-repository", NULL };
	static const char *const folder[] = { "rev-parse",
		"--path-format=absolute", "--git-path", "hooks", NULL };
	static const char *const prefix[] = { "rev-parse", "--show-prefix",
		NULL };
	struct str registry = invocation->registry, is_bare;

	*place = (struct place){ .invocation = invocation,
		.arena = invocation->arena, .diags = diags,
		.is_dry = invocation_has(invocation, "dry-run") };
	if (!git_ask(place->arena, registry, bare, &is_bare, diags) ||
	    !git_ask(place->arena, registry, folder, &place->folder, diags))
		return false;
	place->is_server = str_eq(is_bare, STR("true"));
	if (!place->is_server && !git_ask(place->arena, registry, prefix,
	    &place->registry, diags))
		return false;
	return true;
}

static struct str path_of(const struct place *place, const char *name)
{
	return path_join(place->arena, place->folder, str_from(name));
}

static bool exists(struct str path)
{
	return access(path.ptr, F_OK) == 0;
}

static enum hook_state state_of(const struct place *place,
    const struct kind_of_hook *hook)
{
	struct str path = path_of(place, hook->name), bytes;
	struct diag_list known;
	enum hook_state state = HOOK_FOREIGN;

	if (!exists(path))
		return HOOK_NONE;
	diag_list_init(&known, place->arena);
	if (file_read(place->arena, path, &bytes, &known) &&
	    str_find(bytes, STR(SIGN), 0) != STR_NOT_FOUND)
		state = str_eq(bytes, make_script(place, hook)) ? HOOK_OURS :
		    HOOK_OLD;
	diag_list_dispose(&known);
	return state;
}

static void say(const struct place *place, const struct text *text,
    const char *name)
{
	printf(invocation_text(place->invocation, text), name);
}

/* -- changing it ---------------------------------------------------------- */

static bool move(const struct place *place, struct str from, struct str to)
{
	if (exists(to))
		return diag_report(place->diags,
		    ((struct mark){ .path = STR_NONE }), DIAG_HOOK_BROKEN,
		    from, to);
	return rename(from.ptr, to.ptr) == 0 || diag_report_reason(place->diags,
	    ((struct mark){ .path = STR_NONE }), DIAG_CANNOT_WRITE, to,
	    errno);
}

static bool write_hook(const struct place *place,
    const struct kind_of_hook *hook)
{
	struct str path = path_of(place, hook->name);
	struct folder folder;
	bool changed, ok;

	if (!folder_open(place->arena, place->folder, &folder, place->diags))
		return false;
	ok = folder_replace(&folder, str_from(hook->name),
	    make_script(place, hook), &changed, place->diags);
	folder_close(&folder);
	return ok && (chmod(path.ptr, 0755) == 0 ||
	    diag_report_reason(place->diags,
		((struct mark){ .path = STR_NONE }), DIAG_CANNOT_WRITE, path,
		errno));
}

static bool install_one(const struct place *place,
    const struct kind_of_hook *hook)
{
	static const struct text there = TEXT("%s：已安装\n",
	    "%s: installed already\n");
	static const struct text done = TEXT("%s：安装\n", "%s: install\n");
	static const struct text chained = TEXT(
	    "%s：安装，原有的钩子保留，先于它运行\n",
	    "%s: install; the hook that is there is kept and runs first\n");
	enum hook_state state = state_of(place, hook);
	struct str path = path_of(place, hook->name);
	struct str before = str_join(place->arena, path, STR(BEFORE));

	say(place, state == HOOK_OURS ? &there : state == HOOK_FOREIGN ?
	    &chained : &done, hook->name);
	if (state == HOOK_OURS || place->is_dry)
		return true;
	if (state != HOOK_FOREIGN)
		return write_hook(place, hook);
	if (!move(place, path, before))
		return false;
	if (write_hook(place, hook))
		return true;
	/* The one that was there goes on running. */
	(void)!rename(before.ptr, path.ptr);
	return false;
}

static bool remove_one(const struct place *place,
    const struct kind_of_hook *hook)
{
	static const struct text done = TEXT("%s：卸下\n", "%s: remove\n");
	static const struct text restored = TEXT(
	    "%s：卸下，放回原有的钩子\n",
	    "%s: remove, and put back the one before it\n");
	static const struct text none = TEXT("%s：没有安装\n",
	    "%s: not installed\n");
	enum hook_state state = state_of(place, hook);
	struct str path = path_of(place, hook->name);
	struct str before = str_join(place->arena, path, STR(BEFORE));
	bool is_ours = state == HOOK_OURS || state == HOOK_OLD;
	bool had_one = exists(before);

	say(place, !is_ours ? &none : had_one ? &restored : &done,
	    hook->name);
	if (!is_ours || place->is_dry)
		return true;
	if (unlink(path.ptr) != 0)
		return diag_report_reason(place->diags,
		    ((struct mark){ .path = STR_NONE }), DIAG_CANNOT_WRITE,
		    path, errno);
	return !had_one || move(place, before, path);
}

static bool tell_one(const struct place *place,
    const struct kind_of_hook *hook)
{
	static const struct text states[] = {
		[HOOK_NONE] = TEXT("%s：没有安装\n", "%s: not installed\n"),
		[HOOK_OURS] = TEXT("%s：已安装\n", "%s: installed\n"),
		[HOOK_OLD] = TEXT("%s：已安装，但不是现在的写法，请重新安装\n",
		    "%s: installed in another form, install it again\n"),
		[HOOK_FOREIGN] = TEXT("%s：没有安装，有其他钩子\n",
		    "%s: not installed, another hook is there\n"),
	};

	say(place, &states[state_of(place, hook)], hook->name);
	return true;
}

static int for_each(const struct invocation *invocation,
    bool (*act)(const struct place *place, const struct kind_of_hook *hook))
{
	struct diag_list diags;
	struct place place;
	bool ok;
	int status;

	diag_list_init(&diags, invocation->arena);
	ok = open_place(&place, invocation, &diags);
	for (size_t i = 0; ok && i < HOOKS; i++)
		if (hooks[i].is_for_server == place.is_server)
			ok = act(&place, &hooks[i]);
	report_print(invocation->lang, &diags, stderr);
	status = report_status(&diags);
	diag_list_dispose(&diags);
	return status;
}

int hook_install(const struct invocation *invocation)
{
	return for_each(invocation, install_one);
}

int hook_remove(const struct invocation *invocation)
{
	return for_each(invocation, remove_one);
}

int hook_status(const struct invocation *invocation)
{
	return for_each(invocation, tell_one);
}
