-- SPDX-License-Identifier: MIT
-- What is worked out once, when the last verdict is known.

DELETE FROM untransferred;
INSERT INTO untransferred (record, two_years, three_years)
  SELECT r.record, max(d.due) FILTER (WHERE d.id = 'P-04'),
    max(d.due) FILTER (WHERE d.id = 'P-05')
  FROM diagnostic d JOIN record r USING (path) CROSS JOIN as_of n
  WHERE d.id IN ('P-04', 'P-05') AND d.due < n.date
  GROUP BY r.record;
-- The earliest grant among the core rights, else among all.
UPDATE untransferred SET (kind, no, title, granted) =
  (SELECT i.kind, i.no, i.title, i.granted FROM ip i
    WHERE i.record = untransferred.record AND i.granted IS NOT NULL
    ORDER BY i.core DESC, i.granted, i.position LIMIT 1);

-- How much was found in files, so that it need not be counted each time.
DELETE FROM meta WHERE name IN ('notices', 'warnings', 'errors', 'fatals');
INSERT INTO meta
  SELECT severity || 's', count(*) FROM diagnostic WHERE path IS NOT NULL
  GROUP BY severity;

-- What finds the rows of a record that changes, and the records that a change
-- reaches (resume.sql).
CREATE INDEX IF NOT EXISTS dependency_key ON dependency (key);
CREATE INDEX IF NOT EXISTS dependency_record ON dependency (record);
CREATE INDEX IF NOT EXISTS reference_target ON reference (kind, target);
CREATE INDEX IF NOT EXISTS diagnostic_path ON diagnostic (path);
CREATE INDEX IF NOT EXISTS diagnostic_id ON diagnostic (id);
CREATE INDEX IF NOT EXISTS diagnostic_error ON diagnostic (severity)
  WHERE severity IN ('error', 'fatal');
CREATE INDEX IF NOT EXISTS record_withheld ON record (path) WHERE withheld;
CREATE INDEX IF NOT EXISTS achievement_folder ON achievement (folder);
