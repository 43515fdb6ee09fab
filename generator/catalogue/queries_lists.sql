-- SPDX-License-Identifier: MIT
-- The lists of the public site that are split by time: of each the newest rows,
-- and those of a part; see render/series.h. Columns as in queries.sql.

-- name: parts
SELECT part AS part, part AS "label:month", substr(part, 1, 4) AS year,
    ?2 || replace(part, '-', '/') || '/' AS href, count AS count
  FROM list_part WHERE list = ?1 ORDER BY part DESC;
-- name: list_count
SELECT coalesce(sum(count), 0) FROM list_part WHERE list = ?1;
-- name: parts_beside
SELECT part AS part, part AS "label:month",
    ?2 || replace(part, '-', '/') || '/' AS href
  FROM (SELECT min(part) AS part FROM list_part WHERE list = ?1 AND part > ?3
    UNION ALL SELECT ?3
    UNION ALL SELECT max(part) FROM list_part WHERE list = ?1 AND part < ?3)
  WHERE part IS NOT NULL ORDER BY part DESC;

-- name: registry_newest
SELECT * FROM announcement ORDER BY _registered DESC, _no DESC, id DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: registry_part
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM announcement
  WHERE _registered >= ?1 || '-01' AND _registered <= ?1 || '-31'
  ORDER BY _registered, _no, id;

-- name: results_newest
SELECT * FROM result ORDER BY _entered DESC, id LIMIT CAST(?1 AS INTEGER);
-- name: results_part
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM result
  WHERE _entered >= ?1 || '-01' AND _entered <= ?1 || '-31'
  ORDER BY _entered DESC, id;

-- name: patents_newest
SELECT * FROM public_patent ORDER BY _day DESC, _record DESC, _position DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: patents_part
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM public_patent WHERE _day >= ?1 || '-01' AND _day <= ?1 || '-31'
  ORDER BY _day DESC, _record DESC, _position DESC;
-- name: papers_newest
SELECT * FROM public_paper ORDER BY _day DESC, _record DESC, _position DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: papers_part
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM public_paper WHERE _day >= ?1 || '-01' AND _day <= ?1 || '-31'
  ORDER BY _day DESC, _record DESC, _position DESC;

-- name: use_first_newest
SELECT *, _since AS day FROM offer_card WHERE _since IS NOT NULL
  ORDER BY _since DESC, _record DESC LIMIT CAST(?1 AS INTEGER);
-- name: use_first_part
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT *, _since AS day FROM offer_card
  WHERE _since >= ?1 || '-01' AND _since <= ?1 || '-31'
  ORDER BY _since DESC, _record DESC;
-- name: free_licence_newest
SELECT *, _free AS day FROM offer_card WHERE _free IS NOT NULL
  ORDER BY _free DESC, _record DESC LIMIT CAST(?1 AS INTEGER);
-- name: free_licence_part
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT *, _free AS day FROM offer_card
  WHERE _free >= ?1 || '-01' AND _free <= ?1 || '-31'
  ORDER BY _free DESC, _record DESC;
-- name: auctions_newest
SELECT * FROM auction ORDER BY _day DESC, id DESC LIMIT CAST(?1 AS INTEGER);
-- name: auctions_part
SELECT * FROM auction WHERE _day >= ?1 || '-01' AND _day <= ?1 || '-31'
  ORDER BY _day DESC, id DESC;
-- name: transferred_newest
SELECT * FROM public_transfer ORDER BY _day DESC, _record DESC, _position DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: transferred_part
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM public_transfer WHERE _day >= ?1 || '-01' AND _day <= ?1 || '-31'
  ORDER BY _day DESC, _record DESC, _position DESC;
-- name: transferred_figures
SELECT 'use-first' AS name, 'transfer/use-first/' AS href,
    (SELECT count(*) FROM offer) AS count
  UNION ALL SELECT 'free-licence', 'transfer/free-licence/',
    (SELECT count(*) FROM offer WHERE free_since IS NOT NULL)
  UNION ALL SELECT 'auctions', 'transfer/auctions/',
    (SELECT coalesce(sum(count), 0) FROM list_part WHERE list = 'auctions');
