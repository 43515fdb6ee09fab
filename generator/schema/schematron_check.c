/* SPDX-License-Identifier: MIT */
/* Lets, asserts and reports as they are loaded. */
#include "base/arena.h"
#include "schema/schematron_loader.h"

/* -- lets ---------------------------------------------------------------- */

static bool is_defined_here(const struct let *let, enum let_level level,
    struct str name)
{
	for (; let != NULL && let->level == level; let = let->previous)
		if (str_eq(let->name, name))
			return true;
	return false;
}

/* Adds a let after `last`, which may be NULL; returns the new last one. */
const struct let *loader_let(struct loader *loader, const void *node,
    enum let_level level, const struct let *last)
{
	const struct schematron_override *override = NULL;
	struct let *let;
	struct str name, value;
	struct xpath *xpath;

	loader_check_attributes(loader, node, "name value");
	if (!loader_require(loader, node, "name", &name) ||
	    !loader_require(loader, node, "value", &value))
		return last;
	if (is_defined_here(last, level, name)) {
		loader_report(loader, node, DIAG_RULE_TWICE, STR("let"), name);
		return last;
	}
	if (level == LET_SCHEMA)
		override = loader_override(loader, SCHEMATRON_LET, name, value);
	loader->blame = override != NULL ? &override->mark : NULL;
	xpath = loader_xpath(loader, node, override != NULL ?
	    override->value : value, last);
	loader->blame = NULL;
	/* Even without a value it is defined, and nobody else to blame. */
	let = arena_alloc(loader->arena, sizeof(*let));
	*let = (struct let){ .name = name, .value = xpath, .level = level,
		.slot = loader->set->slot_count++, .previous = last };
	return let;
}

/* -- asserts and reports ------------------------------------------------- */

/* An attribute of an assert, or of what it stands in: rule, pattern, and the
 * abstract pattern that this is. */
static struct str inherited(struct loader *loader, const void *node,
    const void *rule, const char *name)
{
	const void *const places[] = { node, rule, loader->pattern,
		loader->abstract };

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (places[i] != NULL && loader_has(places[i], name))
			return loader_attribute(loader, places[i], name);
	return STR_NONE;
}

static enum diag_severity load_role(struct loader *loader, const void *node,
    struct str role)
{
	if (str_eq(role, STR("error")) || role.len == 0)
		return DIAG_ERROR;
	if (str_eq(role, STR("warning")))
		return DIAG_WARNING;
	if (!str_eq(role, STR("notice")))
		loader_report(loader, node, DIAG_RULE_ATTRIBUTE_VALUE, role,
		    STR("role"), STR("error, warning, notice, off"));
	return DIAG_NOTICE;
}

static bool load_unwaivable(struct loader *loader, const void *node,
    struct str waivable)
{
	if (waivable.len > 0 && !str_eq(waivable, STR("yes")) &&
	    !str_eq(waivable, STR("no")))
		loader_report(loader, node, DIAG_RULE_ATTRIBUTE_VALUE,
		    waivable, STR("z:waivable"), STR("yes, no"));
	return str_eq(waivable, STR("no"));
}

/* The text of a part of an assert, as it is or as a profile has it. */
static struct str changed(struct loader *loader, enum schematron_part part,
    const struct schematron_assert *about, struct str text)
{
	const struct schematron_override *override = loader_override(loader,
	    part, about->id, text);

	loader->blame = override != NULL ? &override->mark : NULL;
	return override != NULL ? override->value : text;
}

static struct date load_date(struct loader *loader, const void *node,
    struct str text, const char *name, struct date otherwise)
{
	struct date date = otherwise;

	if (text.len > 0 && !date_parse(text, &date))
		loader_report(loader, node, DIAG_RULE_ATTRIBUTE_VALUE, text,
		    str_from(name), STR("2026-06-30"));
	return date;
}

static struct xpath *load_optional(struct loader *loader, const void *node,
    const char *name, const struct let *scope)
{
	struct str text = loader_attribute(loader, node, name);

	return text.len == 0 ? NULL :
	    loader_xpath(loader, node, text, scope);
}

/* The same for one that may stand around the assert. */
static struct xpath *load_inherited(struct loader *loader, const void *node,
    const void *rule, const char *name, const struct let *scope)
{
	struct str text = inherited(loader, node, rule, name);

	return text.len == 0 ? NULL :
	    loader_xpath(loader, node, text, scope);
}

static enum lang diagnostic_lang(struct loader *loader, const void *node)
{
	struct str tag = loader_attribute(loader, node, "xml:lang");

	if (tag.len > 0 && !str_eq(tag, STR("zh")) && !str_eq(tag, STR("en")))
		loader_report(loader, node, DIAG_RULE_ATTRIBUTE_VALUE, tag,
		    STR("xml:lang"), STR("zh, en"));
	return lang_from(tag, loader->schema->lang);
}

