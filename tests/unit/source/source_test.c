/* SPDX-License-Identifier: MIT */
#include "source/source.h"

#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../memory.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"

/* A folder below /tmp, in it a repository made with fixed names and days. */
struct ground {
	struct fixture f;
	char root[64];
	struct folder folder;
	git_repository *repository;
};

static void ground_init(struct ground *g, bool has_repository, bool is_bare)
{
	char real[4096];

	memset(g, 0, sizeof(*g));
	fixture_init(&g->f, NULL);
	(void)snprintf(g->root, sizeof(g->root), "/tmp/zheli-test-XXXXXX");
	assert_non_null(mkdtemp(g->root));
	assert_non_null(realpath(g->root, real));
	assert_string_equal(real, g->root);
	assert_true(folder_open_existing(str_from(g->root), &g->folder,
	    &g->f.diags));
	if (has_repository)
		assert_int_equal(git_repository_init(&g->repository, g->root,
		    is_bare), 0);
}

static const char *in(struct ground *g, const char *name)
{
	return str_format(&g->f.arena, "%s/%s", g->root, name).ptr;
}

static void empty_folder(const char *path)
{
	pid_t pid = fork();

	if (pid == 0) {
		(void)execl("/bin/rm", "rm", "-rf", "--", path, (char *)NULL);
		_exit(1);
	}
	(void)waitpid(pid, NULL, 0);
}

static void ground_dispose(struct ground *g)
{
	git_repository_free(g->repository);
	folder_close(&g->folder);
	empty_folder(g->root);
	fixture_dispose(&g->f);
}

static void put(struct ground *g, const char *path, const char *text)
{
	bool changed;

	assert_true(folder_replace(&g->folder, str_from(path), str_from(text),
	    &changed, &g->f.diags));
}

static git_oid commit_tree(struct ground *g, const git_oid *tree_id)
{
	git_signature *who = NULL;
	git_commit *parent = NULL;
	git_tree *tree = NULL;
	git_oid head, made;
	const git_commit *parents[1];
	size_t count = git_reference_name_to_id(&head, g->repository,
	    "HEAD") == 0;

	if (count > 0)
		assert_int_equal(git_commit_lookup(&parent, g->repository,
		    &head), 0);
	parents[0] = parent;
	assert_int_equal(git_tree_lookup(&tree, g->repository, tree_id), 0);
	assert_int_equal(git_signature_new(&who, "T", "t@example.org",
	    1700000000, 0), 0);
	assert_int_equal(git_commit_create(&made, g->repository, "HEAD", who,
	    who, NULL, "m", tree, count, parents), 0);
	git_signature_free(who);
	git_tree_free(tree);
	git_commit_free(parent);
	return made;
}

/* Commits everything that lies in the folder. */
static void commit_all(struct ground *g)
{
	git_index *index = NULL;
	git_oid tree;

	assert_int_equal(git_repository_index(&index, g->repository), 0);
	assert_int_equal(git_index_add_all(index, NULL, 0, NULL, NULL), 0);
	assert_int_equal(git_index_write(index), 0);
	assert_int_equal(git_index_write_tree(&tree, index), 0);
	git_index_free(index);
	(void)commit_tree(g, &tree);
}

/* One entry in a tree of its own; names that no file system allows too. */
static git_oid tree_of(struct ground *g, const char *name, const git_oid *id,
    git_filemode_t mode)
{
	struct buf raw;
	git_odb *odb = NULL;
	git_oid made;

	/* Written raw: the library's own builder refuses odd names. */
	buf_init(&raw);
	buf_append_format(&raw, "%o %s", (unsigned)mode, name);
	buf_append_char(&raw, '\0');
	buf_append(&raw, (struct str){ (const char *)id->id, 20 });
	assert_int_equal(git_repository_odb(&odb, g->repository), 0);
	assert_int_equal(git_odb_write(&made, odb, raw.ptr, raw.len,
	    GIT_OBJECT_TREE), 0);
	git_odb_free(odb);
	buf_dispose(&raw);
	return made;
}

static git_oid blob_of(struct ground *g, const char *text)
{
	git_oid id;

	assert_int_equal(git_blob_create_from_buffer(&id, g->repository, text,
	    strlen(text)), 0);
	return id;
}

