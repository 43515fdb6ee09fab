/* SPDX-License-Identifier: MIT */
/*
 * The file behind a catalogue. It is made in a folder of its own, which is
 * locked as long as it is in use: one that nobody locks was left by a program
 * that was killed, and the next one removes it.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/reason.h"
#include "catalogue/catalogue.h"
#include "catalogue/checked_file.h"
#include "catalogue/internal.h"
#include "catalogue/resume.h"
#include "catalogue/touched_log.h"

#include <sqlite3.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* In the file's header: "zhel", and the format of schema.sql. */
enum { APPLICATION_ID = 0x7a68656c, FORMAT = 4 };

#define FILE_NAME "catalogue.sqlite"
#define SCRATCH_NAME "scratch"
#define LOCK_NAME "catalogue.lock"
#define JOURNAL_SUFFIX "-journal"
/* mkdtemp() makes letters and digits of the X. */
#define FOLDER_PREFIX "zheli-"
#define FOLDER_PATTERN FOLDER_PREFIX "XXXXXX"

/* How long whoever has the kept catalogue is waited for. */
enum { LOCK_TRIES = 20, LOCK_PAUSE_MS = 25 };

/* Enough that what pages have in common is read, and its sums are worked out,
 * once; the same however many records there are. What is sorted stays in
 * memory: who renders may open no file. */
#define READER_CACHE "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY"

static const char schema_sql[] =
#include "catalogue/schema.inc"
    ;
static const char connection_sql[] =
#include "catalogue/connection.inc"
    ;

bool catalogue_file_is_usable(const char *path, struct str why[LANG_COUNT])
{
	static const char magic[16] = "SQLite format 3";
	unsigned char header[100] = { 0 };
	static const struct str reasons[][LANG_COUNT] = {
		{ { "已损坏", 9 }, { "damaged", 7 } },
		{ { "不是本程序所建", 21 }, { "foreign", 7 } },
		{ { "格式版本不同", 18 }, { "of another format", 17 } },
	};
	int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	size_t reason;
	ssize_t got;

	if (descriptor < 0)
		return true;
	got = read(descriptor, header, sizeof(header));
	(void)close(descriptor);
	if (got != (ssize_t)sizeof(header) ||
	    memcmp(header, magic, sizeof(magic)) != 0)
		reason = 0;
	else if (header[68] != (APPLICATION_ID >> 24 & 255) ||
	    header[69] != (APPLICATION_ID >> 16 & 255) ||
	    header[70] != (APPLICATION_ID >> 8 & 255) ||
	    header[71] != (APPLICATION_ID & 255))
		reason = 1;
	else if (header[63] != FORMAT || header[20] != CHECKED_FILE_RESERVED)
		reason = 2;
	else
		return true;
	memcpy(why, reasons[reason], sizeof(reasons[reason]));
	return false;
}

struct catalogue *catalogue_open_file(struct arena *arena, struct str path,
    int flags, struct diag_list *diags)
{
	struct catalogue *catalogue = arena_alloc(arena, sizeof(*catalogue));

	catalogue->arena = arena;
	catalogue->lock = -1;
	catalogue->file_lock = -1;
	buf_init(&catalogue->taken);
	catalogue->path = str_dup(arena, path);
	if (checked_file_open(catalogue->path.ptr, &catalogue->database,
	    flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE) !=
	    SQLITE_OK) {
		struct str why[LANG_COUNT];

		if (catalogue->database == NULL)
			out_of_memory(0);
		sqlite_reasons(sqlite3_errcode(catalogue->database),
		    str_dup(arena, str_from(
			sqlite3_errmsg(catalogue->database))), why);
		(void)sqlite3_close(catalogue->database);
		buf_dispose(&catalogue->taken);
		diag_report_texts(diags, ((struct mark){ .path = path }),
		    flags & SQLITE_OPEN_CREATE ? DIAG_CANNOT_WRITE :
		    DIAG_CANNOT_READ, path, why);
		return NULL;
	}
	catalogue_add_functions(catalogue);
	return catalogue;
}

struct str catalogue_file(struct arena *arena, struct str folder)
{
	return path_join(arena, folder, STR(FILE_NAME));
}

/* -- the folder it is made in ------------------------------------------ */

