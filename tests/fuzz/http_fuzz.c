/* SPDX-License-Identifier: MIT */
/* Any bytes as the parts of a request: no path leaves the site, no range leaves
 * the file, no foreign name is taken for ours. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "commands/serve/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_path(struct str bytes)
{
	struct arena arena;
	struct str path;

	arena_init(&arena);
	if (http_path(&arena, bytes, &path) && path.len > 0) {
		if (path.ptr[path.len - 1] == '/')
			path.len--;
		assert(path_is_safe(path));
		(void)http_content_type(path);
	}
	arena_dispose(&arena);
}

static void check_range(struct str bytes, uint64_t size)
{
	uint64_t first = 0, last = 0;

	if (http_range(bytes, size, &first, &last) == HTTP_PART)
		assert(first <= last && last < size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };
	char date[HTTP_DATE_SIZE];
	time_t time = 0;

	check_path(bytes);
	check_range(bytes, size);
	check_range(bytes, 0);
	check_range(bytes, UINT64_MAX);
	(void)http_none_match(bytes, STR("\"a\""));
	(void)http_if_range(bytes, STR("\"a\""), 0);
	if (http_date_parse(bytes, &time))
		http_date(time, date);
	if (http_host_is_ours(bytes, STR_NONE))
		assert(size >= 5 && memchr(data, '/', size) == NULL);
	return 0;
}
