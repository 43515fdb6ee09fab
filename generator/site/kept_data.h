/* SPDX-License-Identifier: MIT */
/*
 * The tables of the open data's SQLite file before they are packed, kept from
 * one build to the next beside the catalogue (render/open_data_sqlite.c). While
 * a build makes the file it has them in a place of its own: one that is cut off
 * takes them along, and the next fills them anew.
 */
#ifndef SITE_KEPT_DATA_H
#define SITE_KEPT_DATA_H

#include <stdbool.h>

struct building;

/* Before workers begin, once it is known which pages stay (sites_kept.h): if
 * the file is to be made, gets what a former build has left, and notes in the
 * files of the open data which answers are known. */
void kept_data_take(struct building *building);

/* Puts what is left back for the next build, if this one went `well`. */
void kept_data_give(struct building *building, bool well);

#endif
