/* SPDX-License-Identifier: MIT */
/*
 * Which achievements a drafted record names. Whether one may be named, the
 * rules say: all candidates are put into the record at hand, it is judged, and
 * what is found about an item is said of its candidate. No condition of theirs
 * stands here.
 */
#include "base/value.h"
#include "catalogue/catalogue.h"
#include "commands/draft.h"
#include "model/codes.h"
#include "model/record.h"
#include "pipeline/facts.h"
#include "pipeline/pipeline.h"
#include "rules/ruleset.h"
#include "schema/schema.h"
#include "schema/tree.h"

#define CANDIDATES_MOST STR("200")

enum {
	OTHERS_MOST = 40,	/* told beside those picked */
	FIRST_LINE = 1000	/* of the first item: beyond the record */
};

struct candidate {
	const struct value *row;
	struct value *item;
	struct str reasons;	/* lines; empty: nothing speaks against it */
	size_t reason_count;
	bool is_picked;
};

struct choice {
	struct draft *draft;
	struct arena *arena;
	struct candidate *candidates;
	size_t count;
};

static struct str cell(const struct candidate *candidate, const char *name)
{
	return value_text_at(candidate->row, str_from(name));
}

static bool flag(const struct candidate *candidate, const char *name)
{
	return str_eq(cell(candidate, name), STR("1"));
}

static void add(struct choice *choice, struct value *map, const char *name,
    struct str text)
{
	value_set(choice->arena, map, str_from(name),
	    value_text(choice->arena, text));
}

static void add_reason(struct choice *choice, struct candidate *candidate,
    struct str reason)
{
	candidate->reasons = candidate->reasons.len == 0 ? reason :
	    str_format(choice->arena, "%.*s\n%.*s",
		STR_ARG(candidate->reasons), STR_ARG(reason));
	candidate->reason_count++;
}

/* -- items ---------------------------------------------------------------- */

/* Why it is a landmark, as its dossier says. */
static struct str landmark_basis(const struct choice *choice,
    const struct candidate *candidate)
{
	struct record dossier;

	if (!flag(candidate, "landmark") || !catalogue_record(
	    choice->draft->pipeline->catalogue, STR("dossier"),
	    cell(candidate, "id"), choice->arena, &dossier))
		return STR_NONE;
	return value_text_at(dossier.data, STR("landmark.basis"));
}

static struct str or_blank(struct str text)
{
	return text.len > 0 ? text : STR("……");
}

static void make_item(struct choice *choice, struct candidate *candidate)
{
	struct value *item = value_map(choice->arena);
	struct value *presenters = value_list(choice->arena);

	candidate->item = item;
	add(choice, item, "achievement", cell(candidate, "id"));
	switch ((int)choice->draft->kind) {
	case KIND_BULLETIN:
		add(choice, item, "progress",
		    or_blank(cell(candidate, "progress")));
		if (cell(candidate, "progress_date").len > 0)
			add(choice, item, "progress_date",
			    cell(candidate, "progress_date"));
		break;
	case KIND_RELEASE:
		if (cell(candidate, "presenter").len > 0)
			value_append(choice->arena, presenters,
			    value_text(choice->arena,
				cell(candidate, "presenter")));
		value_set(choice->arena, item, STR("presenters"), presenters);
		break;
	default:
		add(choice, item, "basis",
		    or_blank(landmark_basis(choice, candidate)));
		break;
	}
}

static void set_rank(struct choice *choice, struct candidate *candidate,
    size_t rank)
{
	if (choice->draft->kind == KIND_RANKING)
		add(choice, candidate->item, "rank",
		    str_format(choice->arena, "%zu", rank));
}

/* -- what speaks against them --------------------------------------------- */

/* So that a finding on any of it is found to be one on this item. */
static void mark_lines(struct value *value, uint32_t line)
{
	value->line = line;
	if (value->kind == VALUE_LIST)
		for (size_t i = 0; i < value->list.count; i++)
			mark_lines(value->list.items[i], line);
	if (value->kind != VALUE_MAP)
		return;
	for (size_t i = 0; i < value->map.count; i++) {
		value->map.fields[i].line = line;
		mark_lines(value->map.fields[i].value, line);
	}
}

