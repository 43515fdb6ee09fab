/* SPDX-License-Identifier: MIT */
/*
 * What queries read (catalogue/reads.h), noted in the store of the pages: to
 * find it out takes as long as to ask them. Another program finds out anew.
 */
#ifndef SITE_NOTED_READS_H
#define SITE_NOTED_READS_H

#include "base/str.h"
#include "base/vec.h"
#include "catalogue/reads.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct catalogue;
struct page_store;

struct noted_reads {
	struct catalogue *catalogue;
	struct page_store *store;
	struct arena *arena;
	struct vec found;	/* struct catalogue_read: of the last query */
	struct vec noted;	/* of all queries; see noted_reads.c */
	struct catalogue_columns columns;
	bool has_columns, has_more;	/* opened; something was found out */
};

/* All three are the caller's, until noted_reads_close(). */
void noted_reads_open(struct noted_reads *reads, struct catalogue *catalogue,
    struct page_store *store, struct arena *arena);
/* Notes what was found out. */
void noted_reads_close(struct noted_reads *reads);

/* Puts what the query reads into `found`; false when that cannot be told. */
bool noted_reads_find(struct noted_reads *reads, uint32_t query);

/* The bit of a column, as catalogue_column() has it; 0 also where the catalogue
 * cannot tell. */
uint64_t noted_reads_column(struct noted_reads *reads, struct str table,
    struct str column);

#endif