/* Opens and locks it; negative when another has, or has removed it. A file
 * system without locks gives a descriptor all the same, and `*locked` false. */
static int lock_folder(const char *path, bool *locked)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
	struct stat status;

	if (folder < 0)
		return -1;
	*locked = flock(folder, LOCK_EX | LOCK_NB) == 0;
	if ((!*locked && errno == EWOULDBLOCK) ||
	    stat(path, &status) < 0) {
		(void)close(folder);
		return -1;
	}
	return folder;
}

/* With all in it: SQLite may have files of its own beside ours. */
static void remove_folder(struct arena *arena, struct str folder)
{
	DIR *stream = opendir(str_cstr(arena, folder));
	const struct dirent *entry;

	while (stream != NULL && (entry = readdir(stream)) != NULL)
		if (entry->d_name[0] != '.')
			(void)unlinkat(dirfd(stream), entry->d_name, 0);
	if (stream != NULL)
		(void)closedir(stream);
	(void)rmdir(str_cstr(arena, folder));
}

static void remove_leftovers(struct arena *arena, struct str base)
{
	DIR *stream = opendir(str_cstr(arena, base));
	const struct dirent *entry;

	while (stream != NULL && (entry = readdir(stream)) != NULL) {
		struct str name = str_from(entry->d_name);
		struct str path;
		bool locked;
		int lock;

		if (!str_starts(name, STR(FOLDER_PREFIX)) ||
		    name.len != strlen(FOLDER_PATTERN))
			continue;
		path = path_join(arena, base, name);
		lock = lock_folder(path.ptr, &locked);
		if (lock >= 0 && locked)
			remove_folder(arena, path);
		if (lock >= 0)
			(void)close(lock);
	}
	if (stream != NULL)
		(void)closedir(stream);
}

/* A new folder below `base`, locked; STR_NONE with errno set if none can be. */
static struct str make_folder(struct arena *arena, struct str base, int *lock)
{
	bool locked;

	remove_leftovers(arena, base);
	for (int i = 0; i < 100; i++) {
		struct str path = path_join(arena, base, STR(FOLDER_PATTERN));
		char *pattern = str_cstr(arena, path);

		if (mkdtemp(pattern) == NULL)
			return STR_NONE;
		*lock = lock_folder(pattern, &locked);
		if (*lock >= 0)
			return str_from(pattern);
		(void)rmdir(pattern);
	}
	return STR_NONE;
}

static struct str temporary_base(void)
{
	const char *set = getenv("TMPDIR");

	return set != NULL && set[0] != '\0' ? str_from(set) : STR("/tmp");
}

/* Whoever wrote the registry may have made `folder` a link to anywhere. */
bool catalogue_folder_is_real(struct arena *arena, struct str folder)
{
	struct stat status;

	return lstat(str_cstr(arena, folder), &status) == 0 &&
	    S_ISDIR(status.st_mode);
}

int catalogue_lock(struct arena *arena, struct str folder, bool *is_locked)
{
	const struct timespec pause = { .tv_nsec = LOCK_PAUSE_MS * 1000000L };
	struct str path = path_join(arena, folder, STR(LOCK_NAME));
	int lock = open(str_cstr(arena, path),
	    O_RDONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);

	*is_locked = false;
	for (int i = 0; lock >= 0; i++) {
		*is_locked = flock(lock, LOCK_EX | LOCK_NB) == 0;
		if (*is_locked || errno != EWOULDBLOCK)
			break;
		if (i == LOCK_TRIES) {
			(void)close(lock);
			return -1;
		}
		(void)nanosleep(&pause, NULL);
	}
	return lock;
}

/* -- life cycle -------------------------------------------------------- */

void catalogue_connect(struct catalogue *catalogue)
{
	catalogue_execute(catalogue, connection_sql);
}

static void set_up(struct catalogue *catalogue, struct str as_of)
{
	/* A half-written cache is thrown away, so it needs no journal. What is
	 * sorted is as large as the registry: it may go to a file. */
	catalogue_execute(catalogue, "PRAGMA journal_mode = OFF; "
	    "PRAGMA synchronous = OFF; PRAGMA locking_mode = NORMAL; "
	    "PRAGMA cache_size = " CHECKED_FILE_WRITER_CACHE);
	catalogue_execute(catalogue, schema_sql);
	catalogue_execute(catalogue, str_format(catalogue->arena,
	    "PRAGMA application_id = %d; PRAGMA user_version = %d",
	    APPLICATION_ID, FORMAT).ptr);
	catalogue_connect(catalogue);
	catalogue_put_meta(catalogue, STR("as_of"), as_of);
}

