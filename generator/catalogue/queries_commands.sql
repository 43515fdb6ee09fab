-- SPDX-License-Identifier: MIT
-- What commands ask that tell people what to do next; see queries.sql for the
-- names of columns.

-- name: duties
-- All that is to be done, up to a day (?2), for a unit (?1): what is about its
-- records, and what every unit of its sort has to do. NULL: no limit, all.
SELECT d.due AS due, d.bare AS bare, d.provisional AS provisional,
    d.overdue AS overdue, d.binds AS binds, d.general AS general, d.id AS rule, d.field AS field,
    d.severity AS severity, d.basis AS basis, d.path AS path, d.line AS line,
    d.message_zh AS message_zh, d.message_en AS message_en,
    d.hint_zh AS hint_zh, d.hint_en AS hint_en,
    CAST(julianday(d.due) - julianday(n.date) AS INTEGER) AS days,
    'rules/' || lower(d.id) || '/' AS href, u.zh AS rule_zh, u.en AS rule_en, u.article AS article,
    o.title AS document, r.kind AS kind, r.id AS id,
    coalesce(a.title, p.name, w.name, r.id) AS title,
    coalesce(s.unit, w.id, h.unit) AS unit,
    coalesce(s.unit_name, w.name, h.name) AS unit_name
  FROM duty d JOIN as_of n
    LEFT JOIN rule u ON u.id = d.id LEFT JOIN document o ON o.code = u.document
    LEFT JOIN record r ON r.path = d.path AND NOT d.general
    LEFT JOIN standing s ON s.id = r.id AND r.kind IN ('achievement', 'dossier')
    LEFT JOIN achievement a ON a.record = s.record
    LEFT JOIN project p ON p.record = r.record
    LEFT JOIN project_unit h ON h.record = p.record AND h.position = 1
    LEFT JOIN unit w ON w.record = r.record
    LEFT JOIN unit asked ON asked.id = ?1
  WHERE date(d.due) = d.due AND (?2 IS NULL OR d.due <= ?2) AND (?1 IS NULL
    OR ?1 IN (a.folder, a.submitter, s.unit, w.id)
    OR EXISTS (SELECT 1 FROM project_unit j
      WHERE j.record = p.record AND j.unit = ?1)
    OR (d.general AND CASE d.binds WHEN 'submitter' THEN asked.submitter
      WHEN 'platform' THEN asked.platform ELSE 1 END))
  ORDER BY d.due, d.general DESC, d.path, d.id, d.line, d.column_,
    d.message_zh, d.number;
-- name: unit_name
SELECT name AS name FROM unit WHERE id = ?1;
-- name: shared_claims
-- What a record (?1: its path) claims and others claim, too; in projects, what
-- several may share is no such claim.
SELECT c.kind AS kind, c.written AS written, c.line AS line,
    o.id AS other_id, o.path AS other_path, d.written AS other_written,
    d.line AS other_line
  FROM claim c JOIN record r USING (record)
    JOIN claim d ON d.kind = c.kind AND d.value = c.value
    JOIN record o ON o.record = d.record
  WHERE r.path = ?1 AND o.id <> r.id
    AND c.kind NOT GLOB 'race-*' AND c.kind NOT GLOB 'batch-*'
  ORDER BY c.line, c.column_, o.path, d.line, d.column_;
-- name: judged_rules
-- The rules that a record (?1: its path) stands under: bit n, from the lowest of
-- the first byte on, is that at position n of the catalogue of rules.
SELECT hex(j.rules) AS rules FROM judged j JOIN record r USING (record)
  WHERE r.path = ?1;
-- name: registration_numbers
SELECT DISTINCT written AS value FROM claim WHERE kind = 'registration';

-- name: draft_candidates
-- What is in the library for a bulletin, release or ranking (?4) with this id
-- (?5), of a period (?1 to ?2), out on a day (?3); only of a highland (?6) or a
-- city (?7) if given. The likeliest first, ?8 at most; zheli-draft(1) has the
-- order.
WITH item AS (
  SELECT s.record AS record, s.id AS id, s.dossier AS dossier,
    d.entered AS entered, d.visited AS visited, d.confirmed AS confirmed,
    d.landmark AS landmark, s.unit AS unit, s.unit_name AS unit_name,
    s.highland AS highland, s.city AS city,
    (SELECT group_concat(id, ' ') FROM (SELECT b.id AS id
      FROM bulletin_item i JOIN bulletin b USING (record)
      WHERE i.achievement = s.id AND NOT (?4 = 'bulletin' AND b.id = ?5)
      ORDER BY b.id)) AS bulletins,
    (SELECT group_concat(id, ' ') FROM (SELECT b.id AS id
      FROM release_item i JOIN release b USING (record)
      WHERE i.achievement = s.id AND NOT (?4 = 'release' AND b.id = ?5)
      ORDER BY b.date, b.id)) AS releases,
    (SELECT group_concat(id, ' ') FROM (SELECT b.id AS id
      FROM ranking_item i JOIN ranking b USING (record)
      WHERE i.achievement = s.id AND NOT (?4 = 'ranking' AND b.id = ?5)
      ORDER BY b.id)) AS rankings,
    (SELECT c.position FROM evaluation e
      JOIN code c ON c.list = 'levels' AND c.zh = e.level
      WHERE e.record = s.dossier AND e.date <= ?3
      ORDER BY c.position LIMIT 1) AS level,
    (SELECT g.position FROM progress g
      WHERE g.record = s.dossier AND g.date <= ?3
      ORDER BY g.date BETWEEN ?1 AND ?2 DESC, g.date DESC, g.position DESC
      LIMIT 1) AS progress
  FROM standing s JOIN dossier d ON d.record = s.dossier
  WHERE d.entered <= ?3
    AND (?6 IS NULL OR s.highland IN (SELECT zh FROM code
      WHERE list = 'highlands' AND ?6 IN (code, zh)))
    AND (?7 IS NULL OR s.city = ?7))
