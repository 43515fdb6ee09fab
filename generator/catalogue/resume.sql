-- SPDX-License-Identifier: MIT
-- For going on with a kept catalogue. What changed, and whom that reaches.

DROP VIEW temp.scope;
CREATE TEMP TABLE scope (record INTEGER PRIMARY KEY);
-- Files that changed. Number 0: not a record, neither before nor after.
CREATE TEMP TABLE changed (record INTEGER, path TEXT PRIMARY KEY)
  WITHOUT ROWID;
-- What others may have asked for (see the table `dependency`), and named.
CREATE TEMP TABLE changed_key (key INTEGER PRIMARY KEY);
CREATE TEMP TABLE changed_name (kind TEXT, id TEXT, PRIMARY KEY (kind, id))
  WITHOUT ROWID;
CREATE TEMP TABLE changed_title (value TEXT PRIMARY KEY) WITHOUT ROWID;
-- Achievements whose state may have changed, and what it was.
CREATE TEMP TABLE moved (id TEXT PRIMARY KEY, state TEXT, said TEXT)
  WITHOUT ROWID;
-- Records whose arrival is another than it was, or whose verdict may be on
-- another day.
CREATE TEMP TABLE arrived (record INTEGER PRIMARY KEY);
-- Paths of the records that are to be withheld.
CREATE TEMP TABLE faulty (path TEXT PRIMARY KEY) WITHOUT ROWID;
