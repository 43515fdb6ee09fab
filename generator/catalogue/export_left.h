/* SPDX-License-Identifier: MIT */
/*
 * A file that is not packed yet (export.c), left for another to go on with: at
 * its end stand a note, how long that is, and a sum of all before. The sum is
 * against damage, not against people.
 */
#ifndef CATALOGUE_EXPORT_LEFT_H
#define CATALOGUE_EXPORT_LEFT_H

#include "base/str.h"

#include <stdbool.h>

/* Adds the note and the sum. False where that could not be done. */
bool export_left_write(struct str path, struct str note);

#endif
