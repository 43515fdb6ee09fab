/* SPDX-License-Identifier: MIT */
#include "commands/serve/ahead.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/pack.h"
#include "base/sandbox.h"
#include "base/vec.h"
#include "base/workers.h"
#include "commands/serve/child.h"
#include "commands/serve/edits.h"
#include "pipeline/pipeline.h"
#include "site/pages_ahead.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Beyond this the build itself is there nearly as soon. */
enum { SECONDS_MAX = 5 };

/* Messages are their length and so many bytes. A request: how many records,
 * their paths, the paths of pages. An answer: pages, each as its path and its
 * bytes; none at all where the process must be started anew. */

/* -- messages ------------------------------------------------------------- */

/* Pipes too; who reads it may have gone. */
static bool send_all(int to, struct str bytes)
{
	while (bytes.len > 0) {
		ssize_t sent = write(to, bytes.ptr, bytes.len);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		bytes = str_slice(bytes, (size_t)sent, bytes.len);
	}
	return true;
}

static bool send_message(int to, struct str bytes)
{
	struct buf message;
	bool ok;

	buf_init(&message);
	pack_str(&message, bytes);
	ok = send_all(to, buf_str(&message));
	buf_dispose(&message);
	return ok;
}

/* Appends what there is; false at the end or when it fails. */
static bool receive(int from, struct buf *received, int flags)
{
	enum { ROOM = 64 * 1024 };
	ssize_t got = recv(from, buf_reserve(received, ROOM), ROOM, flags);

	if (got > 0) {
		received->len += (size_t)got;
		received->ptr[received->len] = '\0';
	}
	return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN));
}

/* The message that was received, once all of it was. */
static bool take_message(const struct buf *received, struct str *message)
{
	struct str bytes = buf_str(received);

	return unpack_str(&bytes, message);
}

/* -- in the process for one edit ------------------------------------------ */

static bool unpack_paths(struct str *bytes, size_t count, struct vec *paths)
{
	struct str path;

	while (count > 0 && unpack_str(bytes, &path)) {
		*(struct str *)vec_push(paths) = path;
		count--;
	}
	return count == 0;
}

static void render(struct pages_ahead *pages, struct str wanted,
    struct buf *answer)
{
	static const int nowhere[SANDBOX_FOLDERS] = { 0 };
	struct buf page;
	struct str path;

	/* From here on it is as in any worker that makes pages. */
	if (!sandbox_enter(SANDBOX_READ, nowhere, DEFAULT_LARGEST_FILE))
		return;
	while (unpack_str(&wanted, &path)) {
		buf_init(&page);
		if (pages_ahead_render(pages, path, &page)) {
			pack_str(answer, path);
			pack_str(answer, buf_str(&page));
		}
		buf_dispose(&page);
	}
}

/* Ends the process: 0 with an answer, else 1. */
static _Noreturn void answer_edit(struct pages_ahead *pages,
    struct str request, int to)
{
	enum pipeline_ahead how = AHEAD_REFUSED;
	struct buf answer;
	struct vec paths;
	uint32_t count;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)alarm(SECONDS_MAX);
	buf_init(&answer);
	vec_init(&paths, sizeof(struct str));
	if (unpack_number(&request, &count) &&
	    unpack_paths(&request, count, &paths))
		how = pages_ahead_judge(pages, &paths);
	if (how == AHEAD_JUDGED)
		render(pages, request, &answer);
	vec_dispose(&paths);
	_exit(how == AHEAD_STALE || !send_all(to, buf_str(&answer)));
}

/* -- in the process that lives on ----------------------------------------- */

