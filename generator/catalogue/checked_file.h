/* SPDX-License-Identifier: MIT */
/*
 * SQLite files whose pages carry a sum of themselves, so that a byte which is
 * not what was written is noticed when, and only when, its page is read. SQLite
 * by itself finds a page that is out of shape, but not a letter that has become
 * another one. The sum is against damage, not against people.
 *
 * A file system for SQLite (https://sqlite.org/vfs.html) over the default one:
 * the last bytes of each page of a database file, which SQLite leaves alone
 * there, hold the sum of the others and of the page's place. A page that does
 * not match, or is cut off, reads as SQLITE_CORRUPT. Journals and temporary
 * files pass as they are. Any SQLite reads such a file; what writes it without
 * this spoils it. Nothing is mapped into memory, and there is no WAL.
 */
#ifndef CATALOGUE_CHECKED_FILE_H
#define CATALOGUE_CHECKED_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3;

/* Of each page, at its end; byte 20 of the file's header says so. */
enum { CHECKED_FILE_RESERVED = 8 };

/* For sqlite3_open_v2() and `?vfs=`. Registered with the first call. */
#define CHECKED_FILE_SYSTEM "zheli-checked"
const char *checked_file_system(void);

/* For `PRAGMA cache_size`: kilobytes of pages that who makes a file keeps at
 * hand. With more of them it is made no faster, and each worker that is forked
 * meanwhile has them too. */
#define CHECKED_FILE_WRITER_CACHE "-8192"

/* sqlite3_open_v2() of a checked file. One that is made gets room for sums. */
int checked_file_open(const char *path, struct sqlite3 **database, int flags);

/* Whether SQLite's `code` says that the file is not what was written. */
bool checked_file_is_damage(int code);

/* The sum of bytes that stand at a place. */
uint64_t checked_file_sum(const unsigned char *bytes, size_t len,
    uint64_t place);

/* Reads every page of an open database, which takes as long as the file is
 * large: whether all are what was written. */
bool checked_file_is_whole(struct sqlite3 *database);

#endif
