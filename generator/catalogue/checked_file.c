/* SPDX-License-Identifier: MIT */
#include "catalogue/checked_file.h"

#include <sqlite3.h>

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { SMALLEST_PAGE = 512, LARGEST_PAGE = 65536, RESERVED_AT = 20,
	PAGE_SIZE_AT = 16, PAGE_COUNT_AT = 28, HEADER_SIZE = 100 };

/* The default file system's file stands behind it. */
struct checked_file {
	sqlite3_file base;
	unsigned char *page;	/* being written, with its sum */
	int room;
};

static sqlite3_vfs file_system;

static sqlite3_vfs *below(void)
{
	return file_system.pAppData;
}

static sqlite3_file *real(sqlite3_file *file)
{
	return (sqlite3_file *)((struct checked_file *)file + 1);
}

/* -- sums ----------------------------------------------------------------- */

/* Another word always gives another sum. */
static uint64_t add(uint64_t sum, uint64_t word)
{
	sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return sum ^ sum >> 32;
}

/* In four rows, which the processor works out at once. Zeros do not sum up to
 * zero; the place is in it, since a page may have gone to another's. */
uint64_t checked_file_sum(const unsigned char *bytes, size_t len,
    uint64_t place)
{
	uint64_t rows[4] = { 1, 2, 3, 4 }, words[4], sum;
	const unsigned char *end = bytes + len;

	for (; end - bytes >= (ptrdiff_t)sizeof(words);
	    bytes += sizeof(words)) {
		memcpy(words, bytes, sizeof(words));
		for (size_t i = 0; i < 4; i++)
			rows[i] = add(rows[i], words[i]);
	}
	memset(words, 0, sizeof(words));
	memcpy(words, bytes, (size_t)(end - bytes));
	sum = add((uint64_t)len + CHECKED_FILE_RESERVED, place);
	for (size_t i = 0; i < 4; i++)
		sum = add(sum, add(rows[i], words[i]));
	return sum;
}

static uint64_t sum_of(const unsigned char *page, int size,
    sqlite3_int64 offset)
{
	return checked_file_sum(page, (size_t)size - CHECKED_FILE_RESERVED,
	    (uint64_t)offset);
}

/* The header is read in pieces, pages whole. */
static bool is_page(int size, sqlite3_int64 offset)
{
	return size >= SMALLEST_PAGE && size <= LARGEST_PAGE &&
	    (size & (size - 1)) == 0 && offset % size == 0;
}

static bool is_right(const unsigned char *page, int size, sqlite3_int64 offset)
{
	uint64_t sum = sum_of(page, size, offset);

	return memcmp(page + size - CHECKED_FILE_RESERVED, &sum,
	    sizeof(sum)) == 0;
}

/* -- a file --------------------------------------------------------------- */

static int read_some(sqlite3_file *file, void *bytes, int size,
    sqlite3_int64 offset)
{
	int state = real(file)->pMethods->xRead(real(file), bytes, size,
	    offset);
	sqlite3_int64 end = 0;

	if (!is_page(size, offset))
		return state;
	if (state == SQLITE_OK)
		return is_right(bytes, size, offset) ? SQLITE_OK :
		    SQLITE_CORRUPT;
	if (state != SQLITE_IOERR_SHORT_READ)
		return state;
	/* Behind the end SQLite makes a page of zeros, as it shall; but of one
	 * that is cut off, too. */
	if (real(file)->pMethods->xFileSize(real(file), &end) != SQLITE_OK)
		return SQLITE_IOERR_FSTAT;
	return end > offset ? SQLITE_CORRUPT : state;
}

static int write_page(struct checked_file *checked, const unsigned char *bytes,
    int size, sqlite3_int64 offset)
{
	sqlite3_file *file = real(&checked->base);
	uint64_t sum = sum_of(bytes, size, offset);

	if (checked->room < size) {
		sqlite3_free(checked->page);
		checked->page = sqlite3_malloc(size);
		checked->room = checked->page == NULL ? 0 : size;
	}
	if (checked->page == NULL)
		return SQLITE_IOERR_NOMEM;
	memcpy(checked->page, bytes, (size_t)size - sizeof(sum));
	memcpy(checked->page + size - sizeof(sum), &sum, sizeof(sum));
	return file->pMethods->xWrite(file, checked->page, size, offset);
}