-- name: offer_of
-- about: ?1
SELECT "since:date", "free_since:date" FROM offer_card WHERE _record = ?1;

-- name: people_newest
SELECT * FROM named_researcher ORDER BY _since DESC, _name, _researcher
  LIMIT CAST(?1 AS INTEGER);
-- name: people_part
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM named_researcher
  WHERE _since >= ?1 || '-01' AND _since <= ?1 || '-31'
  ORDER BY _since DESC, _name, _researcher;

-- name: projects_newest
SELECT *, _listed AS day FROM project_card
  WHERE _listed IS NOT NULL
  ORDER BY _listed DESC, id DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: projects_part
SELECT *, _listed AS day FROM project_card
  WHERE _listed >= ?1 || '-01-01' AND _listed <= ?1 || '-12-31'
  ORDER BY _listed DESC, id DESC;

-- name: calls_newest
SELECT *, _posted AS day FROM project_card
  WHERE _posted IS NOT NULL
  ORDER BY _posted DESC, id DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: calls_part
SELECT *, _posted AS day FROM project_card
  WHERE _posted >= ?1 || '-01-01' AND _posted <= ?1 || '-12-31'
  ORDER BY _posted DESC, id DESC;

-- name: notices_newest
SELECT *, _notice AS day FROM project_card
  WHERE _notice IS NOT NULL
  ORDER BY _notice DESC, id DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: notices_part
SELECT *, _notice AS day FROM project_card
  WHERE _notice >= ?1 || '-01-01' AND _notice <= ?1 || '-12-31'
  ORDER BY _notice DESC, id DESC;

-- name: announcements_newest
SELECT *, _announced AS day FROM project_card
  WHERE _announced IS NOT NULL
  ORDER BY _announced DESC, id DESC
  LIMIT CAST(?1 AS INTEGER);
-- name: announcements_part
SELECT *, _announced AS day FROM project_card
  WHERE _announced >= ?1 || '-01-01' AND _announced <= ?1 || '-12-31'
  ORDER BY _announced DESC, id DESC;
-- name: projects_figures
SELECT 'calls' AS name, 'projects/calls/' AS href,
    (SELECT coalesce(sum(count), 0) FROM list_part WHERE list = 'calls')
      AS count
  UNION ALL SELECT 'notices', 'projects/notices/',
    (SELECT coalesce(sum(count), 0) FROM list_part WHERE list = 'notices')
  UNION ALL SELECT 'announcements', 'projects/announcements/',
    (SELECT coalesce(sum(count), 0) FROM list_part
      WHERE list = 'announcements');

-- name: public_projects
SELECT id AS id, 'projects/' || id || '/' AS href,
    coalesce(begun, announced, notice_from, posted) AS day
  FROM public_project ORDER BY record;
-- name: project_card
-- about: ?1 in project public_project
SELECT * FROM project_card WHERE id = ?1;
-- name: project_units
SELECT u.name AS name, u.role AS role, (SELECT 'units/' || x.id || '/'
      FROM public_unit x WHERE x.id = u.unit) AS href
  FROM public_project q JOIN project_unit u USING (record)
  WHERE q.id = ?1 AND coalesce(q.notice_from, q.begun) IS NOT NULL
  ORDER BY u.position;
