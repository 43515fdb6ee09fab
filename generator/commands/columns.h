/* SPDX-License-Identifier: MIT */
/* Tables in a terminal, where Chinese is two columns wide. */
#ifndef COMMANDS_COLUMNS_H
#define COMMANDS_COLUMNS_H

#include "base/str.h"

#include <stddef.h>
#include <stdio.h>

/* Columns that the text takes. */
size_t columns_width(struct str text);

/* Prints the text and spaces up to `width` columns, then two more. */
void columns_print(FILE *out, struct str text, size_t width);

#endif
