/* SPDX-License-Identifier: MIT */
/* Where libgit2's memory comes from. */
#ifndef SOURCE_MEMORY_H
#define SOURCE_MEMORY_H

/* To be called before git_libgit2_init(): from then on running out of memory
 * ends the process, and no object counts as missing for want of it. */
void source_set_memory(void);

#endif
