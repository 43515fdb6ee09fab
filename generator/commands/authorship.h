/* SPDX-License-Identifier: MIT */
/*
 * Who made a proposal, and whether they may. Three people can be meant, and are
 * told apart: who signed a commit, whom it names as its author, which anybody
 * can write, and who pushed it, which only the server knows.
 *
 * Every commit that the base has not is looked at by itself, since whoever may
 * touch a file must have signed the commit that touches it. Keys, accounts and
 * what they may touch are those of the base (proposers.h): a key that a
 * proposal brings along opens nothing.
 */
#ifndef COMMANDS_AUTHORSHIP_H
#define COMMANDS_AUTHORSHIP_H

#include "base/str.h"

#include <stdbool.h>

struct diag_list;
struct pipeline;

/*
 * Adds to `told` what is wrong with the commits of the pipeline's range, and
 * for each who made it. Nothing where the base lists neither editors nor
 * officers.
 * `account` is who pushed, as the server says; may be empty. False with a
 * diagnostic when commits cannot be read.
 */
bool authorship_check(struct pipeline *pipeline, struct str account,
    struct diag_list *told) __attribute__((warn_unused_result));

#endif
