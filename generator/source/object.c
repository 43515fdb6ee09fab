/* SPDX-License-Identifier: MIT */
#include "source/object.h"

#include "base/diag.h"

#include <git2.h>

struct str git_reason(void)
{
	const git_error *error = git_error_last();

	return error == NULL ? STR("unknown") : str_from(error->message);
}

bool object_unreadable(struct str path, struct diag_list *diags)
{
	return diag_report(diags, ((struct mark){ .path = path }),
	    DIAG_OBJECT_UNREADABLE, path, git_reason());
}

int reference_find(struct git_repository *repository, const char *name,
    unsigned char *object)
{
	git_oid id;
	int error = git_reference_name_to_id(&id, repository, name);

	if (error == 0)
		memcpy(object, id.id, OBJECT_SIZE);
	if (error == 0)
		return 1;
	return error == GIT_ENOTFOUND || error == GIT_EUNBORNBRANCH ||
	    error == GIT_EINVALIDSPEC ? 0 : -1;
}

bool trees_open(struct git_repository *repository, struct trees *trees)
{
	*trees = (struct trees){ .odb = NULL };
	return git_repository_odb(&trees->odb, repository) == 0;
}

static void forget_all(struct trees *trees)
{
	for (size_t i = 0; i < TREES_SLOTS; i++) {
		git_odb_object_free(trees->slots[i]);
		trees->slots[i] = NULL;
	}
	trees->bytes = 0;
}

void trees_close(struct trees *trees)
{
	forget_all(trees);
	git_odb_free(trees->odb);
	trees->odb = NULL;
}

struct git_odb_object *trees_get(struct trees *trees,
    const unsigned char *object)
{
	git_odb_object **slot = &trees->slots[(object[0] | object[1] << 8) %
	    TREES_SLOTS];
	git_odb_object *tree = NULL;
	git_oid id;

	memcpy(id.id, object, OBJECT_SIZE);
	if (*slot != NULL && git_oid_equal(git_odb_object_id(*slot), &id)) {
		(void)git_odb_object_dup(&tree, *slot);
		return tree;
	}
	if (git_odb_read(&tree, trees->odb, &id) != 0)
		return NULL;
	if (git_odb_object_type(tree) != GIT_OBJECT_TREE) {
		git_odb_object_free(tree);
		git_error_set_str(GIT_ERROR_TREE, "it is no tree");
		return NULL;
	}
	if (*slot != NULL)
		trees->bytes -= git_odb_object_size(*slot);
	git_odb_object_free(*slot);
	*slot = NULL;
	trees->bytes += git_odb_object_size(tree);
	if (trees->bytes > TREES_BYTES) {
		forget_all(trees);
		return tree;
	}
	(void)git_odb_object_dup(slot, tree);
	return tree;
}

/* -- going through one ---------------------------------------------------- */

/* Old programs wrote other permissions; git reads them as one of two. */
static uint32_t plain_mode(uint32_t mode)
{
	switch (mode & 0170000) {
	case 0100000:
		return mode & 0100 ? MODE_EXECUTABLE : MODE_FILE;
	case MODE_LINK:
		return MODE_LINK;
	case MODE_FOLDER:
		return MODE_FOLDER;
	default:
		return MODE_SUBMODULE;
	}
}

void tree_cursor_init(struct tree_cursor *cursor, struct git_odb_object *tree)
{
	*cursor = (struct tree_cursor){ .rest = STR_NONE };
	if (tree != NULL)
		cursor->rest = (struct str){ git_odb_object_data(tree),
			git_odb_object_size(tree) };
	tree_cursor_next(cursor);
}

/* "100644 name\0" and twenty bytes. */
void tree_cursor_next(struct tree_cursor *cursor)
{
	struct str rest = cursor->rest;
	size_t space = 0;
	uint32_t mode = 0;
	const char *end;

	while (space < rest.len && space < 7 && rest.ptr[space] >= '0' &&
	    rest.ptr[space] <= '7')
		mode = mode << 3 | (uint32_t)(rest.ptr[space++] - '0');
	end = rest.len == 0 ? NULL : memchr(rest.ptr, '\0', rest.len);
	cursor->name = STR_NONE;
	if (end == NULL || space >= rest.len || rest.ptr[space] != ' ' ||
	    rest.len - (size_t)(end - rest.ptr) <= OBJECT_SIZE)
		return;
	cursor->mode = plain_mode(mode);
	cursor->name = str_slice(rest, space + 1, (size_t)(end - rest.ptr));
	cursor->object = (const unsigned char *)end + 1;
	cursor->rest = str_slice(rest,
	    (size_t)(end - rest.ptr) + 1 + OBJECT_SIZE, rest.len);
}

