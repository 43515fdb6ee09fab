/* SPDX-License-Identifier: MIT */
/*
 * A registry as commands see it: its files, and the schemas and themes that
 * stand in it, or else those installed with the program.
 */
#ifndef PIPELINE_REGISTRY_H
#define PIPELINE_REGISTRY_H

#include "base/date.h"
#include "base/file.h"
#include "base/map.h"
#include "base/reader.h"
#include "base/str.h"

#include <stdbool.h>

struct arena;
struct diag_list;
struct source;

/* Which state of which registry, as of when. */
struct registry_request {
	struct arena *arena;	/* lives as long as the registry */
	struct str folder;	/* as source_open() has it; NULL: none named */
	struct str rev;		/* NULL: none named, the working tree */
	struct str range;	/* BASE..HEAD instead, a proposal; or empty */
	struct str as_of;	/* ISO; NULL: today in Zhejiang */
};

struct registry {
	struct arena *arena;
	struct source *source;		/* NULL: no registry, only the data
					 * installed with the program */
	struct source *base;		/* NULL: no --range */
	struct folder data;		/* installed; descriptor -1: none */
	bool has_schemas;		/* of its own */
	struct map themes;		/* by name: whether it is of its own */
	struct reader reader;		/* of both, see registry_open() */
	struct date as_of;
	bool is_of_today;		/* since no other was named */
};

/*
 * Opens a registry. With a range, schemas and themes are those of its base: a
 * proposal is not judged by rules that it brings along. Files are read from it;
 * schemas, if it has none, and each theme that it does not have, from the
 * installed data. A missing registry is no fault here, but see
 * registry_open_content(). The registry must not move while it is open (its
 * reader points into it).
 */
bool registry_open(const struct registry_request *request,
    struct registry *registry, struct diag_list *diags);

/* The same, and false with a diagnostic when there is no content. */
bool registry_open_content(const struct registry_request *request,
    struct registry *registry, struct diag_list *diags);

/*
 * The same registry as its proposal would leave it, policies too, in *head; its
 * reader is open as long as `registry` is, and *head need not be closed.
 */
void registry_head(const struct registry *registry, struct registry *head,
    struct diag_list *diags);

/*
 * What tells one state of the schemas from all others: a digest of those that
 * the registry has, else names, sizes and times of the installed files. Empty
 * where it cannot be told, as when they were installed just now.
 */
struct str registry_schemas_id(const struct registry *registry);
/* The same of the program that runs: any other build of it may judge, and make
 * pages, in another way. Empty where it cannot be told. */
struct str registry_program_id(struct arena *arena);

void registry_close(struct registry *registry);

/* Whether it would be opened as of the same day now. */
bool registry_is_of_now(const struct registry *registry);

/* For workers, after the fork. */
bool registry_reopen(struct registry *registry);

#endif
