/* SPDX-License-Identifier: MIT */
/*
 * Which of the questions that pages were made from may have another answer now.
 * The catalogue tells what is otherwise in it since then, by this run and those
 * before (catalogue/touched_log.h), and what each query reads
 * (catalogue/reads.h): a query of nothing that is otherwise is not asked, nor
 * one about another record. Files of content/ are asked for where the catalogue
 * has them otherwise, and on another day whatever looks at the day. All else,
 * which is little, is asked: days, code lists, addresses.
 */
#ifndef SITE_QUESTIONS_DUE_H
#define SITE_QUESTIONS_DUE_H

struct page_store;
struct pipeline;

/* Tells the store which are due: all of them where it is not known what has
 * become of the catalogue since answers were kept. */
void questions_due(struct pipeline *pipeline, struct page_store *store);

/* All answers are those of now: notes of which state and day that is. */
void questions_answered(struct pipeline *pipeline, struct page_store *store);

#endif
