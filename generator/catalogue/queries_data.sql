-- SPDX-License-Identifier: MIT
-- The tables of the open data (render/open_data.h): nothing but what the public
-- site shows. ?1 is a year, or nothing for all of them; ?2 the address of the
-- site. The columns stand in the order of render/open_data_sets.c. A day that
-- lies after the as-of date has not come. The rows of a year are those whose day
-- begins with it, whatever follows (':' comes after the digits and '-'), so that
-- each row is of one of the years that are listed here.

-- From the last day of a year to that of the one before, as an index has them.
-- name: data_years
WITH RECURSIVE found (year) AS (
    SELECT substr(max(entered), 1, 4) FROM standing WHERE public
    UNION ALL SELECT (SELECT substr(max(s.entered), 1, 4) FROM standing s
      WHERE s.public AND s.entered < f.year)
    FROM found f WHERE f.year IS NOT NULL)
  SELECT year FROM found WHERE year IS NOT NULL ORDER BY 1 DESC;
-- name: data_registration_years
WITH RECURSIVE found (year) AS (
    SELECT substr(max(registered), 1, 4) FROM standing WHERE announced
    UNION ALL SELECT (SELECT substr(max(s.registered), 1, 4) FROM standing s
      WHERE s.announced AND s.registered < f.year)
    FROM found f WHERE f.year IS NOT NULL)
  SELECT year FROM found WHERE year IS NOT NULL ORDER BY 1 DESC;

-- name: data_achievements
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT s.id, ?2 || 'achievements/' || s.id || '/', a.title, a.title_en,
    a.summary, s.category, a.type, replace(s.keywords, char(31), ';'),
    s.highland, a.strategic, a.cluster, a.level, a.trl, a.application_state,
    s.unit, s.unit_name, s.unit_kind, s.city, s.county,
    a.obtained, a.submitted, s.registered, s.registration_no, s.entered,
    s.published, s.state, s.landmark, s.transfer, a.benefit, a.benefit_from,
    a.benefit_to, a.updated
  FROM standing s JOIN achievement a USING (record)
  WHERE s.public AND s.entered >= coalesce(?1, '')
    AND s.entered < coalesce(?1 || ':', ':')
  ORDER BY s.entered, s.id;

-- name: data_achievement_units
-- around: ?1 listed_under
SELECT s.id, c.position, c.name,
    (SELECT u.id FROM public_unit u WHERE u.id = c.unit), c.place, c.role
  FROM standing s CROSS JOIN completing_unit c USING (record)
  WHERE s.public AND s.entered >= coalesce(?1, '')
    AND s.entered < coalesce(?1 || ':', ':')
  ORDER BY s.entered, s.id, c.position;

-- Who has agreed, and no more of the name than agreed to; whoever shows the
-- surname alone is not to be found by the ORCID either.
-- name: data_achievement_people
-- around: ?1 listed_under
SELECT s.id, p.position,
    iif(m.code = 'surname', substr(p.name, 1, 1), p.name), m.code,
    p.unit, p.role, iif(m.code = 'name', p.orcid, NULL)
  FROM standing s CROSS JOIN person p USING (record) JOIN as_of n
  JOIN code m ON m.list = 'publish-modes' AND m.zh = coalesce(p.publish,
    (SELECT zh FROM code WHERE list = 'publish-modes' AND code = 'name'))
  WHERE s.public AND s.entered >= coalesce(?1, '')
    AND s.entered < coalesce(?1 || ':', ':')
    AND p.consent <= n.date AND m.code IN ('name', 'surname')
  ORDER BY s.entered, s.id, p.position;

-- name: data_achievement_projects
-- around: ?1 listed_under
SELECT s.id, f.position, f.name, f.no,
    (SELECT q.id FROM public_project q WHERE q.id = f.project)
  FROM standing s CROSS JOIN source_project f USING (record)
  WHERE s.public AND s.entered >= coalesce(?1, '')
    AND s.entered < coalesce(?1 || ':', ':')
  ORDER BY s.entered, s.id, f.position;

-- name: data_achievement_ip
-- around: ?1 listed_under
SELECT s.id, i.position, i.kind, i.no, i.title, i.applied, i.granted, i.state,
    i.core
  FROM standing s CROSS JOIN ip i USING (record)
  WHERE s.public AND s.entered >= coalesce(?1, '')
    AND s.entered < coalesce(?1 || ':', ':')
  ORDER BY s.entered, s.id, i.position;

