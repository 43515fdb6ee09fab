/* SPDX-License-Identifier: MIT */
#include "source/memory.h"

#include "base/arena.h"
#include "base/memory.h"

#include <git2.h>
#include <git2/sys/alloc.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *get(size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return memory_get(size);
}

static void *get_array(size_t count, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return memory_get_array(count, size);
}

static char *copy(const char *text, const char *file, int line)
{
	(void)file;
	(void)line;
	return memory_copy_text(text);
}

static char *copy_part(const char *text, size_t most, const char *file,
    int line)
{
	(void)file;
	(void)line;
	return memory_copy(text, strnlen(text, most));
}

static char *copy_bytes(const char *bytes, size_t size, const char *file,
    int line)
{
	(void)file;
	(void)line;
	return memory_copy(bytes, size);
}

static void *resize(void *old, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return memory_resize(old, size);
}

static size_t product(size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		out_of_memory(SIZE_MAX);
	return count * size;
}

static void *resize_array(void *old, size_t count, size_t size,
    const char *file, int line)
{
	(void)file;
	(void)line;
	return memory_resize(old, product(count, size));
}

static void *get_room(size_t count, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return memory_get(product(count, size));
}

void source_set_memory(void)
{
	git_allocator allocator = { .gmalloc = get, .gcalloc = get_array,
		.gstrdup = copy, .gstrndup = copy_part,
		.gsubstrdup = copy_bytes, .grealloc = resize,
		.greallocarray = resize_array, .gmallocarray = get_room,
		.gfree = free };

	(void)git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &allocator);
}
