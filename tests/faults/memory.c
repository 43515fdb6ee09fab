/* SPDX-License-Identifier: MIT */
/*
 * Preloaded into zheli, lets malloc, calloc or realloc find no memory, once:
 * the FAULT_AT-th call of the process FAULT_PROCESS (0: the first, 1: what it
 * forked first, ...), or at FAULT_AT=0 none.
 *
 * A build makes hundreds of thousands of such calls. Those that are made by way
 * of the same functions go on alike when they fail, so one of each way is
 * enough: in the file FAULT_COUNT is left how many calls there were, by how
 * many ways, and for each way the process and the number of its first call.
 * Ways are told apart by the return addresses of DEPTH functions, as they stand
 * in their own modules, so that they are the same in the next run. Of a call
 * that failed the way is left too: whether it is the one that was meant.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>
#include <unwind.h>

enum { DEPTH = 8, MODULES = 96, WAYS = 1 << 16 };

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

struct way {
	_Atomic uint64_t hash; /* 0: free */
	uint64_t process, number;
};

/* What is in the file: 64-bit numbers, as od prints them. */
struct shared {
	_Atomic uint64_t calls, ways, processes;
	_Atomic uint64_t failed; /* the way of the call that failed */
	struct way of[WAYS];
};

static struct {
	struct shared *shared;
	uint64_t process, number; /* of this process, of its last call */
	uint64_t fails_in, fails_at;
	bool is_inside;
} memory;

static struct module {
	uintptr_t from, to;
} modules[MODULES];
static size_t module_count;

static int add_module(struct dl_phdr_info *info, size_t size, void *unused)
{
	(void)size;
	(void)unused;
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = info->dlpi_phdr + i;

		if (part->p_type != PT_LOAD || (part->p_flags & PF_X) == 0 ||
		    module_count == MODULES)
			continue;
		modules[module_count++] = (struct module){ info->dlpi_addr +
			    part->p_vaddr,
			info->dlpi_addr + part->p_vaddr + part->p_memsz };
	}
	return 0;
}

/* From the start of its module; those come in the same order each time. */
static uint64_t place_of(uintptr_t address)
{
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < module_count; i++)
			if (address >= modules[i].from &&
			    address < modules[i].to)
				return (address - modules[i].from) << 8 | i;
		/* Loaded since. */
		module_count = 0;
		(void)dl_iterate_phdr(add_module, NULL);
	}
	return 0;
}

struct walk {
	uint64_t hash;
	int depth;
};

static _Unwind_Reason_Code step(struct _Unwind_Context *context, void *closure)
{
	struct walk *walk = closure;
	uint64_t place = place_of(_Unwind_GetIP(context));

	/* The compiler may call from several places in this file. */
	if ((place & 0xff) == (place_of((uintptr_t)&step) & 0xff))
		return _URC_NO_REASON;
	walk->hash ^= place;
	walk->hash *= UINT64_C(0x100000001b3);
	return ++walk->depth < DEPTH ? _URC_NO_REASON : _URC_END_OF_STACK;
}

static uint64_t way_here(void)
{
	struct walk walk = { UINT64_C(0xcbf29ce484222325), 0 };

	(void)_Unwind_Backtrace(step, &walk);
	return walk.hash | 1;
}

static void note(uint64_t hash)
{
	struct shared *shared = memory.shared;

	for (size_t i = hash >> 16, tried = 0; tried < WAYS; i++, tried++) {
		struct way *way = &shared->of[i % WAYS];
		uint64_t is = 0;

		if (atomic_compare_exchange_strong(&way->hash, &is, hash)) {
			way->process = memory.process;
			way->number = memory.number;
			atomic_fetch_add(&shared->ways, 1);
			return;
		}
		if (is == hash)
			return;
	}
	abort();
}

static bool is_missing(void)
{
	bool missing = false;

	/* Looking up addresses may ask for memory itself. */
	if (memory.shared == NULL || memory.is_inside)
		return false;
	memory.is_inside = true;
	atomic_fetch_add(&memory.shared->calls, 1);
	memory.number++;
	missing = memory.fails_at > 0 && memory.number == memory.fails_at &&
	    memory.process == memory.fails_in;
	if (missing || memory.fails_at == 0) {
		uint64_t way = way_here();

		if (missing)
			atomic_store(&memory.shared->failed, way);
		else
			note(way);
	}
	memory.is_inside = false;
	if (missing)
		errno = ENOMEM;
	return missing;
}

void *malloc(size_t size)
{
	return is_missing() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return is_missing() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return is_missing() ? NULL : __libc_realloc(old, size);
}

/* Numbered where they are begun, which is in the same order each time. */
pid_t fork(void)
{
	pid_t (*real)(void) = (pid_t(*)(void))dlsym(RTLD_NEXT, "fork");
	uint64_t number = memory.shared == NULL ?
	    0 :
	    atomic_fetch_add(&memory.shared->processes, 1) + 1;
	pid_t child = real();

	if (child == 0) {
		memory.process = number;
		memory.number = 0;
	}
	return child;
}

__attribute__((constructor)) static void begin(void)
{
	const char *at = getenv("FAULT_AT"), *count = getenv("FAULT_COUNT");
	const char *process = getenv("FAULT_PROCESS");
	void *shared;
	int file;

	if (at == NULL || count == NULL)
		return;
	file = open(count, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (file < 0 || ftruncate(file, sizeof(struct shared)) != 0)
		abort();
	shared = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED, file, 0);
	if (shared == MAP_FAILED)
		abort();
	(void)close(file);
	memory.fails_at = strtoul(at, NULL, 10);
	memory.fails_in = process == NULL ? 0 : strtoul(process, NULL, 10);
	memory.shared = shared;
}