-- name: data_achievement_papers
-- around: ?1 listed_under
SELECT s.id, p.position, p.title, p.journal, p.doi, p.date, p.state
  FROM standing s CROSS JOIN paper p USING (record) JOIN as_of n
  WHERE s.public AND s.entered >= coalesce(?1, '')
    AND s.entered < coalesce(?1 || ':', ':')
    AND (p.date IS NULL OR p.date <= n.date)
  ORDER BY s.entered, s.id, p.position;

-- name: data_achievement_transfers
-- around: ?1 listed_under
SELECT s.id, t.position, t.date, t.kind, t.receiver, t.amount
  FROM standing s CROSS JOIN transfer t USING (record) JOIN as_of n
  WHERE s.public AND s.entered >= coalesce(?1, '')
    AND s.entered < coalesce(?1 || ':', ':') AND t.date <= n.date
  ORDER BY s.entered, s.id, t.position;

-- name: data_achievement_publications
SELECT s.id, p.kind, p.id, p.title, p.date, ?2 || p.href
  FROM standing s JOIN publication_item p ON p.achievement = s.id JOIN as_of n
  WHERE s.public AND s.entered >= coalesce(?1, '')
    AND s.entered < coalesce(?1 || ':', ':') AND p.date <= n.date
  GROUP BY s.entered, s.id, p.kind, p.id
  ORDER BY s.entered, s.id, p.kind, p.id;

-- name: data_registrations
-- shows: ?1 listed_under achievement title
SELECT s.registration_no, s.registered, s.id, a.title, s.unit, s.unit_name,
    CASE WHEN s.public THEN ?2 || 'achievements/' || s.id || '/' END
  FROM standing s JOIN achievement a USING (record)
  WHERE s.announced AND s.registered >= coalesce(?1, '')
    AND s.registered < coalesce(?1 || ':', ':')
  ORDER BY s.registered, s.registration_no, s.id;

-- name: data_units
SELECT u.id, ?2 || 'units/' || u.id || '/', u.name, u.name_en, u.kind, u.place,
    u.focus, u.platform, u.submitter, u.fictional,
    (SELECT count(*) FROM standing s WHERE s.public AND s.unit = u.id)
  FROM public_unit u ORDER BY u.id;

-- name: data_projects
SELECT id, ?2 || href, title, no, "scheme:project-schemes",
    "level:project-levels", "class:project-classes", plan, special, topic,
    "highland:highlands", "strategic:strategic-fields", "mode:project-modes",
    "unit.name", "state:project-states", "posted:date", "notice_from:date",
    "notice_to:date", "announced:date", "begun:date", "ends:date",
    "accepted:date", "conclusion:acceptance-conclusions", "ended:date",
    funds_total
  FROM project_card ORDER BY id;

-- name: data_codes
SELECT list, code, position, zh, en, source, status FROM code
  ORDER BY list, position;

-- What OAI-PMH calls a record: it changed when the achievement or what is known
-- of it last did.
-- name: data_oai
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT s.id, max(s.entered, coalesce(s.published, ''),
      iif(a.updated <= n.date, a.updated, '')) AS stamp,
    a.title, a.title_en, a.summary, s.category, s.keywords, s.unit_names,
    s.entered, s.registration_no,
    (SELECT group_concat(p.name, char(31)) FROM (SELECT name FROM person p
      WHERE p.record = s.record AND p.consent <= n.date
        AND (p.publish IS NULL OR p.publish = (SELECT zh FROM code
          WHERE list = 'publish-modes' AND code = 'name'))
      ORDER BY p.position) p) AS people,
    (SELECT group_concat(p.doi, char(31)) FROM (SELECT doi FROM paper p
      WHERE p.record = s.record AND p.doi IS NOT NULL
        AND (p.date IS NULL OR p.date <= n.date)
      ORDER BY p.position) p) AS dois
  FROM standing s JOIN achievement a USING (record) JOIN as_of n
  WHERE s.public AND s.entered >= coalesce(?1, '')
    AND s.entered < coalesce(?1 || ':', ':')
  ORDER BY s.entered, s.id;
