/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include "base/arena.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* For none at all the C library may say NULL, which is no failure. */
static size_t some(size_t size)
{
	return size > 0 ? size : 1;
}

void *memory_get(size_t size)
{
	void *found = malloc(some(size));

	if (found == NULL)
		out_of_memory(size);
	return found;
}

void *memory_get_array(size_t count, size_t size)
{
	void *found = calloc(some(count), some(size));

	if (found == NULL)
		out_of_memory(size);
	return found;
}

void *memory_resize(void *old, size_t size)
{
	void *found = realloc(old, some(size));

	if (found == NULL)
		out_of_memory(size);
	return found;
}

char *memory_copy(const char *bytes, size_t size)
{
	char *copy;

	if (size == SIZE_MAX)
		out_of_memory(size);
	copy = memory_get(size + 1);
	memcpy(copy, bytes, size);
	copy[size] = '\0';
	return copy;
}

char *memory_copy_text(const char *text)
{
	return memory_copy(text, strlen(text));
}

void memory_give_back(void)
{
#ifdef __GLIBC__
	(void)malloc_trim(0);
#endif
}
