/* SPDX-License-Identifier: MIT */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../memory.h"
#include "base/buf.h"
#include "base/workers.h"

#define LARGE_FILE ((off_t)DEFAULT_LARGEST_FILE + 1)

/*
 * Each attempt is a job of a worker, made in a folder that holds the file
 * "kept" and nothing else, which is the folder that a writer is given; beside
 * it is the file "beside". It returns whether it got away with it.
 */
static bool reads(void)
{
	char text[8];
	int file = open("kept", O_RDONLY | O_CLOEXEC);
	bool done = file >= 0 && read(file, text, sizeof(text)) == 4;

	(void)close(file);
	return done;
}

static bool takes_memory(void)
{
	void *much = malloc((size_t)8 * 1024 * 1024);
	bool done = much != NULL;

	free(much);
	return done;
}

static bool makes_a_file(void)
{
	int file = open("made", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	(void)close(file);
	return file >= 0;
}

static bool makes_by_openat2(void)
{
	/* struct open_how: flags, mode, resolve */
	const unsigned long long how[] = { O_WRONLY | O_CREAT, 0600, 0 };

	return syscall(SYS_openat2, AT_FDCWD, "made2", how, sizeof(how)) >= 0;
}

static bool opens_to_write(void)
{
	return open("kept", O_RDWR | O_CLOEXEC) >= 0;
}

static bool empties(void)
{
	return open("kept", O_RDONLY | O_TRUNC | O_CLOEXEC) >= 0;
}

static bool makes_a_folder(void)
{
	return mkdir("folder", 0700) == 0;
}

static bool renames(void)
{
	return rename("kept", "other") == 0 && rename("other", "kept") == 0;
}

static bool links(void)
{
	return symlink("/etc/passwd", "link") == 0 || link("kept", "hard") == 0;
}

static bool changes_its_rights(void)
{
	return chmod("kept", 0777) == 0;
}

static bool runs_a_program(void)
{
	char name[] = "true";
	char *words[] = { name, NULL };

	/* If it is run, the worker is gone and the job is lost. */
	(void)execve("/bin/true", words, NULL);
	return false;
}

static bool begins_a_process(void)
{
	pid_t child = (pid_t)syscall(SYS_fork);

	if (child == 0)
		_exit(EXIT_SUCCESS);
	if (child > 0)
		(void)waitpid(child, NULL, 0);
	return child > 0;
}

static bool calls_out(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 ||
	    socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool signals_its_parent(void)
{
	return kill(getppid(), 0) == 0 ||
	    syscall(SYS_tgkill, getppid(), getppid(), 0) == 0;
}

static bool looks_into_its_parent(void)
{
	char byte = 0;
	struct { void *at; size_t size; } here = { &byte, 1 }, there = here;

	return ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0 ||
	    syscall(SYS_process_vm_readv, getppid(), &here, 1UL, &there, 1UL,
	        0UL) == 1;
}

static bool limits_its_parent(void)
{
	struct rlimit limit;

	return prlimit(getppid(), RLIMIT_NOFILE, NULL, &limit) == 0;
}

/* A descriptor can be told to send a signal, and to whom. */
static bool signals_by_a_descriptor(void)
{
	return fcntl(STDIN_FILENO, F_SETOWN, getppid()) == 0 ||
	    fcntl(STDIN_FILENO, F_SETSIG, SIGKILL) == 0;
}

static bool opens_its_parents_memory(int flags)
{
	char path[64];
	int file;

	(void)snprintf(path, sizeof(path), "/proc/%ld/mem", (long)getppid());
	file = open(path, flags | O_CLOEXEC);
	(void)close(file);
	return file >= 0;
}

static bool reads_its_parents_memory(void)
{
	return opens_its_parents_memory(O_RDONLY);
}

static bool writes_its_parents_memory(void)
{
	return opens_its_parents_memory(O_RDWR);
}

/* Beside the folder that a writer was given. */
static bool writes_elsewhere(void)
{
	int file = open("../elsewhere", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	bool done = file >= 0 || mkdir("../elsewhere.d", 0700) == 0 ||
	    rename("kept", "../kept") == 0 || unlink("../beside") == 0 ||
	    open("../beside", O_WRONLY | O_TRUNC | O_CLOEXEC) >= 0;

	(void)close(file);
	return done;
}

#ifndef __SANITIZE_ADDRESS__
static bool takes_all_memory(void)
{
	void *all = mmap(NULL, (size_t)64 << 30, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return all != MAP_FAILED;
}
#endif

static bool lifts_its_limits(void)
{
	static const __rlimit_resource_t resources[] = { RLIMIT_AS,
		RLIMIT_NOFILE, RLIMIT_FSIZE, RLIMIT_CORE };
	const struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };

	for (size_t i = 0; i < 4; i++)
		if (setrlimit(resources[i], &none) == 0)
			return true;
	return false;
}

static bool makes_a_file_of(off_t size)
{
	int file = open("made", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	bool done = file >= 0 && (ftruncate(file, size) == 0 ||
	    pwrite(file, "x", 1, size - 1) == 1);

	(void)close(file);
	return done;
}

/* A hole of a terabyte is a file of a terabyte for whoever copies it. */
static bool makes_a_huge_file(void)
{
	return makes_a_file_of((off_t)1 << 40);
}

static bool makes_a_large_file(void)
{
	return makes_a_file_of(LARGE_FILE);
}

static bool opens_without_end(void)
{
	int count = 0;

	while (count < 1000 && open("/", O_RDONLY | O_CLOEXEC) >= 0)
		count++;
	return count >= 1000;
}

/* The parent had this open, as it has the catalogue. */
static int inherited = -1;

static bool writes_what_it_inherited(void)
{
	return write(inherited, "gone", 4) == 4;
}

enum { READER = 1, WRITER = 2, LARGE = 4 };

static const struct attempt {
	const char *name;
	bool (*make)(void);
	int allowed;
} attempts[] = {
	{ "writes what it inherited", writes_what_it_inherited, 0 },
	{ "reads", reads, READER | WRITER },
	{ "takes memory", takes_memory, READER | WRITER },
	{ "makes a file", makes_a_file, WRITER },
	{ "makes a file by openat2", makes_by_openat2, WRITER },
	{ "opens to write", opens_to_write, WRITER },
	{ "empties", empties, WRITER },
	{ "makes a folder", makes_a_folder, WRITER },
	{ "renames", renames, WRITER },
	{ "links", links, 0 },
	{ "changes rights", changes_its_rights, 0 },
	{ "runs a program", runs_a_program, 0 },
	{ "begins a process", begins_a_process, 0 },
	{ "calls out", calls_out, 0 },
	{ "signals its parent", signals_its_parent, 0 },
	{ "looks into its parent", looks_into_its_parent, 0 },
	{ "limits its parent", limits_its_parent, 0 },
	{ "signals by a descriptor", signals_by_a_descriptor, 0 },
	{ "reads its parent's memory", reads_its_parents_memory, 0 },
	{ "writes its parent's memory", writes_its_parents_memory, 0 },
	{ "writes elsewhere", writes_elsewhere, 0 },
	{ "makes a huge file", makes_a_huge_file, 0 },
	{ "makes a large file", makes_a_large_file, LARGE },
#ifndef __SANITIZE_ADDRESS__
	{ "takes all memory", takes_all_memory, 0 },
#endif
	{ "lifts its limits", lifts_its_limits, 0 },
	{ "opens without end", opens_without_end, 0 },
};

#define COUNT (sizeof(attempts) / sizeof(attempts[0]))

static void run(void *context, size_t job, struct buf *answer)
{
	(void)context;
	buf_append_char(answer, attempts[job].make() ? 'y' : 'n');
}

static void take(void *context, size_t job, enum worker_outcome outcome,
    struct str answer)
{
	const int *who = context;
	bool done = str_eq(answer, STR("y"));

	if (outcome != WORKER_DONE)
		fail_msg("%s: the worker was lost", attempts[job].name);
	if (done != ((attempts[job].allowed & *who) != 0))
		fail_msg("%s: %s", attempts[job].name,
		    done ? "it could" : "it could not");
}

static void make_file(const char *path)
{
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	assert_int_equal(write(file, "kept", 4), 4);
	(void)close(file);
}

static void try_all(enum sandbox_leave leave, int who)
{
	char above[] = "/tmp/zheli-sandbox-XXXXXX";
	int back = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), inside;
	struct workers_request request = { .jobs = COUNT,
		.processes = 1, .context = &who, .leave = leave, .run = run,
		.take = take,
		.largest_file = (who & LARGE) != 0 ? LARGE_FILE : 0 };
	struct fixture f;

	fixture_init(&f, NULL);
	assert_non_null(mkdtemp(above));
	assert_int_equal(chdir(above), 0);
	make_file("beside");
	assert_int_equal(mkdir("inside", 0700), 0);
	assert_int_equal(chdir("inside"), 0);
	make_file("kept");
	inside = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	inherited = open("kept", O_RDWR | O_CLOEXEC);
	request.written[0] = inside;
	assert_true(workers_run(&request, &f.diags));
	(void)close(inherited);
	(void)close(inside);
	(void)unlink("kept");
	(void)unlink("made");
	(void)unlink("made2");
	(void)rmdir("folder");
	assert_int_equal(chdir(".."), 0);
	/* Empty, or something was left that nobody allowed. */
	assert_int_equal(rmdir("inside"), 0);
	assert_int_equal(unlink("beside"), 0);
	assert_int_equal(fchdir(back), 0);
	(void)close(back);
	assert_int_equal(rmdir(above), 0);
	fixture_dispose(&f);
}

static void test_sandbox__a_reader_only_reads(void **state)
{
	(void)state;
	try_all(SANDBOX_READ, READER);
}

static void test_sandbox__a_writer_only_reads_and_writes(void **state)
{
	(void)state;
	try_all(SANDBOX_WRITE, WRITER);
}

static void test_sandbox__a_file_is_as_large_as_was_told(void **state)
{
	(void)state;
	try_all(SANDBOX_WRITE, WRITER | LARGE);
}

static void run_program(void *context, size_t job, struct buf *answer)
{
	(void)context;
	(void)job;
	buf_append_char(answer, begins_a_process() ? 'y' : 'n');
}

static void take_program(void *context, size_t job,
    enum worker_outcome outcome, struct str answer)
{
	(void)context;
	(void)job;
	assert_int_equal(outcome, WORKER_DONE);
	assert_true(str_eq(answer, STR("y")));
}

/* So the attempts above fail for the sandbox and for no other reason. */
static void test_sandbox__who_runs_programs_is_let(void **state)
{
	const struct workers_request request = { .jobs = 1,
		.leave = SANDBOX_RUN, .run = run_program,
		.take = take_program };
	struct fixture f;

	(void)state;
	fixture_init(&f, NULL);
	assert_true(workers_run(&request, &f.diags));
	fixture_dispose(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sandbox__a_reader_only_reads),
		cmocka_unit_test(test_sandbox__a_writer_only_reads_and_writes),
		cmocka_unit_test(test_sandbox__a_file_is_as_large_as_was_told),
		cmocka_unit_test(test_sandbox__who_runs_programs_is_let),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
