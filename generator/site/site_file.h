/* SPDX-License-Identifier: MIT */
/* Files of the open data (render/open_data.h): a worker writes one piece after
 * piece, and tells its parent what became of it. */
#ifndef SITE_SITE_FILE_H
#define SITE_SITE_FILE_H

#include "base/str.h"

#include <stdbool.h>

struct buf;
struct data_file;
struct diag_list;
struct folder;
struct page;
struct site;
struct site_log;

/* Writes the file of a page that has `stream`, and notes its facts,
 * there and in the log. */
bool site_file_write(struct site *site, const struct page *page,
    const struct folder *folder, struct site_log *log, struct diag_list *diags);

/* The facts as bytes, and back; what is missing stays as it was. */
void site_file_pack(struct buf *answer, const struct data_file *file);
void site_file_unpack(struct str *answer, struct data_file *file);

#endif
