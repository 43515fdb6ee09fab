-- SPDX-License-Identifier: MIT
-- What the pages of the internal site ask, and what is asked to fill the
-- tables they need; see queries.sql for the names of columns.

-- name: submission_months
SELECT DISTINCT substr(submitted, 1, 7) AS month FROM achievement
  WHERE submitted IS NOT NULL ORDER BY 1;
-- name: parameter
SELECT value FROM parameter WHERE name = ?1;
