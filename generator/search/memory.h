/* SPDX-License-Identifier: MIT */
/* Where ICU's memory comes from. */
#ifndef SEARCH_MEMORY_H
#define SEARCH_MEMORY_H

/* To be called before ICU is: from then on running out of memory ends the
 * process, and no key or fold is cut short for want of it. Later calls do
 * nothing. */
void search_set_memory(void);

#endif
