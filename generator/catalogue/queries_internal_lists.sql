-- SPDX-License-Identifier: MIT
-- The lists of the internal site. Each row names its record by `path` and
-- `line`, and by `address` its page on the public site if it has one. `group_`
-- and `group_id` cut a list into sections.

-- name: list_registration
-- What is overdue or due to be registered (P-01), units with most overdue first.
-- A unit whose papers were received in time is not overdue: by the dossier or
-- by the server's receipt, whichever is earlier.
SELECT s.unit AS group_id, s.unit_name AS group_, a.title AS title,
    a.id AS id, x.obtained AS "obtained:date", d.due AS "due:date",
    CAST(julianday(d.due) - julianday(n.date) AS INTEGER) AS days,
    d.overdue AS "overdue:flag",
    coalesce(s.received <= d.due, 0) AS "in_time:flag",
    s.received AS "received:date", d.provisional AS "provisional:flag",
    d.severity AS "severity:severities", d.message_zh AS message_zh,
    d.message_en AS message_en, s.unit AS unit, s.unit_name AS unit_name,
    d.path AS path, d.line AS line,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address
  FROM duty d JOIN as_of n JOIN record r ON r.path = d.path
    JOIN reception s ON s.id = r.id JOIN account a ON a.record = s.record
    JOIN achievement x ON x.record = s.record
  WHERE d.id = 'P-01' AND r.kind = 'achievement'
  ORDER BY sum(d.overdue) OVER (PARTITION BY s.unit) DESC, s.unit_name, s.unit, d.due, a.id;
-- name: list_pending
-- What waits for the office: handed in, in dispute or returned.
SELECT s.state AS group_id, c.zh AS "group_:visibility-states",
    a.title AS title, a.id AS id, s.state AS "state:visibility-states",
    x.submitted AS "submitted:date", s.received AS "received:date",
    CAST(julianday(n.date) - julianday(coalesce(s.received, x.submitted))
      AS INTEGER) AS waiting,
    a.submitter AS submitter, a.submitter_name AS submitter_name,
    r.path AS path, CASE WHEN r.record = a.record THEN x.submitted_line END
      AS line
  FROM reception s JOIN as_of n JOIN account a ON a.record = s.record
    JOIN achievement x ON x.record = s.record
    JOIN record r ON r.record = coalesce(s.dossier, s.record)
    LEFT JOIN code c ON c.list = 'visibility-states' AND c.code = s.state
  WHERE s.state IN ('submitted', 'disputed', 'returned')
  ORDER BY c.position, waiting DESC, a.id;
-- name: list_arrivals
-- When the server received each achievement and took it in, newest first. What
-- commits say of themselves is not among it.
SELECT a.title AS title, a.id AS id, a.submitter AS submitter,
    a.submitter_name AS submitter_name, v.received AS "received:date",
    v.received_at AS received_at, v.account AS account,
    CASE WHEN v.landed <= n.date THEN v.landed END AS "landed:date",
    CASE WHEN v.landed <= n.date THEN v.landed_at END AS landed_at,
    CASE WHEN v.landed <= n.date THEN CAST(julianday(v.landed)
      - julianday(v.received) AS INTEGER) END AS handled,
    w.registered AS "registered:date", substr(v.landing, 1, 12) AS landing,
    r.path AS path, 1 AS line,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address
  FROM standing s JOIN as_of n
    JOIN arrival v ON v.record = s.record AND v.received <= n.date
    JOIN account a ON a.record = s.record
    JOIN record r ON r.record = s.record
    LEFT JOIN dossier w ON w.record = s.dossier
  ORDER BY v.received_at DESC, a.id;
