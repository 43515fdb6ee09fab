/* SPDX-License-Identifier: MIT */
/*
 * Memory for libraries that let a program say where theirs comes from. Running
 * out of it ends the process, as everywhere else: none of them is trusted to
 * notice each time, and a page with a part missing would be worse than none.
 * All of it is freed with free().
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

void *memory_get(size_t size);
/* All zero. */
void *memory_get_array(size_t count, size_t size);
/* `old` may be NULL. */
void *memory_resize(void *old, size_t size);
/* A terminated copy of the first `size` bytes. */
char *memory_copy(const char *bytes, size_t size);
char *memory_copy_text(const char *text);

/* Gives what was freed back to the system, where the C library can. */
void memory_give_back(void);

#endif
