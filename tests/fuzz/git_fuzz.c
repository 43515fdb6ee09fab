/* SPDX-License-Identifier: MIT */
/*
 * Trees and commits as no git would write them, in a bare repository: they are
 * read as a registry, as a proposal and as history, and nothing that is listed
 * leads out of it.
 *
 * An input is two trees and a commit as text. A tree is lines of an entry each,
 * "100644 name b", where b is a blob, t the tree before, c a commit and x an
 * object that is not there; a line of "=" ends it. In the commit, @T stands for
 * the second tree, @P for a commit that is in order.
 */
#include <assert.h>
#include <ftw.h>
#include <git2.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/vec.h"
#include "source/history.h"
#include "source/object.h"
#include "source/proposal.h"
#include "source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libgit2 1.5 loses a cell of a list when a walk ends early; it has no names
 * that could say so more closely. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libgit2.so";
}

/* In memory where there is such a place: an input writes ten files. */
static char folder[40] = "/dev/shm/zheli-git-fuzz-XXXXXX";

struct state {
	git_repository *repository;
	git_odb *odb;
	git_oid blob, base;
};

static int drop(const char *path, const struct stat *status, int kind,
    struct FTW *at)
{
	(void)status;
	(void)kind;
	(void)at;
	return remove(path);
}

static void drop_all(void)
{
	(void)nftw(folder, drop, 16, FTW_DEPTH | FTW_PHYS);
}

static git_oid put(git_odb *odb, struct str bytes, git_object_t type)
{
	git_oid id;

	if (git_odb_write(&id, odb, bytes.len > 0 ? bytes.ptr : "", bytes.len,
		type) != 0)
		abort();
	return id;
}

static struct str hex_of(struct arena *arena, const git_oid *id)
{
	return str_hex(arena, (struct str){ (const char *)id->id,
	    OBJECT_SIZE });
}

static void append_entry(const struct state *state, struct buf *tree,
    struct str line, const git_oid *before)
{
	static const git_oid missing = { { 0xde, 0xad } };
	char kind = line.len > 0 ? line.ptr[line.len - 1] : 'x';
	const git_oid *id = kind == 'b' ? &state->blob : kind == 't' ? before :
	    kind == 'c' ? &state->base : &missing;

	buf_append(tree, str_slice(line, 0, line.len < 2 ? 0 : line.len - 2));
	buf_append_char(tree, '\0');
	buf_append(tree, (struct str){ (const char *)id->id, OBJECT_SIZE });
}

static git_oid put_tree(const struct state *state, struct str *text,
    const git_oid *before)
{
	struct buf tree;
	git_oid id;

	buf_init(&tree);
	while (text->len > 0) {
		struct str line = str_cut(text, '\n');

		if (str_eq(line, STR("=")))
			break;
		append_entry(state, &tree, line, before);
	}
	id = put(state->odb, buf_str(&tree), GIT_OBJECT_TREE);
	buf_dispose(&tree);
	return id;
}

static git_oid put_commit(const struct state *state, struct arena *arena,
    struct str text, const git_oid *tree)
{
	struct buf commit;
	git_oid id;

	buf_init(&commit);
	for (size_t i = 0; i < text.len; i++) {
		char next = i + 1 < text.len ? text.ptr[i + 1] : '\0';

		if (text.ptr[i] != '@' || (next != 'T' && next != 'P')) {
			buf_append_char(&commit, text.ptr[i]);
			continue;
		}
		buf_append(&commit, hex_of(arena, next == 'T' ? tree :
		    &state->base));
		i++;
	}
	id = put(state->odb, buf_str(&commit), GIT_OBJECT_COMMIT);
	buf_dispose(&commit);
	return id;
}

/* Again for each input: one that has the same objects takes them away. */
static void put_base(struct state *state, struct arena *arena)
{
	struct str text = STR("100644 lab.md b\n=\n40000 units t\n=\n");
	git_oid tree;

	state->blob = put(state->odb, STR("---\nname: lab\n---\n"),
	    GIT_OBJECT_BLOB);
	tree = put_tree(state, &text, &state->blob);
	tree = put_tree(state, &text, &tree);
	text = STR("40000 content t\n");
	tree = put_tree(state, &text, &tree);
	state->base = put_commit(state, arena, STR("tree @T\n"
	    "author A <a@b.cn> 1700000000 +0800\n"
	    "committer A <a@b.cn> 1700000000 +0800\n\nbase\n"), &tree);
}

/* Opened once and never closed: the program ends with its inputs. */
static struct state *state_get(void)
{
	static struct state state;

	if (state.repository == NULL && access("/dev/shm", W_OK) != 0)
		(void)snprintf(folder, sizeof(folder),
		    "/tmp/zheli-git-fuzz-XXXXXX");
	if (state.repository == NULL && (git_libgit2_init() < 0 ||
		mkdtemp(folder) == NULL || atexit(drop_all) != 0 ||
		git_repository_init(&state.repository, folder, 1) != 0 ||
		git_repository_odb(&state.odb, state.repository) != 0))
		abort();
	return &state;
}

/* -- what is made of it --------------------------------------------------- */

