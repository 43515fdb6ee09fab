/* SPDX-License-Identifier: MIT */
#include "commands/serve/files.h"

#include "base/arena.h"
#include "base/escape.h"
#include "commands/serve/http.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	OPEN_FLAGS = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
	/* Larger pages go out as they are, without the reloading script. */
	PAGE_SIZE_MAX = 16 << 20
};

/* Opens `path` below `folder`, part by part, so that no link is followed
 * anywhere on the way; -1 if that is not to be had. */
static int open_below(struct arena *arena, struct str folder, struct str path)
{
	int at = open(str_cstr(arena, folder),
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	while (at >= 0 && path.len > 0) {
		struct str part = str_cut(&path, '/');
		int next = openat(at, str_cstr(arena, part), OPEN_FLAGS |
		    (path.len > 0 ? O_DIRECTORY : 0));

		(void)close(at);
		at = next;
	}
	return at;
}

/* The same, with what it is; a file or a folder and nothing else. */
static int open_known(struct arena *arena, struct str folder, struct str path,
    struct stat *status)
{
	int descriptor = open_below(arena, folder, path);

	if (descriptor >= 0 && (fstat(descriptor, status) != 0 ||
	    (!S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode)))) {
		(void)close(descriptor);
		descriptor = -1;
	}
	return descriptor;
}

static void validators(const struct files_request *request,
    const struct stat *status, bool is_page, struct files_answer *answer)
{
	int len = snprintf(answer->etag, sizeof(answer->etag),
	    "\"%" PRIxMAX "-%" PRIxMAX ".%lx-%" PRIxMAX,
	    (uintmax_t)status->st_ino, (uintmax_t)status->st_mtim.tv_sec,
	    (unsigned long)status->st_mtim.tv_nsec,
	    (uintmax_t)status->st_size);

	/* A page says which build it is of, so it changes with each. */
	if (is_page)
		(void)snprintf(answer->etag + len,
		    sizeof(answer->etag) - (size_t)len, "-%" PRIx64 "\"",
		    request->generation);
	else
		(void)snprintf(answer->etag + len,
		    sizeof(answer->etag) - (size_t)len, "\"");
	answer->modified = status->st_mtim.tv_sec;
}

/* RFC 9110, 13.2.2: If-Modified-Since counts only without If-None-Match. */
static bool is_unchanged(const struct files_request *request,
    const struct files_answer *answer, bool is_page)
{
	if (request->if_none_match.len > 0)
		return http_none_match(request->if_none_match,
		    str_from(answer->etag));
	return !is_page && request->if_modified_since.len > 0 &&
	       http_not_modified(request->if_modified_since, answer->modified);
}

/* The whole page in memory, with what is appended. */
static void read_page(int descriptor, uint64_t size, struct str append,
    struct buf *body)
{
	while (body->len < size) {
		size_t wanted = (size_t)size - body->len;
		ssize_t got = read(descriptor, buf_reserve(body, wanted),
		    wanted);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		body->len += (size_t)got;
		body->ptr[body->len] = '\0';
	}
	buf_append(body, append);
}

static void answer_page(const struct files_request *request, int descriptor,
    struct files_answer *answer)
{
	read_page(descriptor, answer->size, request->append,
	    &answer->body);
	(void)close(descriptor);
	answer->length = answer->size = answer->body.len;
}

static void answer_part(const struct files_request *request,
    struct files_answer *answer)
{
	uint64_t first = 0, last = 0;
	enum http_range range = HTTP_WHOLE;

	if (request->range.len > 0 && http_if_range(request->if_range,
	    str_from(answer->etag), answer->modified))
		range = http_range(request->range, answer->size, &first,
		    &last);
	if (range == HTTP_PART) {
		answer->status = 206;
		answer->first = first;
		answer->length = last - first + 1;
	} else if (range == HTTP_UNSATISFIABLE) {
		answer->status = 416;
		answer->length = 0;
		(void)close(answer->descriptor);
		answer->descriptor = -1;
	}
}

static void answer_file(const struct files_request *request, struct str path,
    int descriptor, const struct stat *status, struct files_answer *answer)
{
	bool is_page = str_ends(path, STR(".html")) &&
	    request->append.len > 0 &&
	    status->st_size <= PAGE_SIZE_MAX;

	answer->status = 200;
	answer->type = http_content_type(path);
	answer->size = answer->length = (uint64_t)status->st_size;
	answer->takes_ranges = !is_page;
	validators(request, status, is_page, answer);
	if (is_unchanged(request, answer, is_page)) {
		answer->status = 304;
		answer->length = 0;
		(void)close(descriptor);
	} else if (is_page) {
		answer_page(request, descriptor, answer);
	} else {
		answer->descriptor = descriptor;
		answer_part(request, answer);
	}
}

/* A page that is no file yet has no validators. */
static void answer_ahead(const struct files_request *request, struct str path,
    struct files_answer *answer)
{
	answer->status = 200;
	answer->type = http_content_type(path);
	buf_append(&answer->body, request->ahead);
	buf_append(&answer->body, request->append);
	answer->length = answer->size = answer->body.len;
}

/* The site's own page for what is not there, else a word. */
static void answer_missing(const struct files_request *request,
    struct arena *arena, struct files_answer *answer)
{
	struct stat status;
	int descriptor = open_known(arena, request->folder, STR("404.html"),
	    &status);

	answer->status = 404;
	if (descriptor >= 0 && S_ISREG(status.st_mode) &&
	    status.st_size <= PAGE_SIZE_MAX) {
		answer->type = http_content_type(STR("404.html"));
		answer->size = (uint64_t)status.st_size;
		answer_page(request, descriptor, answer);
		return;
	}
	if (descriptor >= 0)
		(void)close(descriptor);
	answer->type = STR("text/plain; charset=utf-8");
	buf_append(&answer->body, STR("404\n"));
	answer->length = answer->size = answer->body.len;
}

static void redirect_to_folder(const struct files_request *request,
    struct arena *arena, struct files_answer *answer)
{
	struct buf location;

	buf_init(&location);
	buf_append(&location, request->mount);
	escape_url_path(&location, request->path);
	buf_append_char(&location, '/');
	answer->status = 301;
	answer->type = STR("text/plain; charset=utf-8");
	answer->location = str_dup(arena, buf_str(&location));
	buf_dispose(&location);
}

void files_answer(const struct files_request *request, struct arena *arena,
    struct files_answer *answer)
{
	bool is_folder = request->path.len == 0 ||
	    str_ends(request->path, STR("/"));
	struct str path = is_folder ?
	    str_join(arena, request->path, STR("index.html")) : request->path;
	struct stat status;
	int descriptor;

	*answer = (struct files_answer){ .descriptor = -1 };
	buf_init(&answer->body);
	if (request->is_ahead) {
		answer_ahead(request, path, answer);
		return;
	}
	descriptor = open_known(arena, request->folder, path, &status);
	if (descriptor >= 0 && S_ISREG(status.st_mode)) {
		answer_file(request, path, descriptor, &status, answer);
		return;
	}
	if (descriptor >= 0)
		(void)close(descriptor);
	if (descriptor >= 0 && !is_folder)
		redirect_to_folder(request, arena, answer);
	else
		answer_missing(request, arena, answer);
}

void files_dispose(struct files_answer *answer)
{
	if (answer->descriptor >= 0)
		(void)close(answer->descriptor);
	answer->descriptor = -1;
	buf_dispose(&answer->body);
}
