/* SPDX-License-Identifier: MIT */
/*
 * One process and one loop: signals, changed files, requests and pages that
 * come ahead are descriptors to poll; who builds and who makes those pages are
 * children. Nothing here runs beside anything else, so nothing needs a lock.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/reason.h"
#include "base/vec.h"
#include "commands/command.h"
#include "commands/report.h"
#include "commands/serve/ahead.h"
#include "commands/serve/builder.h"
#include "commands/serve/edits.h"
#include "commands/serve/server.h"
#include "commands/serve/watch.h"
#include "pipeline/registry.h"
#include "source/source.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum {
	PORT_DEFAULT = 8000,
	/* Editors write several files at once; what comes within this many
	 * milliseconds of each other is one change, … */
	QUIET_MS = 40,
	/* … but nobody waits longer than this. */
	PATIENCE_MS = 2000,
	/* What is written in one go, for pages that are shown ahead. */
	BREATH_MS = 5,
	/* A build waits so long for them. */
	AHEAD_MS = 1500,
	/* Open pages tell at least so often that they are looked at. */
	LOOK_MS = (RELOAD_WAIT_SECONDS + 5) * 1000
};

static const struct str watched[] = {
	{ "content", 7 }, { "schemas", 7 }, { "themes", 6 }
};

struct serving {
	const struct invocation *invocation;
	struct server server;
	struct builder builder;
	struct watch watch;
	int signals;			/* a signalfd */
	int64_t changed_first, changed_last;	/* -1: nothing has */
	struct edits edits;		/* since the last build began */
	struct edits building;		/* and before, that are not built */
	struct ahead ahead;
	bool is_ahead_due;
	int64_t asked;			/* when pages were asked for */
	bool is_over;
};

static void say(const struct serving *s, const struct text *text, int error)
{
	fprintf(stderr, invocation_text(s->invocation, text),
	    reason_text(error, s->invocation->lang).ptr);
}

/* -- builds --------------------------------------------------------------- */

static void start_build(struct serving *s)
{
	static const struct text failed = TEXT("zheli serve: 无法启动生成：%s\n",
	    "zheli serve: cannot start a build: %s\n");

	/* What it did not answer in time would stand in the way. */
	if (s->ahead.is_asked)
		ahead_stop(&s->ahead);
	s->is_ahead_due = false;
	s->changed_first = s->changed_last = -1;
	edits_join(&s->building, &s->edits);
	edits_clear(&s->edits);
	shown_build_begins(&s->server.shown);
	if (!builder_start(&s->builder))
		say(s, &failed, errno);
	s->builder.request.quiet = true;
}

/* A build with faulty records is shown; one that failed changed nothing, so
 * what was shown ahead of it is not. */
static void end_build(struct serving *s, enum exit_status status)
{
	struct server *server = &s->server;

	if (status <= EXIT_CONTENT)
		edits_clear(&s->building);
	if (status > EXIT_CONTENT && server->shown.pages.count == 0)
		return;
	reload_announce(&server->reload);
	shown_build_ended(&server->shown, server->folder,
	    server->reload.generation);
	/* From now on things are as this build has left them. */
	s->is_ahead_due = s->is_ahead_due || s->ahead.is_asked;
	ahead_stop(&s->ahead);
	if (status <= EXIT_CONTENT && !s->edits.is_vague)
		(void)ahead_start(&s->ahead);
}

static void take_signals(struct serving *s)
{
	struct signalfd_siginfo info;
	enum exit_status status;

	while (read(s->signals, &info, sizeof(info)) == sizeof(info))
		if (info.ssi_signo != SIGCHLD)
			s->is_over = true;
	if (builder_ended(&s->builder, &status))
		end_build(s, status);
}

/* -- pages ahead of a build ----------------------------------------------- */

/* Asks for what is looked at. */
static void ask_ahead(struct serving *s, int64_t now)
{
	struct edits all;
	struct vec pages;

	s->is_ahead_due = false;
	edits_init(&all);
	edits_join(&all, &s->building);
	edits_join(&all, &s->edits);
	vec_init(&pages, sizeof(struct str));
	shown_views(&s->server.shown, now - LOOK_MS, &pages);
	if (!all.is_vague && pages.count > 0 &&
	    ahead_ask(&s->ahead, &all, &pages))
		s->asked = now;
	vec_dispose(&pages);
	edits_dispose(&all);
}

