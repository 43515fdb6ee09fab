/* SPDX-License-Identifier: MIT */
/* The file: entries one after the other, each its length, the hash of what
 * follows, and then, as pack.h has it, the two states and the rows. */
#include "catalogue/touched_log.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/pack.h"
#include "base/vec.h"
#include "catalogue/internal.h"
#include "catalogue/touched.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG_NAME STR("touched.log")

/* Of more, all there is may be asked as soon. */
enum { MOST_ROWS = 20000 };
/* When it is this long it begins anew. */
enum { LONG_ENOUGH = 1 << 20 };

/* -- writing --------------------------------------------------------------- */

static void pack_row(struct buf *out, const struct catalogue_touched *row)
{
	pack_str(out, row->table);
	pack_long(out, (uint64_t)row->record);
	pack_str(out, row->key);
	pack_long(out, row->columns);
	pack_str(out, row->id);
}

static void pack_entry(struct buf *out, struct str from, struct str to,
    const struct vec *rows)
{
	struct buf body;

	buf_init(&body);
	pack_str(&body, from);
	pack_str(&body, to);
	pack_number(&body, (uint32_t)rows->count);
	for (size_t i = 0; i < rows->count; i++)
		pack_row(&body, vec_at(rows, i));
	pack_long(out, hash_bytes(buf_str(&body)));
	pack_str(out, buf_str(&body));
	buf_dispose(&body);
}

/* A file of its own: whoever wrote the registry may have put a link there. */
static int open_log(const struct catalogue *catalogue, int flags,
    size_t *size)
{
	struct str path = catalogue_kept_path(catalogue, LOG_NAME);
	struct stat status;
	int file = path.len == 0 ? -1 : open(path.ptr, flags | O_NOFOLLOW |
	    O_NONBLOCK | O_CLOEXEC, 0600);

	if (file < 0)
		return -1;
	if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_nlink == 1) {
		*size = (size_t)status.st_size;
		return file;
	}
	(void)close(file);
	return -1;
}

/* One that is cut off has another hash. */
static void append(const struct catalogue *catalogue, struct str entry)
{
	size_t size;
	int file = open_log(catalogue, O_WRONLY | O_APPEND | O_CREAT, &size);

	if (file < 0)
		return;
	if (size < LONG_ENOUGH || ftruncate(file, 0) == 0)
		(void)!write(file, entry.ptr, entry.len);
	(void)close(file);
}

void touched_log_add(const struct catalogue *catalogue)
{
	struct str from = catalogue_watched_from(catalogue);
	struct str to = catalogue_state(catalogue, catalogue->arena);
	struct vec rows;
	struct buf entry;

	if (from.len == 0 || to.len == 0 || str_eq(from, to))
		return;
	vec_init(&rows, sizeof(struct catalogue_touched));
	buf_init(&entry);
	if (catalogue_touched(catalogue, &rows) && rows.count <= MOST_ROWS) {
		pack_entry(&entry, from, to, &rows);
		append(catalogue, buf_str(&entry));
	}
	buf_dispose(&entry);
	vec_dispose(&rows);
}

/* -- reading --------------------------------------------------------------- */

struct joining {
	struct arena *arena;
	struct map rows;	/* struct catalogue_touched *, by table and
				 * record or key */
	struct str state;	/* reached so far */
	bool is_unclear;
};

static struct str name_of(struct arena *arena,
    const struct catalogue_touched *row)
{
	return str_format(arena, "%.*s %lld %.*s", STR_ARG(row->table),
	    (long long)row->record, STR_ARG(row->key));
}

/* A number of a record that has come or gone more than once may be that of two
 * records. */
static void join(struct joining *joining, const struct catalogue_touched *row)
{
	struct str name = name_of(joining->arena, row);
	struct catalogue_touched *known = map_get(&joining->rows, name);

	if (known == NULL) {
		known = arena_alloc(joining->arena, sizeof(*known));
		*known = *row;
		known->table = str_dup(joining->arena, row->table);
		known->key = str_dup(joining->arena, row->key);
		known->id = str_dup(joining->arena, row->id);
		map_put(&joining->rows, name, known);
		return;
	}
	if (known->columns == TOUCHED_ALL && row->columns == TOUCHED_ALL &&
	    str_eq(row->table, STR("record")))
		joining->is_unclear = true;
	known->columns |= row->columns;
	if (known->id.len == 0)
		known->id = str_dup(joining->arena, row->id);
}

static bool unpack_row(struct str *bytes, struct catalogue_touched *row)
{
	uint64_t record;

	if (!unpack_str(bytes, &row->table) || !unpack_long(bytes, &record) ||
	    !unpack_str(bytes, &row->key) ||
	    !unpack_long(bytes, &row->columns) || !unpack_str(bytes, &row->id))
		return false;
	row->record = (int64_t)record;
	return true;
}

/* Follows an entry that begins where the chain has come to. */
static void follow(struct joining *joining, struct str body)
{
	struct catalogue_touched row;
	struct str from, to;
	uint32_t count;

	if (!unpack_str(&body, &from) || !unpack_str(&body, &to) ||
	    !unpack_number(&body, &count) || !str_eq(from, joining->state))
		return;
	joining->state = str_dup(joining->arena, to);
	for (uint32_t i = 0; i < count; i++) {
		if (!unpack_row(&body, &row)) {
			joining->is_unclear = true;
			return;
		}
		join(joining, &row);
	}
}

static void follow_all(struct joining *joining, struct str bytes)
{
	struct str body;
	uint64_t hash;

	while (unpack_long(&bytes, &hash) && unpack_str(&bytes, &body) &&
	       hash_bytes(body) == hash)
		follow(joining, body);
}

/* What has no file has no entries. */
static struct str read_log(const struct catalogue *catalogue,
    struct arena *arena)
{
	struct str bytes = STR_NONE;
	struct diag_list silent;
	size_t size;
	int file = open_log(catalogue, O_RDONLY, &size);

	if (file < 0)
		return bytes;
	diag_list_init(&silent, arena);
	if (!file_read_sized(arena, file, size, LOG_NAME, &bytes, &silent))
		bytes = STR_NONE;
	diag_list_dispose(&silent);
	(void)close(file);
	return bytes;
}

static bool join_own(struct joining *joining,
    const struct catalogue *catalogue)
{
	struct vec own;
	bool ok;

	vec_init(&own, sizeof(struct catalogue_touched));
	ok = catalogue_touched(catalogue, &own);
	for (size_t i = 0; i < own.count; i++)
		join(joining, vec_at(&own, i));
	vec_dispose(&own);
	return ok;
}

bool touched_log_since(const struct catalogue *catalogue, struct str state,
    struct vec *touched)
{
	struct str from = catalogue_watched_from(catalogue);
	struct joining joining = { .arena = catalogue->arena,
		.state = state };
	struct arena file;

	if (from.len == 0 || state.len == 0)
		return false;
	if (str_eq(from, state))
		return catalogue_touched(catalogue, touched);
	map_init(&joining.rows, joining.arena);
	arena_init(&file);
	follow_all(&joining, read_log(catalogue, &file));
	arena_dispose(&file);
	if (!str_eq(joining.state, from) || !join_own(&joining, catalogue) ||
	    joining.is_unclear)
		return false;
	for (size_t i = 0; i < joining.rows.count; i++)
		*(struct catalogue_touched *)vec_push(touched) =
		    *(const struct catalogue_touched *)
			joining.rows.entries[i].item;
	return true;
}
