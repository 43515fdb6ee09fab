/* SPDX-License-Identifier: MIT */
/*
 * Waivers: `waivers[]{rule, reason, by, until}` in a dossier. One that is
 * complete and has not run out turns what its rule finds into a notice that
 * says who waived it, why and until when.
 */
#ifndef RULES_WAIVER_H
#define RULES_WAIVER_H

#include "base/date.h"

#include <stddef.h>

struct diag_list;
struct judgement;
struct record;
struct ruleset;

/*
 * Applies the waivers of `dossier` to the diagnostics from number `first` on;
 * only rules of the catalogue can be waived, and not those that are unwaivable.
 */
void waivers_apply(const struct ruleset *ruleset, const struct record *dossier,
    const struct judgement *judgement, size_t first, struct diag_list *diags);

#endif
