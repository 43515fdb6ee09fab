/* SPDX-License-Identifier: MIT */
#include "rules/waiver.h"

#include "base/diag.h"
#include "base/value.h"
#include "model/record.h"
#include "rules/functions.h"
#include "rules/ruleset.h"

/* The words of DIAG_RULE_WAIVED around the diagnostic's own. */
static void say_waived(const struct value *waiver, struct diagnostic *d,
    struct arena *arena)
{
	struct str until = value_text_at(waiver, STR("until"));
	struct str by = value_text_at(waiver, STR("by"));
	struct str reason = value_text_at(waiver, STR("reason"));

	for (size_t lang = 0; lang < LANG_COUNT; lang++) {
		const struct diagnostic *said;
		struct diag_list words;

		diag_list_init(&words, arena);
		diag_report(&words, d->mark, DIAG_RULE_WAIVED,
		    d->message[lang], until, by, reason);
		said = vec_at(&words.items, 0);
		d->message[lang] = said->message[lang];
		d->hint[lang] = said->hint[lang];
		diag_list_dispose(&words);
	}
}

static bool is_valid(const struct value *waiver,
    const struct judgement *judgement)
{
	struct date until;

	if (str_trim(value_text_at(waiver, STR("reason"))).len == 0 ||
	    str_trim(value_text_at(waiver, STR("by"))).len == 0 ||
	    !date_parse(value_text_at(waiver, STR("until")), &until) ||
	    date_cmp(judgement->as_of, until) > 0)
		return false;
	judgement_turns(judgement, date_add_days(until, 1));
	return true;
}

static void apply(const struct ruleset *ruleset, const struct value *waiver,
    size_t first, struct diag_list *diags)
{
	struct str rule = str_trim(value_text_at(waiver, STR("rule")));
	const struct rule_entry *entry = ruleset_find(ruleset, rule);

	if (entry == NULL || !str_eq(entry->id, rule) || entry->is_unwaivable)
		return;
	for (size_t i = first; i < diags->items.count; i++) {
		struct diagnostic *d = vec_at(&diags->items, i);

		if (d->severity == DIAG_NOTICE || !str_eq(d->id, rule))
			continue;
		diags->counts[d->severity]--;
		diags->counts[DIAG_NOTICE]++;
		d->severity = DIAG_NOTICE;
		d->is_excused = true;
		say_waived(waiver, d, diags->arena);
	}
}

void waivers_apply(const struct ruleset *ruleset, const struct record *dossier,
    const struct judgement *judgement, size_t first, struct diag_list *diags)
{
	const struct value *waivers = value_get(dossier->data,
	    STR("waivers"));

	for (size_t i = 0; i < value_count(waivers); i++)
		if (is_valid(waivers->list.items[i], judgement))
			apply(ruleset, waivers->list.items[i], first, diags);
}
