/* SPDX-License-Identifier: MIT */
/*
 * Pages that are documents as well, as PDF (`zheli build --pdf`).
 *
 * A page kind with a `document` names the template of it: a whole page with the
 * theme's official.css in it, which WeasyPrint, where it is installed, sets on
 * paper. The PDF lies beside the page under the kind's name
 * (bulletins/2026-06/bulletin.pdf), and page->pdf says so before any page is
 * written, so that a page links to what is there and to nothing else.
 *
 * WeasyPrint gets the document on its standard input, reads no file of the
 * registry, meets a dead end for a proxy should anything ask for another host,
 * and has limits on time, memory and what it prints. The date that its fonts
 * carry is that of the publication, not the clock's. What it makes is kept in
 * pdf/ beside the catalogue under a digest of the document and of WeasyPrint's
 * version: a build sets only what has changed. These files, alone of all that a
 * build writes, depend on the machine: on its fonts and its WeasyPrint.
 *
 * documents_open() once the site has its context; documents_write() in a
 * worker, one page a job; documents_close() removes from the cache what this
 * build had no use for. One that was zeroed and never opened may be closed.
 */
#ifndef SITE_DOCUMENTS_H
#define SITE_DOCUMENTS_H

#include "base/file.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;
struct map;
struct page;
struct pipeline;
struct site;
struct site_log;
struct value;
struct vec;

/* What a worker may take for one: fonts for Chinese are large. */
enum { DOCUMENT_JOB_SECONDS = 360 };
#define DOCUMENT_JOB_MEMORY ((size_t)4 << 30)

struct documents {
	struct str program;	/* WeasyPrint's path; empty: none is made */
	struct str version;	/* what it says of itself */
	struct str as_of;	/* the date of what has none */
	struct value *carried;	/* css, seal: `document` of its templates */
	struct folder cache;
};

/* Where WeasyPrint is and what it says of its version: both empty where there
 * is none. `home` is a folder it may write to. */
bool documents_ask(struct arena *arena, struct str home,
    struct str *program, struct str *version, struct diag_list *diags);

/* Looks for WeasyPrint: DIAG_NO_WEASYPRINT, a warning, when there is none.
 * False when the machine failed. */
bool documents_open(struct documents *documents, struct pipeline *pipeline,
    const struct site *site);

/* Whether this page is one that becomes a PDF. */
bool documents_has(const struct documents *documents,
    const struct page *page);

/* What templates of documents find under `document`. */
struct value *documents_carried(struct pipeline *pipeline,
    const struct site *site);

/* Where its PDF lies in the site. */
struct str documents_path(struct arena *arena, const struct page *page);

/*
 * Makes one, or takes the one that is kept, and puts it below `output`. False
 * when there is none: with DIAG_NO_PDF, a warning, if WeasyPrint did not make
 * it, or with what the page itself has to say. `*kept` is its name in the
 * cache, in `arena`.
 */
bool documents_write(const struct documents *documents, struct site *site,
    const struct page *page, const struct folder *output,
    struct arena *arena, struct str *kept, struct site_log *log,
    struct diag_list *diags);

/* Sets `pdf` of the pages (struct page) whose PDF is among `made`, without
 * making any, and notes them with the digests (char *) that it has. */
void documents_link(const struct vec *pages, const struct map *made,
    struct arena *arena, struct site_log *log);

/* Pages in the second language (struct page) lead to the PDFs of the first. */
void documents_share(const struct vec *first, const struct vec *second,
    struct arena *arena);

/* `kept`: the names in the cache that this build has used; NULL when it did not
 * come so far, and all stay. */
void documents_close(struct documents *documents, struct arena *arena,
    const struct map *kept);

#endif
