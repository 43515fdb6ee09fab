-- SPDX-License-Identifier: MIT
-- What the internal site reports: events as rows, and how many of them there
-- are in a month, quarter or year. Run after derive.sql; what a former run left
-- is emptied.
--
-- An event belongs to the submitter of its achievement and to that unit's
-- kind, and to the city of the first completing unit. What is not in the
-- register or no city of the province is counted under '_none', which can be no
-- id: so the figures of every dimension add up to the same totals.

DELETE FROM account;
DELETE FROM event;
DELETE FROM period;
DELETE FROM figure;
DELETE FROM round WHERE month NOT IN (SELECT substr(date, 1, 7) FROM handed_in
  WHERE date IS NOT NULL);

INSERT INTO account
  SELECT a.record, a.id, a.title, s.state, coalesce(s.public, 0),
    coalesce(u.id, '_none'), u.name, coalesce(c.code, '_none'),
    coalesce(k.code, '_none')
  FROM achievement a
    LEFT JOIN standing s ON s.record = a.record
    LEFT JOIN code c ON c.list = 'divisions' AND c.code = s.city
    LEFT JOIN unit u ON u.id = a.submitter
    LEFT JOIN code k ON k.list = 'unit-kinds' AND k.zh = u.kind
  WHERE true ON CONFLICT DO NOTHING;

-- What has no such day in the calendar, or lies ahead, is no event yet.
CREATE TEMP TABLE happening (
  measure TEXT, date TEXT, id TEXT, source INTEGER, line INTEGER);
INSERT INTO happening
  SELECT 'submitted', date, id, record, line FROM handed_in
  UNION ALL
  SELECT CASE WHEN h.date <= r.deadline THEN 'on-time' ELSE 'late' END,
    h.date, h.id, h.record, h.line
    FROM handed_in h JOIN round r ON r.month = substr(h.date, 1, 7)
  UNION ALL
  SELECT e.kind, e.date, d.id, e.record, e.line
    FROM decision e JOIN dossier d USING (record)
    WHERE e.kind IN ('returned', 'registered', 'entered')
  UNION ALL
  SELECT 'bulletin', b.date, i.achievement, b.record, i.line
    FROM bulletin_item i JOIN bulletin b USING (record)
    JOIN record r USING (record) WHERE NOT r.withheld
  UNION ALL
  SELECT CASE c.code WHEN 'quarterly' THEN 'release' ELSE 'theme' END,
    p.date, i.achievement, p.record, i.line
    FROM release_item i JOIN release p USING (record)
    JOIN record r USING (record)
    LEFT JOIN code c ON c.list = 'release-kinds' AND c.zh = p.kind
    WHERE NOT r.withheld
  UNION ALL
  SELECT 'ranking', k.date, i.achievement, k.record, i.line
    FROM ranking_item i JOIN ranking k USING (record)
    JOIN record r USING (record) WHERE NOT r.withheld
  UNION ALL
  SELECT 'transferred', t.date, a.id, t.record, t.line
    FROM transfer t JOIN achievement a USING (record);
INSERT INTO event
  SELECT h.measure, m.position, h.date, b.record, h.source, h.line,
    b.submitter, b.city, b.kind
  FROM happening h JOIN as_of n JOIN account b ON b.id = h.id
    LEFT JOIN code m ON m.list = 'circular-measures' AND m.code = h.measure
  WHERE h.date <= n.date AND date(h.date, '+0 days') = h.date
  ORDER BY h.date, b.record, h.source, h.line;
DROP TABLE happening;

CREATE INDEX IF NOT EXISTS event_submitter ON event (submitter, date);
CREATE INDEX IF NOT EXISTS event_city ON event (city, date);
CREATE INDEX IF NOT EXISTS event_kind ON event (kind, date);
CREATE INDEX IF NOT EXISTS event_measure ON event (measure, date);

-- Months with events, all others of the ten years before the as-of date since
-- there are any, and that of the as-of date: that nothing came is told, too.
-- (A day mistyped by a thousand years does not make ten thousand pages.)
INSERT INTO period
  WITH RECURSIVE silent(month) AS (
    SELECT substr(max(min(e.date), date(n.date, '-10 years')), 1, 7)
      FROM event e JOIN as_of n
    UNION ALL
    SELECT substr(date(month || '-01', '+1 month'), 1, 7)
      FROM silent JOIN as_of n WHERE month < substr(n.date, 1, 7))
  SELECT month, 'month', substr(month, 1, 4),
    substr(month, 1, 4) || '-q' || ((substr(month, 6, 2) + 2) / 3),
    month || '-01', date(month || '-01', '+1 month', '-1 day'),
    substr(date(month || '-01', '-1 month'), 1, 7)
  FROM (SELECT substr(date, 1, 7) AS month FROM event
    UNION SELECT month FROM silent WHERE month IS NOT NULL
    UNION SELECT substr(date, 1, 7) FROM as_of);
INSERT INTO period
  SELECT quarter, 'quarter', year, quarter,
    first, date(first, '+3 months', '-1 day'),
    substr(before, 1, 4) || '-q' || ((substr(before, 6, 2) + 2) / 3)
  FROM (SELECT DISTINCT quarter, year,
      date(first, '-' || ((substr(first, 6, 2) - 1) % 3) || ' months')
        AS first,
      date(first, '-' || ((substr(first, 6, 2) - 1) % 3 + 1) || ' months')
        AS before
    FROM period WHERE kind = 'month');
INSERT INTO period
  SELECT DISTINCT year, 'year', year, NULL, year || '-01-01',
    year || '-12-31', printf('%04d', year - 1)
  FROM period WHERE kind = 'month';

-- Counted once by everything; all figures are sums of that.
CREATE TEMP TABLE tally AS
  SELECT substr(date, 1, 7) AS month, measure, submitter, city, kind,
    count(*) AS count
  FROM event GROUP BY 1, 2, 3, 4, 5;
INSERT INTO figure
  SELECT month, 'submitter', submitter, measure, sum(count) FROM tally
    GROUP BY 1, 3, 4
  UNION ALL SELECT month, 'city', city, measure, sum(count) FROM tally
    GROUP BY 1, 3, 4
  UNION ALL SELECT month, 'kind', kind, measure, sum(count) FROM tally
    GROUP BY 1, 3, 4
  UNION ALL SELECT month, 'all', 'all', measure, sum(count) FROM tally
    GROUP BY 1, 4;
DROP TABLE tally;
INSERT INTO figure
  SELECT p.quarter, f.dimension, f.key, f.measure, sum(f.count)
    FROM figure f JOIN period p ON p.id = f.period WHERE p.kind = 'month'
    GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT p.year, f.dimension, f.key, f.measure, sum(f.count)
    FROM figure f JOIN period p ON p.id = f.period WHERE p.kind = 'month'
    GROUP BY 1, 2, 3, 4;
