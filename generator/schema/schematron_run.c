/* SPDX-License-Identifier: MIT */
/*
 * Judging a tree: for each pattern that takes part, each rule in order looks
 * at the nodes that no rule before it in that pattern has had, and asks its
 * asserts that are in force for the record's date.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "schema/rule_function.h"
#include "schema/schematron_evaluation.h"
#include "schema/schematron_model.h"
#include "schema/tree.h"

#include <libxml/tree.h>
#include <libxml/xpath.h>

/* A value in a message is cut here: a whole body is nobody's message. */
enum { VALUE_CHARACTERS_MAX = 200 };

struct schematron *schematron_open(struct arena *arena,
    const struct rule_function *functions, size_t function_count)
{
	struct schematron *set = arena_alloc(arena, sizeof(*set));

	set->arena = arena;
	set->schema_end = &set->schemas;
	map_init(&set->function_names, arena);
	map_init(&set->assert_ids, arena);
	map_init(&set->names, arena);
	vec_init(&set->asserts, sizeof(struct check *));
	vec_init(&set->compiled, sizeof(void *));
	for (size_t i = 0; i < function_count; i++) {
		const struct rule_function **function = arena_alloc(arena,
		    sizeof(void *));

		*function = &functions[i];
		map_put(&set->function_names, functions[i].name, function);
	}
	return set;
}

void schematron_close(struct schematron *set)
{
	if (set == NULL)
		return;
	if (set->evaluation != NULL)
		evaluation_dispose(set->evaluation);
	for (size_t i = 0; i < set->compiled.count; i++)
		xmlXPathFreeCompExpr(*(void **)vec_at(&set->compiled, i));
	for (struct schema *s = set->schemas; s != NULL; s = s->next)
		xpath_context_close(s->context);
	vec_dispose(&set->compiled);
	vec_dispose(&set->asserts);
}

bool schematron_has_phase(const struct schematron *set, struct str phase)
{
	if (phase.len == 0 || str_eq(phase, STR("#ALL")) ||
	    str_eq(phase, STR("#DEFAULT")))
		return true;
	for (const struct schema *s = set->schemas; s != NULL; s = s->next)
		for (const struct phase *p = s->phases; p != NULL; p = p->next)
			if (str_eq(p->id, phase))
				return true;
	return false;
}

size_t schematron_assert_count(const struct schematron *set)
{
	return set->asserts.count;
}

const struct schematron_assert *schematron_assert_at(
    const struct schematron *set, size_t index)
{
	const struct check *check =
	    *(struct check **)vec_at(&set->asserts, index);

	return &check->about;
}

/* -- an evaluation ------------------------------------------------------- */

/* Made by the first run, or anew when more was loaded since. */
static struct evaluation *prepare(struct schematron *set,
    const struct schematron_input *input)
{
	struct evaluation *e = set->evaluation;

	if (e == NULL) {
		e = arena_alloc(set->arena, sizeof(*e));
		e->set = set;
		vec_init(&e->set_slots, sizeof(size_t));
		vec_init(&e->rule_slots, sizeof(size_t));
		vec_init(&e->nodes, sizeof(struct named_node));
		vec_init(&e->matched, sizeof(void *));
		vec_init(&e->selected, sizeof(void *));
		vec_init(&e->subjects, sizeof(void *));
		set->evaluation = e;
	}
	if (e->value_count != set->slot_count ||
	    e->name_count != set->names.count) {
		e->value_count = set->slot_count;
		e->values = arena_array(set->arena, e->value_count,
		    sizeof(*e->values));
		e->name_count = set->names.count;
		e->first = arena_array(set->arena, e->name_count,
		    sizeof(*e->first));
		e->last = arena_array(set->arena, e->name_count,
		    sizeof(*e->last));
	}
	e->input = input;
	e->document = tree_document(input->tree);
	e->lang = LANG_ZH;
	e->fault = STR_NONE;
	return e;
}

/* -- diagnostics --------------------------------------------------------- */

/* Says that an expression failed at `node`; the next one starts afresh. */
static bool report_failure(struct evaluation *e, struct str id,
    struct mark rule, const void *node, struct diag_list *diags)
{
	struct arena *arena = e->input->arena;
	struct str fault = e->fault;

	e->fault = STR_NONE;
	return diag_report(diags, tree_mark(e->input->tree, node),
	    DIAG_RULE_FAILED, id, str_format(arena, "%.*s:%u",
		STR_ARG(rule.path), rule.line), fault);
}

