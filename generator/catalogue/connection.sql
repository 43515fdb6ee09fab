-- SPDX-License-Identifier: MIT
-- What every connection has: the as-of date, and the word for a review passed.

CREATE TEMP VIEW IF NOT EXISTS as_of AS
  SELECT value AS date,
    (SELECT zh FROM main.code WHERE list = 'review-results'
      AND code = 'passed') AS passed
    FROM main.meta WHERE name = 'as_of';

-- The records that are worked out: all, unless resume.sql says otherwise.
CREATE TEMP VIEW IF NOT EXISTS scope AS SELECT record FROM main.record;

-- When an achievement was received: by its dossier or by the server, whichever
-- is earlier.
CREATE TEMP VIEW IF NOT EXISTS reception AS
  SELECT s.record AS record, s.id AS id, s.dossier AS dossier,
    s.state AS state, s.unit AS unit, s.unit_name AS unit_name,
    coalesce(min(w.received, v.received), w.received, v.received) AS received
  FROM main.standing s JOIN as_of n
    LEFT JOIN main.dossier w ON w.record = s.dossier
    LEFT JOIN main.arrival v ON v.record = s.record AND v.received <= n.date;

-- When it counts as handed in: when it was received; only without a receipt,
-- when its unit says.
CREATE TEMP VIEW IF NOT EXISTS handed_in AS
  SELECT a.record AS record, a.id AS id, a.submitted_line AS line,
    coalesce(s.received, a.submitted) AS date
  FROM main.achievement a LEFT JOIN reception s ON s.record = a.record;
