-- SPDX-License-Identifier: MIT
-- The lists of the public site that are split by time: of each the newest rows,
-- and those of a part; see render/series.h. Columns as in queries.sql.

-- name: parts
SELECT part AS part, part AS "label:month", substr(part, 1, 4) AS year,
    ?2 || replace(part, '-', '/') || '/' AS href, count AS count
  FROM list_part WHERE list = ?1 ORDER BY part DESC;
-- name: parts_beside
SELECT part AS part, part AS "label:month",
    ?2 || replace(part, '-', '/') || '/' AS href
  FROM (SELECT min(part) AS part FROM list_part WHERE list = ?1 AND part > ?3
    UNION ALL SELECT ?3
    UNION ALL SELECT max(part) FROM list_part WHERE list = ?1 AND part < ?3)
  WHERE part IS NOT NULL ORDER BY part DESC;

-- name: registry_newest
SELECT * FROM announcement ORDER BY _registered DESC, _no DESC, id DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: registry_part
SELECT * FROM announcement
  WHERE _registered >= ?1 || '-01' AND _registered <= ?1 || '-31'
  ORDER BY _registered, _no, id;

-- name: results_newest
SELECT * FROM result ORDER BY _entered DESC, id LIMIT CAST(?1 AS INTEGER);
-- name: results_part
SELECT * FROM result
  WHERE _entered >= ?1 || '-01' AND _entered <= ?1 || '-31'
  ORDER BY _entered DESC, id;

-- name: patents_newest
SELECT * FROM public_patent ORDER BY _day DESC, _record DESC, _position DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: patents_part
SELECT * FROM public_patent WHERE _day >= ?1 || '-01' AND _day <= ?1 || '-31'
  ORDER BY _day DESC, _record DESC, _position DESC;
-- name: papers_newest
SELECT * FROM public_paper ORDER BY _day DESC, _record DESC, _position DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: papers_part
SELECT * FROM public_paper WHERE _day >= ?1 || '-01' AND _day <= ?1 || '-31'
  ORDER BY _day DESC, _record DESC, _position DESC;

-- name: people_newest
SELECT * FROM named_researcher ORDER BY _since DESC, _name DESC, id DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: people_part
SELECT * FROM named_researcher
  WHERE _since >= ?1 || '-01' AND _since <= ?1 || '-31'
  ORDER BY _since DESC, _name DESC, id DESC;
