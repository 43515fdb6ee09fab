-- SPDX-License-Identifier: MIT
-- What is asked of the private folder's catalogue, with the registry's beside it
-- as `registry`; see queries.sql for the names of columns. Nothing here is asked
-- for a public page.

-- name: involved_leads
-- Projects led by a person (?1, of unit ?2 or any) that were applied for from
-- ?3 to ?4.
SELECT group_concat(id, '、') FROM (SELECT p.id FROM registry.project p
  WHERE p.leader = ?1 AND (?2 IS NULL OR EXISTS (SELECT 1
      FROM registry.project_unit u WHERE u.record = p.record
        AND ?2 IN (u.name, u.unit)))
    AND coalesce(p.proposals_due, p.notice_from, p.contract_signed, p.starts)
      BETWEEN ?3 AND coalesce(?4, '9999')
  ORDER BY p.id);
-- name: involved_takes_part
-- The same of projects that a unit (name ?1, id ?2) takes part in.
SELECT group_concat(id, '、') FROM (SELECT DISTINCT p.id
  FROM registry.project_unit u JOIN registry.project p USING (record)
  WHERE (u.name = ?1 OR u.unit = ?2)
    AND coalesce(p.proposals_due, p.notice_from, p.contract_signed, p.starts)
      BETWEEN ?3 AND coalesce(?4, '9999')
  ORDER BY p.id);
-- name: involved_submits
-- Achievements that a unit (name ?1, id ?2) completed or handed in, handed in
-- from ?3 to ?4.
SELECT group_concat(id, '、') FROM (SELECT DISTINCT a.id
  FROM registry.achievement a
    LEFT JOIN registry.completing_unit u USING (record)
  WHERE (u.name = ?1 OR u.unit = ?2 OR a.submitter = ?2)
    AND a.submitted BETWEEN ?3 AND coalesce(?4, '9999')
  ORDER BY a.id);
-- name: involved_completes
-- The same of achievements that a person (?1, of unit ?2 or any) completed.
SELECT group_concat(id, '、') FROM (SELECT DISTINCT a.id
  FROM registry.person p JOIN registry.achievement a USING (record)
  WHERE p.name = ?1 AND (?2 IS NULL OR p.unit = ?2)
    AND a.submitted BETWEEN ?3 AND coalesce(?4, '9999')
  ORDER BY a.id);
-- name: involved_shared_work
-- Other achievements that the expert ?1 completed together with people of the
-- achievement ?2, handed in since ?3.
SELECT group_concat(id, '、') FROM (SELECT DISTINCT o.id
  FROM expert e JOIN expert_unit w USING (record)
    JOIN registry.person x ON x.name = e.name AND x.unit = w.name
    JOIN registry.achievement o ON o.record = x.record
    JOIN registry.achievement a ON a.id = ?2 AND a.record <> o.record
    JOIN registry.person y ON y.record = o.record AND y.name <> e.name
    JOIN registry.person z ON z.record = a.record AND z.name = y.name
      AND z.unit = y.unit
  WHERE e.id = ?1 AND o.submitted >= ?3
  ORDER BY o.id);
-- name: involved_sanctioned_person
-- Sanctions on a person (?1, of unit ?2 or any) in force on ?3 as to ?4.
SELECT group_concat(id, '、') FROM (SELECT s.id
  FROM sanction s JOIN sanction_scope x USING (record)
    JOIN code c ON c.list = 'sanction-scopes' AND c.zh = x.scope
  WHERE s.person = ?1 AND (?2 IS NULL OR s.person_unit IS NULL
      OR s.person_unit = ?2)
    AND s.first <= ?3 AND coalesce(s.until, '9999') >= ?3
    AND coalesce(s.lifted, '9999') > ?3 AND c.code = ?4
  ORDER BY s.id);
-- name: involved_sanctioned_unit
-- The same on a unit (name ?1, id ?2).
SELECT group_concat(id, '、') FROM (SELECT s.id
  FROM sanction s JOIN sanction_scope x USING (record)
    JOIN code c ON c.list = 'sanction-scopes' AND c.zh = x.scope
  WHERE (s.unit = ?1 OR s.unit_id = ?2)
    AND s.first <= ?3 AND coalesce(s.until, '9999') >= ?3
    AND coalesce(s.lifted, '9999') > ?3 AND c.code = ?4
  ORDER BY s.id);

-- name: private_counts
SELECT (SELECT count(*) FROM expert) AS experts,
  (SELECT count(*) FROM panel) AS panels,
  (SELECT count(*) FROM sanction s JOIN as_of n WHERE s.first <= n.date
    AND coalesce(s.until, '9999') >= n.date
    AND coalesce(s.lifted, '9999') > n.date) AS sanctions,
  (SELECT count(*) FROM diagnostic WHERE severity = 'error') AS errors,
  (SELECT count(*) FROM diagnostic WHERE severity = 'warning') AS warnings;
