-- SPDX-License-Identifier: MIT
-- What is asked when a kept catalogue is gone on with: see resume.sql.

-- name: meta
SELECT value FROM meta WHERE name = ?1;
-- name: record_at
SELECT record AS record, kind AS kind, id AS id FROM record WHERE path = ?1;
-- name: number_before
-- The number of the record before a path, or that a record there has had.
SELECT max(coalesce((SELECT record FROM record WHERE path < ?1
    ORDER BY path DESC LIMIT 1), 0),
  coalesce((SELECT record FROM changed WHERE path < ?1 AND record > 0
    ORDER BY path DESC LIMIT 1), 0));
-- name: number_after
SELECT min(coalesce((SELECT record FROM record WHERE path > ?1
    ORDER BY path LIMIT 1), 4294967295),
  coalesce((SELECT record FROM changed WHERE path > ?1 AND record > 0
    ORDER BY path LIMIT 1), 4294967295));
-- name: between
SELECT record FROM record WHERE path > ?1 AND path < ?2 LIMIT 1;
-- name: outcomes_of
SELECT outcomes AS outcomes FROM judged WHERE record = ?1;
-- name: drop_judged
DELETE FROM judged WHERE record = ?1;
-- name: changed_number
SELECT record FROM changed WHERE path = ?1;
-- name: note_file
INSERT OR REPLACE INTO changed VALUES (CAST(?2 AS INTEGER), ?1);
-- name: note_key
INSERT OR IGNORE INTO changed_key VALUES (CAST(?1 AS INTEGER));
-- name: note_name
INSERT OR IGNORE INTO changed_name VALUES (?1, ?2);
-- name: note_titles
INSERT OR IGNORE INTO changed_title
  SELECT value FROM claim INDEXED BY claim_record
  WHERE record = ?1 AND kind = 'title';
-- name: note_moved
-- The achievements whose place a record has a say in.
INSERT OR IGNORE INTO moved
  SELECT id, s.state, s.said FROM (
    SELECT id FROM achievement WHERE record = ?1
    UNION SELECT id FROM dossier WHERE record = ?1
    UNION SELECT achievement FROM bulletin_item WHERE record = ?1
    UNION SELECT achievement FROM release_item WHERE record = ?1
    UNION SELECT achievement FROM ranking_item WHERE record = ?1
    UNION SELECT a.id FROM unit u JOIN completing_unit c ON c.unit = u.id
      JOIN achievement a ON a.record = c.record WHERE u.record = ?1
    UNION SELECT a.id FROM unit u CROSS JOIN achievement a ON a.folder = u.id
      WHERE u.record = ?1) LEFT JOIN standing s USING (id)
  WHERE id IS NOT NULL;
-- name: drop_record
DELETE FROM record WHERE record = ?1;
-- name: drop_front_matter
DELETE FROM front_matter WHERE record = ?1;
-- name: diagnostics_found
SELECT * FROM diagnostic WHERE id BETWEEN ?1 AND ?1 || '~' ORDER BY rowid;
-- name: drop_found
DELETE FROM diagnostic WHERE id BETWEEN ?1 AND ?1 || '~';
-- name: drop_diagnostics
DELETE FROM diagnostic WHERE path = ?1;
-- name: scope_moved
INSERT INTO scope
  SELECT a.record FROM moved CROSS JOIN achievement a USING (id)
  UNION SELECT s.record FROM moved CROSS JOIN standing s USING (id);
-- name: scope_none
DELETE FROM scope;
-- name: scope_reached
INSERT INTO scope
  SELECT r.record FROM changed JOIN record r USING (path)
  UNION SELECT r.record FROM arrived CROSS JOIN record r USING (record)
  UNION SELECT a.record FROM changed_key k CROSS JOIN dependency a USING (key)
    WHERE EXISTS (SELECT 1 FROM record r WHERE r.record = a.record)
  UNION SELECT f.record FROM changed_name n
    CROSS JOIN reference f ON f.kind = n.kind AND f.target = n.id
  UNION SELECT c.record FROM changed_title t
    CROSS JOIN claim c ON c.kind = 'title' AND c.value = t.value;
-- name: claims_by
SELECT kind AS kind, value AS value FROM claim WHERE record = ?1;
-- name: states_moved
SELECT m.id AS id FROM moved m LEFT JOIN standing s USING (id)
  WHERE s.state IS NOT m.state OR s.said IS NOT m.said ORDER BY m.id;
-- name: reached
-- Records to be judged that did not change themselves.
SELECT r.record AS record, r.path AS path FROM scope CROSS JOIN record r USING (record)
  WHERE r.path NOT IN (SELECT path FROM changed) ORDER BY r.path;
-- name: to_judge
SELECT r.record AS record, r.path AS path FROM scope CROSS JOIN record r USING (record)
  ORDER BY r.path;
-- name: diagnostics_at
SELECT * FROM diagnostic WHERE path = ?1 ORDER BY rowid;
-- name: kept_errors
SELECT * FROM diagnostic WHERE severity IN ('error', 'fatal') ORDER BY rowid;
-- name: officers
SELECT r.id AS unit, o.name AS name, o.key AS key, o.account AS account
  FROM officer o CROSS JOIN record r USING (record)
  ORDER BY r.path, o.position;

