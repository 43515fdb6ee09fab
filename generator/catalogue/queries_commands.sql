-- SPDX-License-Identifier: MIT
-- What commands ask that tell people what to do next; see queries.sql for the
-- names of columns.

-- name: duties
-- All that is to be done, up to a day (?2), for a unit (?1): what is about its
-- records, and what every unit of its sort has to do. NULL: no limit, all.
SELECT d.due AS due, d.bare AS bare, d.provisional AS provisional,
    d.binds AS binds, d.general AS general, d.id AS rule, d.field AS field,
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
  ORDER BY d.due, d.general DESC, d.path, d.id, d.number;
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
  ORDER BY c.line, c.column_, o.record, d.line, d.column_;
-- name: judged_rules
-- The rules that a record (?1: its path) stands under: bit n, from the lowest of
-- the first byte on, is that at position n of the catalogue of rules.
SELECT hex(j.rules) AS rules FROM judged j JOIN record r USING (record)
  WHERE r.path = ?1;
-- name: registration_numbers
SELECT DISTINCT written AS value FROM claim WHERE kind = 'registration';