-- name: list_silent
-- Submitters that have handed nothing in for some months (Z-08). Real units
-- are left out of a demonstration.
SELECT u.name AS name, u.id AS id, u.kind AS "kind:unit-kinds",
    k.code AS "city:divisions", l.last AS "last:date",
    l.count AS submitted_count,
    CASE WHEN l.last IS NOT NULL THEN CAST((julianday(n.date)
      - julianday(l.last)) / 30.4375 AS INTEGER) END AS months,
    r.path AS path, 'units/' || p.id || '/' AS address
  FROM unit u JOIN as_of n JOIN record r USING (record)
    JOIN (SELECT o.id AS id, max(e.date) AS last, count(e.date) AS count
        FROM unit o LEFT JOIN event e ON e.submitter = o.id
          AND e.measure = 'submitted'
        WHERE o.submitter GROUP BY o.id) l ON l.id = u.id
    LEFT JOIN public_unit p ON p.id = u.id
    LEFT JOIN code c ON c.list = 'unit-kinds' AND c.zh = u.kind
    LEFT JOIN code k ON k.list = 'divisions'
      AND k.code = substr(u.place, 1, 4) || '00'
  WHERE u.submitter
    AND (u.fictional OR NOT EXISTS (SELECT 1 FROM meta
      WHERE name = 'demonstration'))
    AND (l.last IS NULL OR l.last < date(n.date, '-' || (SELECT value
      FROM parameter WHERE name = 'silence-months') || ' months'))
  ORDER BY coalesce(l.last, ''), coalesce(c.position, 1000), u.id;
-- name: list_follow_ups
-- Library items whose last follow-up lies too far back, or comes up (Z-35).
WITH last AS (
  SELECT s.record AS record, s.dossier AS dossier, s.entered AS entered,
    max(f.date) AS date, count(f.date) AS count
  FROM standing s JOIN as_of n LEFT JOIN follow_up f
    ON f.record = s.dossier AND f.date <= n.date
  WHERE s.entered IS NOT NULL AND s.state IN ('library', 'published')
  GROUP BY s.record),
due AS (
  SELECT l.*, later_day(coalesce(l.date, l.entered), CAST(p.value
    AS INTEGER)) AS due
  FROM last l JOIN parameter p ON p.name = 'follow-up-months')
SELECT a.title AS title, a.id AS id, l.entered AS "entered:date",
    l.date AS "last:date", l.count AS follow_up_count, l.due AS "due:date",
    CAST(julianday(l.due) - julianday(n.date) AS INTEGER) AS days,
    l.due < n.date AS "overdue:flag", a.submitter_name AS submitter_name,
    r.path AS path,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address
  FROM due l JOIN as_of n JOIN account a ON a.record = l.record
    JOIN record r ON r.record = l.dossier
    JOIN parameter p ON p.name = 'soon-days'
  WHERE l.due <= date(n.date, '+' || p.value || ' days')
  ORDER BY l.due, a.id;
-- name: list_post_evaluations
-- Accepted projects within the time of their follow-up, and those past it that
-- had none (M-33).
WITH open AS (
  SELECT p.*, later_day(p.accepted, 12 * CAST(y.value AS INTEGER)) AS closes,
    (SELECT count(*) FROM project_follow_up f, as_of n
      WHERE f.record = p.record AND f.date <= n.date) AS follow_ups,
    (SELECT max(f.date) FROM project_follow_up f, as_of n
      WHERE f.record = p.record AND f.date <= n.date) AS last
  FROM project p JOIN parameter y ON y.name = 'post-evaluation-years'
    JOIN code c ON c.list = 'project-schemes' AND c.zh = p.scheme
  WHERE c.code = 'zhejiang' AND p.accepted IS NOT NULL)
SELECT w.closes < n.date OR (w.follow_ups = 0 AND w.closes <= date(n.date,
      '+' || s.value || ' days')) AS _urgent,
    w.name AS title, w.id AS id, w.no AS project_no,
    w.accepted AS "accepted:date", w.closes AS "closes:date",
    CAST(julianday(w.closes) - julianday(n.date) AS INTEGER) AS days,
    w.follow_ups AS follow_up_count, w.last AS "last:date",
    w.closes < n.date AS "overdue:flag", u.name AS unit_name,
    r.path AS path, w.accepted_line AS line
  FROM open w JOIN as_of n JOIN record r ON r.record = w.record
    JOIN parameter s ON s.name = 'soon-days'
    LEFT JOIN project_unit u ON u.record = w.record AND u.position = 1
  WHERE w.accepted <= n.date AND (w.closes >= n.date OR w.follow_ups = 0)
  ORDER BY w.closes, w.id;
