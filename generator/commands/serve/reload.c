/* SPDX-License-Identifier: MIT */
#include "commands/serve/reload.h"

#include <microhttpd.h>

#include <time.h>

/* 204: nothing new yet. Anything else unexpected, or no server: wait a little
 * rather than ask in a circle. */
static const char script[] =
    "(() => {\n"
    "  const query = new URL(document.currentScript.src).search;\n"
    "  const seen = new URLSearchParams(query).get(\"seen\");\n"
    "  const page = location.pathname.replace(/[&+]/g, encodeURIComponent);\n"
    "  const pause = () => new Promise((go) => setTimeout(go, 2000));\n"
    "  const ask = async () => {\n"
    "    const answer = await fetch(\n"
    "      \"/-/events\" + query + \"&page=\" + page,\n"
    "      { cache: \"no-store\" });\n"
    "    if (answer.status === 200 && (await answer.text()) !== seen)\n"
    "      return true;\n"
    "    if (answer.status !== 204)\n"
    "      await pause();\n"
    "    return false;\n"
    "  };\n"
    "  const watch = async () => {\n"
    "    let changed = false;\n"
    "    while (!changed)\n"
    "      changed = await ask().catch(pause);\n"
    "    location.reload();\n"
    "  };\n"
    "  watch();\n"
    "})();\n";

struct str reload_script(void)
{
	return (struct str){ script, sizeof(script) - 1 };
}

void reload_init(struct reload *reload)
{
	*reload = (struct reload){ .generation = (uint64_t)time(NULL) };
}

struct reload_waiter *reload_wait(struct reload *reload, void *connection,
    int64_t now)
{
	for (size_t i = 0; i < RELOAD_WAITERS_MAX; i++) {
		struct reload_waiter *waiter = &reload->waiters[i];

		if (waiter->connection != NULL)
			continue;
		*waiter = (struct reload_waiter){ .connection = connection,
			.is_suspended = true,
			.deadline = now + (int64_t)RELOAD_WAIT_SECONDS * 1000 };
		MHD_suspend_connection(connection);
		return waiter;
	}
	return NULL;
}

void reload_announce(struct reload *reload)
{
	reload->generation++;
	reload_wake(reload, 0, true);
}

void reload_wake(struct reload *reload, int64_t now, bool everyone)
{
	for (size_t i = 0; i < RELOAD_WAITERS_MAX; i++) {
		struct reload_waiter *waiter = &reload->waiters[i];

		if (waiter->is_suspended &&
		    (everyone || waiter->deadline <= now)) {
			waiter->is_suspended = false;
			MHD_resume_connection(waiter->connection);
		}
	}
}

void reload_forget(struct reload_waiter *waiter)
{
	*waiter = (struct reload_waiter){ .connection = NULL };
}

int reload_timeout(const struct reload *reload, int64_t now)
{
	int64_t soonest = -1;

	for (size_t i = 0; i < RELOAD_WAITERS_MAX; i++) {
		const struct reload_waiter *waiter = &reload->waiters[i];
		int64_t left = waiter->deadline - now;

		if (!waiter->is_suspended)
			continue;
		if (left < 0)
			left = 0;
		if (soonest < 0 || left < soonest)
			soonest = left;
	}
	return (int)soonest;
}
