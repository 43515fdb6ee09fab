/* SPDX-License-Identifier: MIT */
#include "commands/proposers.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/reader.h"
#include "base/value.h"
#include "model/record.h"
#include "source/receipt.h"

/* -- reading -------------------------------------------------------------- */

/* An empty map for what is not there or cannot be understood. */
static const struct value *read_data(struct arena *arena,
    const struct reader *reader, const struct frontmatter_limits *limits,
    struct str path, struct diag_list *diags)
{
	struct diag_list known;
	struct record record;
	struct str bytes;
	bool ok;

	if (!reader->read(reader->context, path, arena, &bytes, diags))
		return value_map(arena);
	diag_list_init(&known, arena);
	ok = record_parse(arena, path, bytes, limits, &record, &known);
	diag_list_dispose(&known);
	return ok ? record.data : value_map(arena);
}

static bool is_in_names(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-';
}

bool proposers_group_is_plain(struct str group)
{
	enum { MOST = 255 };
	bool in_part = false;

	for (size_t i = 0; i < group.len; i++) {
		char c = group.ptr[i];

		if (!is_in_names(c) && !(c == '/' && in_part))
			return false;
		in_part = c != '/';
	}
	return in_part && group.len <= MOST;
}

/* Records are not judged before: whatever else stands there would get into
 * files for forges. */
static struct str account_in(const struct value *item)
{
	struct str account = str_trim(value_text_at(item, STR("account")));

	return receipt_account_is_plain(account) ? account : STR_NONE;
}

static struct str group_in(const struct value *site)
{
	struct str group = str_trim(value_text_at(site,
	    STR("proposals.editors_group")));

	return proposers_group_is_plain(group) ? group : STR_NONE;
}

static void add(struct proposers *proposers, const struct value *item,
    struct str unit)
{
	struct arena *arena = proposers->arena;
	struct proposer *proposer = vec_push(&proposers->items);

	*proposer = (struct proposer){ .unit = unit,
		.name = str_trim(value_text_at(item, STR("name"))),
		.account = account_in(item) };
	proposer->has_key = signing_key_parse(arena,
	    str_trim(value_text_at(item, STR("key"))), &proposer->key);
	if (proposer->has_key)
		proposer->fingerprint = signing_key_fingerprint(arena,
		    &proposer->key);
}

static void add_all(struct proposers *proposers, const struct value *list,
    struct str unit)
{
	for (size_t i = 0; i < value_count(list); i++)
		add(proposers, list->list.items[i], unit);
}

static bool read_officers(struct proposers *proposers,
    const struct reader *reader, const struct frontmatter_limits *limits,
    struct diag_list *diags)
{
	const struct str folder = kind_info(KIND_UNIT)->folder;
	struct vec paths;
	bool ok;

	vec_init(&paths, sizeof(struct str));
	ok = reader->list(reader->context, str_slice(folder, 0,
	    folder.len - 1), proposers->arena, &paths, diags);
	for (size_t i = 0; ok && i < paths.count; i++) {
		struct str path = *(struct str *)vec_at(&paths, i);
		struct str unit = str_slice(path, folder.len, path.len -
		    STR(".md").len);

		if (str_ends(path, STR(".md")) &&
		    kind_id_is_valid(KIND_UNIT, unit))
			add_all(proposers, value_get(read_data(
			    proposers->arena, reader, limits, path, diags),
			    STR("officers")), unit);
	}
	vec_dispose(&paths);
	return ok;
}

bool proposers_read(struct proposers *proposers, struct arena *arena,
    const struct reader *reader, const struct frontmatter_limits *limits,
    const struct value *officers, struct diag_list *diags)
{
	const struct value *site = read_data(arena, reader, limits,
	    STR("content/site.yaml"), diags);
	bool ok = true;

	*proposers = (struct proposers){ .arena = arena,
		.by_account = str_eq(value_text_at(site,
		    STR("proposals.identity")), STR("account")),
		.editors_group = group_in(site) };
	vec_init(&proposers->items, sizeof(struct proposer));
	add_all(proposers, value_get(site, STR("editors")), STR_NONE);
	if (officers == NULL)
		ok = read_officers(proposers, reader, limits, diags);
	for (size_t i = 0; officers != NULL && i < value_count(officers);
	    i++)
		add(proposers, officers->list.items[i], value_text_at(
		    officers->list.items[i], STR("unit")));
	return ok && diags->counts[DIAG_FATAL] == 0;
}

void proposers_dispose(struct proposers *proposers)
{
	if (proposers->items.item_size > 0)
		vec_dispose(&proposers->items);
}

/* -- who is who ----------------------------------------------------------- */

/* One person may serve several units, and is listed with each. */
static bool has_same_key(const struct proposer *a, const struct proposer *b)
{
	if (!a->has_key || !b->has_key)
		return false;
	if (a->fingerprint.len > 0 || b->fingerprint.len > 0)
		return str_eq(a->fingerprint, b->fingerprint);
	return str_eq(a->key.bytes, b->key.bytes);
}

static bool has_account(const struct proposer *proposer, struct str account)
{
	return account.len > 0 && str_eq(account, proposer->account);
}

static bool is_one(const struct proposers *proposers, size_t index,
    const struct identity *identity)
{
	const struct proposer *proposer = vec_at(&proposers->items, index);

	if (proposers->by_account)
		return has_account(proposer, identity->account);
	return identity->signer != NULL &&
	    has_same_key(proposer, identity->signer);
}

bool proposers_allow(const struct proposers *proposers,
    const struct identity *identity, struct str path)
{
	struct str rest = path;
	struct str folder = kind_info(KIND_ACHIEVEMENT)->folder;
	struct str unit = STR_NONE;

	if (str_starts(path, folder)) {
		rest = str_slice(path, folder.len, path.len);
		unit = str_cut(&rest, '/');
		/* A file beside the folders of units is nobody's. */
		unit = rest.len > 0 ? unit : STR_NONE;
	}
	for (size_t i = 0; i < proposers->items.count; i++) {
		const struct proposer *proposer =
		    vec_at(&proposers->items, i);

		if (is_one(proposers, i, identity) &&
		    (proposer->unit.len == 0 ||
		    str_eq(proposer->unit, unit)))
			return true;
	}
	return false;
}

struct str proposer_name(struct arena *arena,
    const struct proposer *proposer)
{
	return proposer->unit.len == 0 ? proposer->name :
	    str_format(arena, "%.*s (%.*s)", STR_ARG(proposer->name),
		STR_ARG(proposer->unit));
}

const struct proposer *proposers_find(const struct proposers *proposers,
    const struct identity *identity)
{
	for (size_t i = 0; i < proposers->items.count; i++)
		if (is_one(proposers, i, identity))
			return vec_at(&proposers->items, i);
	return NULL;
}

const struct proposer *proposers_by_account(const struct proposers *proposers,
    struct str account)
{
	for (size_t i = 0; i < proposers->items.count; i++)
		if (has_account(vec_at(&proposers->items, i), account))
			return vec_at(&proposers->items, i);
	return NULL;
}