-- name: list_awards
-- Candidates for awards: achievements (Z-33) and projects (M-35). As in the
-- lists of support and of landmarks, none that is disputed, returned, withdrawn.
SELECT 'achievement' AS group_id, 'achievement' AS "group_:record-kinds",
    a.title AS title, a.id AS id, d.award_entered AS "entered:date",
    d.award_for AS award_for, a.submitter_name AS unit_name,
    (SELECT count(*) FROM follow_up f JOIN as_of n WHERE f.record = d.record
      AND f.date <= n.date) AS follow_up_count,
    r.path AS path, d.award_line AS line,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address,
    1 AS _part, d.award_entered AS _day
  FROM dossier d JOIN as_of n JOIN account a ON a.id = d.id
    JOIN record r ON r.record = d.record
  WHERE d.award_entered <= n.date
    AND a.state NOT IN ('disputed', 'returned', 'withdrawn')
UNION ALL
SELECT 'project', 'project', p.name, p.id, p.award_entered, p.award_for,
    u.name, (SELECT count(*) FROM project_follow_up f JOIN as_of n
      WHERE f.record = p.record AND f.date <= n.date),
    r.path, p.award_line, NULL, 2, p.award_entered
  FROM project p JOIN as_of n JOIN record r USING (record)
    LEFT JOIN project_unit u ON u.record = p.record AND u.position = 1
  WHERE p.award_entered <= n.date
  ORDER BY _part, _day DESC, id;
-- name: list_support
-- What library items were supported with (Z-32), the latest first.
SELECT a.title AS title, a.id AS id, a.submitter_name AS submitter_name,
    s.entered AS "entered:date", p.kind AS support, p.date AS "date:date",
    p.reference AS reference, r.path AS path, p.line AS line,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address
  FROM support p JOIN as_of n JOIN standing s ON s.dossier = p.record
    JOIN account a ON a.record = s.record JOIN record r ON r.record = p.record
  WHERE p.date <= n.date AND s.entered IS NOT NULL
    AND s.state NOT IN ('disputed', 'returned', 'withdrawn')
  ORDER BY p.date DESC, a.id, p.position;
-- name: list_pool
-- The pool of promising projects (M-30).
SELECT p.name AS title, p.id AS id, p.no AS project_no,
    p.pool_entered AS "entered:date", p.pool_status AS "status:pool-status",
    p.plan AS plan, p.highland AS "highland:highlands",
    u.name AS unit_name, r.path AS path, p.pool_line AS line
  FROM project p JOIN as_of n JOIN record r USING (record)
    LEFT JOIN project_unit u ON u.record = p.record AND u.position = 1
    LEFT JOIN code c ON c.list = 'pool-status' AND c.zh = p.pool_status
  WHERE p.pool_entered <= n.date
  ORDER BY coalesce(c.position, 1000), p.pool_entered, p.id;
-- name: list_races
-- Projects that run in parallel (M-21), by group.
SELECT p.race_group AS group_id, p.race_group AS group_, p.name AS title,
    p.id AS id, p.race_route AS route, u.name AS unit_name,
    (SELECT count(*) FROM milestone m JOIN as_of n WHERE m.record = p.record
      AND m.source = 'race') AS stages,
    (SELECT count(*) FROM milestone m JOIN as_of n WHERE m.record = p.record
      AND m.source = 'race' AND m.met <= n.date) AS met_count,
    (SELECT min(m.due) FROM milestone m JOIN as_of n
      WHERE m.record = p.record AND m.source = 'race'
        AND (m.met IS NULL OR m.met > n.date)) AS "next:date",
    p.terminated AS "terminated:date", r.path AS path,
    count(*) OVER (PARTITION BY p.race_group) AS group_size
  FROM project p JOIN record r USING (record)
    LEFT JOIN project_unit u ON u.record = p.record AND u.position = 1
  WHERE p.race_group IS NOT NULL
  ORDER BY p.race_group, p.id;