static int write_some(sqlite3_file *file, const void *bytes, int size,
    sqlite3_int64 offset)
{
	const unsigned char *page = bytes;

	if (!is_page(size, offset))
		return real(file)->pMethods->xWrite(real(file), bytes, size,
		    offset);
	/* Of a file without room for them sums would spoil the content. */
	if (offset == 0 && page[RESERVED_AT] != CHECKED_FILE_RESERVED)
		return SQLITE_IOERR_WRITE;
	return write_page((struct checked_file *)file, page, size, offset);
}

static int close_file(sqlite3_file *file)
{
	sqlite3_free(((struct checked_file *)file)->page);
	return real(file)->pMethods->xClose(real(file));
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
	return real(file)->pMethods->xTruncate(real(file), size);
}

static int sync_file(sqlite3_file *file, int flags)
{
	return real(file)->pMethods->xSync(real(file), flags);
}

static int size_of_file(sqlite3_file *file, sqlite3_int64 *size)
{
	return real(file)->pMethods->xFileSize(real(file), size);
}

static int lock_file(sqlite3_file *file, int lock)
{
	return real(file)->pMethods->xLock(real(file), lock);
}

static int unlock_file(sqlite3_file *file, int lock)
{
	return real(file)->pMethods->xUnlock(real(file), lock);
}

static int is_reserved(sqlite3_file *file, int *result)
{
	return real(file)->pMethods->xCheckReservedLock(real(file), result);
}

static int control_file(sqlite3_file *file, int operation, void *argument)
{
	return real(file)->pMethods->xFileControl(real(file), operation,
	    argument);
}

static int sector_size(sqlite3_file *file)
{
	return real(file)->pMethods->xSectorSize(real(file));
}

static int characteristics(sqlite3_file *file)
{
	int found = real(file)->pMethods->xDeviceCharacteristics(real(file));

#ifdef SQLITE_IOCAP_SUBPAGE_READ
	/* Parts of pages have no sum. */
	found &= ~SQLITE_IOCAP_SUBPAGE_READ;
#endif
	return found;
}

/* Version 1: neither shared memory, for WAL, nor mapped pages. */
static const sqlite3_io_methods methods = {
	.iVersion = 1, .xClose = close_file, .xRead = read_some,
	.xWrite = write_some, .xTruncate = truncate_file, .xSync = sync_file,
	.xFileSize = size_of_file, .xLock = lock_file, .xUnlock = unlock_file,
	.xCheckReservedLock = is_reserved, .xFileControl = control_file,
	.xSectorSize = sector_size,
	.xDeviceCharacteristics = characteristics,
};

/* -- the file system ------------------------------------------------------ */

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
    int flags, int *out_flags)
{
	struct checked_file *checked = (struct checked_file *)file;
	int state;

	(void)vfs;
	if ((flags & SQLITE_OPEN_MAIN_DB) == 0)
		return below()->xOpen(below(), name, file, flags, out_flags);
	memset(checked, 0, sizeof(*checked));
	state = below()->xOpen(below(), name, real(file), flags, out_flags);
	if (state == SQLITE_OK)
		checked->base.pMethods = &methods;
	else if (real(file)->pMethods != NULL)
		(void)real(file)->pMethods->xClose(real(file));
	return state;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	return below()->xDelete(below(), name, sync);
}

static int find_access(sqlite3_vfs *vfs, const char *name, int flags,
    int *result)
{
	(void)vfs;
	return below()->xAccess(below(), name, flags, result);
}

static int full_path(sqlite3_vfs *vfs, const char *name, int size, char *path)
{
	(void)vfs;
	return below()->xFullPathname(below(), name, size, path);
}

