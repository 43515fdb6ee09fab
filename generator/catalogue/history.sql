-- SPDX-License-Identifier: MIT
-- What history.h and receipt.h have found, kept beside git's own objects so that
-- only new commits are walked. A landing is a commit on the main branch's line
-- of first parents; its sequence counts from 1, the oldest. Everything carries
-- the sequence from which, and up to which, it holds: so any earlier commit can
-- be asked about too, and what was rewritten is cut off at its end.

CREATE TABLE meta (             -- basis, keys, receipts
  name TEXT PRIMARY KEY, value BLOB
) WITHOUT ROWID;

CREATE TABLE landing (
  sequence INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,
  parents INTEGER NOT NULL,
  committed INTEGER NOT NULL,   -- what the commit says of itself
  bulk INTEGER NOT NULL         -- a bulk move: no change of any record
);

CREATE TABLE change (           -- as git log --first-parent --name-status
  path TEXT, landing INTEGER, kind TEXT NOT NULL,
  old_path TEXT,                -- of a rename
  similarity INTEGER, object BLOB, old_object BLOB,
  PRIMARY KEY (path, landing)
) WITHOUT ROWID;
CREATE INDEX change_landing ON change (landing);

CREATE TABLE presence (         -- a file on the main branch, from … until …
  path TEXT, since INTEGER, until INTEGER,
  landed INTEGER NOT NULL,      -- where its stay began: see history.h
  introduced BLOB,              -- the commit of a merged branch that had it
  PRIMARY KEY (path, since)
) WITHOUT ROWID;

CREATE TABLE note (             -- what notes say of a commit
  id BLOB PRIMARY KEY, note BLOB NOT NULL,
  fault TEXT,                   -- why nothing of it counts
  detail TEXT,
  seconds INTEGER               -- when it was received first; if it has a
                                -- fault, when at the earliest
) WITHOUT ROWID;
CREATE TABLE receipt (          -- those of faultless notes
  id BLOB, position INTEGER, seconds INTEGER NOT NULL, ref TEXT NOT NULL,
  account TEXT, PRIMARY KEY (id, position)
) WITHOUT ROWID;
CREATE TABLE parent (           -- of commits that have notes
  id BLOB, parent BLOB, PRIMARY KEY (id, parent)
) WITHOUT ROWID;
CREATE INDEX parent_of ON parent (parent);