-- name: list_milestones
-- Milestones of pledges, contracts and races: those overdue, to come, met.
SELECT CASE WHEN m.met <= n.date THEN 'met' WHEN m.due < n.date
      THEN 'overdue' ELSE 'coming' END AS group_id,
    m.goal AS goal, m.due AS "due:date", m.met AS "met:date",
    CASE WHEN m.met IS NULL OR m.met > n.date THEN CAST(julianday(m.due)
      - julianday(n.date) AS INTEGER) END AS days,
    (m.met IS NULL OR m.met > n.date) AND m.due < n.date AS "overdue:flag",
    m.source AS source_kind, p.name AS title, p.id AS id,
    u.name AS unit_name, r.path AS path, m.line AS line
  FROM milestone m JOIN as_of n JOIN project p USING (record)
    JOIN record r USING (record)
    LEFT JOIN project_unit u ON u.record = p.record AND u.position = 1
  ORDER BY CASE WHEN m.met <= n.date THEN 3 WHEN m.due < n.date THEN 1
    ELSE 2 END, m.due, p.id, m.source, m.position;
-- name: list_changes
-- What happened in the last days: decisions, and what was handed in.
SELECT e.day AS "date:date", e.kind AS "step:decision-kinds",
    a.title AS title, a.id AS id, e.actor AS actor,
    a.submitter_name AS submitter_name, r.path AS path, e.line AS line,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address
  FROM (SELECT v.date AS day, v.kind AS kind, d.id AS id, v.actor AS actor,
      v.record AS record, v.line AS line
      FROM decision v JOIN dossier d USING (record)
    UNION ALL SELECT x.submitted, 'submitted', x.id, NULL, x.record,
      x.submitted_line FROM achievement x) e
    JOIN as_of n JOIN account a ON a.id = e.id
    JOIN record r ON r.record = e.record
  WHERE e.day <= n.date AND e.day > date(n.date, '-' || (SELECT value
    FROM parameter WHERE name = 'recent-days') || ' days')
  ORDER BY e.day DESC, a.id, e.line;
-- name: list_targets
-- The draft's targets to 2027, with what the registry shows of them.
SELECT t.id AS id, t.zh AS name_zh, t.en AS name_en, t.number AS number,
    t.article AS article, t.by_year AS by_year, t.quote AS quote,
    t.status AS "status:rule-status",
    t.source AS origin, t.counted AS counted,
    CASE t.counted
      WHEN 'units' THEN (SELECT count(*) FROM unit u JOIN code c
        ON c.list = 'unit-kinds' AND c.zh = u.kind AND c.code = t.term)
      WHEN 'breakthroughs' THEN (SELECT count(*) FROM standing s
        WHERE s.entered IS NOT NULL AND EXISTS (SELECT 1 FROM breakthrough b
          JOIN code c ON c.list = 'breakthrough-kinds' AND c.zh = b.kind
          WHERE b.record = s.record AND c.code = t.term))
      WHEN 'consortia' THEN (SELECT count(*) FROM project
        WHERE consortium)
      WHEN 'projects-a-year' THEN (SELECT count(*) FROM project p
        JOIN as_of n WHERE substr(p.starts, 1, 4) = substr(n.date, 1, 4)
          AND instr(',' || t.term || ',', ',' || p.plan || ',') > 0)
    END AS shown
  FROM target t ORDER BY t.position;
