-- SPDX-License-Identifier: MIT
-- What the pages of the internal site ask, and what is asked to fill the
-- tables they need; see queries.sql for the names of columns.

-- name: submission_months
SELECT DISTINCT substr(date, 1, 7) AS month FROM handed_in
  WHERE date IS NOT NULL ORDER BY 1;
-- name: parameter
SELECT value FROM parameter WHERE name = ?1;
-- name: parameters
SELECT name AS name, value AS value FROM parameter ORDER BY name;

-- name: periods
SELECT p.id AS id, p.kind AS kind, p.year AS year, p.quarter AS quarter,
    p.before AS before, p.first AS first, p.last AS last,
    'circular/' || p.id || '/' AS href, p.last >= n.date AS "open:flag"
  FROM period p JOIN as_of n
  ORDER BY p.year DESC, p.kind = 'year' DESC, p.quarter DESC,
    p.kind = 'quarter' DESC, p.id DESC;
-- name: period
SELECT p.id AS id, p.kind AS kind, p.year AS year, p.quarter AS quarter,
    p.before AS before, p.first AS first, p.last AS last,
    'circular/' || p.id || '/' AS href, p.last >= n.date AS "open:flag",
    (SELECT b.id FROM period b WHERE b.id = p.before) AS earlier,
    (SELECT l.id FROM period l WHERE l.before = p.id AND l.kind = p.kind)
      AS later,
    r.deadline AS "deadline:date"
  FROM period p JOIN as_of n LEFT JOIN round r ON r.month = p.id
  WHERE p.id = ?1;
-- name: figures
-- What each key of a dimension (?3) has in a period (?1) and had in the one
-- before (?2): cities and kinds all, without a measure if they have nothing.
WITH sums AS (
  SELECT key, measure, sum(count * (period = ?1)) AS count,
    sum(count * (period = ?2)) AS before
  FROM figure WHERE period IN (?1, ?2) AND dimension = ?3
  GROUP BY key, measure),
keys AS (
  SELECT key, sum(count * (measure = 'entered')) AS entered,
    sum(count * (measure = 'submitted')) AS submitted
  FROM (SELECT key, measure, count FROM sums
    UNION ALL SELECT code, NULL, 0 FROM code WHERE ?3 = 'city'
      AND list = 'divisions' AND code LIKE '%00'
    UNION ALL SELECT code, NULL, 0 FROM code WHERE ?3 = 'kind'
      AND list = 'unit-kinds'
    UNION ALL SELECT 'all', NULL, 0 WHERE ?3 = 'all')
  GROUP BY key)
SELECT k.key AS key, s.measure AS measure, s.count AS count,
    s.before AS before, u.name AS name
  FROM keys k LEFT JOIN sums s ON s.key = k.key
    LEFT JOIN unit u ON ?3 = 'submitter' AND u.id = k.key
    LEFT JOIN code c ON c.code = k.key AND c.list =
      CASE ?3 WHEN 'city' THEN 'divisions' WHEN 'kind' THEN 'unit-kinds' END
  ORDER BY coalesce(c.position, 1000), k.entered DESC, k.submitted DESC,
    k.key, s.measure;
-- name: ranks
-- Who has most of each measure in a period (?1), by submitter.
SELECT m.code AS measure, f.key AS key, f.count AS count, u.name AS name,
    rank() OVER (PARTITION BY f.measure ORDER BY f.count DESC) AS rank
  FROM figure f JOIN code m ON m.list = 'circular-measures'
    AND m.code = f.measure
    LEFT JOIN unit u ON u.id = f.key
  WHERE f.period = ?1 AND f.dimension = 'submitter'
  ORDER BY m.position, f.count DESC, f.key;
-- name: unheard
-- Submitters that handed nothing in, in a period (?1).
SELECT u.id AS id, u.name AS name, u.kind AS "kind:unit-kinds"
  FROM unit u LEFT JOIN code c ON c.list = 'unit-kinds' AND c.zh = u.kind
  WHERE u.submitter AND NOT EXISTS (SELECT 1 FROM figure f
    WHERE f.period = ?1 AND f.dimension = 'submitter' AND f.key = u.id
      AND f.measure = 'submitted')
  ORDER BY coalesce(c.position, 1000), u.id;
