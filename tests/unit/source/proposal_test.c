/* SPDX-License-Identifier: MIT */
#include "source/proposal.h"

#include <git2.h>
#include <string.h>

#include "../place.h"
#include "base/buf.h"
#include "base/vec.h"
#include "source/receipt.h"
#include "source/source.h"

/* A bare repository in a folder of its own. */
struct ground {
	struct place place;
	git_repository *repository;
	git_oid lost;		/* of no object */
};

static void ground_init(struct ground *g)
{
	place_init(&g->place);
	assert_int_equal(git_repository_init(&g->repository, g->place.path,
	    true), 0);
	memset(&g->lost, 7, sizeof(g->lost));
}

static void ground_dispose(struct ground *g)
{
	git_repository_free(g->repository);
	place_dispose(&g->place);
}

static git_oid write_object(struct ground *g, struct str bytes,
    git_object_t type)
{
	git_odb *odb = NULL;
	git_oid made;

	assert_int_equal(git_repository_odb(&odb, g->repository), 0);
	assert_int_equal(git_odb_write(&made, odb, bytes.ptr, bytes.len,
	    type), 0);
	git_odb_free(odb);
	return made;
}

static git_oid blob_of(struct ground *g, const char *text)
{
	return write_object(g, str_from(text), GIT_OBJECT_BLOB);
}

/* One entry in a tree of its own; what it names need not be there. */
static git_oid tree_of(struct ground *g, const char *name, git_oid id,
    git_filemode_t mode)
{
	struct buf raw;
	git_oid made;

	buf_init(&raw);
	buf_append_format(&raw, "%o %s", (unsigned)mode, name);
	buf_append_char(&raw, '\0');
	buf_append(&raw, (struct str){ (const char *)id.id, 20 });
	made = write_object(g, buf_str(&raw), GIT_OBJECT_TREE);
	buf_dispose(&raw);
	return made;
}

/* content/a of that text. */
static git_oid content_of(struct ground *g, const char *text)
{
	git_oid tree = tree_of(g, "a", blob_of(g, text), GIT_FILEMODE_BLOB);

	return tree_of(g, "content", tree, GIT_FILEMODE_TREE);
}

/* Parents of nothing but zeros are none. */
static git_oid commit_of(struct ground *g, git_oid tree, git_oid first,
    git_oid second)
{
	const git_oid parents[] = { first, second };
	struct buf raw;
	git_oid made;
	char hex[GIT_OID_HEXSZ + 1];

	buf_init(&raw);
	buf_append_format(&raw, "tree %s\n", git_oid_tostr(hex, sizeof(hex),
	    &tree));
	for (size_t i = 0; i < 2 && !git_oid_is_zero(&parents[i]); i++)
		buf_append_format(&raw, "parent %s\n", git_oid_tostr(hex,
		    sizeof(hex), &parents[i]));
	buf_append(&raw, STR("author T <t@example.org> 1700000000 +0000\n"
	    "committer T <t@example.org> 1700000000 +0000\n\nm\n"));
	made = write_object(g, buf_str(&raw), GIT_OBJECT_COMMIT);
	buf_dispose(&raw);
	return made;
}

/* What the last commit of a proposal has changed by its own doing: the paths,
 * or "failed". */
static const char *changes_of_last(struct ground *g, git_oid base,
    git_oid head)
{
	struct fixture *f = &g->place.f;
	char from[GIT_OID_HEXSZ + 1], to[GIT_OID_HEXSZ + 1];
	struct str all = STR_NONE;
	struct source *source = NULL;
	struct proposal *proposal;
	struct vec changes;
	bool ok;

	(void)git_oid_tostr(from, sizeof(from), &base);
	(void)git_oid_tostr(to, sizeof(to), &head);
	assert_true(source_open(&f->arena, str_from(g->place.path),
	    str_from(to), &source, &f->diags));
	proposal = proposal_open(&f->arena, source, str_from(from),
	    str_from(to), &f->diags);
	assert_non_null(proposal);
	vec_init(&changes, sizeof(struct proposal_change));
	ok = proposal_changes(proposal, proposal_count(proposal) - 1,
	    &f->arena, &changes, &f->diags);
	for (size_t i = 0; i < changes.count; i++)
		all = str_format(&f->arena, "%.*s %.*s", STR_ARG(all),
		    STR_ARG(((struct proposal_change *)vec_at(&changes,
			i))->path));
	vec_dispose(&changes);
	proposal_close(proposal);
	source_close(source);
	return ok ? str_cstr(&f->arena, all) : "failed";
}

