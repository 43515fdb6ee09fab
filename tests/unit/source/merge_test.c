/* SPDX-License-Identifier: MIT */
#include "source/merge.h"

#include <dirent.h>
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../memory.h"
#include "base/buf.h"
#include "base/file.h"

/* A bare repository below /tmp. */
struct ground {
	struct fixture f;
	char root[64];
	git_repository *repository;
	uint64_t random;
};

static void ground_init(struct ground *g)
{
	fixture_init(&g->f, NULL);
	(void)git_libgit2_init();
	(void)snprintf(g->root, sizeof(g->root), "/tmp/zheli-test-XXXXXX");
	assert_non_null(mkdtemp(g->root));
	assert_int_equal(git_repository_init(&g->repository, g->root, 1), 0);
	g->random = 88172645463325252u;
}

static void remove_tree(const char *path)
{
	DIR *stream = opendir(path);
	struct dirent *entry;
	char below[512];

	while (stream != NULL && (entry = readdir(stream)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		(void)snprintf(below, sizeof(below), "%s/%s", path,
		    entry->d_name);
		remove_tree(below);
	}
	if (stream != NULL)
		(void)closedir(stream);
	(void)remove(path);
}

static void ground_dispose(struct ground *g)
{
	git_repository_free(g->repository);
	(void)git_libgit2_shutdown();
	remove_tree(g->root);
	fixture_dispose(&g->f);
}

static unsigned below(struct ground *g, unsigned limit)
{
	g->random ^= g->random << 13;
	g->random ^= g->random >> 7;
	g->random ^= g->random << 17;
	return (unsigned)(g->random >> 32) % limit;
}

/* -- states of a small registry: what stands at each path ----------------- */

enum { FILES = 10, LINES = 6 };

static const char *const paths[FILES] = { "a", "b", "f/a", "f/b", "f/g/a",
	"f/g/b", "h/a", "h/b", "h/i/j/a", "k/a" };

/* Text by lines, so that two edits may be far enough apart to be merged. */
struct state {
	unsigned char lines[FILES][LINES];	/* [0] == 0: no file */
};

static void put_line(struct buf *text, unsigned line)
{
	for (int i = 0; i < 4; i++)
		buf_append_format(text, "%u\n", line);
}

static git_oid write_tree(struct ground *g, const struct state *state)
{
	git_index *index = NULL;
	git_oid tree;

	assert_int_equal(git_index_new(&index), 0);
	for (size_t i = 0; i < FILES; i++) {
		git_index_entry entry = { .mode = GIT_FILEMODE_BLOB,
			.path = paths[i] };
		struct buf text;

		if (state->lines[i][0] == 0)
			continue;
		buf_init(&text);
		for (size_t line = 0; line < LINES; line++)
			put_line(&text, state->lines[i][line]);
		assert_int_equal(git_blob_create_from_buffer(&entry.id,
		    g->repository, text.ptr, text.len), 0);
		assert_int_equal(git_index_add(index, &entry), 0);
		buf_dispose(&text);
	}
	assert_int_equal(git_index_write_tree_to(&tree, index, g->repository),
	    0);
	git_index_free(index);
	return tree;
}

static git_oid commit(struct ground *g, const struct state *state,
    const git_oid *parent_id)
{
	git_signature *who = NULL;
	git_commit *parent = NULL;
	git_tree *tree = NULL;
	git_oid tree_id = write_tree(g, state), made;
	const git_commit *parents[1];

	assert_int_equal(git_signature_new(&who, "t", "t@example.org", 0, 0),
	    0);
	assert_int_equal(git_tree_lookup(&tree, g->repository, &tree_id), 0);
	if (parent_id != NULL)
		assert_int_equal(git_commit_lookup(&parent, g->repository,
		    parent_id), 0);
	parents[0] = parent;
	assert_int_equal(git_commit_create(&made, g->repository, NULL, who,
	    who, NULL, "x", tree, parent_id != NULL, parents), 0);
	git_commit_free(parent);
	git_tree_free(tree);
	git_signature_free(who);
	return made;
}

static void fill(struct ground *g, unsigned char lines[LINES])
{
	for (size_t i = 0; i < LINES; i++)
		lines[i] = (unsigned char)(1 + below(g, 250));
}

static struct state first_state(struct ground *g)
{
	struct state state = { { { 0 } } };

	for (size_t i = 0; i < FILES; i++)
		if (below(g, 4) > 0)
			fill(g, state.lines[i]);
	return state;
}

/* A few edits, removals, additions and moves. */
static struct state next_state(struct ground *g, struct state state)
{
	for (unsigned n = below(g, 4); n > 0; n--) {
		unsigned char *file = state.lines[below(g, FILES)];
		unsigned char *other = state.lines[below(g, FILES)];

		switch (below(g, 6)) {
		case 0:
			memset(file, 0, LINES);
			break;
		case 1:
			fill(g, file);
			break;
		case 2:
			if (file != other && other[0] == 0) {
				memcpy(other, file, LINES);
				memset(file, 0, LINES);
			}
			break;
		default:
			if (file[0] != 0)
				file[below(g, LINES)] =
				    (unsigned char)(1 + below(g, 250));
			break;
		}
	}
	return state;
}

/* -- tests ---------------------------------------------------------------- */

/* What libgit2 makes of it; false when there are conflicts. */
static bool merge_as_git(struct ground *g, const git_oid *base,
    const git_oid *head, git_oid *tree)
{
	git_commit *ours = NULL, *theirs = NULL;
	git_index *index = NULL;
	bool clean;

	assert_int_equal(git_commit_lookup(&ours, g->repository, base), 0);
	assert_int_equal(git_commit_lookup(&theirs, g->repository, head), 0);
	assert_int_equal(git_merge_commits(&index, g->repository, ours,
	    theirs, NULL), 0);
	clean = !git_index_has_conflicts(index);
	if (clean)
		assert_int_equal(git_index_write_tree_to(tree, index,
		    g->repository), 0);
	git_index_free(index);
	git_commit_free(theirs);
	git_commit_free(ours);
	return clean;
}

static void test_merge__agrees_with_git_on_any_two_changes(void **state)
{
	struct ground g;
	size_t clean = 0, in_conflict = 0;

	(void)state;
	ground_init(&g);
	for (int round = 0; round < 150; round++) {
		struct state before = first_state(&g);
		struct state ours = next_state(&g, before);
		struct state theirs = next_state(&g, before);
		git_oid ancestor = commit(&g, &before, NULL);
		git_oid base = commit(&g, &ours, &ancestor);
		git_oid head = commit(&g, &theirs, &ancestor);
		git_oid wanted, merged;
		bool can = merge_as_git(&g, &base, &head, &wanted);

		assert_int_equal(merge_commits(g.repository, &base, &head,
		    &merged, &g.f.diags), can);
		if (can)
			assert_true(git_oid_equal(&merged, &wanted));
		clean += can;
		in_conflict += !can;
	}
	/* Else the states say nothing. */
	assert_true(clean > 40);
	assert_true(in_conflict > 8);
	ground_dispose(&g);
}

static void test_merge__writes_nothing_to_the_repository(void **state)
{
	struct state before = {
		{ { 1, 2, 3, 4, 5, 6 }, { 1, 1, 1, 1, 1, 1 } }
	};
	struct state ours = before, theirs = before;
	git_oid ancestor, base, head, merged;
	git_repository *other = NULL;
	git_tree *tree = NULL;
	struct ground g;

	(void)state;
	ground_init(&g);
	ours.lines[0][0] = 9;
	theirs.lines[1][5] = 9;
	ancestor = commit(&g, &before, NULL);
	base = commit(&g, &ours, &ancestor);
	head = commit(&g, &theirs, &ancestor);
	assert_true(merge_commits(g.repository, &base, &head, &merged,
	    &g.f.diags));
	assert_int_equal(git_tree_lookup(&tree, g.repository, &merged), 0);
	git_tree_free(tree);
	assert_int_equal(git_repository_open(&other, g.root), 0);
	assert_int_not_equal(git_tree_lookup(&tree, other, &merged), 0);
	git_repository_free(other);
	ground_dispose(&g);
}

static void test_merge__names_every_file_in_conflict(void **state)
{
	struct state before = { { { 1, 2, 3, 4, 5, 6 }, { 1, 1, 1, 1, 1, 1 },
	    { 2, 2, 2, 2, 2, 2 } } };
	struct state ours = before, theirs = before;
	git_oid ancestor, base, head, merged;
	struct ground g;

	(void)state;
	ground_init(&g);
	ours.lines[0][3] = 8;
	theirs.lines[0][3] = 9;
	memset(ours.lines[2], 0, LINES);
	theirs.lines[2][0] = 9;
	ancestor = commit(&g, &before, NULL);
	base = commit(&g, &ours, &ancestor);
	head = commit(&g, &theirs, &ancestor);
	assert_false(merge_commits(g.repository, &base, &head, &merged,
	    &g.f.diags));
	assert_int_equal(g.f.diags.items.count, 2);
	assert_true(str_eq(((struct diagnostic *)vec_at(&g.f.diags.items,
	    0))->mark.path, STR("a")));
	assert_true(str_eq(((struct diagnostic *)vec_at(&g.f.diags.items,
	    1))->mark.path, STR("f/a")));
	ground_dispose(&g);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_merge__agrees_with_git_on_any_two_changes),
		cmocka_unit_test(test_merge__writes_nothing_to_the_repository),
		cmocka_unit_test(test_merge__names_every_file_in_conflict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