-- name: list_target_records
-- What is counted beside the draft's targets.
SELECT t.id AS group_id, t.zh AS name_zh, t.en AS name_en, x.title AS title,
    x.id AS id, x.unit_name AS unit_name, r.path AS path, x.address AS address
  FROM target t JOIN (
    SELECT 'units' AS counted, c.code AS term, u.name AS title, u.id AS id,
      u.name AS unit_name, u.record AS record,
      'units/' || p.id || '/' AS address
      FROM unit u JOIN code c ON c.list = 'unit-kinds' AND c.zh = u.kind
        LEFT JOIN public_unit p ON p.id = u.id
    UNION ALL SELECT 'breakthroughs', c.code, a.title, a.id,
      a.submitter_name, a.record,
      CASE WHEN a.public THEN 'achievements/' || a.id || '/' END
      FROM breakthrough b JOIN code c ON c.list = 'breakthrough-kinds'
        AND c.zh = b.kind JOIN standing s ON s.record = b.record
        JOIN account a ON a.record = b.record
      WHERE s.entered IS NOT NULL
    UNION ALL SELECT 'consortia', NULL, p.name, p.id, u.name, p.record, NULL
      FROM project p LEFT JOIN project_unit u ON u.record = p.record
        AND u.position = 1 WHERE p.consortium
    UNION ALL SELECT 'projects-a-year', p.plan, p.name, p.id, u.name,
      p.record, NULL
      FROM project p JOIN as_of n LEFT JOIN project_unit u
        ON u.record = p.record AND u.position = 1
      WHERE substr(p.starts, 1, 4) = substr(n.date, 1, 4)) x
    ON x.counted = t.counted AND (x.term = t.term OR x.term IS NULL
      OR (t.counted = 'projects-a-year'
        AND instr(',' || t.term || ',', ',' || x.term || ',') > 0))
    JOIN record r ON r.record = x.record
  ORDER BY t.position, x.id;
-- name: list_landmarks
-- Landmarks of the library (Z-02), by the year they entered it.
SELECT substr(s.entered, 1, 4) AS group_id, substr(s.entered, 1, 4) AS group_,
    a.title AS title, a.id AS id, s.entered AS "entered:date",
    a.submitter_name AS submitter_name, s.category AS "category:categories",
    r.path AS path,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address
  FROM standing s JOIN account a ON a.record = s.record
    JOIN record r ON r.record = s.dossier
  WHERE s.landmark AND s.entered IS NOT NULL
    AND s.state NOT IN ('disputed', 'returned', 'withdrawn')
  ORDER BY s.entered DESC, a.id;
-- name: evaluated_in
-- Library items of the year ?1 that were evaluated in the way ?2 (Z-34), or in
-- all three.
SELECT a.title AS title, a.id AS id, w.entered AS "entered:date",
    w.peer AS "peer:flag", w.market AS "market:flag", w.third AS "third:flag",
    a.submitter_name AS submitter_name, r.path AS path,
    CASE WHEN a.public THEN 'achievements/' || a.id || '/' END AS address
  FROM evaluated w JOIN account a ON a.record = w.record
    JOIN record r ON r.record = w.dossier
  WHERE w.entered >= ?1 || '-01-01' AND w.entered <= ?1 || '-12-31'
    AND CASE ?2 WHEN 'peer' THEN w.peer WHEN 'market' THEN w.market
      WHEN 'third' THEN w.third ELSE w.peer AND w.market AND w.third END
  ORDER BY w.entered DESC, a.id;
-- name: list_manufacturing
-- Projects of the province by the year they start, of manufacturing or not
-- (M-19).
SELECT substr(p.starts, 1, 4) AS group_id, substr(p.starts, 1, 4) AS group_,
    p.name AS title, p.id AS id, p.no AS project_no,
    p.manufacturing AS "manufacturing:flag", p.plan AS plan,
    u.name AS unit_name, r.path AS path
  FROM project p JOIN record r USING (record)
    JOIN code c ON c.list = 'project-schemes' AND c.zh = p.scheme
    LEFT JOIN project_unit u ON u.record = p.record AND u.position = 1
  WHERE c.code = 'zhejiang' AND p.starts IS NOT NULL
  ORDER BY group_id DESC, p.manufacturing DESC, p.id;

-- name: progress
-- By year: what entered the library, landmarks among it, how it was evaluated;
-- and projects that start, of manufacturing among them. Years without anything
-- stand between the others.
WITH RECURSIVE entered AS (
  SELECT substr(w.entered, 1, 4) AS year, count(*) AS entered,
    sum(w.landmark) AS landmarks, sum(w.peer) AS peer,
    sum(w.market) AS market, sum(w.third) AS third,
    sum(w.peer AND w.market AND w.third) AS all_ways
  FROM evaluated w GROUP BY 1),