/* The value on one line, and not longer than a message bears. */
static void append_value(struct buf *out, struct str value)
{
	bool space = false;
	size_t end;

	value = str_trim(value);
	end = utf8_offset(value, VALUE_CHARACTERS_MAX);
	for (size_t i = 0; i < end; i++) {
		bool is_space = value.ptr[i] == ' ' || value.ptr[i] == '\n' ||
		    value.ptr[i] == '\t' || value.ptr[i] == '\r';

		if (!is_space)
			buf_append_char(out, value.ptr[i]);
		else if (!space)
			buf_append_char(out, ' ');
		space = is_space;
	}
	if (end < value.len)
		buf_append(out, STR("…"));
}

static bool fill(struct evaluation *e, const struct message *message,
    enum lang lang, struct str *text)
{
	struct buf out;
	bool ok = true;

	if (message->count == 1 && message->parts[0].select == NULL) {
		*text = message->parts[0].text;
		return true;
	}
	buf_init(&out);
	e->lang = lang;
	for (size_t i = 0; i < message->count && ok; i++) {
		const struct message_part *part = &message->parts[i];
		struct str value;

		if (part->select == NULL) {
			buf_append(&out, part->text);
			continue;
		}
		ok = xpath_text(e, part->select, e->node, part->is_name,
		    &value);
		if (ok)
			append_value(&out, value);
	}
	e->lang = LANG_ZH;
	*text = str_dup(e->input->arena, buf_str(&out));
	buf_dispose(&out);
	return ok;
}

/* Where the fault is: the node, or the subject, or a place in its text. */
static bool find_place(struct evaluation *e, const struct check *check,
    struct diagnostic *d)
{
	const struct tree *tree = e->input->tree;
	void *node = e->node;
	double offset;

	if (check->subject != NULL) {
		vec_clear(&e->subjects);
		if (!xpath_nodes(e, check->subject, node, &e->subjects))
			return false;
		if (e->subjects.count > 0)
			node = *(void **)vec_at(&e->subjects, 0);
	}
	if (node == e->document)
		node = xmlDocGetRootElement(node);
	d->mark = tree_mark(tree, node);
	if (check->due != NULL)
		d->field = tree_path(e->input->arena, tree, node);
	if (check->at == NULL)
		return true;
	if (!xpath_number(e, check->at, node, &offset))
		return false;
	if (offset >= 0 && offset < (double)UINT32_MAX)
		d->mark = tree_mark_at(tree, node, (size_t)offset);
	return true;
}

/* By when, and who is to see to it. */
static bool find_due(struct evaluation *e, const struct check *check,
    struct diagnostic *d)
{
	bool is_late = true;

	if (check->due == NULL)
		return true;
	if (!xpath_text(e, check->due, e->node, false, &d->due) ||
	    (check->bare != NULL &&
	    !xpath_text(e, check->bare, e->node, false, &d->bare)) ||
	    (check->late != NULL &&
	    !xpath_boolean(e, check->late, e->node, &is_late)))
		return false;
	d->is_excused = d->due.len > 0 && !is_late;
	if (d->due.len > 0)
		d->binds = check->about.binds;
	else
		d->bare = d->field = STR_NONE;
	return true;
}

static bool complain(struct evaluation *e, const struct check *check,
    struct diag_list *diags)
{
	struct diagnostic d = { .id = check->about.rule,
		.severity = check->about.severity, .basis = check->about.see };

	if (!find_place(e, check, &d) || !find_due(e, check, &d))
		return false;
	for (size_t i = 0; i < LANG_COUNT; i++) {
		enum lang lang = (enum lang)i;

		if (!fill(e, &check->message[i], lang, &d.message[i]) ||
		    !fill(e, &check->hint[i], lang, &d.hint[i]))
			return false;
	}
	diag_add(diags, &d);
	return true;
}

/* -- rules --------------------------------------------------------------- */

static void note(const struct evaluation *e, const struct check *check,
    enum schematron_outcome outcome)
{
	if (e->input->outcomes != NULL)
		e->input->outcomes[check->number] |= (unsigned char)outcome;
}

/* Whether it was in force on the date that decides: its own, or, where that is
 * none, the record's. */
static bool is_in_force(const struct evaluation *e, const struct check *check,
    struct str own)
{
	const struct schematron_input *input = e->input;
	struct date date = input->date;
	bool is_own = date_parse(str_trim(own), &date);