-- name: project_course
-- about: ?1 in project public_project milestone
SELECT day AS "date:date", step AS step, note AS note,
    conclusion AS "conclusion:acceptance-conclusions", until AS "until:date",
    days AS workdays, provisional AS "provisional:flag",
    running AS "is_running:flag", url AS url
  FROM (SELECT q.posted AS day, 1 AS place, 'posted' AS step,
      p.list_no AS note, NULL AS conclusion, p.proposals_due AS until,
      NULL AS days, 0 AS provisional, 0 AS running, NULL AS url
      FROM public_project q JOIN project p USING (record) WHERE q.id = ?1
    UNION ALL SELECT q.notice_from, 2, 'notice', NULL, NULL, q.notice_to,
      w.days, w.provisional, q.notice_to >= n.date, p.notice_url
      FROM public_project q JOIN project p USING (record) JOIN as_of n
      LEFT JOIN workday_span w ON w.first = q.notice_from
        AND w.last = q.notice_to WHERE q.id = ?1
    UNION ALL SELECT announced, 3, 'announced', NULL, NULL, NULL, NULL, 0, 0,
      NULL FROM public_project WHERE id = ?1
    UNION ALL SELECT begun, 4, 'begun', NULL, NULL, NULL, NULL, 0, 0, NULL
      FROM public_project WHERE id = ?1 AND announced IS NULL
    UNION ALL SELECT m.met, 5, 'milestone', m.goal, NULL, NULL, NULL, 0, 0,
      NULL FROM public_project q JOIN milestone m USING (record) JOIN as_of n
      WHERE q.id = ?1 AND m.source IN ('pledge', 'contract')
        AND m.met <= n.date
    UNION ALL SELECT q.accepted, 6, 'accepted', NULL, p.conclusion, NULL,
      NULL, 0, 0, NULL FROM public_project q JOIN project p USING (record)
      WHERE q.id = ?1
    UNION ALL SELECT ended, 7, 'ended', NULL, NULL, NULL, NULL, 0, 0, NULL
      FROM public_project WHERE id = ?1)
  WHERE day IS NOT NULL ORDER BY day, place, note;
-- name: project_results
SELECT c.* FROM source_project f JOIN card c ON c._record = f.record
  WHERE f.project = ?1 ORDER BY c._entered DESC, c.id;
-- name: projects_of_achievement
-- about: ?1 in source_project
SELECT x.position AS position, x.href AS href FROM project_of x
  WHERE x.record = ?1 AND x.href <> '';
-- name: notice_spans
SELECT DISTINCT notice_from AS first, notice_to AS last FROM project
  WHERE notice_from IS NOT NULL AND notice_to IS NOT NULL;

-- name: search_count
SELECT count(*) FROM search_row;
-- What the search selects by: codes, but the unit by its id, and where it was
-- published as "bulletin,release". In the order of records, not of rows: so each
-- table is read from its beginning to its end.
-- name: search_rows
SELECT w.row AS row, s.id AS id, f.digest AS digest, s.entered AS entered,
    a.title AS title, s.unit AS unit, s.unit_name AS unit_name,
    s.unit_name_en AS unit_name_en, s.unit_names_en AS unit_names_en,
    (SELECT code FROM code WHERE list = 'highlands' AND zh = s.highland)
      AS field,
    s.city AS city,
    (SELECT code FROM code WHERE list = 'categories' AND zh = s.category)
      AS category,
    (SELECT code FROM code WHERE list = 'unit-kinds' AND zh = s.unit_kind)
      AS unit_kind,
    s.transfer AS transfer, s.landmark AS landmark,
    (SELECT group_concat(DISTINCT p.kind) FROM publication_item p JOIN as_of n
      WHERE p.achievement = s.id AND p.date <= n.date) AS publications
  FROM standing s CROSS JOIN achievement a USING (record)
  CROSS JOIN front_matter f INDEXED BY front_matter_digest USING (record)
  CROSS JOIN search_row w INDEXED BY search_row_record USING (record)
  ORDER BY s.record;
-- name: search_records
SELECT w.record AS record, s.landmark AS landmark,
    s.unit_names_en AS unit_names_en
  FROM search_row w CROSS JOIN standing s USING (record)
  WHERE w.row >= CAST(?1 AS INTEGER) AND w.row < CAST(?2 AS INTEGER)
  ORDER BY w.row;
