/* SPDX-License-Identifier: MIT */
/* The rules themselves, into the catalogue, for pages and queries. */
#include "catalogue/catalogue.h"
#include "catalogue/worked_out.h"
#include "pipeline/pipeline.h"
#include "pipeline/stages.h"
#include "rules/ruleset.h"
#include "rules/ruleset_words.h"
#include "schema/schematron.h"

static struct str number(const struct pipeline *pipeline, size_t n)
{
	return str_format(pipeline->arena, "%zu", n);
}

static void put_documents(struct pipeline *pipeline)
{
	for (size_t i = 0; i < ruleset_document_count(pipeline->ruleset);
	     i++) {
		const struct rule_document *d =
		    ruleset_document_at(pipeline->ruleset, i);
		const struct str cells[] = { d->code, number(pipeline, i),
			d->title, d->number, d->date, d->in_force, d->expires,
			d->status, d->issuer };

		catalogue_put_row(pipeline->catalogue, TABLE_DOCUMENT, cells,
		    sizeof(cells) / sizeof(cells[0]));
	}
}

static struct str worded(const struct pipeline *pipeline,
    const struct schematron_assert *assert, enum schematron_text which,
    enum lang lang)
{
	return ruleset_wording(pipeline->ruleset, pipeline->schemas, assert,
	    which, lang, pipeline->arena);
}

static void put_asserts(struct pipeline *pipeline,
    const struct rule_entry *rule)
{
	for (size_t i = 0; i < rule->assert_count; i++) {
		const struct schematron_assert *a = rule->asserts[i];
		const struct str cells[] = { rule->id, number(pipeline, i),
			a->id, a->is_off ? STR("off") :
			    diag_severity_name(a->severity),
			worded(pipeline, a, SCHEMATRON_MESSAGE, LANG_ZH),
			worded(pipeline, a, SCHEMATRON_MESSAGE, LANG_EN),
			worded(pipeline, a, SCHEMATRON_HINT, LANG_ZH),
			worded(pipeline, a, SCHEMATRON_HINT, LANG_EN), a->see,
			a->effective, a->expires };

		catalogue_put_row(pipeline->catalogue, TABLE_RULE_ASSERT,
		    cells, sizeof(cells) / sizeof(cells[0]));
	}
}

static void put_differences(struct pipeline *pipeline)
{
	for (size_t i = 0; i < ruleset_difference_count(pipeline->ruleset);
	     i++) {
		const struct rule_difference *d =
		    ruleset_difference_at(pipeline->ruleset, i);
		const struct str cells[] = { d->document->code,
			number(pipeline, i), d->title[LANG_ZH],
			d->title[LANG_EN], d->article, d->quote, d->text_en,
			d->final->code, d->final_article, d->final_quote,
			d->final_en, d->rules };

		catalogue_put_row(pipeline->catalogue, TABLE_RULE_DIFFERENCE,
		    cells, sizeof(cells) / sizeof(cells[0]));
	}
}

void stage_rules(struct pipeline *pipeline)
{
	put_documents(pipeline);
	put_differences(pipeline);
	for (size_t i = 0; i < ruleset_count(pipeline->ruleset); i++) {
		const struct rule_entry *r = ruleset_at(pipeline->ruleset, i);
		const struct str cells[] = { r->id, number(pipeline, i),
			r->document->code, r->article, r->text[LANG_ZH],
			r->text[LANG_EN], r->status, r->binds, r->parameter,
			r->severity, r->check, r->check_also, r->treatment,
			r->pages, r->reason[LANG_ZH], r->reason[LANG_EN],
			r->quote };

		catalogue_put_row(pipeline->catalogue, TABLE_RULE, cells,
		    sizeof(cells) / sizeof(cells[0]));
		put_asserts(pipeline, r);
	}
}

static struct str id_of(const void *context, size_t rule)
{
	const struct pipeline *pipeline = context;

	return ruleset_at(pipeline->ruleset, rule)->id;
}

void stage_count(struct pipeline *pipeline)
{
	const struct str what = STR("counts");

	catalogue_begin(pipeline->catalogue);
	if (catalogue_work_begin(pipeline->catalogue, what)) {
		catalogue_count_rules(pipeline->catalogue, id_of, pipeline,
		    ruleset_count(pipeline->ruleset));
		catalogue_work_end(pipeline->catalogue, what);
	}
	catalogue_commit(pipeline->catalogue);
}
