/* SPDX-License-Identifier: MIT */
/* What a profile changes (rules/profile.h), told beside what is in force. */
#ifndef COMMANDS_CHANGES_H
#define COMMANDS_CHANGES_H

#include "base/lang.h"
#include "base/str.h"

struct json_writer;
struct ruleset;

/* A value without the quotes of XPath: people read 30d, not '30d'. */
struct str changes_value(struct str value);

/* A table on standard output, a line for each change. `ruleset` was opened with
 * the profile. */
void changes_print(const struct ruleset *ruleset, enum lang lang);

/* A member "changes" of the object at hand: [{part, name, was, value, document,
 * article, was_document, was_article, zh, en}]. */
void changes_write(struct json_writer *writer, const struct ruleset *ruleset);

#endif
