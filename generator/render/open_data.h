/* SPDX-License-Identifier: MIT */
/*
 * Open data: what the public site shows, as files to take away, below /data/.
 *
 * A data set is a table: its rows are a query of queries_data.sql, its columns
 * stand in open_data_sets.c, each with a field of a record that says what it
 * means or with words of the theme (t.data.columns). From that one description
 * come the CSV files, the tables of the SQLite file and what /data/ says of the
 * columns. The achievements are JSON Lines as well, whole records after the
 * schemas (open_data_record.c); open_data_schema.c says what those rows may
 * hold, in JSON Schema, by the same list of public fields. open_data_oai.c has
 * them as OAI-PMH static repositories.
 *
 * A file is a page with `stream` (page.h): it is written piece after piece, so
 * memory does not grow with the number of records. Files of a year come first,
 * so that whole ones are put together from them (open_data_joined.c); what
 * lists all files with their sizes and checksums (pages_data.c) comes last.
 */
#ifndef RENDER_OPEN_DATA_H
#define RENDER_OPEN_DATA_H

#include "base/file_stream.h"
#include "base/str.h"
#include "model/kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct diag_list;
struct field;
struct page;
struct record;
struct site;
struct value;
struct vec;

enum data_type { DATA_TEXT, DATA_DATE, DATA_INTEGER, DATA_REAL, DATA_FLAG,
	DATA_URL };

struct data_column {
	const char *name;	/* NULL ends a table */
	enum data_type type;
	const char *field;	/* of `kind`, for what it means; NULL: the words
				 * t.data.columns.<name> */
	enum kind kind;
	const char *refers;	/* "achievement (id)": the table and column
				 * that have what stands here */
};

struct data_set {
	const char *name;	/* "achievement_units": its files and its words
				 * t.data.sets.<name> */
	int query, years;	/* years: a query, or -1 if not cut by year */
	const char *key;	/* columns that tell its rows apart */
	const char *index;	/* another column that people look for; that of
				 * the year, where the set has it and is cut */
	const struct data_column *columns;
};

/* All of them; ended by one without a name. The first is achievements. */
extern const struct data_set data_sets[];

enum data_format { DATA_CSV, DATA_JSON_LINES, DATA_SQLITE, DATA_OAI,
	DATA_SCHEMA, DATA_FORMAT_COUNT };

/* A file. What is known of it when it was written is filled in by then. */
struct data_file {
	const struct data_set *set;	/* NULL: of several */
	enum data_format format;
	struct str path;
	struct str year;		/* empty: the whole */
	size_t rows;
	struct file_facts facts;
	/* Before any is written: the answer of the query of `set` for `year`,
	 * where it is known without asking. */
	uint64_t answer;
	bool is_answered;
	/* Of the SQLite file: what its tables rest on besides answers, if they
	 * are to be left for the next build (open_data_sqlite.c). */
	struct str kept_under;
};

/* "text/csv"; IANA's name. */
struct str data_media_type(enum data_format format);

/* What the theme's words say of a set or a format: "label" or "text". */
struct str data_set_words(const struct site *site, struct arena *arena,
    const struct data_set *set, const char *what);
struct str data_format_words(const struct site *site, struct arena *arena,
    enum data_format format, const char *what);

/* The files: they stand in the first language's site alone. */
const struct vec *data_files_of(const struct site *site);
const struct data_file *data_file_at(const struct site *site, size_t i);

/* Adds the files of the site, to site->pages and site->data_files. */
void open_data_list(struct site *site, struct arena *arena);

/* Whether the files that this one is put together from were not to be written;
 * true for all others. */
bool data_parts_are_kept(const struct site *site, const struct page *page);

/* Appends the first row of the CSV files of a set. */
void data_append_header(const struct site *site, const struct data_set *set,
    struct buf *out);

/* What a column means, in the language of the site. */
struct str data_column_label(const struct site *site, struct arena *arena,
    const struct data_column *column);
struct str data_column_text(const struct site *site, struct arena *arena,
    const struct data_column *column);

/* True if open data tells this field of an achievement or a dossier, or one
 * below it. */
bool data_is_public(enum kind kind, const struct field *field);
/*
 * Appends a member for each public field of a record, after the first; without
 * what lies after the as-of date. `count` is that of the members before.
 */
void data_append_record(const struct site *site, const struct record *record,
    struct buf *out);
/* Appends the people of an achievement as they agreed to be named. */
void data_append_people(const struct site *site, const struct record *record,
    struct buf *out);

/* What the JSON Lines tell of an achievement, whole: an object and no line's
 * end; valid for this call alone. */
typedef void data_take_line(void *context, struct str id, struct str json);

/* Hands out the achievements that entered in a year, or all of them (STR_NONE),
 * one by one, however many they are; returns how many. */
size_t data_each_line(struct site *site, struct str year,
    data_take_line *take, void *context);

/* The member beside those of a line that has a body as plain text, where an
 * index of a search cluster is filled; see data_write_mapping(). */
#define DATA_BODY "body"

/* The writers of a format; each is a page_kind's `stream`. */
bool data_write_csv(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags);
bool data_write_json_lines(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags);
bool data_write_joined(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags);
bool data_write_sqlite(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags);
bool data_write_oai(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags);
bool data_write_mapping(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags);
bool data_write_schema(struct site *site, const struct page *page,
    struct file_stream *out, struct diag_list *diags);

#endif