-- name: series
-- Figures of a dimension (?3) by month, from (?1) up to and with (?2).
SELECT f.period AS month, f.key AS key, f.measure AS measure,
    f.count AS count
  FROM figure f JOIN period p ON p.id = f.period AND p.kind = 'month'
  WHERE f.period BETWEEN ?1 AND ?2 AND f.dimension = ?3
  ORDER BY f.period, f.key, f.measure;
-- name: ledgers
-- The lists behind the figures: one for each key and year; of all, one for each
-- measure and year.
SELECT l.*, u.name AS name FROM (
    SELECT DISTINCT f.dimension AS dimension, f.key AS key, p.year AS year,
      CASE f.dimension WHEN 'all' THEN f.measure END AS measure
    FROM figure f JOIN period p ON p.id = f.period AND p.kind = 'year') l
  LEFT JOIN unit u ON l.dimension = 'submitter' AND u.id = l.key
  ORDER BY l.dimension, l.key, l.year, l.measure;
-- name: ledger_of_measure
SELECT e.measure AS measure, e.date AS "date:date", e.date AS day,
    substr(e.date, 6, 2) AS month, a.id AS id, a.title AS title,
    a.state AS "state:visibility-states", e.submitter AS submitter,
    a.submitter_name AS submitter_name, e.city AS city, e.kind AS kind,
    r.path AS path, e.line AS line,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address
  FROM event e JOIN account a USING (record)
    JOIN record r ON r.record = e.source
  WHERE e.measure = ?1 AND e.date BETWEEN ?2 || '-01-01' AND ?2 || '-12-31'
  ORDER BY e.position, e.date, e.rowid;
-- name: ledger_of_submitter
SELECT e.measure AS measure, e.date AS "date:date", e.date AS day,
    substr(e.date, 6, 2) AS month, a.id AS id, a.title AS title,
    a.state AS "state:visibility-states", e.submitter AS submitter,
    a.submitter_name AS submitter_name, e.city AS city, e.kind AS kind,
    r.path AS path, e.line AS line,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address
  FROM event e JOIN account a USING (record)
    JOIN record r ON r.record = e.source
  WHERE e.submitter = ?1 AND e.date BETWEEN ?2 || '-01-01' AND ?2 || '-12-31'
  ORDER BY e.position, e.date, e.rowid;
-- name: ledger_of_city
SELECT e.measure AS measure, e.date AS "date:date", e.date AS day,
    substr(e.date, 6, 2) AS month, a.id AS id, a.title AS title,
    a.state AS "state:visibility-states", e.submitter AS submitter,
    a.submitter_name AS submitter_name, e.city AS city, e.kind AS kind,
    r.path AS path, e.line AS line,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address
  FROM event e JOIN account a USING (record)
    JOIN record r ON r.record = e.source
  WHERE e.city = ?1 AND e.date BETWEEN ?2 || '-01-01' AND ?2 || '-12-31'
  ORDER BY e.position, e.date, e.rowid;
-- name: ledger_of_kind
SELECT e.measure AS measure, e.date AS "date:date", e.date AS day,
    substr(e.date, 6, 2) AS month, a.id AS id, a.title AS title,
    a.state AS "state:visibility-states", e.submitter AS submitter,
    a.submitter_name AS submitter_name, e.city AS city, e.kind AS kind,
    r.path AS path, e.line AS line,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address
  FROM event e JOIN account a USING (record)
    JOIN record r ON r.record = e.source
  WHERE e.kind = ?1 AND e.date BETWEEN ?2 || '-01-01' AND ?2 || '-12-31'
  ORDER BY e.position, e.date, e.rowid;
-- name: totals_by_period
SELECT p.id AS period, m.code AS "measure:circular-measures",
    coalesce(f.count, 0) AS count
  FROM period p JOIN code m ON m.list = 'circular-measures'
    LEFT JOIN figure f ON f.period = p.id AND f.dimension = 'all'
      AND f.key = 'all' AND f.measure = m.code
  ORDER BY p.year DESC, p.kind = 'year' DESC, p.quarter DESC,
    p.kind = 'quarter' DESC, p.id DESC, m.position;