static struct source *open_source(struct ground *g, const char *folder,
    const char *rev)
{
	struct source *source = NULL;

	return source_open(&g->f.arena, str_from(in(g, folder)),
	    str_from(rev), &source, &g->f.diags) ? source : NULL;
}

/* "content/a:0 content/b:1": paths and kinds. */
static const char *list(struct ground *g, struct source *source)
{
	struct str all = STR_NONE;
	struct vec entries;

	vec_init(&entries, sizeof(struct source_entry));
	assert_true(source_entries(source, STR("content"), &g->f.arena,
	    &entries, &g->f.diags));
	for (size_t i = 0; i < entries.count; i++) {
		const struct source_entry *entry = vec_at(&entries, i);

		all = str_format(&g->f.arena, "%.*s%s%.*s:%d", STR_ARG(all),
		    i == 0 ? "" : " ", STR_ARG(entry->path), entry->kind);
	}
	vec_dispose(&entries);
	return str_cstr(&g->f.arena, all);
}

static const char *text_of(struct ground *g, struct source *source,
    const char *path)
{
	struct reader reader = source_reader(source);
	struct str bytes;

	return reader.read(reader.context, str_from(path), &g->f.arena,
	    &bytes, &g->f.diags) ? str_cstr(&g->f.arena, bytes) : NULL;
}

/* With a handle of its own, as after the fork of a worker. */
static bool reads_in_worker(struct ground *g, struct source *source,
    const char *path, const char *expected)
{
	int status = 1;
	pid_t pid = fork();

	if (pid == 0) {
		const char *text = source_reopen(source) ?
		    text_of(g, source, path) : NULL;

		_exit(text == NULL || strcmp(text, expected) != 0);
	}
	return waitpid(pid, &status, 0) == pid && status == 0;
}

/* -- finding -------------------------------------------------------------- */

static void test_source_open__finds_the_registry_above(void **state)
{
	struct ground g;
	struct source *source;

	(void)state;
	ground_init(&g, false, false);
	put(&g, "content/units/u.md", "U");
	source = open_source(&g, "content/units", NULL);
	assert_non_null(source);
	assert_str(source_folder(source), g.root);
	assert_true(source_is_worktree(source));
	assert_string_equal(list(&g, source), "content/units/u.md:0");
	assert_true(source_reopen(source));
	source_close(source);
	source_close(source);
	ground_dispose(&g);
}

static void test_source_open__tells_what_is_missing(void **state)
{
	struct ground g;

	(void)state;
	ground_init(&g, false, false);
	assert_null(open_source(&g, "none", NULL));
	assert_null(open_source(&g, ".", NULL));
	put(&g, "content/x", "");
	assert_null(open_source(&g, ".", "HEAD"));
	assert_int_equal(git_repository_init(&g.repository, g.root, 0), 0);
	assert_null(open_source(&g, ".", "HEAD"));
	commit_all(&g);
	assert_null(open_source(&g, ".", "no-such-branch"));
	assert_null(open_source(&g, ".", "HEAD:content"));
	assert_null(open_source(&g, ".", "HEAD~9"));
	assert_string_equal(found(&g.f), "S0101@0:0 S0102@0:0 M0101@0:0 "
	    "S0103@0:0 S0103@0:0 S0103@0:0 S0103@0:0");
	ground_dispose(&g);
}

static void test_source_open__takes_a_bare_repository_for_itself(void **state)
{
	struct ground g;
	struct source *source;
	git_oid blob, tree;

	(void)state;
	/* A folder above has content/; the bare repository is meant. */
	ground_init(&g, false, false);
	put(&g, "content/wrong.md", "W");
	assert_int_equal(git_repository_init(&g.repository, in(&g, "r.git"),
	    1), 0);
	assert_null(open_source(&g, "r.git", NULL));
	blob = blob_of(&g, "U");
	tree = tree_of(&g, "u.md", &blob, GIT_FILEMODE_BLOB);
	tree = tree_of(&g, "content", &tree, GIT_FILEMODE_TREE);
	(void)commit_tree(&g, &tree);
	source = open_source(&g, "r.git", NULL);
	assert_non_null(source);
	assert_false(source_is_worktree(source));
	assert_str(source_folder(source), in(&g, "r.git"));
	assert_string_equal(list(&g, source), "content/u.md:0");
	assert_string_equal(text_of(&g, source, "content/u.md"), "U");
	source_close(source);
	ground_dispose(&g);
}

