-- SPDX-License-Identifier: MIT
-- What the lists of the public site need that is known once all states are.
-- Run once, after derive.sql, when pages are made.

INSERT INTO list_part
  SELECT 'registry', substr(registered, 1, 7), count(*)
    FROM standing WHERE announced GROUP BY 2;