static void take_ahead(struct serving *s)
{
	struct server *server = &s->server;
	struct str answer, path, bytes;

	if (ahead_read(&s->ahead) != AHEAD_PAGES)
		return;
	answer = ahead_answer(&s->ahead);
	/* Another edit has come, and is asked for next. */
	if (s->is_ahead_due)
		return;
	while (ahead_next(&answer, &path, &bytes))
		shown_put(&server->shown, path, bytes,
		    server->reload.generation + 1);
	reload_announce(&server->reload);
}

/* Milliseconds until pages are to be asked for; -1: none are. */
static int ahead_due(const struct serving *s, int64_t now)
{
	int64_t left = s->changed_last + BREATH_MS - now;

	if (!s->is_ahead_due || s->ahead.is_asked || s->ahead.child == 0)
		return -1;
	return left < 0 ? 0 : (int)left;
}

/* -- what changes --------------------------------------------------------- */

static void take_changes(struct serving *s, int64_t now)
{
	static const struct text failed = TEXT(
	    "zheli serve: 不再监视文件改动：%s（可调大 fs.inotify.max_user_watches）\n",
	    "zheli serve: changes are no longer noticed: %s (raise "
	    "fs.inotify.max_user_watches)\n");

	if (s->watch.descriptor < 0)
		return;
	switch (watch_read(&s->watch, &s->edits)) {
	case WATCH_FAILED:
		say(s, &failed, errno);
		break;
	case WATCH_CHANGED:
		break;
	case WATCH_QUIET:
		return;
	}
	/* What could not be watched any more has changed, too. */
	s->changed_last = now;
	if (s->changed_first < 0)
		s->changed_first = now;
	s->is_ahead_due = true;
	if (s->edits.is_vague)
		ahead_stop(&s->ahead);
}

/* Milliseconds until a build is due; 0: now, -1: none is. */
static int build_due(const struct serving *s, int64_t now)
{
	int64_t quiet, patient;

	if (s->changed_first < 0 || s->builder.child != 0)
		return -1;
	quiet = s->changed_last + QUIET_MS - now;
	patient = s->changed_first + PATIENCE_MS - now;
	if (s->ahead.is_asked && quiet < s->asked + AHEAD_MS - now)
		quiet = s->asked + AHEAD_MS - now;
	if (patient < quiet)
		quiet = patient;
	return quiet < 0 ? 0 : (int)quiet;
}

static int sooner(int a, int b)
{
	return a < 0 ? b : b < 0 || a < b ? a : b;
}

static void loop(struct serving *s)
{
	static const struct text again = TEXT("内容有改动，重新生成\n",
	    "changed, building again\n");

	while (!s->is_over) {
		struct pollfd polled[] = {
			{ .fd = s->signals, .events = POLLIN },
			{ .fd = server_descriptor(&s->server),
			  .events = POLLIN },
			{ .fd = s->watch.descriptor, .events = POLLIN },
			{ .fd = s->ahead.socket, .events = POLLIN },
		};
		int64_t now = serve_clock();

		(void)poll(polled, sizeof(polled) / sizeof(polled[0]),
		    sooner(sooner(ahead_due(s, now), build_due(s, now)),
			server_timeout(&s->server, now)));
		take_signals(s);
		now = serve_clock();
		take_changes(s, now);
		take_ahead(s);
		if (ahead_due(s, now) == 0)
			ask_ahead(s, now);
		if (build_due(s, now) == 0) {
			(void)fputs(invocation_text(s->invocation, &again),
			    stderr);
			start_build(s);
		}
		server_run(&s->server, now);
	}
}

/* SIGINT and the like become readable instead of deadly. What a shell made this
 * process ignore would never become readable. False after a message. */
