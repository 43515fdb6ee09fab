/* SPDX-License-Identifier: MIT */
/*
 * The pages of a site. pages_list() asks every page kind which pages it has
 * (cheap: a path and a key each); page_render() makes one of them. The parent
 * lists, workers render, so a page may depend on nothing but the site and what
 * the catalogue says; what of that may change between two builds it asks
 * through question.h or the catalogue, so that it is seen to be the same.
 *
 * To add a kind: a `const struct page_kind` in one of the pages_*.c, its line
 * in page_kinds[] (page.c), a template of its name, its words in both i18n
 * files under page_titles and page_descriptions, and a golden site that has it.
 * One that lists something has `columns` and `rows`, and so its CSV and JSON; a
 * line in feed.c gives it an Atom feed.
 */
#ifndef RENDER_PAGE_H
#define RENDER_PAGE_H

#include "base/str.h"
#include "base/vec.h"
#include "model/kind.h"
#include "render/context.h"
#include "render/page_values.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct catalogue;
struct data_file;
struct diag_list;
struct file_stream;
struct kind_fields;
struct listing_column;
struct listing_rows;
struct markdown_options;
struct origins;
struct page_kind;
struct record;
struct template_set;
struct theme;
struct value;

struct page {
	const struct page_kind *kind;
	struct str path;	/* "achievements/2026/06/index.html" */
	struct str key;		/* what the kind knows it by; may be empty */
	struct str date;	/* when it last changed, ISO; may be empty */
	struct str feed;	/* path of its Atom feed, or empty */
	struct str pdf;		/* path of its PDF, once that is there */
	struct str label;	/* what a listing lists, for its feed's title */
	const struct page_kind *beside;	/* of a file beside a listing: its */
	struct data_file *file;	/* of the open data: what is known of it */
	bool is_internal;
	bool is_second;		/* of the site in the second language */
	bool is_kept;		/* it is there, and as it would be made */
	bool is_new;		/* to be written where nothing stands yet */
	bool is_lost;		/* could not be made */
};

/* All that pages are made from. Fixed before workers fork, except for the
 * catalogue, of which each worker opens its own. */
struct site {
	struct wording wording;
	struct catalogue *catalogue;
	struct catalogue *overlay;	/* of the private folder; or NULL */
	const struct theme *theme;
	struct template_set *templates;
	const struct kind_fields *fields[KIND_COUNT];
	const struct value *settings;	/* content/site.yaml, as written */
	struct value *context;		/* site, t, build: of all pages */
	struct str base_url;		/* with a slash at its end */
	struct str folder;		/* of its pages: empty, or "en/" */
	struct site *other;		/* the same in the other language */
	struct str as_of;
	bool is_public;			/* no internal pages are listed */
	struct vec pages;		/* struct page, sorted by path */
	struct vec data_files;		/* struct data_file *; open_data.h */
	/* Body of a record as HTML, or false with a diagnostic. */
	bool (*body)(void *body_context, const struct record *record,
	    struct arena *arena, struct str *html, struct diag_list *diags);
	void *body_context;
	const struct origins *origins;	/* origin.h; or NULL */
	struct listing_rows *rows;	/* of a worker; or NULL */
};

struct page_kind {
	const char *name;	/* in page.kind, page_titles; its template */
	const char *template;	/* NULL: as the name */
	const char *document;	/* its template as one, documents.h; or NULL */
	const char *section;	/* the entry of the navigation it belongs to */
	bool is_leaf;		/* others link to it: written first */
	bool is_once;		/* nothing to translate: only in the first
				 * language's site; templates: {{top}} */
	bool is_last;		/* it tells of the others: written last */
	/* Pushes its pages. NULL: listed by another kind. */
	void (*list)(struct site *site, struct arena *arena);
	/* Adds its variables to `context`, and to `names` what page_titles and
	 * page_descriptions fill in. False with a diagnostic: no page. */
	bool (*fill)(struct site *site, const struct page *page,
	    struct arena *arena, struct value *context, struct value *names,
	    struct diag_list *diags);
	/* For files that are no markup, as CSV and JSON: appends it all, in
	 * place of a template and `fill`. */
	bool (*write)(struct site *site, const struct page *page,
	    struct arena *arena, struct buf *out, struct diag_list *diags);
	/* For files that are too large to be held: writes it all. */
	bool (*stream)(struct site *site, const struct page *page,
	    struct file_stream *out, struct diag_list *diags);
	/* What it lists, as list.csv and list.json beside it (listing.h): both
	 * or none, and CSV alone for rows that other lists have as JSON. Of
	 * `page` only kind and key count. The rows are the caller's alone; the
	 * `href` of a row is its address, whole (`url`) in the files. */
	const struct listing_column *columns;
	bool csv_alone;
	struct value *(*rows)(struct site *site, const struct page *page,
	    struct arena *arena);
	/* Adds to what its JSON says before the rows. May be NULL. */
	void (*head)(struct site *site, const struct page *page,
	    struct arena *arena, struct value *head);
};

/* Lists all pages into site->pages. What is kept of them lives in `arena`. Of
 * two with one address the prose is left out, with a diagnostic. The site in
 * the second language has the public pages alone. */
void pages_list(struct site *site, struct arena *arena,
    struct diag_list *diags);

/* Adds a page. Folder ("achievements/"), or path, and key live in `arena`. */
struct page *page_add(struct site *site, struct arena *arena,
    const struct page_kind *kind, struct str folder, struct str key);

/* Appends the finished page; nothing on failure. */
bool page_render(struct site *site, const struct page *page,
    struct arena *scratch, struct buf *out, struct diag_list *diags)
    __attribute__((warn_unused_result));

/* -- what the page kinds share -------------------------------------------- */

/* Rows of a query with up to four parameters, made up for templates, in the
 * site's language (translation.h). */
struct value *page_rows(struct site *site, struct arena *arena, int query,
    struct str a, struct str b, struct str c, struct str d);
/* The same with one parameter, or none (STR_NONE). */
struct value *page_query(struct site *site, struct arena *arena, int query,
    struct str key);
/* The page or file of a site, whose pages are listed, at that path; or NULL. */
struct page *page_find(const struct site *site, struct str path,
    bool is_internal);
/* Whether there is a public one; and one at that address (page_address()). */
bool page_exists(const struct site *site, struct str path);
bool page_is_at(const struct site *site, struct str address);
/* The public one at that address; whether it is there is noted as asked. */
const struct page *page_at(const struct site *site, struct arena *arena,
    struct str address);
/* The card of the achievement with this record number; NULL if not public. */
struct value *page_card(struct site *site, struct arena *arena,
    struct str record);
/* previous and next, from a list of rows (newest first) by the key in
 * `field`: {href, label}. */
void page_set_neighbours(struct site *site, struct arena *arena,
    struct value *context, struct value *rows, const char *field,
    const char *label, struct str key);
/* Sets context.table to what a listing has for its page; see listing.h. */
void page_set_table(struct site *site, struct arena *arena,
    struct value *context, const struct listing_column *columns,
    struct value *rows);
/* The title of a listing by page_titles, and the site's after it. */
struct str page_title_beside(struct site *site, struct arena *arena,
    const struct page_kind *listing, struct str label);
/* A record made up by the fields of its kind, in the site's language. */
struct value *page_record(struct site *site, struct arena *arena,
    enum kind kind, const struct value *data, const struct str *hidden);
/* base_url and a path. */
struct str page_url(const struct site *site, struct arena *arena,
    struct str path);
/* "a/b/" of "a/b/index.html"; other files as they are. */
struct str page_address(struct str path);

#endif