projects AS (
  SELECT substr(p.starts, 1, 4) AS year, count(*) AS projects,
    sum(p.manufacturing) AS manufacturing
  FROM project p JOIN code c ON c.list = 'project-schemes'
    AND c.zh = p.scheme
  WHERE c.code = 'zhejiang' AND p.starts IS NOT NULL GROUP BY 1),
now AS (SELECT CAST(substr(date, 1, 4) AS INTEGER) AS year FROM as_of),
years AS (
  -- No registry is older than that; a wrong date makes no thousand years.
  SELECT max(min(year), (SELECT year - 30 FROM now)) AS year FROM (
    SELECT CAST(year AS INTEGER) AS year FROM entered
    UNION SELECT CAST(year AS INTEGER) FROM projects UNION SELECT year FROM now)
  UNION ALL SELECT year + 1 FROM years WHERE year < (SELECT year FROM now))
SELECT printf('%04d', y.year) AS year, coalesce(e.entered, 0)
      AS entered_count,
    coalesce(e.landmarks, 0) AS landmarks, coalesce(e.peer, 0) AS peer_count,
    coalesce(e.market, 0) AS market_count, coalesce(e.third, 0)
      AS third_count, coalesce(e.all_ways, 0) AS all_ways,
    coalesce(p.projects, 0) AS started_projects,
    coalesce(p.manufacturing, 0) AS manufacturing_count,
    CASE WHEN p.projects > 0 THEN p.manufacturing * 100 / p.projects END
      AS manufacturing_share,
    CASE WHEN e.entered > 0 THEN printf('circular/%04d/entered/#entered',
      y.year) END AS entered_href
  FROM years y LEFT JOIN entered e ON e.year = printf('%04d', y.year)
    LEFT JOIN projects p ON p.year = printf('%04d', y.year)
  ORDER BY y.year;

-- name: findings_by_rule
SELECT f.rule AS rule, k.zh AS text_zh, k.en AS text_en,
    sum(f.severity IN ('error', 'fatal')) AS errors,
    sum(f.severity = 'warning') AS warnings,
    sum(f.severity = 'notice') AS notices, count(DISTINCT f.unit) AS units,
    k.id IS NOT NULL AS "is_rule:flag"
  FROM finding f LEFT JOIN rule k ON k.id = f.rule
  GROUP BY f.rule
  ORDER BY errors DESC, warnings DESC, notices DESC, f.rule;
-- name: findings_by_unit
SELECT f.unit AS unit, u.name AS unit_name,
    sum(f.severity IN ('error', 'fatal')) AS errors,
    sum(f.severity = 'warning') AS warnings,
    sum(f.severity = 'notice') AS notices, count(DISTINCT f.path) AS records
  FROM finding f LEFT JOIN unit u ON u.id = f.unit
  GROUP BY f.unit
  ORDER BY errors DESC, warnings DESC, notices DESC, f.unit;
-- name: findings_of_rule
SELECT d.severity AS "severity:severities", d.id AS rule,
    d.message_zh AS message_zh, d.message_en AS message_en, f.unit AS unit,
    u.name AS unit_name, d.path AS path, d.line AS line
  FROM finding f JOIN diagnostic d ON d.rowid = f.number
    LEFT JOIN unit u ON u.id = f.unit
  WHERE f.rule = ?1 ORDER BY f.unit, d.path, d.line, d.column_,
    d.message_zh, f.number;
-- name: findings_of_unit
SELECT d.severity AS "severity:severities", d.id AS rule,
    d.message_zh AS message_zh, d.message_en AS message_en, f.unit AS unit,
    u.name AS unit_name, d.path AS path, d.line AS line
  FROM finding f JOIN diagnostic d ON d.rowid = f.number
    LEFT JOIN unit u ON u.id = f.unit
  WHERE f.unit = ?1 ORDER BY f.rule, d.path, d.line, d.column_,
    d.message_zh, f.number;
-- name: field_uses
SELECT u.kind AS kind, u.path AS path, u.count AS count FROM field_use u;
-- name: records_of_kinds
SELECT kind AS kind, count(*) AS count FROM record GROUP BY kind;
