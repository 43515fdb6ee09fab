/* SPDX-License-Identifier: MIT */
/* What a receipt says, and where receipts are. */
#include "source/receipt.h"

#include "base/arena.h"
#include "base/instant.h"
#include "base/path.h"
#include "base/vec.h"
#include "source/difference.h"
#include "source/history_internal.h"
#include "source/receipt_notes.h"

#include <git2.h>

#define SIGNATURE_BEGIN "-----BEGIN SSH SIGNATURE-----"
#define SIGNATURE_END "-----END SSH SIGNATURE-----"

/* -- one note ------------------------------------------------------------- */

bool receipt_account_is_plain(struct str account)
{
	for (size_t i = 0; i < account.len; i++) {
		char c = account.ptr[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || (c != '\0' &&
		     strchr("._@+-", c) != NULL)))
			return false;
	}
	return account.len > 0 && account.len <= 128;
}

static bool parse_first(struct str line, struct receipt *receipt)
{
	if (!str_eq(str_cut(&line, ' '), STR("received")) ||
	    !instant_parse(str_cut(&line, ' '), &receipt->seconds))
		return false;
	receipt->ref = str_cut(&line, ' ');
	receipt->account = line;
	return str_starts(receipt->ref, STR("refs/")) &&
	    (line.len == 0 || receipt_account_is_plain(line));
}

static bool is_commit_line(struct str line)
{
	git_oid id;

	return line.len == 7 + GIT_OID_HEXSZ &&
	    str_starts(line, STR("commit ")) &&
	    git_oid_fromstrn(&id, line.ptr + 7, GIT_OID_HEXSZ) == 0;
}

/* The part of `whole` from `begin` up to where `rest` begins. */
static struct str up_to(struct str whole, size_t begin, struct str rest)
{
	return str_slice(whole, begin, whole.len - rest.len);
}

/* One receipt off the front; the line before a signature ends the text. */
static bool parse_one(struct str *note, struct receipt *receipt)
{
	struct str whole = *note, rest = whole, before;
	size_t first, named = 0;

	if (!parse_first(str_cut(&rest, '\n'), receipt))
		return false;
	first = whole.len - rest.len;
	for (before = rest; is_commit_line(str_cut(&rest, '\n')); before = rest)
		named++;
	receipt->commits = up_to(whole, first, before);
	receipt->text = up_to(whole, 0, before);
	rest = before;
	if (str_starts(rest, STR(SIGNATURE_BEGIN))) {
		size_t end = str_find(rest, STR(SIGNATURE_END), 0);

		if (end == STR_NOT_FOUND)
			return false;
		end += sizeof(SIGNATURE_END) - 1;
		receipt->signature = str_slice(rest, 0, end);
		rest = str_slice(rest, end, rest.len);
		if (rest.len > 0 && str_cut(&rest, '\n').len > 0)
			return false;
	}
	*note = rest;
	return named > 0;
}

bool receipt_parse(struct str note, struct vec *receipts)
{
	size_t count = receipts->count;

	while (str_starts(note, STR("\n")))
		note = str_slice(note, 1, note.len);
	while (note.len > 0) {
		struct receipt receipt = { .seconds = 0 };

		if (!parse_one(&note, &receipt))
			return false;
		*(struct receipt *)vec_push(receipts) = receipt;
		while (str_starts(note, STR("\n")))
			note = str_slice(note, 1, note.len);
	}
	return receipts->count > count;
}

bool receipt_names(const struct receipt *receipt, const unsigned char *commit)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_oid id;

	memcpy(id.id, commit, OBJECT_SIZE);
	(void)git_oid_tostr(hex, sizeof(hex), &id);
	return str_find(receipt->commits, str_from(hex), 0) != STR_NOT_FOUND;
}

/* -- where they are ------------------------------------------------------- */

int notes_tree(struct git_repository *repository, struct trees *trees,
    unsigned char *tree, struct git_oid *commit)
{
	int found = reference_find(repository, RECEIPTS_REF, commit->id);
	struct commit_facts facts;

	if (found <= 0)
		return found;
	if (!commit_facts(trees->odb, commit->id, &facts))
		return -1;
	memcpy(tree, facts.tree, OBJECT_SIZE);
	return 1;
}

/* As many slashes as git has put into it. */
bool notes_find(struct trees *trees, const unsigned char *notes,
    const unsigned char *commit, struct arena *arena, struct str *path,
    unsigned char *note)
{
	struct str hex = str_hex(arena, (struct str){ (const char *)commit,
	    OBJECT_SIZE });
	uint32_t mode;

	for (size_t folders = 0; folders < 4; folders++) {
		*path = STR_NONE;
		for (size_t i = 0; i < folders; i++)
			*path = path_join(arena, *path,
			    str_slice(hex, 2 * i, 2 * i + 2));
		*path = path_join(arena, *path,
		    str_slice(hex, 2 * folders, hex.len));
		if (trees_find(trees, notes, *path, note, &mode))
			return true;
	}
	return false;
}