/* The record as it would be if it named them all. */
static struct tree *whole_record(struct choice *choice,
    struct record *record)
{
	struct draft *draft = choice->draft;
	struct value *items = value_list(choice->arena);

	*record = (struct record){ .kind = draft->kind, .id = draft->id,
		.path = draft_path(draft), .data = value_map(choice->arena) };
	for (size_t i = 0; i < draft->presets->map.count; i++)
		value_add(choice->arena, record->data,
		    draft->presets->map.fields[i].name,
		    draft->presets->map.fields[i].value);
	for (size_t i = 0; i < choice->count; i++) {
		set_rank(choice, &choice->candidates[i], i + 1);
		mark_lines(choice->candidates[i].item,
		    FIRST_LINE + (uint32_t)i);
		value_append(choice->arena, items,
		    choice->candidates[i].item);
	}
	value_set(choice->arena, record->data, STR("items"), items);
	return tree_build(choice->arena, record,
	    schema_fields(draft->pipeline->schemas, draft->kind));
}

static void judge(struct choice *choice)
{
	struct pipeline *pipeline = choice->draft->pipeline;
	struct catalogue_facts facts;
	struct record record;
	struct judgement judgement = { .tree = whole_record(choice, &record),
		.schemas = pipeline->schemas, .facts = &facts.facts,
		.as_of = pipeline->registry.as_of,
		.scratch = &pipeline->scratch };
	struct diag_list found;

	catalogue_facts_init(&facts, pipeline->catalogue);
	diag_list_init(&found, choice->arena);
	(void)!ruleset_judge(pipeline->ruleset, &judgement, &found);
	for (size_t i = 0; i < found.items.count; i++) {
		const struct diagnostic *d = vec_at(&found.items, i);

		if (d->severity >= DIAG_WARNING &&
		    d->mark.line >= FIRST_LINE &&
		    d->mark.line - FIRST_LINE < choice->count)
			add_reason(choice, &choice->candidates[d->mark.line -
			    FIRST_LINE], str_format(choice->arena,
				"[%.*s] %.*s", STR_ARG(d->id),
				STR_ARG(d->message[choice->draft->lang])));
	}
	diag_list_dispose(&found);
	ruleset_forget(pipeline->ruleset);
	arena_reset(&pipeline->scratch);
}

/* What no rule says: it is not asked whether it may be named, but whether
 * somebody would want to now. */
static void consider(struct choice *choice, struct candidate *candidate)
{
	static const struct text withheld = TEXT(
	    "记录有错误，未发布，见 zheli check",
	    "its record has errors and is withheld; see 'zheli check'");
	static const struct text released = TEXT("此前已发布过",
	    "it was released before");
	static const struct text ranked = TEXT("此前已上过榜",
	    "it was ranked before");
	static const struct text nobody = TEXT("没有可以公开姓名的完成人",
	    "nobody of its people may be named");
	enum kind kind = choice->draft->kind;
	const struct text *reasons[] = {
		flag(candidate, "withheld") ? &withheld : NULL,
		kind == KIND_RELEASE && cell(candidate, "releases").len > 0 ?
		    &released : NULL,
		kind == KIND_RANKING && cell(candidate, "rankings").len > 0 ?
		    &ranked : NULL,
		kind == KIND_RELEASE && cell(candidate, "presenter").len == 0 ?
		    &nobody : NULL,
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i] != NULL)
			add_reason(choice, candidate,
			    str_from(reasons[i]->in[choice->draft->lang]));
}

/* -- picking -------------------------------------------------------------- */

/* How many of those picked have the same in that column. */
static size_t alike(const struct choice *choice,
    const struct candidate *candidate, const char *column)
{
	struct str own = cell(candidate, column);
	size_t count = 0;

	for (size_t i = 0; i < choice->count; i++)
		count += choice->candidates[i].is_picked && own.len > 0 &&
		    str_eq(own, cell(&choice->candidates[i], column));
	return count;
}

