/* SPDX-License-Identifier: MIT */
#include "commands/serve/server.h"

#include "base/buf.h"
#include "base/escape.h"
#include "commands/serve/files.h"
#include "commands/serve/http.h"
#include "commands/serve/listen.h"

#include <microhttpd.h>

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define INTERNAL STR("/-/internal/")

enum {
	CONNECTIONS_MAX = 128,
	IDLE_SECONDS = 60,
	CONNECTION_BYTES = 32 << 10,	/* request line and header together */
	TIMEOUT_MS_MAX = 60000
};

int64_t serve_clock(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct str field(struct MHD_Connection *connection, const char *name)
{
	return str_from(MHD_lookup_connection_value(connection,
	    MHD_HEADER_KIND, name));
}

static void add_header(struct MHD_Response *response, const char *name,
    const char *value)
{
	(void)MHD_add_response_header(response, name, value);
}

static enum MHD_Result queue(struct MHD_Connection *connection, unsigned status,
    struct MHD_Response *response)
{
	enum MHD_Result result;

	if (response == NULL)
		return MHD_NO;
	add_header(response, "X-Content-Type-Options", "nosniff");
	/* Kept by browsers, but asked for each time. */
	add_header(response, "Cache-Control", "no-cache");
	result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static struct MHD_Response *bytes_response(struct str bytes)
{
	/* The library copies what it is told to copy; it writes to nothing. */
	union {
		const char *in;
		void *out;
	} view = { .in = bytes.len > 0 ? bytes.ptr : "" };

	return MHD_create_response_from_buffer(bytes.len, view.out,
	    MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result send_text(struct MHD_Connection *connection,
    unsigned status, struct str type, struct str text)
{
	struct MHD_Response *response = bytes_response(text);

	if (response != NULL)
		add_header(response, "Content-Type", type.ptr);
	return queue(connection, status, response);
}

static enum MHD_Result send_plain(struct MHD_Connection *connection,
    unsigned status, struct str text)
{
	return send_text(connection, status,
	    STR("text/plain; charset=utf-8"), text);
}

/* A response from a file, whose descriptor the library closes from now on. */
static struct MHD_Response *answer_response(struct files_answer *answer)
{
	struct MHD_Response *response;

	if (answer->descriptor < 0)
		return bytes_response(buf_str(&answer->body));
	response = MHD_create_response_from_fd_at_offset64(answer->length,
	    answer->descriptor, answer->first);
	if (response != NULL)
		answer->descriptor = -1;
	return response;
}

static void add_validators(struct MHD_Response *response,
    const struct files_answer *answer)
{
	char date[HTTP_DATE_SIZE];

	if (answer->etag[0] == '\0')
		return;
	http_date(answer->modified, date);
	add_header(response, "ETag", answer->etag);
	add_header(response, "Last-Modified", date);
	if (answer->takes_ranges)
		add_header(response, "Accept-Ranges", "bytes");
}

static void add_range(struct MHD_Response *response,
    const struct files_answer *answer)
{
	char text[96];

	if (answer->status == 206)
		(void)snprintf(text, sizeof(text), "bytes %llu-%llu/%llu",
		    (unsigned long long)answer->first,
		    (unsigned long long)(answer->first + answer->length - 1),
		    (unsigned long long)answer->size);
	else if (answer->status == 416)
		(void)snprintf(text, sizeof(text), "bytes */%llu",
		    (unsigned long long)answer->size);
	else
		return;
	add_header(response, "Content-Range", text);
}

static enum MHD_Result send_answer(struct MHD_Connection *connection,
    struct files_answer *answer)
{
	struct MHD_Response *response = answer_response(answer);

	if (response == NULL)
		return MHD_NO;
	if (answer->type.len > 0)
		add_header(response, "Content-Type", answer->type.ptr);
	if (answer->location.len > 0)
		add_header(response, "Location", answer->location.ptr);
	add_validators(response, answer);
	add_range(response, answer);
	return queue(connection, answer->status, response);
}

/* Before the first build there is no site; the page reloads once there is. */
static enum MHD_Result send_wait(struct server *server,
    struct MHD_Connection *connection, struct str script)
{
	struct buf page;
	enum MHD_Result result;

	buf_init(&page);
	buf_append(&page, STR("<!doctype html><meta charset=\"utf-8\">"
	    "<title>zheli</title><p>"));
	escape_html(&page, server->wait_text);
	buf_append(&page, script);
	result = send_text(connection, 503, STR("text/html; charset=utf-8"),
	    buf_str(&page));
	buf_dispose(&page);
	return result;
}

static bool path_is_page(struct str path)
{
	return path.len == 0 || str_ends(path, STR("/")) ||
	    str_ends(path, STR(".html"));
}

/* The file that a page is. */
static struct str page_path(struct server *server, struct str path)
{
	return str_ends(path, STR(".html")) ? path :
	    str_join(&server->scratch, path, STR("index.html"));
}

static enum MHD_Result send_file(struct server *server,
    struct MHD_Connection *connection, struct str folder, struct str mount,
    struct str path)
{
	struct files_request request = { .folder = folder, .path = path,
		.mount = mount,
		.if_none_match = field(connection, "If-None-Match"),
		.if_modified_since = field(connection, "If-Modified-Since"),
		.range = field(connection, "Range"),
		.if_range = field(connection, "If-Range"),
		.generation = server->reload.generation };
	struct files_answer answer;
	enum MHD_Result result;

	if (path_is_page(path) && str_eq(mount, STR("/"))) {
		path = page_path(server, path);
		shown_view(&server->shown, path, serve_clock());
		request.is_ahead = shown_find(&server->shown, path,
		    &request.ahead);
	}
	request.append = str_format(&server->scratch,
	    "<script src=\"/-/reload.js?seen=%llu\"></script>\n",
	    (unsigned long long)server->reload.generation);
	if (access(str_cstr(&server->scratch, folder), F_OK) != 0)
		return send_wait(server, connection, request.append);
	files_answer(&request, &server->scratch, &answer);
	result = send_answer(connection, &answer);
	files_dispose(&answer);
	return result;
}

static bool is_loopback(const struct sockaddr *address)
{
	/* A sockaddr is read as what its family says it is. */
	const void *any = address;
	const struct sockaddr_in *four = any;
	const struct sockaddr_in6 *six = any;

	if (address->sa_family == AF_INET)
		return ntohl(four->sin_addr.s_addr) >> 24 == 127;
	return address->sa_family == AF_INET6 &&
	       (IN6_IS_ADDR_LOOPBACK(&six->sin6_addr) ||
		(IN6_IS_ADDR_V4MAPPED(&six->sin6_addr) &&
		 six->sin6_addr.s6_addr[12] == 127));
}

/* The internal site is for this machine, whoever may see the rest. */
static bool may_see_internal(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(connection,
	    MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	return info != NULL && is_loopback(info->client_addr);
}

static struct str argument(struct MHD_Connection *connection, const char *name)
{
	return str_from(MHD_lookup_connection_value(connection,
	    MHD_GET_ARGUMENT_KIND, name));
}

/* Whether the page that asks is as it was in the generation that it is of. Who
 * does not say which it is asks for any change. */
static bool is_current(struct server *server,
    struct MHD_Connection *connection)
{
	size_t seen = 0;
	struct str path;

	if (!str_to_size(argument(connection, "seen"), &seen))
		return false;
	if (!http_path(&server->scratch, argument(connection, "page"), &path))
		return seen == server->reload.generation;
	if (!path_is_page(path))
		return seen >= server->shown.built;
	path = page_path(server, path);
	shown_view(&server->shown, path, serve_clock());
	return shown_is_current(&server->shown, path, seen);
}

/* "/-/events?seen=N&page=PATH": the number of what is shown, once the page is
 * otherwise than it was in N. */
static enum MHD_Result send_events(struct server *server,
    struct MHD_Connection *connection, void **state)
{
	struct str shown = str_format(&server->scratch, "%llu",
	    (unsigned long long)server->reload.generation);
	struct reload_waiter *waiter;

	if (server->is_closing)
		return send_plain(connection, 503, STR_NONE);
	if (!is_current(server, connection))
		return send_plain(connection, 200, shown);
	if (*state != server)
		return send_plain(connection, 204, STR_NONE);
	waiter = reload_wait(&server->reload, connection, serve_clock());
	if (waiter == NULL)
		return send_plain(connection, 503, STR_NONE);
	*state = waiter;
	return MHD_YES;
}

static enum MHD_Result send_redirect(struct MHD_Connection *connection,
    struct str location)
{
	struct MHD_Response *response = bytes_response(STR_NONE);

	if (response != NULL)
		add_header(response, "Location", location.ptr);
	return queue(connection, 301, response);
}

static enum MHD_Result send_path(struct server *server,
    struct MHD_Connection *connection, struct str target)
{
	struct str folder = server->folder, mount = STR("/"), path;

	if (str_eq(target, STR("/-/internal")))
		return send_redirect(connection, INTERNAL);
	if (str_starts(target, INTERNAL)) {
		if (server->internal.len == 0 || !may_see_internal(connection))
			return send_plain(connection, 404, STR("404\n"));
		folder = server->internal;
		mount = INTERNAL;
		target = str_slice(target, mount.len - 1, target.len);
	}
	if (!http_path(&server->scratch, target, &path))
		return send_plain(connection, 400, STR("400\n"));
	return send_file(server, connection, folder, mount, path);
}

static enum MHD_Result send_method(struct MHD_Connection *connection)
{
	struct MHD_Response *response = bytes_response(STR("405\n"));

	if (response != NULL)
		add_header(response, "Allow", "GET, HEAD");
	return queue(connection, 405, response);
}

static enum MHD_Result route(struct server *server,
    struct MHD_Connection *connection, struct str target, void **state)
{
	if (!http_host_is_ours(field(connection, "Host"), server->host))
		return send_plain(connection, 421, STR("421\n"));
	if (str_eq(target, STR("/-/events")))
		return send_events(server, connection, state);
	if (str_eq(target, STR("/-/reload.js")))
		return send_text(connection, 200,
		    STR("text/javascript; charset=utf-8"), reload_script());
	return send_path(server, connection, target);
}

/* The form is the library's. NOLINTNEXTLINE(readability-function-size) */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection,
    const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_size, void **state)
{
	struct server *server = context;
	enum MHD_Result result;

	(void)version;
	(void)upload;
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
		return send_method(connection);
	/* Answered at the first call, the connection would not be kept. `state`
	 * is the server itself from then on, or who waits in reload.c. What is
	 * sent along with a GET is passed over. */
	if (*state == NULL || *upload_size > 0) {
		*state = server;
		*upload_size = 0;
		return MHD_YES;
	}
	result = route(server, connection, str_from(url), state);
	arena_reset(&server->scratch);
	return result;
}

static void forget(void *context, struct MHD_Connection *connection,
    void **state, enum MHD_RequestTerminationCode code)
{
	(void)connection;
	(void)code;
	if (*state != NULL && *state != context)
		reload_forget(*state);
	*state = NULL;
}

/* Paths are decoded by http_path(), which knows what to refuse. */
static size_t keep_escapes(void *context, struct MHD_Connection *connection,
    char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

bool server_open(struct server *server, int *error, bool *is_address)
{
	int socket_;

	arena_init(&server->scratch);
	reload_init(&server->reload);
	shown_init(&server->shown, server->reload.generation);
	server->is_closing = false;
	server->daemon = NULL;
	socket_ = listen_on(str_cstr(&server->scratch, server->host),
	    server->port, error, is_address);
	if (socket_ < 0) {
		arena_dispose(&server->scratch);
		return false;
	}
	server->port = listen_port(socket_);
	server->daemon = MHD_start_daemon(
	    MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle,
	    server, MHD_OPTION_LISTEN_SOCKET, socket_,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT,
	    (size_t)CONNECTION_BYTES,
	    MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, forget, server, MHD_OPTION_END);
	if (server->daemon == NULL) {
		*error = errno;
		(void)close(socket_);
		arena_dispose(&server->scratch);
	}
	return server->daemon != NULL;
}

void server_close(struct server *server)
{
	server->is_closing = true;
	/* A daemon must not be stopped while connections are suspended. */
	reload_wake(&server->reload, 0, true);
	(void)MHD_run(server->daemon);
	MHD_stop_daemon(server->daemon);
	shown_dispose(&server->shown);
	arena_dispose(&server->scratch);
}

int server_descriptor(const struct server *server)
{
	return MHD_get_daemon_info(server->daemon,
	    MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int server_timeout(const struct server *server, int64_t now)
{
	int waiting = reload_timeout(&server->reload, now);
	MHD_UNSIGNED_LONG_LONG wanted;

	if (MHD_get_timeout(server->daemon, &wanted) != MHD_YES)
		return waiting;
	if (wanted > TIMEOUT_MS_MAX)
		wanted = TIMEOUT_MS_MAX;
	return waiting >= 0 && waiting < (int)wanted ? waiting : (int)wanted;
}

void server_run(struct server *server, int64_t now)
{
	reload_wake(&server->reload, now, false);
	(void)MHD_run(server->daemon);
}

struct str server_address(const struct server *server, struct arena *arena)
{
	bool is_six = str_find_char(server->host, ':', 0) != STR_NOT_FOUND;

	return str_format(arena, "http://%s%.*s%s:%u/", is_six ? "[" : "",
	    STR_ARG(server->host), is_six ? "]" : "", (unsigned)server->port);
}