static int random_bytes(sqlite3_vfs *vfs, int size, char *bytes)
{
	(void)vfs;
	return below()->xRandomness(below(), size, bytes);
}

static int sleep_for(sqlite3_vfs *vfs, int microseconds)
{
	(void)vfs;
	return below()->xSleep(below(), microseconds);
}

static int current_time(sqlite3_vfs *vfs, double *julian_day)
{
	(void)vfs;
	return below()->xCurrentTime(below(), julian_day);
}

static int last_error(sqlite3_vfs *vfs, int size, char *text)
{
	(void)vfs;
	return below()->xGetLastError(below(), size, text);
}

/* Each connection is one thread's, and nobody asks how much memory SQLite has:
 * so it need not lock to allocate. Only before anything else is asked of it. */
static void configure(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

const char *checked_file_system(void)
{
	sqlite3_vfs *found;

	if (file_system.pAppData == NULL)
		configure();
	found = sqlite3_vfs_find(NULL);

	if (found == NULL || sqlite3_vfs_find(CHECKED_FILE_SYSTEM) != NULL)
		return CHECKED_FILE_SYSTEM;
	file_system = (sqlite3_vfs){
		.iVersion = 1, .zName = CHECKED_FILE_SYSTEM,
		.szOsFile = (int)sizeof(struct checked_file) +
		    found->szOsFile,
		.mxPathname = found->mxPathname, .pAppData = found,
		.xOpen = open_file, .xDelete = delete_file,
		.xAccess = find_access, .xFullPathname = full_path,
		.xRandomness = random_bytes, .xSleep = sleep_for,
		.xCurrentTime = current_time, .xGetLastError = last_error,
	};
	(void)sqlite3_vfs_register(&file_system, 0);
	return CHECKED_FILE_SYSTEM;
}

/* -- databases ------------------------------------------------------------ */

int checked_file_open(const char *path, sqlite3 **database, int flags)
{
	int reserved = CHECKED_FILE_RESERVED;
	int state = sqlite3_open_v2(path, database, flags,
	    checked_file_system());

	if (state != SQLITE_OK)
		return state;
	/* Of a file that is there its header decides. */
	(void)sqlite3_file_control(*database, "main",
	    SQLITE_FCNTL_RESERVE_BYTES, &reserved);
	return SQLITE_OK;
}

bool checked_file_is_damage(int code)
{
	return (code & 0xff) == SQLITE_CORRUPT ||
	    (code & 0xff) == SQLITE_NOTADB;
}

/* As the header has it; 0 if that cannot be. */
static int size_of_page(const unsigned char *header)
{
	int size = header[PAGE_SIZE_AT] << 8 | header[PAGE_SIZE_AT + 1] << 16;

	return is_page(size, 0) ? size : 0;
}

static bool are_all_right(sqlite3_file *file, unsigned char *page)
{
	sqlite3_int64 end = 0, count = 0;
	int size, state = size_of_file(file, &end);

	if (state == SQLITE_OK && end == 0)
		return true;
	if (state == SQLITE_OK)
		state = read_some(file, page, HEADER_SIZE, 0);
	if (state != SQLITE_OK)
		return false;
	size = size_of_page(page);
	for (int i = 0; i < 4; i++)
		count = count << 8 | page[PAGE_COUNT_AT + i];
	if (size == 0 || count * size > end)
		return false;
	for (sqlite3_int64 at = 0; state == SQLITE_OK && at < end; at += size)
		state = read_some(file, page, size, at);
	return state == SQLITE_OK;
}

bool checked_file_is_whole(sqlite3 *database)
{
	unsigned char *page = sqlite3_malloc(LARGEST_PAGE);
	sqlite3_file *file = NULL;
	bool ok;

	(void)sqlite3_file_control(database, "main",
	    SQLITE_FCNTL_FILE_POINTER, &file);
	ok = page != NULL && file != NULL && file->pMethods == &methods &&
	    are_all_right(file, page);
	sqlite3_free(page);
	return ok;
}
