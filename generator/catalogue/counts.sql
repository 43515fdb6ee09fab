-- SPDX-License-Identifier: MIT
-- What the rules found, by the worst finding of each record; after rule_count
-- has its rows.

CREATE INDEX IF NOT EXISTS diagnostic_id ON diagnostic (id);
UPDATE rule_count SET errors = f.errors, warnings = f.warnings,
    notices = f.notices
  FROM (SELECT rule, sum(worst = 3) AS errors, sum(worst = 2) AS warnings,
      sum(worst = 1) AS notices FROM (
      SELECT d.id AS rule, r.id,
        CASE r.kind WHEN 'dossier' THEN 'achievement' ELSE r.kind END AS kind,
        max(CASE d.severity WHEN 'notice' THEN 1 WHEN 'warning' THEN 2
          ELSE 3 END) AS worst
      FROM rule_count c JOIN diagnostic d ON d.id = c.rule
        JOIN record r ON r.path = d.path
      GROUP BY d.id, 3, 2)
    GROUP BY rule) f
  WHERE f.rule = rule_count.rule;