-- name: private_experts
SELECT e.id AS id, e.name AS name, e.kind AS "kind:expert-kinds",
    (SELECT group_concat(u.name, '、') FROM expert_unit u
      WHERE u.record = e.record AND u.until IS NULL) AS unit,
    e.pool AS "pool:date", e.left_pool AS "left:date",
    (SELECT count(*) FROM panel_member m JOIN panel p USING (record)
      WHERE m.expert = e.id AND substr(p.date, 1, 4) = substr(n.date, 1, 4)
        AND p.date <= n.date) AS this_year,
    (SELECT count(*) FROM panel_member m JOIN panel p USING (record)
      WHERE m.expert = e.id AND p.date <= n.date) AS total,
    (SELECT count(*) FROM recusal x WHERE x.expert = e.id) AS recusals,
    (SELECT max(p.date) FROM panel_member m JOIN panel p USING (record)
      WHERE m.expert = e.id AND p.date <= n.date) AS "latest:date",
    (SELECT g.level FROM rating g WHERE g.id = e.id AND g.first <= n.date
      AND coalesce(g.until, '9999') >= n.date ORDER BY g.first DESC,
        g.position DESC LIMIT 1) AS "rating:expert-ratings",
    (SELECT count(*) FROM credit_event v WHERE v.id = e.id) AS events,
    r.path AS path
  FROM expert e JOIN record r USING (record) JOIN as_of n
  ORDER BY this_year DESC, total DESC, e.id;
-- name: private_panels
SELECT p.record AS record, p.id AS id, p.title AS title,
    p.purpose AS "purpose:panel-purposes", p.date AS "date:date",
    p.drawn AS "drawn:date", r.path AS path,
    (SELECT count(*) FROM panel_member m WHERE m.record = p.record) AS members,
    (SELECT count(DISTINCT x.expert) FROM recusal x
      WHERE x.record = p.record) AS recusals,
    (SELECT count(*) FROM diagnostic d WHERE d.path = r.path
      AND d.severity = 'error') AS errors,
    (SELECT count(*) FROM diagnostic d WHERE d.path = r.path
      AND d.severity <> 'error') AS others
  FROM panel p JOIN record r USING (record)
  ORDER BY p.date DESC, p.id;
-- name: private_findings
SELECT d.path AS path, d.line AS line, d.severity AS "severity:severities",
    d.id AS rule, d.message_zh AS message_zh, d.message_en AS message_en,
    d.basis AS basis
  FROM diagnostic d WHERE substr(d.path, 1, length(?1)) = ?1
  ORDER BY d.rowid;
-- name: private_panel_subjects
SELECT s.kind AS kind, s.target AS target, coalesce(a.title, p.name) AS title
  FROM panel_subject s
    LEFT JOIN registry.achievement a ON s.kind = 'achievement'
      AND a.id = s.target
    LEFT JOIN registry.project p ON s.kind = 'project' AND p.id = s.target
  WHERE s.record = ?1 ORDER BY s.kind, s.position;
-- name: private_panel_members
SELECT m.expert AS id, e.name AS name, e.kind AS "kind:expert-kinds",
    (SELECT group_concat(u.name, '、') FROM expert_unit u
      WHERE u.record = e.record AND u.until IS NULL) AS unit,
    m.role AS "role:panel-roles", m.drawn AS "drawn:draw-kinds",
    m.committed AS "committed:date",
    (SELECT group_concat(x.ground || coalesce('（' || x.subject || '）', ''),
      '、') FROM recusal x WHERE x.record = m.record
        AND x.expert = m.expert) AS recusal
  FROM panel_member m LEFT JOIN expert e ON e.id = m.expert
  WHERE m.record = ?1 ORDER BY m.position;
-- name: private_sanctions
SELECT s.id AS id, coalesce(s.person, s.unit) AS name,
    CASE WHEN s.person IS NOT NULL THEN s.person_unit END AS unit,
    s.kind AS "kind:sanction-kinds", s.ground AS "ground:sanction-grounds",
    (SELECT group_concat(x.scope, '、') FROM sanction_scope x
      WHERE x.record = s.record) AS scopes,
    s.decided AS "decided:date", s.actor AS actor, s.first AS "from:date",
    s.until AS "until:date", s.lifted AS "lifted:date",
    s.first <= n.date AND coalesce(s.until, '9999') >= n.date
      AND coalesce(s.lifted, '9999') > n.date AS "in_force:flag",
    r.path AS path
  FROM sanction s JOIN record r USING (record) JOIN as_of n
  ORDER BY 12 DESC, coalesce(s.until, '9999'), s.id;
