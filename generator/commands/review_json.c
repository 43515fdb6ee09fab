/* SPDX-License-Identifier: MIT */
/* A review as JSON: the same in both languages, for programs. */
#include "base/buf.h"
#include "base/json_writer.h"
#include "commands/report_format.h"
#include "commands/review.h"
#include "rules/ruleset.h"

static void write_edit(struct json_writer *json, const struct edit *edit)
{
	static const char *const kinds[] = {
		[EDIT_ADDED] = "added", [EDIT_REMOVED] = "removed",
		[EDIT_CHANGED] = "changed", [EDIT_REORDERED] = "reordered",
	};

	json_begin_object(json, NULL);
	json_write_text(json, "field", edit->path);
	json_write_text(json, "change", str_from(kinds[edit->kind]));
	report_write_both(json, "label", edit->label);
	if (edit->kind != EDIT_ADDED)
		report_write_both(json, "old", edit->old);
	if (edit->kind != EDIT_REMOVED)
		report_write_both(json, "new", edit->now);
	json_end(json);
}

static void write_claim(struct json_writer *json,
    const struct review_claim *claim)
{
	json_begin_object(json, NULL);
	json_write_text(json, "kind", claim->kind);
	json_write_text(json, "value", claim->written);
	json_write_number(json, "line", claim->line);
	json_write_text(json, "other", claim->other_id);
	json_write_text(json, "other_path", claim->other_path);
	json_write_text(json, "other_value", claim->other_written);
	json_write_number(json, "other_line", claim->other_line);
	json_end(json);
}

static void write_stale(struct json_writer *json,
    const struct review_stale *stale)
{
	json_begin_object(json, NULL);
	report_write_both(json, "review", stale->label);
	json_write_text(json, "date", stale->date);
	json_write_text(json, "by", stale->by);
	json_write_text(json, "of", stale->of);
	json_end(json);
}

static void write_attested(struct json_writer *json,
    const struct rule_entry *rule)
{
	json_begin_object(json, NULL);
	json_write_text(json, "id", rule->id);
	report_write_both(json, "text", rule->text);
	json_write_text(json, "document", rule->document->title);
	json_write_text(json, "article", rule->article);
	report_write_both(json, "how", rule->reason);
	json_end(json);
}

static void write_diagnostics(struct json_writer *json, const char *name,
    const struct vec *diags)
{
	json_begin_list(json, name);
	for (size_t i = 0; i < diags->count; i++)
		report_write_diagnostic(json, vec_at(diags, i));
	json_end(json);
}

static void write_record(struct json_writer *json,
    const struct review_record *record)
{
	json_begin_object(json, NULL);
	json_write_text(json, "path", record->path);
	json_write_text(json, "kind", kind_info(record->kind)->name);
	json_write_text(json, "id", record->id);
	json_write_text(json, "title", record->title);
	json_write_text(json, "change",
	    str_from(review_change_name(record->change)));
	if (record->change == REVIEW_MOVED)
		json_write_text(json, "old_path", record->old_path);
	json_write_bool(json, "readable", record->is_readable);
	json_write_text(json, "received", record->received);
	json_write_text(json, "account", record->account);
	json_write_text(json, "landed", record->landed);
	json_begin_list(json, "edits");
	for (size_t i = 0; i < record->edits.count; i++)
		write_edit(json, vec_at(&record->edits, i));
	json_end(json);
	write_diagnostics(json, "diagnostics", &record->diags);
	json_begin_list(json, "claims");
	for (size_t i = 0; i < record->claims.count; i++)
		write_claim(json, vec_at(&record->claims, i));
	json_end(json);
	json_begin_list(json, "stale_reviews");
	for (size_t i = 0; i < record->stale.count; i++)
		write_stale(json, vec_at(&record->stale, i));
	json_end(json);
	json_begin_list(json, "attested");
	for (size_t i = 0; i < record->attested.count; i++)
		write_attested(json, *(const struct rule_entry **)vec_at(
		    &record->attested, i));
	json_end(json);
	json_end(json);
}

static void write_commit(struct json_writer *json,
    const struct commit_people *people)
{
	static const char *const states[] = {
		[SIGNATURE_NONE] = "none", [SIGNATURE_GOOD] = "good",
		[SIGNATURE_UNKNOWN_KEY] = "unknown-key",
		[SIGNATURE_BAD] = "bad", [SIGNATURE_UNREADABLE] = "unreadable",
		[SIGNATURE_UNVERIFIED] = "unverified",
	};

	json_begin_object(json, NULL);
	json_write_text(json, "id", people->id);
	json_write_text(json, "signature", str_from(states[people->state]));
	json_write_text(json, "signer", people->signer);
	json_write_text(json, "key", people->fingerprint);
	json_write_text(json, "author", people->author);
	json_write_text(json, "account", people->account);
	json_write_text(json, "pusher", people->pusher);
	json_write_text(json, "received", people->received);
	json_end(json);
}

static void write_people(struct json_writer *json,
    const struct review *review)
{
	const struct vec *people = &review->authorship.people;

	json_write_bool(json, "people_judged", review->authorship.is_judged);
	json_begin_list(json, "commits");
	for (size_t i = 0; i < people->count; i++)
		write_commit(json, vec_at(people, i));
	json_end(json);
	write_diagnostics(json, "of_people", &review->of_people);
}

void review_append_json(const struct review *review, struct buf *out)
{
	struct json_writer json;

	json_writer_init(&json, out);
	json_begin_object(&json, NULL);
	json_write_number(&json, "version", 1);
	json_write_text(&json, "base", review->base);
	json_write_text(&json, "head", review->head);
	json_write_text(&json, "as_of", review->as_of);
	json_write_bool(&json, "mergeable", !review->is_refusal);
	json_write_number(&json, "errors",
	    (long long)review->counts[DIAG_ERROR] +
	    (long long)review->counts[DIAG_FATAL]);
	json_write_number(&json, "warnings",
	    (long long)review->counts[DIAG_WARNING]);
	json_write_number(&json, "notices",
	    (long long)review->counts[DIAG_NOTICE]);
	write_people(&json, review);
	json_begin_list(&json, "records");
	for (size_t i = 0; i < review->records.count; i++)
		write_record(&json, vec_at(&review->records, i));
	json_end(&json);
	json_begin_list(&json, "files");
	for (size_t i = 0; i < review->files.count; i++) {
		const struct review_file *file = vec_at(&review->files, i);

		json_begin_object(&json, NULL);
		json_write_text(&json, "path", file->path);
		json_write_text(&json, "change",
		    str_from(review_change_name(file->change)));
		json_write_bool(&json, "policy", file->is_policy);
		json_end(&json);
	}
	json_end(&json);
	write_diagnostics(&json, "of_files", &review->of_files);
	write_diagnostics(&json, "elsewhere", &review->elsewhere);
	json_end(&json);
	buf_append_char(out, '\n');
}
