/* SPDX-License-Identifier: MIT */
/*
 * What a text is found by. Every character that belongs to no word is a term,
 * and so is every pair of neighbours of which at least one belongs to no word;
 * and every word. The text "用5g芯片" has 用, 用5, 5g, g芯, 芯, 芯片, 片.
 *
 * So each character of whatever is looked for stands in a term at a known
 * place, and the places of terms prove that they stand side by side. Terms are
 * written as UTF-8; which of the three a term is shows in its characters.
 */
#ifndef SEARCH_TERMS_H
#define SEARCH_TERMS_H

#include <stddef.h>
#include <stdint.h>

/* Takes a term of `count` characters that begins at place `at`. */
typedef void search_take(void *context, const uint32_t *characters,
    size_t count, size_t at);

/* Hands out the terms of a folded text (fold.h), by the places where they
 * begin. */
void search_terms(const uint32_t *text, size_t count, search_take *take,
    void *context);

#endif