/* A merge that keeps what the one side has changed and the other removed. */
static const char *kept_by_merge(struct ground *g, git_oid base_tree)
{
	static const git_oid none = { .id = { 0 } };
	git_oid base = commit_of(g, base_tree, none, none);
	git_oid first = commit_of(g, content_of(g, "new"), base, none);
	git_oid second = commit_of(g, tree_of(g, "other", blob_of(g, "b"),
	    GIT_FILEMODE_BLOB), base, none);

	return changes_of_last(g, base, commit_of(g, content_of(g, "new"),
	    first, second));
}

static void test_proposal__a_merge_over_a_removal_is_own(void **state)
{
	struct ground g;

	(void)state;
	ground_init(&g);
	assert_string_equal(kept_by_merge(&g, content_of(&g, "old")),
	    " content/a other");
	assert_string_equal(found(&g.place.f), "");
	ground_dispose(&g);
}

/* Taken for nothing, the base would make the change nobody's doing. */
static void test_proposal__a_base_that_is_lost_is_no_empty_one(void **state)
{
	struct ground g;

	(void)state;
	ground_init(&g);
	assert_string_equal(kept_by_merge(&g, tree_of(&g, "content", g.lost,
	    GIT_FILEMODE_TREE)), "failed");
	assert_string_equal(found(&g.place.f), "S0104@0:0");
	ground_dispose(&g);
}

/* Both sides have changed the text: without it nobody can merge them. */
static void test_proposal__a_text_that_is_lost_is_no_conflict(void **state)
{
	static const git_oid none = { .id = { 0 } };
	struct ground g;
	git_oid base, first, second;

	(void)state;
	ground_init(&g);
	base = commit_of(&g, tree_of(&g, "content", tree_of(&g, "a", g.lost,
	    GIT_FILEMODE_BLOB), GIT_FILEMODE_TREE), none, none);
	first = commit_of(&g, content_of(&g, "one"), base, none);
	second = commit_of(&g, content_of(&g, "two"), base, none);
	assert_string_equal(changes_of_last(&g, base, commit_of(&g,
	    content_of(&g, "three"), first, second)), "failed");
	assert_string_equal(found(&g.place.f), "S0104@0:0");
	ground_dispose(&g);
}

/* What is told of the receipt of a commit when the notes of receipts have that
 * tree (none: no notes). */
static const char *receipt_with(struct ground *g, const git_oid *notes)
{
	static const git_oid none = { .id = { 0 } };
	struct fixture *f = &g->place.f;
	git_oid head = commit_of(g, content_of(g, "new"), none, none), noted;
	char to[GIT_OID_HEXSZ + 1];
	struct source *source = NULL;
	struct proposal *proposal;
	git_reference *reference = NULL;
	struct receipt first;
	bool ok, is_found = true;

	if (notes != NULL) {
		noted = commit_of(g, *notes, none, none);
		assert_int_equal(git_reference_create(&reference,
		    g->repository, RECEIPTS_REF, &noted, true, NULL), 0);
		git_reference_free(reference);
	}
	(void)git_oid_tostr(to, sizeof(to), &head);
	assert_true(source_open(&f->arena, str_from(g->place.path),
	    str_from(to), &source, &f->diags));
	proposal = proposal_open(&f->arena, source, STR_NONE, str_from(to),
	    &f->diags);
	assert_non_null(proposal);
	ok = proposal_receipt(proposal, 0, NULL, &f->arena, &first, &is_found,
	    &f->diags);
	proposal_close(proposal);
	source_close(source);
	return !ok ? "failed" : is_found ? "found" : "none";
}

/* Taken for none, a commit that was received in time would not count. */
static void test_proposal__receipts_that_are_lost_are_not_none(void **state)
{
	struct ground g;
	git_oid other;

	(void)state;
	ground_init(&g);
	assert_string_equal(receipt_with(&g, NULL), "none");
	other = tree_of(&g, "other", blob_of(&g, "b"), GIT_FILEMODE_BLOB);
	assert_string_equal(receipt_with(&g, &other), "none");
	assert_string_equal(found(&g.place.f), "");
	assert_string_equal(receipt_with(&g, &g.lost), "failed");
	assert_string_equal(found(&g.place.f), "S0104@0:0");
	ground_dispose(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_proposal__a_merge_over_a_removal_is_own),
		cmocka_unit_test(
		    test_proposal__a_base_that_is_lost_is_no_empty_one),
		cmocka_unit_test(
		    test_proposal__a_text_that_is_lost_is_no_conflict),
		cmocka_unit_test(
		    test_proposal__receipts_that_are_lost_are_not_none),
	};
	int failed;

	(void)git_libgit2_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)git_libgit2_shutdown();
	return failed;
}
