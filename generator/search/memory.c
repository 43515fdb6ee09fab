/* SPDX-License-Identifier: MIT */
#include "search/memory.h"

#include "base/memory.h"

#include <unicode/uclean.h>

#include <stdlib.h>

static void *get(const void *context, size_t size)
{
	(void)context;
	return memory_get(size);
}

static void *resize(const void *context, void *old, size_t size)
{
	(void)context;
	return memory_resize(old, size);
}

static void give_back(const void *context, void *old)
{
	(void)context;
	free(old);
}

void search_set_memory(void)
{
	UErrorCode error = U_ZERO_ERROR;

	/* Refused when ICU has memory already, which is from here then. */
	u_setMemoryFunctions(NULL, get, resize, give_back, &error);
}