/* -- commits -------------------------------------------------------------- */

static void test_source__of_a_commit_is_not_the_folder(void **state)
{
	struct ground g;
	struct source *folder, *commit;
	bool clean = false;

	(void)state;
	ground_init(&g, true, false);
	put(&g, "content/a.md", "old");
	put(&g, "content/.hidden", "h");
	commit_all(&g);
	folder = open_source(&g, ".", NULL);
	assert_int_equal(source_commit(folder, &clean).len, 40);
	assert_true(clean);
	source_close(folder);
	put(&g, "content/a.md", "new");
	put(&g, "content/b.md", "b");
	folder = open_source(&g, ".", NULL);
	commit = open_source(&g, ".", "HEAD");
	assert_string_equal(list(&g, folder), "content/a.md:0 content/b.md:0");
	assert_string_equal(list(&g, commit), "content/a.md:0");
	assert_string_equal(text_of(&g, folder, "content/a.md"), "new");
	assert_string_equal(text_of(&g, commit, "content/a.md"), "old");
	assert_int_equal(source_commit(folder, &clean).len, 40);
	assert_false(clean);
	assert_true(str_eq(source_commit(commit, &clean),
	    source_commit(folder, NULL)));
	assert_true(clean);
	assert_false(source_is_shallow(commit));
	assert_true(reads_in_worker(&g, commit, "content/a.md", "old"));
	source_close(commit);
	source_close(folder);
	ground_dispose(&g);
}

static void test_source_commit__counts_ignored_files_as_changes(void **state)
{
	struct ground g;
	struct source *source;
	bool clean = true;

	(void)state;
	ground_init(&g, true, false);
	put(&g, ".gitignore", "*.tmp\n/inner/\n");
	put(&g, "content/a.md", "a");
	commit_all(&g);
	put(&g, "content/.a.swp.tmp", "x");
	source = open_source(&g, ".", NULL);
	(void)source_commit(source, &clean);
	assert_true(clean);
	put(&g, "content/seen.tmp", "x");
	(void)source_commit(source, &clean);
	assert_false(clean);
	source_close(source);
	/* A registry in an ignored folder is not what the commit holds. */
	put(&g, "inner/content/a.md", "a");
	source = open_source(&g, "inner", NULL);
	(void)source_commit(source, &clean);
	assert_false(clean);
	source_close(source);
	ground_dispose(&g);
}

static void test_source__of_a_folder_of_a_repository(void **state)
{
	struct ground g;
	struct source *source;

	(void)state;
	ground_init(&g, true, false);
	put(&g, "sub/registry/content/a.md", "inner");
	put(&g, "other.txt", "outer");
	commit_all(&g);
	source = open_source(&g, "sub/registry", "HEAD");
	assert_non_null(source);
	assert_string_equal(list(&g, source), "content/a.md:0");
	assert_string_equal(text_of(&g, source, "content/a.md"), "inner");
	assert_null(text_of(&g, source, "other.txt"));
	source_close(source);
	ground_dispose(&g);
}

static void test_source__names_what_it_does_not_follow(void **state)
{
	static const git_oid zero;
	struct ground g;
	struct source *source;
	git_oid blob, tree;

	(void)state;
	ground_init(&g, true, false);
	blob = blob_of(&g, "x");
	tree = tree_of(&g, "link", &blob, GIT_FILEMODE_LINK);
	tree = tree_of(&g, "content", &tree, GIT_FILEMODE_TREE);
	(void)commit_tree(&g, &tree);
	tree = tree_of(&g, "module", &zero, GIT_FILEMODE_COMMIT);
	tree = tree_of(&g, "content", &tree, GIT_FILEMODE_TREE);
	(void)commit_tree(&g, &tree);
	tree = tree_of(&g, "\xff.md", &blob, GIT_FILEMODE_BLOB);
	tree = tree_of(&g, "content", &tree, GIT_FILEMODE_TREE);
	(void)commit_tree(&g, &tree);
	source = open_source(&g, ".", "HEAD~2");
	/* No content/ in the folder yet: make one for the finding. */
	assert_null(source);
	put(&g, "content/real", "r");
	source = open_source(&g, ".", "HEAD~2");
	assert_string_equal(list(&g, source), "content/link:1");
	assert_null(text_of(&g, source, "content/link"));
	source_close(source);
	source = open_source(&g, ".", "HEAD~1");
	assert_string_equal(list(&g, source), "content/module:2");
	source_close(source);
	source = open_source(&g, ".", "HEAD");
	assert_string_equal(list(&g, source), "content/\xff.md:3");
	source_close(source);
	ground_dispose(&g);
}