static bool open_signals(struct serving *s)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGCHLD };
	static const struct text failed = TEXT(
	    "zheli serve: 无法接收信号：%s\n",
	    "zheli serve: cannot receive signals: %s\n");
	sigset_t set;

	(void)signal(SIGPIPE, SIG_IGN);
	(void)sigemptyset(&set);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		(void)signal(signals[i], SIG_DFL);
		(void)sigaddset(&set, signals[i]);
	}
	if (sigprocmask(SIG_BLOCK, &set, NULL) == 0)
		s->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	if (s->signals < 0)
		say(s, &failed, errno);
	return s->signals >= 0;
}

/* With no signal held back, as this process holds them. */
static int start_program(char *const words[])
{
	posix_spawnattr_t how;
	sigset_t none;
	pid_t child;
	int error = posix_spawnattr_init(&how);

	if (error != 0)
		return error;
	(void)sigemptyset(&none);
	(void)posix_spawnattr_setsigmask(&how, &none);
	(void)posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
	error = posix_spawnp(&child, words[0], NULL, &how, words, environ);
	(void)posix_spawnattr_destroy(&how);
	return error;
}

/* No shell sees the address. */
static void open_browser(const struct serving *s, struct str address)
{
	static const struct text failed = TEXT(
	    "zheli serve: 无法打开浏览器：%s\n",
	    "zheli serve: cannot open a browser: %s\n");
	char program[] = "xdg-open";
	char *words[] = { program, str_cstr(s->invocation->arena, address),
		NULL };
	int error = start_program(words);

	if (error != 0)
		say(s, &failed, error);
}

static void greet(const struct serving *s)
{
	static const struct text text = TEXT(
	    "预览：%.*s（内部站点：%.*s-/internal/；按 Ctrl-C 结束）\n",
	    "preview: %.*s (internal site: %.*s-/internal/; Ctrl-C ends it)\n");
	struct str address = server_address(&s->server,
	    s->invocation->arena);

	printf(invocation_text(s->invocation, &text), STR_ARG(address),
	    STR_ARG(address));
	(void)fflush(stdout);
	if (invocation_has(s->invocation, "open"))
		open_browser(s, address);
}

/* The folder to watch; false after a message. */
static bool find_registry(const struct invocation *invocation,
    struct str *folder, int *status)
{
	struct registry registry;
	struct diag_list diags;
	bool found;

	diag_list_init(&diags, invocation->arena);
	found = invocation_open_content(invocation, &registry, &diags);
	if (found) {
		*folder = str_dup(invocation->arena,
		    source_folder(registry.source));
		registry_close(&registry);
	}
	report_print(invocation->lang, &diags, stderr);
	*status = report_status(&diags);
	diag_list_dispose(&diags);
	return found;
}

static int read_port(const struct invocation *invocation, uint16_t *port)
{
	static const struct text wrong = TEXT("端口应为 0 至 65535 的整数",
	    "a port is a whole number from 0 to 65535");
	struct str text = invocation_value(invocation, "port");
	size_t number = PORT_DEFAULT;

	if (text.ptr != NULL && (!str_to_size(text, &number) ||
	    number > UINT16_MAX))
		return invocation_usage(invocation, &wrong, text);
	*port = (uint16_t)number;
	return EXIT_FINE;
}

static bool open_server(struct serving *s)
{
	static const struct text failed = TEXT(
	    "zheli serve: 无法监听 %.*s 端口 %u：%s（可用 -p 换一个端口）\n",
	    "zheli serve: cannot listen on %.*s port %u: %s (-p takes another "
	    "port)\n");
	bool is_address;
	int error;

	if (server_open(&s->server, &error, &is_address))
		return true;
	fprintf(stderr, invocation_text(s->invocation, &failed),
	    STR_ARG(s->server.host), (unsigned)s->server.port,
	    is_address ? gai_strerror(error) :
		reason_text(error, s->invocation->lang).ptr);
	return false;
}

