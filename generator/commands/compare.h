/* SPDX-License-Identifier: MIT */
/*
 * A registry judged twice: by the rules in force and by a profile
 * (rules/profile.h). Told is what differs: which records get other verdicts,
 * and which parameters were changed.
 */
#ifndef COMMANDS_COMPARE_H
#define COMMANDS_COMPARE_H

#include "base/str.h"

#include <stdbool.h>

struct pipeline;

/*
 * Judges the open pipeline by the rules in force and by the profile, and prints
 * the comparison, as text or JSON. False when that cannot be done, which the
 * pipeline's diagnostics tell.
 */
bool compare_run(struct pipeline *pipeline, struct str profile, bool as_json);

#endif