static void test_source__tells_of_objects_that_are_missing(void **state)
{
	static const git_oid lost = { .id = { 1, 2, 3 } };
	struct ground g;
	struct source *source;
	struct source_entry entry = { .path = STR("content/a.md") };
	struct vec entries;
	struct str bytes;
	uint64_t size;
	git_oid tree;

	(void)state;
	ground_init(&g, true, false);
	put(&g, "content/real", "r");
	tree = tree_of(&g, "a.md", &lost, GIT_FILEMODE_BLOB);
	tree = tree_of(&g, "content", &tree, GIT_FILEMODE_TREE);
	(void)commit_tree(&g, &tree);
	source = open_source(&g, ".", "HEAD");
	assert_string_equal(list(&g, source), "content/a.md:0");
	memcpy(entry.object, lost.id, 20);
	assert_false(source_read(source, &entry, 100, &g.f.arena, &bytes,
	    &size, &g.f.diags));
	source_close(source);
	tree = tree_of(&g, "below", &lost, GIT_FILEMODE_TREE);
	tree = tree_of(&g, "content", &tree, GIT_FILEMODE_TREE);
	(void)commit_tree(&g, &tree);
	source = open_source(&g, ".", "HEAD");
	vec_init(&entries, sizeof(struct source_entry));
	assert_false(source_entries(source, STR("content"), &g.f.arena,
	    &entries, &g.f.diags));
	vec_dispose(&entries);
	assert_string_equal(found(&g.f), "S0104@0:0 S0104@0:0");
	source_close(source);
	ground_dispose(&g);
}

static void test_source__goes_into_no_endless_depth(void **state)
{
	struct ground g;
	struct source *source;
	git_oid blob, tree;

	(void)state;
	ground_init(&g, true, false);
	put(&g, "content/real", "r");
	blob = blob_of(&g, "x");
	tree = tree_of(&g, "x", &blob, GIT_FILEMODE_BLOB);
	for (int i = 0; i < 5000; i++)
		tree = tree_of(&g, "d", &tree, GIT_FILEMODE_TREE);
	tree = tree_of(&g, "content", &tree, GIT_FILEMODE_TREE);
	(void)commit_tree(&g, &tree);
	source = open_source(&g, ".", "HEAD");
	assert_true(str_ends(str_from(list(&g, source)), STR("/d/d:3")));
	source_close(source);
	ground_dispose(&g);
}

static void test_source__says_that_a_clone_is_shallow(void **state)
{
	struct ground g;
	struct source *source;
	git_oid head;
	char hex[GIT_OID_HEXSZ + 2];

	(void)state;
	ground_init(&g, true, false);
	put(&g, "content/a.md", "a");
	commit_all(&g);
	assert_int_equal(git_reference_name_to_id(&head, g.repository,
	    "HEAD"), 0);
	(void)git_oid_tostr(hex, sizeof(hex), &head);
	hex[GIT_OID_HEXSZ] = '\n';
	hex[GIT_OID_HEXSZ + 1] = '\0';
	put(&g, ".git/shallow", hex);
	source = open_source(&g, ".", NULL);
	assert_true(source_is_shallow(source));
	source_close(source);
	ground_dispose(&g);
}

/* -- folders -------------------------------------------------------------- */