/* A cache is nobody's content: git shall not offer to add it. A folder that
 * cannot be written to is found out, and told, by what follows. */
static void hide_from_git(struct arena *arena, struct str folder)
{
	static const char all[] = "*\n";
	struct str path = path_join(arena, folder, STR(".gitignore"));
	int file = open(str_cstr(arena, path),
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	if (file < 0)
		return;
	if (write(file, all, sizeof(all) - 1) < 0)
		(void)unlink(str_cstr(arena, path));
	(void)close(file);
}

struct catalogue *catalogue_create(struct arena *arena, struct str folder,
    struct str as_of, struct diag_list *diags)
{
	struct str final = catalogue_file(arena, folder);
	struct str made = STR_NONE, why[LANG_COUNT];
	struct catalogue *catalogue;
	int lock = -1;

	(void)mkdir(str_cstr(arena, folder), 0777);
	if (catalogue_folder_is_real(arena, folder)) {
		hide_from_git(arena, folder);
		made = make_folder(arena, folder, &lock);
	}
	if (made.len == 0) {
		final = STR_NONE;
		made = make_folder(arena, temporary_base(), &lock);
	}
	if (made.len == 0) {
		diag_report_reason(diags, ((struct mark){ .path = folder }),
		    DIAG_CANNOT_WRITE, folder, errno);
		return NULL;
	}
	if (final.len > 0 && !catalogue_file_is_usable(final.ptr, why))
		diag_report(diags, ((struct mark){ .line = 0 }),
		    DIAG_CATALOGUE_REBUILT, final, why[LANG_EN],
		    why[LANG_ZH]);
	catalogue = catalogue_open_file(arena, catalogue_file(arena, made),
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, diags);
	if (catalogue == NULL) {
		remove_folder(arena, made);
		(void)close(lock);
		return NULL;
	}
	catalogue->folder = made;
	catalogue->lock = lock;
	catalogue->final_path = final;
	set_up(catalogue, as_of);
	return catalogue;
}

struct str catalogue_path(const struct catalogue *catalogue)
{
	return catalogue->path;
}

struct str catalogue_scratch_path(const struct catalogue *catalogue)
{
	return path_join(catalogue->arena, path_folder(catalogue->path),
	    STR(SCRATCH_NAME));
}

struct str catalogue_kept_path(const struct catalogue *catalogue,
    struct str name)
{
	/* One that is gone on with is in its place already. */
	struct str place = catalogue->folder.len == 0 ? catalogue->path :
	    catalogue->final_path;

	return place.len == 0 ? STR_NONE :
	    path_join(catalogue->arena, path_folder(place), name);
}

/* Quotes in a path are doubled, as SQL has them. */
static void attach(struct catalogue *catalogue, struct str registry)
{
	struct buf sql;

	buf_init(&sql);
	buf_append(&sql, STR("ATTACH '"));
	for (size_t i = 0; i < registry.len; i++) {
		if (registry.ptr[i] == '\'')
			buf_append(&sql, STR("'"));
		buf_append(&sql, str_slice(registry, i, i + 1));
	}
	buf_append(&sql, STR("' AS registry"));
	catalogue_execute(catalogue, sql.ptr);
	buf_dispose(&sql);
}

/* `registry` empty: none beside it. */
static struct catalogue *open_reader(struct arena *arena, struct str path,
    struct str registry, struct diag_list *diags)
{
	struct catalogue *catalogue = catalogue_open_file(arena, path,
	    SQLITE_OPEN_READONLY, diags);

	if (catalogue == NULL)
		return NULL;
	if (registry.len > 0)
		attach(catalogue, registry);
	/* One transaction for the reader's whole life: nobody writes meanwhile,
	 * and no query has to ask anew whether somebody did. */
	catalogue_execute(catalogue, READER_CACHE);
	catalogue_connect(catalogue);
	catalogue_execute(catalogue, "BEGIN; SELECT name FROM meta LIMIT 1");
	if (catalogue_is_well(catalogue, diags))
		return catalogue;
	catalogue_close(catalogue);
	return NULL;
}

struct catalogue *catalogue_open(struct arena *arena, struct str path,
    struct diag_list *diags)
{
	return open_reader(arena, path, STR_NONE, diags);
}

struct catalogue *catalogue_open_beside(struct arena *arena, struct str path,
    struct str registry, struct diag_list *diags)
{
	return open_reader(arena, path, registry, diags);
}

void catalogue_keep(struct catalogue *catalogue)
{
	catalogue->is_kept = true;
}

/*
 * Takes the old one's place, unless somebody goes on with that. Where a program
 * died while it did, its journal is about the old file, and must not be there
 * beside the new one.
 */
static void take_place(const struct catalogue *catalogue)
{
	struct arena *arena = catalogue->arena;
	struct str final = catalogue->final_path;
	struct str journal = str_from(str_cstr(arena, str_join(arena, final,
	    STR(JOURNAL_SUFFIX))));
	bool is_locked;
	int lock = catalogue_lock(arena, path_folder(final), &is_locked);

	if (lock < 0)
		return;
	if (access(journal.ptr, F_OK) == 0) {
		(void)unlink(final.ptr);
		(void)unlink(journal.ptr);
	}
	/* If the rename fails there is merely no cache. */
	(void)!rename(catalogue->path.ptr, final.ptr);
	(void)close(lock);
}

bool catalogue_is_damaged(const struct catalogue *catalogue)
{
	return catalogue->is_damaged ||
	    checked_file_is_damage(catalogue->failure_code);
}

bool catalogue_was_damaged(struct catalogue *catalogue)
{
	catalogue->is_damaged = catalogue->folder.len == 0 &&
	    (catalogue_is_damaged(catalogue) ||
		!checked_file_is_whole(catalogue->database));
	return catalogue->is_damaged;
}

void catalogue_report_damage(struct str path, struct diag_list *diags)
{
	diag_report(diags, ((struct mark){ .line = 0 }),
	    DIAG_CATALOGUE_REBUILT, path, STR("damaged"), STR("已损坏"));
}

/* What was made beside a catalogue that was gone on with. One that is damaged
 * is nobody's next starting point. */
static void leave_file(const struct catalogue *catalogue)
{
	struct arena *arena = catalogue->arena;
	struct str folder = path_folder(catalogue->path);

	if (catalogue_is_damaged(catalogue)) {
		(void)unlink(catalogue->path.ptr);
		(void)unlink(str_cstr(arena, str_join(arena, catalogue->path,
		    STR(JOURNAL_SUFFIX))));
	}
	(void)unlink(path_join(arena, folder, STR(SCRATCH_NAME)).ptr);
	(void)unlink(path_join(arena, folder,
	    STR(SCRATCH_NAME CATALOGUE_LOOSE)).ptr);
	(void)close(catalogue->file_lock);
}

/* Notes what has become of one that was gone on with; nothing of it that went
 * wrong is anybody's next starting point. */
static void end_watching(struct catalogue *catalogue)
{
	if (sqlite3_get_autocommit(catalogue->database) == 0)
		(void)sqlite3_exec(catalogue->database, "ROLLBACK", NULL, NULL,
		    NULL);
	if (catalogue->file_lock >= 0 && catalogue->failure.len == 0)
		touched_log_add(catalogue);
	catalogue_unwatch(catalogue);
}

void catalogue_close(struct catalogue *catalogue)
{
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		(void)sqlite3_finalize(catalogue->statements[i]);
	for (size_t i = 0; i < PROJECTION_LIMIT; i++)
		(void)sqlite3_finalize(catalogue->projections[i]);
	for (size_t i = 0; i < QUERY_COUNT; i++)
		(void)sqlite3_finalize(catalogue->queries[i]);
	end_watching(catalogue);
	/* Closing takes back what was not committed. */
	(void)sqlite3_close(catalogue->database);
	buf_dispose(&catalogue->taken);
	if (catalogue->file_lock >= 0)
		leave_file(catalogue);
	if (catalogue->folder.len == 0)
		return;
	if (catalogue->is_kept && catalogue->failure.len == 0 &&
	    catalogue->final_path.len > 0)
		take_place(catalogue);
	remove_folder(catalogue->arena, catalogue->folder);
	(void)close(catalogue->lock);
}
