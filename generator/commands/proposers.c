/* SPDX-License-Identifier: MIT */
#include "commands/proposers.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/reader.h"
#include "base/value.h"
#include "model/record.h"

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

static void add(struct proposers *proposers, const struct value *list,
    struct str unit)
{
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *item = list->list.items[i];
		struct proposer *proposer = vec_push(&proposers->items);

		proposer->unit = unit;
		proposer->name = str_trim(value_text_at(item, STR("name")));
		proposer->key = str_trim(value_text_at(item, STR("key")));
		proposer->account = str_trim(value_text_at(item,
		    STR("account")));
	}
}

bool proposers_read(struct proposers *proposers, struct arena *arena,
    const struct reader *reader, const struct frontmatter_limits *limits,
    struct diag_list *diags)
{
	const struct str folder = kind_info(KIND_UNIT)->folder;
	const struct value *site = read_data(arena, reader, limits,
	    STR("content/site.yaml"), diags);
	struct vec paths;
	bool ok;

	*proposers = (struct proposers){ .arena = arena,
		.by_account = str_eq(value_text_at(site,
		    STR("proposals.identity")), STR("account")) };
	vec_init(&proposers->items, sizeof(struct proposer));
	add(proposers, value_get(site, STR("editors")), STR_NONE);
	vec_init(&paths, sizeof(struct str));
	ok = reader->list(reader->context, str_slice(folder, 0,
	    folder.len - 1), arena, &paths, diags);
	for (size_t i = 0; ok && i < paths.count; i++) {
		struct str path = *(struct str *)vec_at(&paths, i);
		struct str unit = str_slice(path, folder.len, path.len -
		    STR(".md").len);

		if (str_ends(path, STR(".md")) &&
		    kind_id_is_valid(KIND_UNIT, unit))
			add(proposers, value_get(read_data(arena, reader,
			    limits, path, diags), STR("officers")), unit);
	}
	vec_dispose(&paths);
	return ok && diags->counts[DIAG_FATAL] == 0;
}

void proposers_dispose(struct proposers *proposers)
{
	if (proposers->items.item_size > 0)
		vec_dispose(&proposers->items);
}

/* -- who is who ----------------------------------------------------------- */

/* A line of its own cannot become two: YAML lets line ends into text. */
static bool is_ssh_key(struct str key)
{
	return (str_starts(key, STR("ssh-")) ||
	    str_starts(key, STR("ecdsa-sha2-")) ||
	    str_starts(key, STR("sk-"))) &&
	    str_find_char(key, '\n', 0) == STR_NOT_FOUND;
}

static struct str principal_of(const struct proposers *proposers, size_t index)
{
	return str_format(proposers->arena, "zheli-%zu", index);
}

void proposers_append_signers(const struct proposers *proposers,
    struct buf *out)
{
	for (size_t i = 0; i < proposers->items.count; i++) {
		const struct proposer *proposer =
		    vec_at(&proposers->items, i);

		if (is_ssh_key(proposer->key))
			buf_append_format(out,
			    "zheli-%zu namespaces=\"git\" %.*s\n", i,
			    STR_ARG(proposer->key));
	}
}

/* One person may serve several units, and is listed with each. */
static bool is_one(const struct proposers *proposers, size_t index,
    const struct identity *identity)
{
	const struct proposer *proposer = vec_at(&proposers->items, index);
	const struct proposer *found;
	struct str number = identity->principal;
	size_t of;

	if (proposers->by_account)
		return identity->account.len > 0 &&
		    str_eq(identity->account, proposer->account);
	if (identity->fingerprint.len > 0 &&
	    str_eq(identity->fingerprint, proposer->key))
		return true;
	if (number.len == 0)
		return false;
	if (str_eq(number, principal_of(proposers, index)))
		return true;
	if (!str_starts(number, STR("zheli-")) || !str_to_size(
	    str_slice(number, STR("zheli-").len, number.len), &of) ||
	    of >= proposers->items.count)
		return false;
	found = vec_at(&proposers->items, of);
	return str_eq(found->key, proposer->key);
}

bool proposers_know(const struct proposers *proposers,
    const struct identity *identity)
{
	for (size_t i = 0; i < proposers->items.count; i++)
		if (is_one(proposers, i, identity))
			return true;
	return false;
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

struct str proposers_name(const struct proposers *proposers,
    const struct identity *identity)
{
	for (size_t i = 0; i < proposers->items.count; i++) {
		const struct proposer *proposer =
		    vec_at(&proposers->items, i);

		if (!is_one(proposers, i, identity))
			continue;
		return proposer->unit.len == 0 ? proposer->name :
		    str_format(proposers->arena, "%.*s (%.*s)",
			STR_ARG(proposer->name), STR_ARG(proposer->unit));
	}
	return identity->account.len > 0 ? identity->account :
	    identity->fingerprint;
}
