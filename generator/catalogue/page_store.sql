-- SPDX-License-Identifier: MIT
-- What pages were made from: see page_store.h.

CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS question (
  number INTEGER PRIMARY KEY, kind INTEGER, query INTEGER, subject BLOB,
  answer INTEGER, about BLOB, UNIQUE (kind, query, subject)
);
CREATE INDEX IF NOT EXISTS question_about ON question (about, query)
  WHERE about IS NOT NULL;
CREATE TABLE IF NOT EXISTS page (
  number INTEGER PRIMARY KEY, path TEXT UNIQUE, self INTEGER,
  facts BLOB
);
CREATE TABLE IF NOT EXISTS asked (
  page INTEGER, question INTEGER, PRIMARY KEY (page, question)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS asked_question ON asked (question);

-- Of the build at hand.
CREATE TEMP TABLE changed (question INTEGER PRIMARY KEY, answer INTEGER);
CREATE TEMP TABLE due (question INTEGER PRIMARY KEY);
CREATE TEMP TABLE reached (page INTEGER PRIMARY KEY);
CREATE TEMP TABLE forgotten (page INTEGER PRIMARY KEY);
CREATE TEMP TABLE dropped (question INTEGER PRIMARY KEY);
