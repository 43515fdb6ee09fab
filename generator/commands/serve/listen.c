/* SPDX-License-Identifier: MIT */
#include "commands/serve/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* A listening socket for the address, or -1 with errno set. */
static int listen_at(const struct addrinfo *address)
{
	const int yes = 1;
	int error, socket_ = socket(address->ai_family,
	    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (socket_ < 0)
		return -1;
	(void)setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(socket_, address->ai_addr, address->ai_addrlen) == 0 &&
	    listen(socket_, 64) == 0)
		return socket_;
	error = errno;
	(void)close(socket_);
	errno = error;
	return -1;
}

uint16_t listen_port(int socket_)
{
	union {
		struct sockaddr any;
		struct sockaddr_in four;
		struct sockaddr_in6 six;
	} address = { .six = { .sin6_port = 0 } };
	socklen_t len = sizeof(address);

	if (getsockname(socket_, &address.any, &len) != 0)
		return 0;
	return ntohs(address.any.sa_family == AF_INET6 ?
	    address.six.sin6_port : address.four.sin_port);
}

int listen_on(const char *host, uint16_t port, int *error, bool *is_address)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_PASSIVE | AI_NUMERICSERV };
	struct addrinfo *addresses = NULL;
	char text[8];
	int socket_ = -1;

	(void)snprintf(text, sizeof(text), "%u", (unsigned)port);
	*error = getaddrinfo(host, text, &hints, &addresses);
	*is_address = *error != 0;
	if (*is_address)
		return -1;
	for (const struct addrinfo *a = addresses; a != NULL && socket_ < 0;
	     a = a->ai_next)
		socket_ = listen_at(a);
	*error = socket_ < 0 ? errno : 0;
	freeaddrinfo(addresses);
	return socket_;
}