static void test_source__of_a_folder_follows_nothing(void **state)
{
	struct ground g;
	struct source *source;
	struct source_entry entry = { .path = STR("content/pipe") };
	struct str bytes;
	uint64_t size;

	(void)state;
	ground_init(&g, false, false);
	put(&g, "content/a.md", "a");
	assert_int_equal(symlink("/etc", in(&g, "content/etc")), 0);
	assert_int_equal(symlink("a.md", in(&g, "content/link")), 0);
	assert_int_equal(mkfifo(in(&g, "content/pipe"), 0600), 0);
	put(&g, "content/\xff\xfe.md", "x");
	source = open_source(&g, ".", NULL);
	assert_string_equal(list(&g, source), "content/a.md:0 content/etc:1 "
	    "content/link:1 content/pipe:3 content/\xff\xfe.md:3");
	(void)alarm(10);
	assert_null(text_of(&g, source, "content/pipe"));
	assert_null(text_of(&g, source, "content/etc/passwd"));
	assert_null(text_of(&g, source, "content/link"));
	assert_null(text_of(&g, source, "../etc/passwd"));
	assert_null(text_of(&g, source, "content/../content/a.md"));
	assert_null(text_of(&g, source, "/etc/passwd"));
	assert_null(text_of(&g, source, "content"));
	assert_false(source_read(source, &entry, 100, &g.f.arena, &bytes,
	    &size, &g.f.diags));
	(void)alarm(0);
	assert_string_equal(found(&g.f), "M0101@0:0");
	source_close(source);
	ground_dispose(&g);
}

static void test_source_entries__stay_below_the_registry(void **state)
{
	static const char *const folders[] = { "..", "../", "/etc",
		"content/..", "none", "content/a.md" };
	struct ground g;

	(void)state;
	ground_init(&g, true, false);
	put(&g, "content/a.md", "a");
	commit_all(&g);
	for (size_t i = 0; i < 2 * 6; i++) {
		struct source *source = open_source(&g, ".",
		    i % 2 ? "HEAD" : NULL);
		struct vec entries;

		vec_init(&entries, sizeof(struct source_entry));
		assert_true(source_entries(source, str_from(folders[i / 2]),
		    &g.f.arena, &entries, &g.f.diags));
		assert_int_equal(entries.count, 0);
		vec_dispose(&entries);
		source_close(source);
	}
	ground_dispose(&g);
}

static void test_source_read__leaves_large_files_alone(void **state)
{
	struct ground g;

	(void)state;
	ground_init(&g, true, false);
	put(&g, "content/a.md", "12345");
	commit_all(&g);
	for (int i = 0; i < 2; i++) {
		struct source *source = open_source(&g, ".",
		    i ? "HEAD" : NULL);
		struct vec entries;
		struct str bytes;
		uint64_t size = 0;

		vec_init(&entries, sizeof(struct source_entry));
		assert_true(source_entries(source, STR("content/"),
		    &g.f.arena, &entries, &g.f.diags));
		assert_true(source_read(source, vec_at(&entries, 0), 4,
		    &g.f.arena, &bytes, &size, &g.f.diags));
		assert_null(bytes.ptr);
		assert_int_equal(size, 5);
		assert_true(source_read(source, vec_at(&entries, 0), 5,
		    &g.f.arena, &bytes, &size, &g.f.diags));
		assert_str(bytes, "12345");
		vec_dispose(&entries);
		source_close(source);
	}
	ground_dispose(&g);
}

static int set_up(void **state)
{
	(void)state;
	(void)git_libgit2_init();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	(void)git_libgit2_shutdown();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_source_open__finds_the_registry_above),
		cmocka_unit_test(test_source_open__tells_what_is_missing),
		cmocka_unit_test(
		    test_source_open__takes_a_bare_repository_for_itself),
		cmocka_unit_test(test_source__of_a_commit_is_not_the_folder),
		cmocka_unit_test(
		    test_source_commit__counts_ignored_files_as_changes),
		cmocka_unit_test(test_source__of_a_folder_of_a_repository),
		cmocka_unit_test(test_source__names_what_it_does_not_follow),
		cmocka_unit_test(
		    test_source__tells_of_objects_that_are_missing),
		cmocka_unit_test(test_source__goes_into_no_endless_depth),
		cmocka_unit_test(test_source__says_that_a_clone_is_shallow),
		cmocka_unit_test(test_source__of_a_folder_follows_nothing),
		cmocka_unit_test(
		    test_source_entries__stay_below_the_registry),
		cmocka_unit_test(test_source_read__leaves_large_files_alone),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