static void configure(struct serving *s, struct str registry)
{
	static const struct text wait = TEXT("正在生成站点，稍候自动显示。",
	    "The site is being built and will show in a moment.");
	const struct invocation *invocation = s->invocation;
	struct arena *arena = invocation->arena;
	struct str output = invocation_value(invocation, "output");
	struct str host = invocation_value(invocation, "host");

	s->server.folder = output.len > 0 ? output :
	    path_join(arena, registry, STR(".zheli/preview/public"));
	s->server.internal =
	    path_join(arena, registry, STR(".zheli/preview/internal"));
	s->server.host = host.len > 0 ? host : STR("127.0.0.1");
	s->server.wait_text = str_from(invocation_text(invocation, &wait));
	s->builder.request = (struct build_request){
		.registry = registry, .as_of = invocation->as_of,
		.output = s->server.folder, .internal = s->server.internal,
		.lang = invocation->lang, .jobs = invocation->jobs,
		.quiet = invocation_has(invocation, "quiet") };
	s->ahead.request = s->builder.request;
	edits_init(&s->edits);
	edits_init(&s->building);
}

static int serve(struct serving *s, struct str registry)
{
	static const struct text blind = TEXT(
	    "zheli serve: 无法监视文件改动：%s（可调大 fs.inotify.max_user_watches）\n",
	    "zheli serve: changes cannot be noticed: %s (raise "
	    "fs.inotify.max_user_watches)\n");

	if (!open_signals(s) || !open_server(s))
		return EXIT_MACHINE;
	if (watch_open(&s->watch, registry, watched,
	    sizeof(watched) / sizeof(watched[0])) == WATCH_FAILED)
		say(s, &blind, errno);
	greet(s);
	start_build(s);
	loop(s);
	ahead_stop(&s->ahead);
	builder_stop(&s->builder);
	edits_dispose(&s->edits);
	edits_dispose(&s->building);
	watch_close(&s->watch);
	server_close(&s->server);
	(void)close(s->signals);
	return EXIT_FINE;
}

static int run(struct invocation *invocation)
{
	struct serving s = { .invocation = invocation,
		.signals = -1, .changed_first = -1, .changed_last = -1,
		.ahead = { .socket = -1 } };
	struct str registry;
	int status = read_port(invocation, &s.server.port);

	if (status != EXIT_FINE ||
	    !find_registry(invocation, &registry, &status))
		return status;
	configure(&s, registry);
	return serve(&s, registry);
}

static const struct option options[] = {
	{ 'p', "port", "PORT", TEXT("端口（缺省：8000；0 为任意空闲端口）",
	    "port (default: 8000; 0: any that is free)") },
	{ 0, "host", "HOST", TEXT("监听的地址（缺省：127.0.0.1，只有本机能访问）",
	    "address to listen on (default: 127.0.0.1, for this machine only)") },
	{ 'o', "output", "DIR",
	    TEXT("公开站点的目录（缺省：登记库下的 .zheli/preview/public）",
	    "folder of the public site (default: .zheli/preview/public in the "
	    "registry)") },
	{ 'q', "quiet", NULL, TEXT("不显示进度", "show no progress") },
	{ 0, "open", NULL, TEXT("在浏览器中打开", "open it in a browser") },
	{ .name = NULL },
};

const struct command command_serve = {
	.name = "serve",
	.operands = "",
	.common = COMMON_REGISTRY | COMMON_AS_OF | COMMON_JOBS,
	.options = options,
	.summary = TEXT("在本机预览站点，内容改动后自动重新生成并刷新",
	    "show the sites on this machine, built and reloaded on change"),
	.description = TEXT(
	    "生成站点并在本机提供访问。content/、schemas/、themes/ 有改动时重新\n"
	    "生成，已打开的页面自动刷新。内部站点在 /-/internal/ 下，只有本机\n"
	    "能访问。生成的文件不含刷新脚本，只在发出页面时附加。\n"
	    "入库并通过保密复核的成果才有公开页面；其他的在内部站点看办理到哪一步。",
	    "Builds the sites and serves them on this machine. When content/,\n"
	    "schemas/ or themes/ change they are built again and open pages reload.\n"
	    "The internal site is below /-/internal/, for this machine only. The\n"
	    "reloading script is added as pages go out, never to files. An achievement\n"
	    "has a public page once it is in the library and passed its secrecy review;\n"
	    "how far the others are is on the internal site."),
	.run = run,
};