SELECT i.id AS id, a.title AS title, i.entered AS entered,
    i.visited AS visited, i.confirmed AS confirmed, i.landmark AS landmark,
    i.unit AS unit, i.unit_name AS unit_name, i.highland AS highland,
    i.city AS city, i.bulletins AS bulletins, i.releases AS releases,
    i.rankings AS rankings,
    (SELECT code FROM code WHERE list = 'levels' AND position = i.level)
      AS level,
    g.date AS progress_date, g.text AS progress,
    coalesce(g.date BETWEEN ?1 AND ?2, 0) AS in_period,
    (SELECT p.name FROM person p LEFT JOIN code c
      ON c.list = 'publish-modes' AND c.zh = p.publish
      WHERE p.record = i.record AND coalesce(c.code, 'name') = 'name'
      ORDER BY p.position LIMIT 1) AS presenter,
    r.withheld OR coalesce(q.withheld, 0) AS withheld,
    count(*) OVER () AS total
  FROM item i JOIN achievement a ON a.record = i.record
    JOIN record r ON r.record = i.record
    LEFT JOIN record q ON q.record = i.dossier
    LEFT JOIN progress g ON g.record = i.dossier AND g.position = i.progress
  ORDER BY
    CASE ?4 WHEN 'bulletin' THEN coalesce(g.date NOT BETWEEN ?1 AND ?2, 1)
      WHEN 'release' THEN i.releases IS NOT NULL ELSE NOT i.landmark END,
    CASE ?4 WHEN 'bulletin' THEN i.bulletins IS NOT NULL
      WHEN 'release' THEN NOT i.landmark ELSE i.rankings IS NOT NULL END,
    CASE ?4 WHEN 'ranking' THEN i.entered NOT BETWEEN ?1 AND ?2
      ELSE NOT i.landmark END,
    coalesce(i.level, 99),
    CASE ?4 WHEN 'bulletin' THEN g.date WHEN 'ranking' THEN
      length(coalesce(i.bulletins, '')) + length(coalesce(i.releases, ''))
      END DESC,
    i.entered DESC, i.id
  LIMIT CAST(?8 AS INTEGER);
-- name: bulletin_before
SELECT id FROM bulletin WHERE id < ?1 ORDER BY id DESC LIMIT 1;
-- name: release_before
SELECT id FROM release WHERE id <> ?1 AND kind = ?2
  ORDER BY date DESC, id DESC LIMIT 1;
-- name: ranking_before
SELECT id FROM ranking WHERE id < ?1 ORDER BY id DESC LIMIT 1;
-- name: notice_achievements
-- Registered (?3 null) or entered (?3 set) from ?1 to ?2, and whether the public
-- may read of it.
SELECT s.id AS id, a.title AS title, s.unit_name AS unit_name,
    d.registration_no AS no, CASE WHEN ?3 IS NULL THEN d.registered
      ELSE d.entered END AS date,
    s.public AS has_page, CASE WHEN ?3 IS NULL THEN s.announced
      ELSE s.public END AS may_appear, s.state AS state,
    r.withheld OR q.withheld AS withheld
  FROM dossier d JOIN standing s ON s.dossier = d.record
    JOIN achievement a ON a.record = s.record
    JOIN record r ON r.record = s.record JOIN record q ON q.record = d.record
  WHERE CASE WHEN ?3 IS NULL THEN d.registered ELSE d.entered END
    BETWEEN ?1 AND ?2
  ORDER BY date, d.registration_no, s.id;
-- name: notice_projects
SELECT p.id AS id, p.name AS title, p.notice_from AS notice_from,
    p.notice_to AS notice_to, u.name AS unit_name, r.withheld AS withheld
  FROM project p JOIN record r USING (record)
    LEFT JOIN project_unit u ON u.record = p.record AND u.position = 1
  WHERE p.notice_from <= ?2 AND coalesce(p.notice_to, p.notice_from) >= ?1
  ORDER BY p.notice_from, p.id;
-- What a record (?1; its id was ?2) and those of the same id are called.
-- name: kin
SELECT r.record AS name FROM record r
  WHERE r.kind IN ('achievement', 'dossier') AND r.id IN
    (SELECT id FROM record WHERE record = CAST(?1 AS INTEGER)
      UNION ALL SELECT ?2)
UNION ALL SELECT id FROM record WHERE record = CAST(?1 AS INTEGER);
-- The achievement that the record of that number is, or is the dossier of, and
-- whether it is public; nothing for any other record, nor if there is none.
-- name: standing_of
SELECT s.record AS record, s.public AS public
  FROM record r JOIN standing s ON s.id = r.id
  WHERE r.record = CAST(?1 AS INTEGER) AND r.record IN (s.record, s.dossier);
