/* SPDX-License-Identifier: MIT */
/*
 * The kinds of record, and where each stands: a record's id is its path below
 * the folder of its kind without ".md". A path alone therefore says what a
 * file is and what it is called; nothing inside the file can say otherwise.
 *
 * The table is constant: any process may read it at any time.
 */
#ifndef MODEL_KIND_H
#define MODEL_KIND_H

#include "base/lang.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag_list;

/* In the order in which records are read: what others refer to comes first. */
enum kind {
	KIND_SITE,
	KIND_UNIT,
	KIND_ACHIEVEMENT,
	KIND_DOSSIER,
	KIND_BULLETIN,
	KIND_RELEASE,
	KIND_RANKING,
	KIND_PROJECT,
	KIND_PAGE,
	/* Of the private folder (`--private DIR`), never of a registry. */
	KIND_EXPERT,
	KIND_CREDIT,
	KIND_PANEL,
	KIND_SANCTION,
	KIND_COUNT
};

enum id_form {
	ID_SITE,	/* the one file content/site.yaml, whose id is "site" */
	ID_SLUG,	/* demo-lab-xinghe */
	ID_UNIT_SLUG,	/* demo-lab-xinghe/photonic-chip */
	ID_MONTH,	/* 2026-06 */
	ID_YEAR,	/* 2026 */
	ID_RELEASE,	/* 2026-q2 or 2026-05-20-slug */
	ID_PATH		/* guide/units: one to six slugs */
};

struct kind_info {
	struct str name;		/* "achievement" */
	struct str folder;		/* "content/achievements/" */
	struct str title[LANG_COUNT];	/* "成果", "achievement" */
	size_t depth;			/* parts of an id; 0: one to six */
	enum id_form form;
	struct str place[LANG_COUNT];	/* "content/units/<slug>.md" */
	struct str example;		/* of an id: "demo-lab-xinghe" */
	bool is_private;		/* `folder` is of the private folder */
};

const struct kind_info *kind_info(enum kind kind);

/* The kind of that name; false if there is none. Reports nothing. */
bool kind_find(struct str name, enum kind *kind);

enum path_role {
	PATH_RECORD,		/* kind and id are set */
	PATH_ATTACHMENT,	/* below an achievement's folder: kind, id */
	PATH_FOREIGN		/* not below content/, or hidden: ignored */
};

struct content_path {
	enum path_role role;
	enum kind kind;
	struct str id;		/* a view of the path, or a literal */
};

/*
 * What the file at `path` (relative to the registry, '/' between its parts) is.
 * False with a diagnostic on the file for whatever stands below content/ in the
 * wrong place or under a name that is no id.
 */
bool kind_of_path(struct str path, struct content_path *what,
    struct diag_list *diags) __attribute__((warn_unused_result));

/*
 * The same for a file of the private folder, `path` relative to that: experts/,
 * credit/, panels/ and sanctions/ hold records; what stands beside them, such
 * as a README, is foreign, but Markdown in any other folder is a mistake.
 */
bool kind_of_private_path(struct str path, struct content_path *what,
    struct diag_list *diags) __attribute__((warn_unused_result));

/* Whether `id` has the form of ids of that kind. */
bool kind_id_is_valid(enum kind kind, struct str id);

/* Where the record stands, in `arena`: "content/units/demo-lab.md"; of a
 * private kind, below the private folder: "experts/demo-expert.md". */
struct str record_path(struct arena *arena, enum kind kind, struct str id);

/* The part of the id before its first '/'; empty if there is none. */
struct str record_unit(enum kind kind, struct str id);

#endif