static void read_objects(struct state *state, const git_oid *tree,
    const git_oid *commit)
{
	unsigned char object[OBJECT_SIZE];
	struct commit_facts facts;
	struct tree_cursor at;
	struct trees trees;
	git_odb_object *bytes;
	uint32_t mode = 0;

	if (!trees_open(state->repository, &trees))
		abort();
	bytes = trees_get(&trees, tree->id);
	assert(bytes != NULL);
	for (tree_cursor_init(&at, bytes); at.name.len > 0;
	    tree_cursor_next(&at))
		assert(str_find_char(at.name, '\0', 0) == STR_NOT_FOUND);
	git_odb_object_free(bytes);
	(void)trees_find(&trees, tree->id, STR("content/lab.md"), object,
	    &mode);
	if (commit_facts(state->odb, commit->id, &facts))
		assert(facts.authored.zone > -24 * 60 * 5 &&
		    facts.authored.zone < 24 * 60 * 5);
	trees_close(&trees);
}

static void read_registry(struct source *source, struct arena *arena,
    struct diag_list *diags)
{
	struct vec entries;

	vec_init(&entries, sizeof(struct source_entry));
	(void)source_entries(source, STR("content"), arena, &entries, diags);
	for (size_t i = 0; i < entries.count; i++) {
		const struct source_entry *entry = vec_at(&entries, i);
		struct str bytes = STR_NONE;
		uint64_t length = 0;

		assert(str_starts(entry->path, STR("content/")));
		if (entry->kind == SOURCE_FILE && i < 16)
			(void)source_read(source, entry, 64, arena, &bytes,
			    &length, diags);
		assert(bytes.len <= 64);
	}
	vec_dispose(&entries);
}

static void read_proposal(struct source *source, struct str base,
    struct str head, struct arena *arena, struct diag_list *diags)
{
	struct proposal *proposal = proposal_open(arena, source, base, head,
	    diags);
	struct proposal_commit commit;
	struct vec changes;

	if (proposal == NULL)
		return;
	/* One that went missing would be one that nobody judges. */
	assert(proposal_count(proposal) > 0 || str_eq(base, head));
	vec_init(&changes, sizeof(struct proposal_change));
	for (size_t i = 0; i < proposal_count(proposal); i++) {
		vec_clear(&changes);
		(void)!proposal_commit(proposal, i, arena, &commit, diags);
		(void)!proposal_changes(proposal, i, arena, &changes, diags);
		for (size_t k = 0; k < changes.count; k++) {
			const struct proposal_change *change = vec_at(
			    &changes, k);

			assert(!change->is_plain ||
			    path_is_safe(change->path));
		}
	}
	vec_dispose(&changes);
	proposal_close(proposal);
}

static bool is_known(void *context, const unsigned char *id)
{
	(void)context;
	(void)id;
	return false;
}

static void read_history(const struct source *source, const git_oid *commit,
    struct arena *arena, struct diag_list *diags)
{
	struct history_settings settings = HISTORY_SETTINGS_DEFAULT;
	struct history *history = NULL;
	struct vec landings, changes;

	settings.branch = STR("refs/heads/main");
	if (!history_open(arena, source, &settings, &history, diags) ||
	    history == NULL)
		return;
	vec_init(&landings, sizeof(struct landing));
	vec_init(&changes, sizeof(struct change));
	if (history_chain(history, commit->id, is_known, NULL, &landings,
		diags))
		for (size_t i = 0; i < landings.count; i++)
			(void)!history_changes(history,
			    i + 1 < landings.count ? vec_at(&landings, i + 1) :
			    NULL, vec_at(&landings, i), arena, &changes,
			    diags);
	vec_dispose(&changes);
	vec_dispose(&landings);
	history_close(history);
}

static void read_all(struct state *state, const git_oid *commit,
    struct arena *arena)
{
	struct str head = hex_of(arena, commit);
	struct source *source = NULL;
	struct diag_list diags;
	git_reference *main = NULL;
	bool is_opened;

	diag_list_init(&diags, arena);
	/* It refuses what is no commit at all. */
	if (git_reference_create(&main, state->repository, "refs/heads/main",
		commit, 1, NULL) == 0) {
		is_opened = source_open(arena, str_from(folder), head,
		    &source, &diags);
		assert(is_opened == (diag_errors(&diags) == 0));
		if (is_opened) {
			read_registry(source, arena, &diags);
			read_proposal(source, hex_of(arena, &state->base),
			    head, arena, &diags);
			read_history(source, commit, arena, &diags);
			source_close(source);
		}
	}
	git_reference_free(main);
	diag_list_dispose(&diags);
}

static void drop_object(const git_oid *id, struct arena *arena)
{
	struct str hex = hex_of(arena, id);

	(void)unlink(str_cstr(arena, str_format(arena,
	    "%s/objects/%.2s/%s", folder, hex.ptr, hex.ptr + 2)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	struct arena arena;
	struct state *state;
	git_oid lower, upper, commit;

	arena_init(&arena);
	state = state_get();
	put_base(state, &arena);
	lower = put_tree(state, &text, &state->blob);
	upper = put_tree(state, &text, &lower);
	commit = put_commit(state, &arena, text, &upper);
	read_objects(state, &upper, &commit);
	read_all(state, &commit, &arena);
	drop_object(&lower, &arena);
	drop_object(&upper, &arena);
	drop_object(&commit, &arena);
	arena_dispose(&arena);
	return 0;
}
