-- SPDX-License-Identifier: MIT
-- What was found, by rule and by the unit whose record it is about: of an
-- achievement or its dossier the folder, of a project the first unit. Only what
-- is otherwise than it was in the last run is written.

CREATE TEMP TABLE found (number INTEGER PRIMARY KEY, rule TEXT, severity TEXT,
  path TEXT, unit TEXT);
INSERT INTO temp.found
  SELECT d.rowid, d.id, d.severity, d.path, CASE r.kind
    WHEN 'achievement' THEN substr(r.id, 1, instr(r.id, '/') - 1)
    WHEN 'dossier' THEN substr(r.id, 1, instr(r.id, '/') - 1)
    WHEN 'unit' THEN r.id
    WHEN 'project' THEN coalesce((SELECT p.unit FROM project_unit p
      JOIN unit u ON u.id = p.unit WHERE p.record = r.record
        AND p.position = 1), '_none')
    ELSE '_none' END
  FROM diagnostic d LEFT JOIN record r ON r.path = d.path;
DELETE FROM finding WHERE NOT EXISTS (SELECT 1 FROM temp.found f
  WHERE f.number = finding.number AND f.rule = finding.rule
    AND f.severity = finding.severity AND f.path IS finding.path
    AND f.unit = finding.unit);
INSERT INTO finding SELECT * FROM temp.found
  WHERE number NOT IN (SELECT number FROM finding);
DROP TABLE temp.found;
CREATE INDEX IF NOT EXISTS finding_rule ON finding (rule);
CREATE INDEX IF NOT EXISTS finding_unit ON finding (unit);