	if (check->about.is_off)
		return false;
	if (!is_own && input->turns != NULL) {
		input->turns(input->context, check->effective);
		input->turns(input->context, date_add_days(check->expires,
		    1));
	}
	if (date_cmp(date, check->effective) < 0)
		note(e, check, SCHEMATRON_EARLY);
	else if (date_cmp(date, check->expires) > 0)
		note(e, check, SCHEMATRON_LATE);
	else
		return true;
	return false;
}

/* Asks an assert at `node`; false if an expression of it has no value. */
static bool ask(struct evaluation *e, const struct check *check, void *node,
    struct diag_list *diags)
{
	struct str own = STR_NONE;
	bool holds = false;

	e->node = node;
	if (check->on != NULL && !xpath_text(e, check->on, node, false, &own))
		return false;
	if (!is_in_force(e, check, own))
		return true;
	note(e, check, SCHEMATRON_APPLIED);
	if (!xpath_boolean(e, check->test, node, &holds))
		return false;
	if (holds != check->is_report)
		return true;
	note(e, check, SCHEMATRON_FAILED);
	return complain(e, check, diags);
}

/* The rule fires at e->node. */
static void fire(struct evaluation *e, const struct rule *rule,
    struct diag_list *diags)
{
	void *node = e->node;

	for (const struct check *check = rule->checks; check != NULL;
	     check = check->next)
		if (!ask(e, check, node, diags))
			report_failure(e, check->about.id, check->about.mark,
			    node, diags);
	evaluation_clear(e, &e->rule_slots);
}

static void note_absence(const struct evaluation *e, const struct rule *rule)
{
	bool is_about = false;

	for (const struct context_path *path = rule->contexts; path != NULL;
	     path = path->next)
		is_about = is_about || evaluation_is_about(e, path);
	for (const struct check *check = rule->checks;
	     is_about && check != NULL; check = check->next)
		note(e, check, SCHEMATRON_ABSENT);
}

static void run_rule(struct evaluation *e, const struct pattern *pattern,
    const struct rule *rule, struct diag_list *diags)
{
	const struct schematron_assert *about = rule->checks == NULL ? NULL :
	    &rule->checks->about;

	vec_clear(&e->selected);
	for (const struct context_path *path = rule->contexts;
	     path != NULL && about != NULL; path = path->next)
		if (!evaluation_select(e, path))
			report_failure(e, about->id, about->mark,
			    xmlDocGetRootElement(e->document), diags);
	if (e->selected.count == 0 && e->input->outcomes != NULL)
		note_absence(e, rule);
	for (size_t i = 0; i < e->selected.count; i++) {
		e->node = *(void **)vec_at(&e->selected, i);
		if (!pattern->may_repeat || evaluation_is_new(e, e->node))
			fire(e, rule, diags);
	}
}

static void run_pattern(struct evaluation *e, const struct pattern *pattern,
    struct diag_list *diags)
{
	if (pattern->may_repeat)
		evaluation_forget(e);
	for (const struct rule *rule = pattern->rules; rule != NULL;
	     rule = rule->next)
		run_rule(e, pattern, rule, diags);
}

/* -- schemas and phases -------------------------------------------------- */

static void run_schema(struct evaluation *e, const struct schema *schema,
    struct str wanted, struct diag_list *diags)
{
	const struct phase *phase = schema->phases;

	if (str_eq(wanted, STR("#DEFAULT")))
		wanted = schema->default_phase;
	e->phase = NULL;
	if (wanted.len == 0 || str_eq(wanted, STR("#ALL")) || phase == NULL) {
		for (const struct pattern *p = schema->patterns; p != NULL;
		     p = p->next)
			run_pattern(e, p, diags);
		return;
	}
	while (phase != NULL && !str_eq(phase->id, wanted))
		phase = phase->next;
	if (phase == NULL)
		return;
	e->phase = phase;
	for (const struct active *active = phase->active; active != NULL;
	     active = active->next)
		run_pattern(e, active->pattern, diags);
}

bool schematron_run(struct schematron *set,
    const struct schematron_input *input, struct diag_list *diags)
{
	size_t before = diag_errors(diags);
	struct evaluation *e;

	if (!schematron_has_phase(set, input->phase))
		return diag_report(diags, tree_mark(input->tree,
		    xmlDocGetRootElement(tree_document(input->tree))),
		    DIAG_RULE_PHASE, input->phase);
	e = prepare(set, input);
	evaluation_index(e);
	for (const struct schema *s = set->schemas; s != NULL; s = s->next)
		run_schema(e, s, input->phase, diags);
	evaluation_clear(e, &e->set_slots);
	e->input = NULL;
	e->document = NULL;
	return diag_errors(diags) == before;
}