/* Whether `a` would balance the selection better than `b`. */
static bool balances_better(const struct choice *choice,
    const struct candidate *a, const struct candidate *b)
{
	static const char *const columns[] = { "unit", "highland", "city" };

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		size_t ours = alike(choice, a, columns[i]);
		size_t theirs = alike(choice, b, columns[i]);

		if (ours != theirs)
			return ours < theirs;
	}
	return false;
}

/* One after the other: of the units, then fields, then cities that have least
 * so far the first in order. */
static void pick(struct choice *choice)
{
	while (choice->draft->picked < choice->draft->wanted) {
		struct candidate *best = NULL;

		for (size_t i = 0; i < choice->count; i++) {
			struct candidate *c = &choice->candidates[i];

			if (!c->is_picked && c->reasons.len == 0 &&
			    (best == NULL ||
			    balances_better(choice, c, best)))
				best = c;
		}
		if (best == NULL)
			return;
		best->is_picked = true;
		choice->draft->picked++;
	}
}

/* -- saying why ----------------------------------------------------------- */

static struct str term(const struct choice *choice, const char *list,
    struct str value)
{
	const struct code *code = code_find(codes_list(
	    &choice->draft->pipeline->codes, str_from(list)), value);

	return code != NULL ? code->title[choice->draft->lang] : value;
}

/* "A（b，c，d）" with what is known of b, c and d. */
static struct str name_line(const struct choice *choice,
    const struct candidate *candidate)
{
	bool zh = choice->draft->lang == LANG_ZH;
	const struct str parts[] = { cell(candidate, "unit_name"),
		term(choice, "highlands", cell(candidate, "highland")),
		term(choice, "divisions", cell(candidate, "city")) };
	struct str line = cell(candidate, "title");
	bool is_open = false;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].len == 0)
			continue;
		line = str_format(choice->arena, "%.*s%s%.*s", STR_ARG(line),
		    is_open ? (zh ? "，" : ", ") : (zh ? "（" : " ("),
		    STR_ARG(parts[i]));
		is_open = true;
	}
	return !is_open ? line : str_join(choice->arena, line,
	    zh ? STR("）") : STR(")"));
}

/* What decides, as far as it is known. */
static struct str fact_line(const struct choice *choice,
    const struct candidate *candidate)
{
	static const struct {
		const char *column;
		struct text words;
	} facts[] = {
		{ "entered", TEXT("%.*s 入库", "entered %.*s") },
		{ "level", TEXT("评价%.*s", "%.*s") },
		{ "visited", TEXT("%.*s 调研", "visited %.*s") },
		{ "confirmed", TEXT("%.*s 评估确认", "confirmed %.*s") },
		{ "progress_date", TEXT("最新进展 %.*s", "progress %.*s") },
		{ "bulletins", TEXT("月报 %.*s", "bulletins %.*s") },
		{ "releases", TEXT("发布 %.*s", "releases %.*s") },
		{ "rankings", TEXT("榜单 %.*s", "rankings %.*s") },
	};
	static const struct text landmark = TEXT("标志性成果", "landmark");
	enum lang lang = choice->draft->lang;
	struct str line = STR_NONE;

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		struct str value = cell(candidate, facts[i].column);

		if (value.len == 0)
			continue;
		if (str_eq(str_from(facts[i].column), STR("level")))
			value = term(choice, "levels", value);
		if (line.len > 0)
			line = str_join(choice->arena, line,
			    lang == LANG_ZH ? STR("；") : STR("; "));
		line = str_join(choice->arena, line, str_format(
		    choice->arena, facts[i].words.in[lang], STR_ARG(value)));
	}
	if (!flag(candidate, "landmark"))
		return line;
	return str_format(choice->arena, lang == LANG_ZH ? "%.*s；%s" :
	    "%.*s; %s", STR_ARG(line), landmark.in[lang]);
}