-- What stands of what was worked out: see worked_out.h.
-- name: worked_out
SELECT 'stands' FROM worked_out, as_of n WHERE what = ?1 AND day = n.date;
-- name: put_worked_out
INSERT OR REPLACE INTO worked_out SELECT ?1, n.date FROM as_of n;
-- name: drop_worked_out
DELETE FROM worked_out WHERE what IN (SELECT what FROM input WHERE name = ?1
  AND (CAST(?2 AS INTEGER) = -1 OR columns & CAST(?2 AS INTEGER) <> 0));
-- name: put_input
INSERT INTO input VALUES (?1, ?2, CAST(?3 AS INTEGER));
-- name: drop_inputs
DELETE FROM input WHERE what = ?1;

-- What is gone on with in place.
-- name: files
SELECT path, kind, object, status FROM file ORDER BY path;
-- name: object_of
SELECT object FROM file WHERE path = ?1;
-- name: drop_file
DELETE FROM file WHERE path = ?1;
-- name: drop_passing
-- What is found anew in each run, since it is about no file of the registry.
DELETE FROM diagnostic WHERE path IS NULL OR path < 'content/'
  OR path >= 'content0' AND path < 'register/' OR path >= 'register0';
-- name: passing
SELECT * FROM diagnostic WHERE path IS NULL OR path < 'content/'
  OR path >= 'content0' AND path < 'register/' OR path >= 'register0';
-- name: kept
SELECT * FROM diagnostic ORDER BY rowid;
-- name: drop_reminders
DELETE FROM reminder;
-- name: arrival_at
SELECT r.record AS record, r.kind AS kind, r.id AS id, a.received AS received,
    a.landed AS landed, a.record IS NOT NULL AS there
  FROM record r LEFT JOIN arrival a USING (record) WHERE r.path = ?1;
-- name: drop_arrival
DELETE FROM arrival WHERE record = ?1;
-- name: drop_arrivals
-- Of files that are there no more.
DELETE FROM arrival WHERE record IN (SELECT record FROM changed
  WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.record = changed.record));
-- name: note_arrived
INSERT OR IGNORE INTO arrived VALUES (CAST(?1 AS INTEGER));
-- name: day_moved
-- The achievements whose place another day may change: what derive.sql compares
-- with it lies between the two. Before the day is another.
INSERT OR IGNORE INTO moved
  SELECT id, s.state, s.said FROM (
    SELECT id FROM dossier WHERE (registered > ?1 AND registered <= ?2)
      OR (entered > ?1 AND entered <= ?2)
      OR (returned > ?1 AND returned <= ?2)
      OR (resubmitted > ?1 AND resubmitted <= ?2)
      OR (withdrawn > ?1 AND withdrawn <= ?2)
      OR (secrecy_date > ?1 AND secrecy_date <= ?2)
    UNION SELECT d.id FROM dispute p JOIN dossier d USING (record)
      WHERE (p.raised > ?1 AND p.raised <= ?2)
        OR (p.settled > ?1 AND p.settled <= ?2)
    UNION SELECT a.id FROM transfer t JOIN achievement a USING (record)
      WHERE t.date > ?1 AND t.date <= ?2
    UNION SELECT i.achievement FROM bulletin p JOIN bulletin_item i USING (record)
      WHERE p.date > ?1 AND p.date <= ?2
    UNION SELECT i.achievement FROM release p JOIN release_item i USING (record)
      WHERE p.date > ?1 AND p.date <= ?2
    UNION SELECT i.achievement FROM ranking p JOIN ranking_item i USING (record)
      WHERE p.date > ?1 AND p.date <= ?2) LEFT JOIN standing s USING (id)
  WHERE id IS NOT NULL;
-- name: turned
-- Records whose verdict may be another by then, or whose arrival is proven.
SELECT r.record AS record, r.kind AS kind, r.id AS id,
    a.record IS NOT NULL AS arrived
  FROM record r LEFT JOIN judged j USING (record)
    LEFT JOIN arrival a ON a.record = r.record AND (
      (a.received > ?1 AND a.received <= ?2)
      OR (a.landed > ?1 AND a.landed <= ?2))
  WHERE j.turn <= ?2 OR a.record IS NOT NULL;
-- name: note_faulty
INSERT OR IGNORE INTO faulty VALUES (?1);
-- name: note_faulty_kin
-- The achievement of a dossier falls with it.
INSERT OR IGNORE INTO faulty
  SELECT a.path FROM faulty f CROSS JOIN record d USING (path)
    CROSS JOIN record a ON a.kind = 'achievement' AND a.id = d.id
  WHERE d.kind = 'dossier';
-- name: withheld_otherwise
SELECT record AS record FROM record WHERE withheld
    AND path NOT IN (SELECT path FROM faulty)
  UNION ALL SELECT r.record FROM faulty CROSS JOIN record r USING (path)
    WHERE NOT r.withheld;
-- name: turn_withheld
UPDATE record SET withheld = NOT withheld WHERE record = ?1;
