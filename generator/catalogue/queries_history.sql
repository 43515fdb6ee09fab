-- SPDX-License-Identifier: MIT
-- What history_store.c asks of and puts into history.sql.

-- name: get_word
SELECT value FROM meta WHERE name = ?1
-- name: set_word
INSERT OR REPLACE INTO meta VALUES (?1, ?2)

-- name: find_landing
SELECT sequence FROM landing WHERE id = ?1
-- name: last_landing
SELECT max(sequence) FROM landing
-- name: landing_id
SELECT id FROM landing WHERE sequence = ?1

-- What came after a landing is forgotten: these four in a row.
-- name: cut_presence
DELETE FROM presence WHERE since > ?1
-- name: cut_ends
UPDATE presence SET until = NULL WHERE until > ?1
-- name: cut_change
DELETE FROM change WHERE landing > ?1
-- name: cut_landing
DELETE FROM landing WHERE sequence > ?1

-- name: put_landing
INSERT INTO landing VALUES (?1, ?2, ?3, ?4, ?5)
-- name: put_change
INSERT OR REPLACE INTO change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
-- name: put_presence
INSERT OR REPLACE INTO presence VALUES (?1, ?2, NULL, ?3, ?4)
-- name: end_presence
UPDATE presence SET until = ?2 WHERE path = ?1 AND until IS NULL
-- name: open_presence
SELECT landed, introduced FROM presence WHERE path = ?1 AND until IS NULL
-- A deletion that is taken back with the same bytes.
-- name: ended_presence
SELECT p.landed, p.introduced
  FROM presence p, (SELECT kind, old_object, landing FROM change
    WHERE path = ?1 AND landing < ?2 ORDER BY landing DESC LIMIT 1) c
  WHERE p.path = ?1 AND p.until = c.landing
    AND c.kind = 'D' AND c.old_object = ?3

-- name: drop_note
DELETE FROM note WHERE id = ?1
-- name: drop_receipt
DELETE FROM receipt WHERE id = ?1
-- name: drop_parent
DELETE FROM parent WHERE id = ?1
-- name: drop_notes
DELETE FROM note
-- name: drop_receipts
DELETE FROM receipt
-- name: drop_parents
DELETE FROM parent
-- name: put_note
INSERT OR REPLACE INTO note VALUES (?1, ?2, ?3, ?4, ?5)
-- name: count_notes
SELECT count(*) FROM note
-- name: put_receipt
INSERT OR REPLACE INTO receipt VALUES (?1, ?2, ?3, ?4, ?5)
-- name: put_parent
INSERT OR IGNORE INTO parent VALUES (?1, ?2)

-- Receipts older than those of the commits' parents: the parents' time stands
-- for theirs then, so that what stands on a false one is found out as well.
-- name: early_notes
WITH RECURSIVE early (id, seconds) AS (
  SELECT n.id, p.seconds FROM note p JOIN parent ON parent.parent = p.id
    JOIN note n ON n.id = parent.id
    WHERE n.seconds < p.seconds
  UNION
  SELECT n.id, e.seconds FROM early e JOIN parent ON parent.parent = e.id
    JOIN note n ON n.id = parent.id
    WHERE n.seconds < e.seconds)
  SELECT id, max(seconds) FROM early GROUP BY id
-- name: mark_early
UPDATE note SET seconds = ?2, fault = 'early' WHERE id = ?1
-- name: drop_early
UPDATE note SET fault = NULL,
  seconds = (SELECT min(seconds) FROM receipt r WHERE r.id = note.id)
  WHERE fault = 'early'

-- name: faults
SELECT fault, detail, id, note FROM note WHERE fault IS NOT NULL
  ORDER BY fault, id
-- Those of the commits that dates may rest on, up to a landing.
-- name: faults_that_count
SELECT fault, detail, id, note FROM note WHERE fault IS NOT NULL
    AND (id IN (SELECT id FROM landing WHERE sequence <= ?1)
      OR id IN (SELECT introduced FROM presence
        WHERE introduced IS NOT NULL AND since <= ?1))
  ORDER BY fault, id

-- What landings after ?1, up to ?2, had to do with.
-- name: landed
SELECT path FROM change WHERE landing > ?1 AND landing <= ?2
  UNION SELECT old_path FROM change WHERE landing > ?1 AND landing <= ?2
    AND old_path IS NOT NULL
  ORDER BY 1

-- Everything on the main branch at a landing (?1) whose name on the server
-- is ?2, from one path (?3) to another (?4), with what proves when it came.
-- name: arrivals
SELECT p.path, coalesce(ni.seconds, nl.seconds) AS received,
    ni.seconds IS NOT NULL AS by_commit,
    (SELECT r.account FROM receipt r WHERE r.id = coalesce(ni.id, nl.id)
      ORDER BY r.seconds, r.position LIMIT 1) AS account,
    (SELECT min(r.seconds) FROM receipt r
      WHERE r.id = nl.id AND r.ref = ?2) AS landed,
    l.id, l.committed,
    (SELECT b.committed FROM change c JOIN landing b
      ON b.sequence = c.landing
      WHERE c.path = p.path AND c.landing <= ?1 AND NOT b.bulk
      ORDER BY c.landing DESC LIMIT 1) AS changed
  FROM presence p JOIN landing l ON l.sequence = p.landed
    LEFT JOIN note nl ON nl.id = l.id AND nl.fault IS NULL
    LEFT JOIN note ni ON ni.id = p.introduced AND ni.fault IS NULL
  WHERE p.path BETWEEN coalesce(?3, '') AND ?4
    AND p.since <= ?1 AND (p.until IS NULL OR p.until > ?1)
  ORDER BY p.path, p.since