/* Adds the diagnostics that an assert names to its messages and hints. */
static void load_diagnostics(struct loader *loader, const void *node,
    const struct let *scope, struct check *check)
{
	struct str ids = loader_attribute(loader, node, "diagnostics");

	while (ids.len > 0) {
		struct str id = str_trim(str_cut(&ids, ' '));
		const void *diagnostic = map_get(&loader->diagnostics, id);
		struct str part;
		enum lang lang;

		if (id.len == 0)
			continue;
		if (diagnostic == NULL) {
			loader_report(loader, node, DIAG_RULE_UNDEFINED,
			    STR("diagnostic"), id);
			continue;
		}
		part = loader_attribute(loader, diagnostic, "z:part");
		lang = diagnostic_lang(loader, diagnostic);
		loader_message(loader, diagnostic, scope,
		    str_eq(part, STR("message")) ? &check->message[lang] :
		    &check->hint[lang]);
	}
}

static void describe(struct loader *loader, const void *node,
    const void *rule, struct check *check)
{
	struct schematron_assert *about = &check->about;
	struct str role;

	about->mark = loader_mark(loader, node);
	about->pattern = loader->title;
	role = changed(loader, SCHEMATRON_ROLE, about,
	    inherited(loader, node, rule, "role"));
	about->is_off = str_eq(role, STR("off"));
	about->severity = load_role(loader, node,
	    about->is_off ? STR_NONE : role);
	about->see = changed(loader, SCHEMATRON_SEE, about,
	    inherited(loader, node, rule, "see"));
	about->status = changed(loader, SCHEMATRON_STATUS, about,
	    inherited(loader, node, rule, "z:status"));
	loader->blame = NULL;
	about->binds = inherited(loader, node, rule, "z:binds");
	about->rule = inherited(loader, node, rule, "z:rule");
	if (about->rule.len == 0)
		about->rule = about->id;
	about->is_unwaivable = load_unwaivable(loader, node,
	    inherited(loader, node, rule, "z:waivable"));
	about->effective = inherited(loader, node, rule, "z:effective");
	about->expires = inherited(loader, node, rule, "z:expires");
	check->effective = load_date(loader, node, about->effective,
	    "z:effective", DATE_FIRST);
	check->expires = load_date(loader, node, about->expires, "z:expires",
	    DATE_LAST);
	for (size_t lang = 0; lang < LANG_COUNT; lang++)
		if (check->message[lang].count == 0)
			loader_report(loader, node, DIAG_RULE_MESSAGE_MISSING,
			    about->id, lang_code((enum lang)lang));
}

/* One assert may be in a set several times: once per instance of an abstract
 * pattern or extension of an abstract rule. Another of its name may not. */
static void register_check(struct loader *loader, const void *node,
    struct check *check)
{
	struct schematron *set = loader->set;
	const struct check *first = map_get(&set->assert_ids, check->about.id);

	check->number = first == NULL ? set->asserts.count : first->number;
	if (first == NULL) {
		map_put(&set->assert_ids, check->about.id, check);
		*(struct check **)vec_push(&set->asserts) = check;
	} else if (first->about.mark.line != check->about.mark.line ||
	    !str_eq(first->about.mark.path, check->about.mark.path)) {
		loader_report(loader, node, DIAG_RULE_TWICE, STR("assert"),
		    check->about.id);
	}
}

struct check *loader_check(struct loader *loader, const void *node,
    const void *rule, const struct let *scope)
{
	struct check *check = arena_alloc(loader->arena, sizeof(*check));

	loader_check_attributes(loader, node, "id role see flag icon fpi "
	    "subject diagnostics test xml:lang xml:space z:rule z:effective "
	    "z:expires z:on z:status z:binds z:at z:due z:bare z:late "
	    "z:waivable");
	check->is_report = loader_is(node, "report");
	if (!loader_require(loader, node, "id", &check->about.id) ||
	    !loader_require(loader, node, "test", &check->about.test))
		return NULL;
	check->test = loader_xpath(loader, node, check->about.test, scope);
	check->at = load_optional(loader, node, "z:at", scope);
	check->due = load_optional(loader, node, "z:due", scope);
	check->bare = load_optional(loader, node, "z:bare", scope);
	check->late = load_optional(loader, node, "z:late", scope);
	check->on = load_inherited(loader, node, rule, "z:on", scope);
	check->subject = load_optional(loader, node, "subject", scope);
	loader_message(loader, node, scope, &check->message[LANG_ZH]);
	load_diagnostics(loader, node, scope, check);
	describe(loader, node, rule, check);
	register_check(loader, node, check);
	return check;
}
