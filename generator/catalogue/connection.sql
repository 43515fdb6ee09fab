-- SPDX-License-Identifier: MIT
-- What every connection has: the as-of date, and the word for a review passed.

CREATE TEMP VIEW IF NOT EXISTS as_of AS
  SELECT value AS date,
    (SELECT zh FROM main.code WHERE list = 'review-results'
      AND code = 'passed') AS passed
    FROM main.meta WHERE name = 'as_of';

-- The records that are worked out: all, unless resume.sql says otherwise.
CREATE TEMP VIEW IF NOT EXISTS scope AS SELECT record FROM main.record;