static void say_why(struct choice *choice, struct candidate *candidate)
{
	static const struct text unpicked = TEXT(
	    "规则没有意见，只是排在后面",
	    "no rule objects, others come before it");
	struct str reasons = candidate->reasons;

	if (!candidate->is_picked) {
		add(choice, candidate->item, "#off", STR("true"));
		if (reasons.len == 0)
			reasons = str_from(unpicked.in[choice->draft->lang]);
	}
	add(choice, candidate->item, "#", str_format(choice->arena,
	    "%.*s\n%.*s\n%.*s", STR_ARG(name_line(choice, candidate)),
	    STR_ARG(fact_line(choice, candidate)), STR_ARG(reasons)));
}

static void list_item(struct choice *choice, struct value *items,
    struct candidate *candidate)
{
	set_rank(choice, candidate, value_count(items) + 1);
	say_why(choice, candidate);
	value_append(choice->arena, items, candidate->item);
}

/* Those picked; then the others, what least speaks against first. */
static void list_items(struct choice *choice)
{
	struct value *items = value_list(choice->arena);
	size_t most = 0, picked = choice->draft->picked;

	for (size_t i = 0; i < choice->count; i++) {
		struct candidate *c = &choice->candidates[i];

		if (c->is_picked)
			list_item(choice, items, c);
		if (c->reason_count > most)
			most = c->reason_count;
	}
	for (size_t reasons = 0; reasons <= most; reasons++)
		for (size_t i = 0; i < choice->count &&
		     value_count(items) < picked + OTHERS_MOST; i++) {
			struct candidate *c = &choice->candidates[i];

			if (!c->is_picked && c->reason_count == reasons)
				list_item(choice, items, c);
		}
	choice->draft->listed = value_count(items) - picked;
	value_set(choice->arena, choice->draft->presets, STR("items"), items);
}

static void add_note(struct choice *choice)
{
	static const struct text words = TEXT(
	    "库中可选的 %.*s 项，预选 %zu 项，另列 %zu 项，注明理由。"
	    "次序和取舍只是起草，请逐项改定；\n"
	    "要列入一项，去掉它各行行首的 #；要去掉一项，删去它。"
	    "办法见 zheli-draft(1)。",
	    "Of the library's items (%.*s), %zu are picked and %zu more told, "
	    "with the reasons. This is a draft: decide on each.\n"
	    "To take one in, remove the # its lines begin with. How they are "
	    "chosen: zheli-draft(1).");
	struct str total = choice->count > 0 ?
	    cell(&choice->candidates[0], "total") : STR("0");

	add(choice, choice->draft->presets, "#items", str_format(
	    choice->arena, words.in[choice->draft->lang], STR_ARG(total),
	    choice->draft->picked, choice->draft->listed));
}

static struct value *find_candidates(const struct draft *draft)
{
	struct arena *arena = draft->pipeline->arena;
	const struct str params[] = { date_iso(arena, draft->first),
		date_iso(arena, draft->last), date_iso(arena, draft->date),
		kind_info(draft->kind)->name, draft->id, draft->field,
		draft->city, CANDIDATES_MOST };

	return catalogue_rows(draft->pipeline->catalogue,
	    QUERY_draft_candidates, params,
	    sizeof(params) / sizeof(params[0]), arena, NULL, NULL);
}

void draft_items(struct draft *draft)
{
	struct value *rows = find_candidates(draft);
	struct choice choice = { .draft = draft,
		.arena = draft->pipeline->arena, .count = value_count(rows) };

	choice.candidates = arena_array(choice.arena, choice.count,
	    sizeof(*choice.candidates));
	for (size_t i = 0; i < choice.count; i++) {
		choice.candidates[i].row = rows->list.items[i];
		make_item(&choice, &choice.candidates[i]);
	}
	judge(&choice);
	for (size_t i = 0; i < choice.count; i++)
		consider(&choice, &choice.candidates[i]);
	pick(&choice);
	list_items(&choice);
	add_note(&choice);
}
