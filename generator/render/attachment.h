/* SPDX-License-Identifier: MIT */
/*
 * Files that stand beside a record: pictures and documents. What they are is
 * read from their first bytes, never believed from their names: a page that
 * calls itself chart.png would run in a reader's browser.
 */
#ifndef RENDER_ATTACHMENT_H
#define RENDER_ATTACHMENT_H

#include "base/str.h"

#include <stdbool.h>

struct diag_list;

/* Bytes of the largest file that may be attached. */
#define ATTACHMENT_LIMIT ((size_t)4 * 1024 * 1024)

/* False with a diagnostic when the file is of no kind that may be published,
 * or not of the kind that its name says. */
bool attachment_check(struct str path, struct str bytes,
    struct diag_list *diags);

#endif