bool notes_read(struct trees *trees, const unsigned char *note,
    struct arena *arena, struct str *bytes)
{
	git_odb_object *object = NULL;
	git_oid id;

	memcpy(id.id, note, OBJECT_SIZE);
	if (git_odb_read(&object, trees->odb, &id) != 0)
		return false;
	*bytes = str_dup(arena, str_slice((struct str){
	    git_odb_object_data(object), git_odb_object_size(object) }, 0,
	    RECEIPT_BYTES));
	git_odb_object_free(object);
	return true;
}

/* "5d/8e6a…": the id of what is noted, with slashes wherever git put them. */
static bool take_commit(struct str path, unsigned char *commit)
{
	char hex[GIT_OID_HEXSZ];
	size_t len = 0;
	git_oid id;

	for (size_t i = 0; i < path.len; i++) {
		if (path.ptr[i] == '/')
			continue;
		if (len == sizeof(hex))
			return false;
		hex[len++] = path.ptr[i];
	}
	if (len != sizeof(hex) || git_oid_fromstrn(&id, hex, len) != 0)
		return false;
	memcpy(commit, id.id, OBJECT_SIZE);
	return true;
}

static int compare_noted(const void *a, const void *b)
{
	const struct noted *x = a, *y = b;
	int order = memcmp(x->note, y->note, OBJECT_SIZE);

	return order != 0 ? order : memcmp(x->commit, y->commit, OBJECT_SIZE);
}

/* The tree may be gone, when the notes were rewritten and git has tidied up. */
static bool is_tree(struct trees *trees, const unsigned char *tree)
{
	static const unsigned char none[OBJECT_SIZE];
	git_odb_object *object = NULL;
	bool found = memcmp(tree, none, OBJECT_SIZE) != 0 &&
	    (object = trees_get(trees, tree)) != NULL;

	git_odb_object_free(object);
	return found;
}

static void take_changes(const struct vec *changes, struct vec *changed)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = vec_at(changes, i);
		struct noted noted = { .note = { 0 } };

		if (!take_commit(change->path, noted.commit))
			continue;
		memcpy(noted.note, change->object, OBJECT_SIZE);
		*(struct noted *)vec_push(changed) = noted;
	}
	vec_sort(changed, compare_noted);
}

bool receipts_changed(struct history *history, unsigned char *tree,
    bool *is_whole, struct vec *changed, struct diag_list *diags)
{
	struct difference difference = { .trees = &history->trees,
		.limit = 64 * 1000 * 1000, .diags = diags };
	unsigned char now[OBJECT_SIZE] = { 0 };
	struct vec changes;
	struct arena arena;
	git_oid commit;
	bool ok;
	int has_notes = notes_tree(history->repository, &history->trees, now,
	    &commit);

	if (has_notes < 0)
		return object_unreadable(STR(RECEIPTS_REF), diags);
	*is_whole = !is_tree(&history->trees, tree);
	if (!*is_whole && memcmp(tree, now, OBJECT_SIZE) == 0)
		return true;
	arena_init(&arena);
	vec_init(&changes, sizeof(struct change));
	difference.arena = &arena;
	difference.changes = &changes;
	ok = difference_find(&difference, *is_whole ? NULL : tree,
	    has_notes > 0 ? now : NULL, STR_NONE);
	if (ok) {
		take_changes(&changes, changed);
		memcpy(tree, now, OBJECT_SIZE);
	}
	vec_dispose(&changes);
	arena_dispose(&arena);
	return ok;
}

bool receipt_read(struct history *history, const unsigned char *note,
    struct arena *arena, struct str *bytes, struct diag_list *diags)
{
	return notes_read(&history->trees, note, arena, bytes) ||
	    object_unreadable(STR(RECEIPTS_REF), diags);
}

bool receipt_parents(struct history *history, const unsigned char *commit,
    struct vec *parents)
{
	git_commit *found = NULL;
	git_oid id;

	memcpy(id.id, commit, OBJECT_SIZE);
	if (git_commit_lookup(&found, history->repository, &id) != 0)
		return false;
	for (unsigned i = 0; i < git_commit_parentcount(found); i++)
		memcpy(vec_push(parents), git_commit_parent_id(found, i)->id,
		    OBJECT_SIZE);
	git_commit_free(found);
	return true;
}