static bool find_in(struct trees *trees, const unsigned char *tree,
    struct str name, unsigned char *object, uint32_t *mode)
{
	git_odb_object *bytes = trees_get(trees, tree);
	struct tree_cursor at;
	bool found = false;

	trees->is_damaged = trees->is_damaged || bytes == NULL;
	if (bytes == NULL)
		return false;
	for (tree_cursor_init(&at, bytes); at.name.len > 0 && !found;
	    tree_cursor_next(&at)) {
		found = str_eq(at.name, name);
		if (found) {
			memcpy(object, at.object, OBJECT_SIZE);
			*mode = at.mode;
		}
	}
	git_odb_object_free(bytes);
	return found;
}

bool trees_find(struct trees *trees, const unsigned char *tree,
    struct str path, unsigned char *object, uint32_t *mode)
{
	unsigned char at[OBJECT_SIZE];

	memcpy(at, tree, OBJECT_SIZE);
	*mode = MODE_FOLDER;
	while (path.len > 0) {
		struct str name = str_cut(&path, '/');

		if (*mode != MODE_FOLDER ||
		    !find_in(trees, at, name, at, mode))
			return false;
	}
	memcpy(object, at, OBJECT_SIZE);
	return true;
}

/* -- commits -------------------------------------------------------------- */

static bool take_id(struct str digits, unsigned char *object)
{
	git_oid id;

	if (digits.len != GIT_OID_HEXSZ ||
	    git_oid_fromstrn(&id, digits.ptr, digits.len) != 0)
		return false;
	memcpy(object, id.id, OBJECT_SIZE);
	return true;
}

/* A number that may have a sign; what is none counts as 0. */
static int64_t number_of(struct str text)
{
	bool negative = str_starts(text, STR("-"));
	int64_t number = 0;

	for (size_t i = negative || str_starts(text, STR("+")); i < text.len &&
	    text.ptr[i] >= '0' && text.ptr[i] <= '9' &&
	    number < INT64_MAX / 100; i++)
		number = 10 * number + (text.ptr[i] - '0');
	return negative ? -number : number;
}

/* "Name <mail> 1700000000 +0800". */
static struct stated_time take_time(struct str person)
{
	struct str rest = str_slice(person, str_find_last(person, '>') + 1,
	    person.len);
	struct stated_time time;
	int64_t zone;

	(void)str_cut(&rest, ' ');
	time.seconds = number_of(str_cut(&rest, ' '));
	zone = number_of(rest) % 10000;
	time.zone = (int)(zone / 100 * 60 + zone % 100);
	return time;
}

/*
 * In git's order and no other: a hand-made commit may repeat a line further
 * down that git itself does not read.
 */
static bool read_head(struct str text, struct commit_facts *facts)
{
	struct str line = str_cut(&text, '\n');

	*facts = (struct commit_facts){ .parents = 0 };
	if (!str_eq(str_cut(&line, ' '), STR("tree")) ||
	    !take_id(line, facts->tree))
		return false;
	for (line = str_cut(&text, '\n'); str_starts(line, STR("parent "));
	    line = str_cut(&text, '\n'))
		if (facts->parents++ == 0 && !take_id(str_slice(line, 7,
		    line.len), facts->parent))
			return false;
	if (!str_starts(line, STR("author ")))
		return false;
	facts->authored = take_time(line);
	line = str_cut(&text, '\n');
	facts->committed = take_time(line);
	return str_starts(line, STR("committer "));
}

bool commit_facts(struct git_odb *odb, const unsigned char *commit,
    struct commit_facts *facts)
{
	git_odb_object *object = NULL;
	git_oid id;
	bool ok;

	memcpy(id.id, commit, OBJECT_SIZE);
	if (git_odb_read(&object, odb, &id) != 0)
		return false;
	ok = git_odb_object_type(object) == GIT_OBJECT_COMMIT &&
	    read_head((struct str){ git_odb_object_data(object),
		git_odb_object_size(object) }, facts);
	if (!ok)
		git_error_set_str(GIT_ERROR_OBJECT, "it is no commit");
	git_odb_object_free(object);
	return ok;
}
