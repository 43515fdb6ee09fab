/* SPDX-License-Identifier: MIT */
/*
 * Files that stand beside a record: pictures and documents. What they are is
 * read from their bytes, never believed from their names: a page that calls
 * itself chart.png would run in a reader's browser. Pictures are read to their
 * end and published as picture.h writes them, without what cameras add.
 */
#ifndef RENDER_ATTACHMENT_H
#define RENDER_ATTACHMENT_H

#include "base/str.h"

#include <stdbool.h>

struct buf;
struct diag_list;

/* Bytes of the largest file that may be attached. */
#define ATTACHMENT_LIMIT ((size_t)4 * 1024 * 1024)

/* False with a diagnostic when the file is of no kind that may be published,
 * not of the kind that its name says, or a picture that is damaged, moves or
 * has too many pixels. A position in a picture is a warning: the site does not
 * have it, but the repository keeps what was handed in. */
bool attachment_check(struct str path, struct str bytes,
    struct diag_list *diags);

/* Appends to `published` what the site has of a file; false with a diagnostic
 * where attachment_check() is. */
bool attachment_publish(struct str path, struct str bytes,
    struct buf *published, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* Appends a file of the theme, whose authors are trusted with what it is: a
 * picture without what is put beside one, where it can be read as its name
 * says and does not move; else the very bytes. */
void attachment_strip(struct str path, struct str bytes, struct buf *stripped);

#endif