/* False when nothing that it could answer with would be right. */
static bool answer(struct pages_ahead *pages, struct str request, int to)
{
	struct arena arena;
	struct diag_list silent;
	struct str bytes = STR_NONE;
	int ends[2], how = 1;
	pid_t child;
	bool ok;

	if (pipe(ends) != 0)
		return false;
	child = fork();
	if (child == 0)
		answer_edit(pages, request, ends[1]);
	(void)close(ends[1]);
	arena_init(&arena);
	diag_list_init(&silent, &arena);
	if (child > 0 && file_read_all(&arena, ends[0], STR("pages"), &bytes,
	    &silent))
		while (waitpid(child, &how, 0) < 0 && errno == EINTR)
			continue;
	(void)close(ends[0]);
	ok = how == 0 && send_message(to, bytes);
	diag_list_dispose(&silent);
	arena_dispose(&arena);
	return ok;
}

static void live(const struct build_request *request, struct arena *arena,
    int socket_)
{
	const struct pipeline_request judged = {
		.registry = { .arena = arena, .folder = request->registry,
		    .as_of = request->as_of },
		.lang = request->lang, .jobs = 1, .quiet = true };
	struct pages_ahead pages;
	struct pipeline pipeline;
	struct diag_list diags;
	struct buf received;
	struct str message;
	bool ok;

	diag_list_init(&diags, arena);
	buf_init(&received);
	ok = pipeline_open(&pipeline, &judged, &diags) &&
	    pages_ahead_open(&pages, &pipeline);
	while (ok && receive(socket_, &received, 0)) {
		if (!take_message(&received, &message))
			continue;
		ok = answer(&pages, message, socket_);
		buf_clear(&received);
	}
}

/* -- in the server -------------------------------------------------------- */

bool ahead_start(struct ahead *ahead)
{
	enum { KEPT = STDERR_FILENO + 1 };
	struct arena arena;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return false;
	ahead->child = fork();
	if (ahead->child == 0) {
		if (ends[1] != KEPT && dup2(ends[1], KEPT) < 0)
			_exit(1);
		child_leave_server(KEPT + 1);
		arena_init(&arena);
		live(&ahead->request, &arena, KEPT);
		_exit(0);
	}
	(void)close(ends[1]);
	if (ahead->child < 0) {
		ahead->child = 0;
		(void)close(ends[0]);
		return false;
	}
	ahead->socket = ends[0];
	ahead->is_asked = false;
	buf_init(&ahead->received);
	return true;
}

void ahead_stop(struct ahead *ahead)
{
	if (ahead->child == 0)
		return;
	child_stop(ahead->child);
	(void)close(ahead->socket);
	buf_dispose(&ahead->received);
	ahead->child = 0;
	ahead->socket = -1;
	ahead->is_asked = false;
}

bool ahead_ask(struct ahead *ahead, const struct edits *edits,
    const struct vec *pages)
{
	struct buf request;

	if (ahead->child == 0)
		return false;
	buf_init(&request);
	pack_number(&request, (uint32_t)edits->paths.count);
	for (size_t i = 0; i < edits->paths.count; i++)
		pack_str(&request, edits->paths.entries[i].key);
	for (size_t i = 0; i < pages->count; i++)
		pack_str(&request, *(struct str *)vec_at(pages, i));
	buf_clear(&ahead->received);
	ahead->is_asked = send_message(ahead->socket, buf_str(&request));
	buf_dispose(&request);
	return ahead->is_asked;
}

enum ahead_result ahead_read(struct ahead *ahead)
{
	struct str message;

	if (ahead->child == 0)
		return AHEAD_WAIT;
	if (!receive(ahead->socket, &ahead->received, MSG_DONTWAIT)) {
		ahead_stop(ahead);
		return AHEAD_OVER;
	}
	if (!ahead->is_asked || !take_message(&ahead->received, &message))
		return AHEAD_WAIT;
	ahead->is_asked = false;
	return message.len > 0 ? AHEAD_PAGES : AHEAD_NONE;
}

struct str ahead_answer(const struct ahead *ahead)
{
	struct str message = STR_NONE;

	(void)take_message(&ahead->received, &message);
	return message;
}

bool ahead_next(struct str *answer, struct str *path, struct str *bytes)
{
	return unpack_str(answer, path) && unpack_str(answer, bytes);
}
