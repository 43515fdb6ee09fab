-- SPDX-License-Identifier: MIT
-- Every question that is put to the catalogue, by name. Columns are named as
-- schema.sql says at the view `card`; :as_of is set on every connection as the
-- temporary view as_of(date).

-- name: record_packed
-- about: ?2
SELECT packed FROM record JOIN front_matter USING (record)
  WHERE kind = ?1 AND id = ?2;
-- name: record_by_number
-- about: ?1
SELECT packed FROM front_matter WHERE record = ?1;
-- name: digest_of
-- about: ?2
SELECT digest FROM record JOIN front_matter USING (record)
  WHERE kind = ?1 AND id = ?2;
-- name: state_of
-- about: ?1
SELECT iif(state = 'library', coalesce(said, state), state) FROM standing
  WHERE id = ?1;
-- What is proven to have come after the as-of date has not come yet.
-- name: received_of
-- about: ?2
SELECT a.received FROM record r JOIN arrival a USING (record), as_of n
  WHERE r.kind = ?1 AND r.id = ?2 AND a.received <= n.date;
-- name: arrival_of
-- about: ?2
SELECT a.received_at AS received, coalesce(a.account, '') AS account,
    CASE WHEN a.landed <= n.date THEN a.landed_at END AS landed
  FROM record r JOIN arrival a USING (record), as_of n
  WHERE r.kind = ?1 AND r.id = ?2 AND a.received <= n.date;
-- name: landed_of
-- about: ?2
SELECT a.landed FROM record r JOIN arrival a USING (record), as_of n
  WHERE r.kind = ?1 AND r.id = ?2 AND a.landed <= n.date;
-- name: claim_others
SELECT DISTINCT r.id FROM claim c JOIN record r USING (record)
  WHERE c.kind = ?1 AND c.value = ?2 AND r.id <> ?3 ORDER BY r.path;
-- name: published_at
SELECT date FROM publication_item WHERE achievement = ?1 ORDER BY date LIMIT 1;

-- name: registered_numbers
SELECT id AS id, registration_no AS no, coalesce(registered, '') AS date
  FROM dossier WHERE registration_no IS NOT NULL ORDER BY id;
-- name: dangling_references
SELECT r.path AS path, f.line AS line, f.column_ AS column,
    f.kind AS kind, f.target AS target
  FROM scope CROSS JOIN reference f USING (record)
    CROSS JOIN record r USING (record)
  WHERE NOT EXISTS (SELECT 1 FROM record t
    WHERE t.kind = f.kind AND t.id = f.target)
  ORDER BY r.path, f.line, f.column_;
-- name: shared_titles
SELECT r.path AS path, c.line AS line, c.column_ AS column,
    c.written AS written, o.path AS other_path, d.line AS other_line
  FROM scope CROSS JOIN claim c USING (record)
    CROSS JOIN record r USING (record)
  JOIN claim d ON d.rowid = (SELECT e.rowid FROM claim e
    JOIN record s USING (record)
    WHERE e.kind = 'title' AND e.value = c.value AND e.record <> c.record
    ORDER BY s.path LIMIT 1)
  JOIN record o ON o.record = d.record
  WHERE c.kind = 'title' ORDER BY r.path;
-- name: diagnostics
SELECT d.path AS path, d.line AS line, d.column_ AS column,
    d.severity AS severity, d.id AS rule, d.message_zh AS message_zh,
    d.message_en AS message_en, d.hint_zh AS hint_zh, d.hint_en AS hint_en,
    d.basis AS basis, coalesce(r.withheld, 0) AS withheld,
    coalesce(a.title, '') AS title
  FROM diagnostic d LEFT JOIN record r ON r.path = d.path
  LEFT JOIN achievement a USING (record)
  ORDER BY d.path, d.line, d.column_, d.id, d.message_zh;

-- name: cards_latest
SELECT * FROM card ORDER BY _entered DESC, id LIMIT CAST(?1 AS INTEGER);
-- name: cards_of_month
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM card WHERE _entered >= ?1 || '-01' AND _entered <= ?1 || '-31'
  ORDER BY _entered DESC, id;
-- name: cards_of_unit
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM card WHERE _record IN
    (SELECT record FROM unit_achievement WHERE unit = ?1)
    AND _entered >= coalesce(?2, '0') AND _entered < coalesce(?3, '9')
  ORDER BY _entered DESC, id LIMIT CAST(coalesce(?4, 1000000) AS INTEGER);
-- name: spans_of_unit
-- around: ?1 listed_under
SELECT substr(entered, 1, CAST(?2 AS INTEGER)) AS span, count(*) AS count
  FROM standing WHERE public AND record IN
    (SELECT record FROM unit_achievement WHERE unit = ?1)
  GROUP BY 1 ORDER BY 1 DESC;
-- name: figures_of_unit
-- around: ?1 listed_under
SELECT coalesce(sum(landmark), 0) AS landmarks,
    coalesce(sum(transfer = 'transferred'), 0) AS transferred
  FROM standing WHERE public AND record IN
    (SELECT record FROM unit_achievement WHERE unit = ?1);
-- name: figures_of_month
-- around: ?1 listed_under
SELECT sum(landmark) AS landmarks, count(DISTINCT unit) AS units,
    sum(transfer = 'transferred') AS transferred
  FROM standing WHERE public AND entered >= ?1 || '-01'
    AND entered <= ?1 || '-31';
-- name: categories_of_month
SELECT c.code AS code, c.zh AS "term:categories", 'categories/' || c.code || '/'
      || substr(?1, 1, 4) || '/' AS href,
    (SELECT count(*) FROM standing s WHERE s.public AND s.category = c.zh
      AND s.entered >= ?1 || '-01' AND s.entered <= ?1 || '-31') AS count
  FROM code c WHERE c.list = 'categories' ORDER BY c.position;
-- name: listed_under
-- What lists an achievement may stand in, as they are called where they are
-- asked for: months, years, units, terms; and nothing, where all are asked for.
WITH mine AS MATERIALIZED (SELECT * FROM standing
    WHERE record = CAST(?1 AS INTEGER))
SELECT substr(entered, 1, 7) AS name FROM mine
  UNION SELECT substr(registered, 1, 7) FROM mine
  UNION SELECT substr(entered, 1, 4) FROM mine
  UNION SELECT substr(registered, 1, 4) FROM mine UNION SELECT ''
  UNION SELECT city FROM mine UNION SELECT county FROM mine
  UNION SELECT transfer FROM mine
  UNION SELECT u.unit FROM mine m JOIN unit_achievement u USING (record)
  UNION SELECT c.code FROM mine m JOIN code c
    ON c.zh IN (m.category, m.highland, m.unit_kind)
    WHERE c.list IN ('categories', 'highlands', 'unit-kinds')
  UNION SELECT substr(i.granted, 1, 7) FROM mine m JOIN ip i USING (record)
  UNION SELECT substr(p.date, 1, 7) FROM mine m JOIN paper p USING (record)
  UNION SELECT substr(t.date, 1, 7) FROM mine m JOIN transfer t USING (record)
  UNION SELECT substr(o.since, 1, 7) FROM mine m JOIN offer o USING (record)
  UNION SELECT substr(o.free_since, 1, 7) FROM mine m
    JOIN offer o USING (record)
  UNION SELECT substr(r.since, 1, 7) FROM mine m
    JOIN researcher_work w USING (record) JOIN researcher r USING (researcher);
-- name: card
-- about: ?1 in standing achievement
SELECT * FROM card WHERE _record = ?1;
-- name: cards_of_city
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM card WHERE _city = ?1 AND _entered >= ?2 AND _entered < ?3
  ORDER BY _entered DESC, id LIMIT CAST(?4 AS INTEGER);
-- name: cards_of_category
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM card WHERE _category =
    (SELECT zh FROM code WHERE list = 'categories' AND code = ?1)
    AND _entered >= ?2 AND _entered < ?3
  ORDER BY _entered DESC, id LIMIT CAST(?4 AS INTEGER);
-- name: cards_of_field
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM card WHERE _highland =
    (SELECT zh FROM code WHERE list = 'highlands' AND code = ?1)
    AND _entered >= ?2 AND _entered < ?3
  ORDER BY _entered DESC, id LIMIT CAST(?4 AS INTEGER);
-- The years or months (?2: how much of a date tells one) that a term has any in,
-- by going from each to the one before in an index, where counting a stretch
-- takes a fraction of what sorting all by its span does.
-- name: spans_of_city
-- around: ?1 listed_under
WITH RECURSIVE mine AS NOT MATERIALIZED (SELECT entered FROM standing
    WHERE public AND city = ?1),
span(span, until) AS (
  SELECT substr(max(entered), 1, CAST(?2 AS INTEGER)), '9' FROM mine
  UNION ALL SELECT (SELECT substr(max(entered), 1, CAST(?2 AS INTEGER))
    FROM mine WHERE entered < span), span FROM span WHERE span IS NOT NULL)
SELECT span AS span, (SELECT count(*) FROM mine WHERE entered >= span
    AND entered < until) AS count
  FROM span WHERE span IS NOT NULL ORDER BY span DESC;
-- name: spans_of_category
-- around: ?1 listed_under
WITH RECURSIVE mine AS NOT MATERIALIZED (SELECT entered FROM standing
    WHERE public AND category =
    (SELECT zh FROM code WHERE list = 'categories' AND code = ?1)),
span(span, until) AS (
  SELECT substr(max(entered), 1, CAST(?2 AS INTEGER)), '9' FROM mine
  UNION ALL SELECT (SELECT substr(max(entered), 1, CAST(?2 AS INTEGER))
    FROM mine WHERE entered < span), span FROM span WHERE span IS NOT NULL)
SELECT span AS span, (SELECT count(*) FROM mine WHERE entered >= span
    AND entered < until) AS count
  FROM span WHERE span IS NOT NULL ORDER BY span DESC;
-- name: spans_of_field
-- around: ?1 listed_under
WITH RECURSIVE mine AS NOT MATERIALIZED (SELECT entered FROM standing
    WHERE public AND highland =
    (SELECT zh FROM code WHERE list = 'highlands' AND code = ?1)),
span(span, until) AS (
  SELECT substr(max(entered), 1, CAST(?2 AS INTEGER)), '9' FROM mine
  UNION ALL SELECT (SELECT substr(max(entered), 1, CAST(?2 AS INTEGER))
    FROM mine WHERE entered < span), span FROM span WHERE span IS NOT NULL)
SELECT span AS span, (SELECT count(*) FROM mine WHERE entered >= span
    AND entered < until) AS count
  FROM span WHERE span IS NOT NULL ORDER BY span DESC;

-- name: months
SELECT substr(entered, 1, 7) AS month, substr(entered, 1, 7) AS "month_:month",
    'achievements/' || replace(substr(entered, 1, 7), '-', '/') || '/' AS href,
    substr(entered, 1, 4) AS year, substr(entered, 1, 7) AS span,
    count(*) AS count
  FROM standing WHERE public AND entered >= coalesce(?1 || '-01-01', '')
    AND entered <= coalesce(?1 || '-12-31', '9')
  GROUP BY 1 ORDER BY 1 DESC;
-- name: months_beside
SELECT substr(day, 1, 7) AS month, substr(day, 1, 7) AS "month_:month",
    'achievements/' || replace(substr(day, 1, 7), '-', '/') || '/' AS href
  FROM (SELECT min(entered) AS day FROM standing
      WHERE public AND entered > ?1 || '-32'
    UNION ALL SELECT ?1
    UNION ALL SELECT max(entered) FROM standing WHERE public AND entered < ?1)
  WHERE day IS NOT NULL ORDER BY day DESC;
-- name: city_terms
SELECT c.code AS code, c.code AS "term:divisions",
    'cities/' || c.code || '/' AS href,
    (SELECT count(*) FROM standing s WHERE s.public AND s.city = c.code)
      AS count
  FROM code c WHERE c.list = 'divisions' AND c.code LIKE '%00'
  ORDER BY c.position;
-- name: county_terms
SELECT c.code AS code, c.code AS "term:divisions",
    'cities/' || c.code || '/' AS href, count(*) AS count
  FROM standing s JOIN code c ON c.list = 'divisions' AND c.code = s.county
  WHERE s.public AND c.code NOT LIKE '%00'
  GROUP BY c.code ORDER BY c.position;
-- name: counties_of_city
-- around: ?1 listed_under
SELECT c.code AS code, c.code AS "term:divisions",
    'cities/' || c.code || '/' AS href, count(*) AS count
  FROM standing s JOIN code c ON c.list = 'divisions' AND c.code = s.county
  WHERE s.public AND c.code NOT LIKE '%00' AND s.city = ?1
  GROUP BY c.code ORDER BY c.position;
-- name: cards_of_county
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM card WHERE _county = ?1 AND _entered >= ?2 AND _entered < ?3
  ORDER BY _entered DESC, id LIMIT CAST(?4 AS INTEGER);
-- name: spans_of_county
-- around: ?1 listed_under
WITH RECURSIVE mine AS NOT MATERIALIZED (SELECT entered FROM standing
    WHERE public AND county = ?1),
span(span, until) AS (
  SELECT substr(max(entered), 1, CAST(?2 AS INTEGER)), '9' FROM mine
  UNION ALL SELECT (SELECT substr(max(entered), 1, CAST(?2 AS INTEGER))
    FROM mine WHERE entered < span), span FROM span WHERE span IS NOT NULL)
SELECT span AS span, (SELECT count(*) FROM mine WHERE entered >= span
    AND entered < until) AS count
  FROM span WHERE span IS NOT NULL ORDER BY span DESC;
-- name: figures_of_city
-- around: ?1 listed_under
SELECT sum(landmark) AS landmarks, count(DISTINCT unit) AS units,
    sum(transfer = 'transferred') AS transferred
  FROM standing WHERE public AND city = ?1;
-- name: figures_of_county
-- around: ?1 listed_under
SELECT sum(landmark) AS landmarks, count(DISTINCT unit) AS units,
    sum(transfer = 'transferred') AS transferred
  FROM standing WHERE public AND county = ?1;
-- name: figures_of_category
-- around: ?1 listed_under
SELECT sum(landmark) AS landmarks, count(DISTINCT unit) AS units,
    sum(transfer = 'transferred') AS transferred
  FROM standing WHERE public AND category = (SELECT zh FROM code
    WHERE list = 'categories' AND code = ?1);
-- name: figures_of_field
-- around: ?1 listed_under
SELECT sum(landmark) AS landmarks, count(DISTINCT unit) AS units,
    sum(transfer = 'transferred') AS transferred
  FROM standing WHERE public AND highland = (SELECT zh FROM code
    WHERE list = 'highlands' AND code = ?1);
-- name: figures_of_kind
-- around: ?1 listed_under
SELECT sum(landmark) AS landmarks, count(DISTINCT unit) AS units,
    sum(transfer = 'transferred') AS transferred
  FROM standing WHERE public AND unit_kind = (SELECT zh FROM code
    WHERE list = 'unit-kinds' AND code = ?1);
-- name: figures_of_transfer
-- around: ?1 listed_under
SELECT sum(landmark) AS landmarks, count(DISTINCT unit) AS units,
    sum(transfer = 'transferred') AS transferred
  FROM standing WHERE public AND transfer = ?1;
-- name: category_terms
SELECT c.code AS code, c.zh AS "term:categories",
    'categories/' || c.code || '/' AS href,
    (SELECT count(*) FROM standing s WHERE s.public AND s.category = c.zh)
      AS count
  FROM code c WHERE c.list = 'categories' ORDER BY c.position;
-- name: field_terms
SELECT c.code AS code, c.zh AS "term:highlands",
    'fields/' || c.code || '/' AS href,
    (SELECT count(*) FROM standing s WHERE s.public AND s.highland = c.zh)
      AS count
  FROM code c WHERE c.list = 'highlands' ORDER BY c.position;
-- name: kind_terms
SELECT c.code AS code, c.zh AS "term:unit-kinds",
    'statistics/kinds/' || c.code || '/' AS href,
    (SELECT count(*) FROM standing s WHERE s.public AND s.unit_kind = c.zh)
      AS count
  FROM code c WHERE c.list = 'unit-kinds' ORDER BY c.position;
-- name: transfer_terms
SELECT c.code AS code, c.code AS "term:transfer-states",
    'statistics/transfer/' || c.code || '/' AS href,
    (SELECT count(*) FROM standing s WHERE s.public AND s.transfer = c.code)
      AS count
  FROM code c WHERE c.list = 'transfer-states' ORDER BY c.position;
-- name: cards_of_kind
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM card WHERE _unit_kind =
    (SELECT zh FROM code WHERE list = 'unit-kinds' AND code = ?1)
    AND _entered >= ?2 AND _entered < ?3
  ORDER BY _entered DESC, id LIMIT CAST(?4 AS INTEGER);
-- name: cards_of_transfer
-- around: ?1 listed_under
-- shows: ?1 listed_under achievement title title_en summary summary_en
SELECT * FROM card WHERE _transfer = ?1 AND _entered >= ?2 AND _entered < ?3
  ORDER BY _entered DESC, id LIMIT CAST(?4 AS INTEGER);
-- name: spans_of_kind
-- around: ?1 listed_under
WITH RECURSIVE mine AS NOT MATERIALIZED (SELECT entered FROM standing
    WHERE public AND unit_kind =
    (SELECT zh FROM code WHERE list = 'unit-kinds' AND code = ?1)),
span(span, until) AS (
  SELECT substr(max(entered), 1, CAST(?2 AS INTEGER)), '9' FROM mine
  UNION ALL SELECT (SELECT substr(max(entered), 1, CAST(?2 AS INTEGER))
    FROM mine WHERE entered < span), span FROM span WHERE span IS NOT NULL)
SELECT span AS span, (SELECT count(*) FROM mine WHERE entered >= span
    AND entered < until) AS count
  FROM span WHERE span IS NOT NULL ORDER BY span DESC;
-- name: spans_of_transfer
-- around: ?1 listed_under
WITH RECURSIVE mine AS NOT MATERIALIZED (SELECT entered FROM standing
    WHERE public AND transfer = ?1),
span(span, until) AS (
  SELECT substr(max(entered), 1, CAST(?2 AS INTEGER)), '9' FROM mine
  UNION ALL SELECT (SELECT substr(max(entered), 1, CAST(?2 AS INTEGER))
    FROM mine WHERE entered < span), span FROM span WHERE span IS NOT NULL)
SELECT span AS span, (SELECT count(*) FROM mine WHERE entered >= span
    AND entered < until) AS count
  FROM span WHERE span IS NOT NULL ORDER BY span DESC;
-- name: statistic_months
-- The last ?1 months, each with what was announced as registered, what entered
-- the library, and what the patents and papers of that are dated.
WITH RECURSIVE m(n, month) AS (
  SELECT 1, substr(date, 1, 7) FROM as_of
  UNION ALL SELECT n + 1, substr(date(month || '-01', '-1 month'), 1, 7)
    FROM m WHERE n < CAST(?1 AS INTEGER))
SELECT m.month AS month, 'achievements/' || replace(m.month, '-', '/') || '/'
      AS entered_href,
    'registry/' || replace(m.month, '-', '/') || '/' AS registered_href,
    (SELECT count(*) FROM standing s WHERE s.public
      AND s.entered >= m.month || '-01' AND s.entered <= m.month || '-31')
      AS entered,
    coalesce(r.count, 0) AS registered, coalesce(p.count, 0) AS patents,
    coalesce(w.count, 0) AS papers,
    'patents/' || replace(m.month, '-', '/') || '/' AS patents_href,
    'papers/' || replace(m.month, '-', '/') || '/' AS papers_href
  FROM m LEFT JOIN list_part r ON r.list = 'registry' AND r.part = m.month
    LEFT JOIN list_part p ON p.list = 'patents' AND p.part = m.month
    LEFT JOIN list_part w ON w.list = 'papers' AND w.part = m.month
  ORDER BY m.month;
-- name: statistic_cities
-- What entered the library by city and quarter, since ?1.
SELECT city AS city, substr(entered, 1, 4) || '-q'
      || ((CAST(substr(entered, 6, 2) AS INTEGER) + 2) / 3) AS quarter,
    count(*) AS count
  FROM standing WHERE public AND city IS NOT NULL AND entered >= ?1
  GROUP BY 1, 2;

-- name: totals
SELECT
  (SELECT count(*) FROM standing WHERE public) AS achievements,
  (SELECT count(*) FROM public_unit) AS units,
  (SELECT count(*) FROM standing WHERE announced) AS registered,
  (SELECT count(*) FROM standing WHERE public AND landmark) AS landmarks,
  (SELECT coalesce(sum(count), 0) FROM list_part WHERE list = 'people')
    AS people,
  (SELECT coalesce(sum(count), 0) FROM list_part WHERE list = 'patents')
    AS patents,
  (SELECT coalesce(sum(count), 0) FROM list_part WHERE list = 'papers')
    AS papers;

-- name: public_achievements
SELECT record AS record, id AS id, entered AS entered FROM standing
  WHERE public ORDER BY record;
-- name: withdrawn_achievements
SELECT s.record AS record, s.id AS id
  FROM standing s JOIN dossier d ON d.record = s.dossier JOIN as_of n
  WHERE s.state = 'withdrawn' AND s.entered <= s.withdrawn
    AND d.secrecy_result = n.passed AND d.secrecy_date <= s.withdrawn
    AND NOT EXISTS (SELECT 1 FROM record r
      WHERE r.record IN (s.record, s.dossier) AND r.withheld)
  ORDER BY s.record;
-- name: withdrawn_achievement
-- about: ?1
SELECT s.id AS id, a.title AS title, a.title_en AS title_en,
    d.withdrawn AS "withdrawn.date:date",
    d.withdrawn_reason AS "withdrawn.reason",
    coalesce(d.withdrawn_kind, 'withdrawn')
      AS "withdrawn.kind:withdrawal-kinds",
    (SELECT w.actor FROM decision w
      WHERE w.record = d.record AND w.kind = 'withdrawn') AS "withdrawn.by"
  FROM standing s JOIN achievement a USING (record)
  JOIN dossier d ON d.record = s.dossier WHERE s.record = ?1;
-- name: related_to
-- around: ?1 related_seen_by
-- Others that have a right, a paper, a project or a keyword in common with ?1
-- (its record), or the unit or the field. Of each no more are looked at than
-- stand nearest in path order, so that it costs as little among many, and few
-- pages change when one more comes. Their cards are asked for one by one: that
-- one has another title is no question to all.
WITH mine AS MATERIALIZED (SELECT record, unit, highland, entered FROM standing
    WHERE record = CAST(?1 AS INTEGER)),
  near (record, kind, weight) AS (
    SELECT o.record, 'right', 8 FROM mine m JOIN ip i USING (record)
      JOIN ip o ON o.no = i.no AND o.record <> i.record
    UNION ALL SELECT o.record, 'right', 8 FROM mine m JOIN paper i
      USING (record) JOIN paper o ON o.doi = i.doi AND o.record <> i.record
    UNION ALL SELECT o.record, 'project', 6 FROM mine m
      JOIN source_project i USING (record) JOIN source_project o
        ON o.project = i.project AND o.record <> i.record
    UNION ALL SELECT s.record, 'word', 4 FROM mine m JOIN keyword k
      USING (record) JOIN standing s ON s.record IN (
        SELECT record FROM (SELECT record FROM keyword WHERE text = k.text
          AND record > k.record ORDER BY record LIMIT 10)
        UNION ALL SELECT record FROM (SELECT record FROM keyword
          WHERE text = k.text AND record < k.record
          ORDER BY record DESC LIMIT 10))
    UNION ALL SELECT s.record, 'unit', 2 FROM mine m
      JOIN standing s ON s.record IN (
        SELECT record FROM (SELECT record FROM standing WHERE public
          AND unit = m.unit AND record > m.record ORDER BY record LIMIT 5)
        UNION ALL SELECT record FROM (SELECT record FROM standing
          WHERE public AND unit = m.unit AND record < m.record
          ORDER BY record DESC LIMIT 5))
    UNION ALL SELECT s.record, 'field', 1 FROM mine m
      JOIN standing s ON s.record IN (SELECT record FROM standing
        WHERE public AND highland = m.highland AND entered <= m.entered
          AND record <> m.record ORDER BY entered DESC, id LIMIT 8)),
  best AS MATERIALIZED (
    SELECT n.record, sum(n.weight) + 2 * (max(n.kind = 'unit') = 0
        AND s.unit = m.unit) + (max(n.kind = 'field') = 0
        AND s.highland IS m.highland AND m.highland IS NOT NULL) AS score,
      max(n.kind = 'right') AS by_right, max(n.kind = 'project') AS by_project,
      s.unit = m.unit AS by_unit, s.highland IS m.highland
        AND m.highland IS NOT NULL AS by_field, s.entered AS entered, s.id AS id
    FROM near n CROSS JOIN standing s USING (record) CROSS JOIN mine m
    WHERE s.public GROUP BY n.record
    ORDER BY 2 DESC, s.entered DESC, s.id LIMIT 6)
SELECT b.record AS record, b.by_right AS "by_right:flag",
    b.by_project AS "by_project:flag", b.by_unit AS "by_unit:flag",
    b.by_field AS "by_field:flag",
    (SELECT group_concat(text, char(31)) FROM (SELECT k.text FROM keyword k
      JOIN keyword o ON o.record = b.record AND o.text = k.text
      WHERE k.record = CAST(?1 AS INTEGER) ORDER BY k.position))
      AS "by_words:texts"
  FROM best b ORDER BY b.score DESC, b.entered DESC, b.id;
-- name: related_seen_by
-- Whom related_to looks at, from the other end: those that see ?1 among theirs.
WITH mine AS MATERIALIZED (SELECT record, unit, highland, entered FROM standing
    WHERE record = CAST(?1 AS INTEGER))
  SELECT o.record AS name FROM mine m JOIN ip i USING (record)
    JOIN ip o ON o.no = i.no
  UNION SELECT o.record FROM mine m JOIN paper i USING (record)
    JOIN paper o ON o.doi = i.doi
  UNION SELECT o.record FROM mine m JOIN source_project i USING (record)
    JOIN source_project o ON o.project = i.project
  UNION SELECT s.record FROM mine m JOIN keyword k USING (record)
    JOIN standing s ON s.record IN (
      SELECT record FROM (SELECT record FROM keyword WHERE text = k.text
        AND record > k.record ORDER BY record LIMIT 10)
      UNION ALL SELECT record FROM (SELECT record FROM keyword
        WHERE text = k.text AND record < k.record
        ORDER BY record DESC LIMIT 10))
  UNION SELECT s.record FROM mine m JOIN standing s ON s.record IN (
      SELECT record FROM (SELECT record FROM standing WHERE public
        AND unit = m.unit AND record > m.record ORDER BY record LIMIT 5)
      UNION ALL SELECT record FROM (SELECT record FROM standing
        WHERE public AND unit = m.unit AND record < m.record
        ORDER BY record DESC LIMIT 5))
  -- Of the same field the eight before one: so it is seen by no more than come
  -- on the days of the eight after it, and on its own.
  UNION SELECT s.record FROM mine m JOIN standing s ON s.public
      AND s.highland = m.highland AND s.entered >= m.entered
      AND s.entered <= coalesce((SELECT entered FROM standing WHERE public
        AND highland = m.highland AND entered > m.entered
        ORDER BY entered LIMIT 1 OFFSET 7), '9999');
-- name: decisions_of
-- about: ?1
SELECT d.date AS "date:date", d.kind AS "kind_:decision-kinds",
    d.actor AS actor, d.note AS note, d.kind AS kind
  FROM decision d JOIN as_of n
  WHERE d.record = ?1 AND d.date <= n.date
  ORDER BY d.date, d.position;
-- name: publications_of
SELECT p.kind AS kind, p.kind AS "kind_:record-kinds", p.title AS title,
    p.href AS href, p.date AS "date:date"
  FROM publication_item p JOIN as_of n
  WHERE p.achievement = ?1 AND p.date <= n.date ORDER BY p.date, p.kind;
-- name: withdrawn_items
SELECT 'achievements/' || s.id || '/' AS href, a.title AS title,
    a.title_en AS title_en, s.withdrawn AS "withdrawn:date"
  FROM publication_item p JOIN standing s ON s.id = p.achievement
  JOIN achievement a ON a.record = s.record
  JOIN dossier d ON d.record = s.dossier JOIN as_of n
  WHERE p.kind = ?1 AND p.id = ?2
    AND s.state = 'withdrawn' AND s.entered <= s.withdrawn
    AND d.secrecy_result = n.passed AND d.secrecy_date <= s.withdrawn
    AND NOT EXISTS (SELECT 1 FROM record r
      WHERE r.record IN (s.record, s.dossier) AND r.withheld)
  ORDER BY p.position;
-- name: unit_links
-- about: ?1 in completing_unit
SELECT c.position AS position, u.id AS id, 'units/' || u.id || '/' AS href,
    u.name_en AS name_en
  FROM completing_unit c JOIN public_unit u ON u.id = c.unit
  WHERE c.record = ?1;

-- name: units
SELECT u.record AS record, u.id AS id, u.name AS name, u.name_en AS name_en,
    u.kind AS kind,
    'units/' || u.id || '/' AS href, u.focus AS focus,
    CASE WHEN u.place IS NOT NULL THEN substr(u.place, 1, 4) || '00' END
      AS "city:divisions", u.place AS place,
    u.platform AS "platform:flag", u.fictional AS "fictional:flag",
    u.submitter AS "submitter:flag", u.kind AS "kind_:unit-kinds",
    (SELECT count(*) FROM standing s WHERE s.public AND s.unit = u.id)
      AS count,
    (SELECT count(*) FROM standing s WHERE s.announced AND s.unit = u.id)
      AS registered_count
  FROM public_unit u
  LEFT JOIN code c ON c.list = 'unit-kinds' AND c.zh = u.kind
  ORDER BY coalesce(c.position, 1000), u.kind, u.id;
-- name: bulletins
SELECT b.record AS record, b.id AS id, 'bulletins/' || b.id || '/' AS href,
    b.title AS title, b.issue AS issue, b.date AS "date:date", b.date AS day,
    b.id AS "month:month", substr(b.id, 1, 4) AS year,
    (SELECT count(*) FROM bulletin_item i JOIN standing s
      ON s.id = i.achievement WHERE i.record = b.record AND s.public) AS count
  FROM bulletin b CROSS JOIN record r USING (record) JOIN as_of n
  WHERE NOT r.withheld AND b.public AND b.date <= n.date
  ORDER BY b.id DESC;
-- name: bulletin_items
-- about: ?1 in bulletin_item
-- Numbered as the printed issue is: by what stands in it.
SELECT row_number() OVER (ORDER BY i.position) AS number, i.progress AS progress,
    i.progress_date AS "progress_date:date", s.record AS record
  FROM bulletin_item i JOIN standing s ON s.id = i.achievement
  WHERE i.record = ?1 AND s.public ORDER BY i.position;
-- name: releases
SELECT p.record AS record, p.id AS id, 'releases/' || p.id || '/' AS href,
    p.title AS title, p.kind AS "kind:release-kinds", p.date AS "date:date",
    p.date AS day, p.place AS place,
    (SELECT count(*) FROM release_item i JOIN standing s
      ON s.id = i.achievement WHERE i.record = p.record AND s.public) AS count
  FROM release p CROSS JOIN record r USING (record)
  LEFT JOIN code c ON c.list = 'release-kinds' AND c.zh = p.kind
  WHERE NOT r.withheld AND (?1 IS NULL OR c.code = ?1)
  ORDER BY p.date DESC, p.id;
-- name: release_kinds
SELECT c.code AS code, 'releases/' || c.code || '/' AS href, count(*) AS count
  FROM code c JOIN release p ON p.kind = c.zh CROSS JOIN record r USING (record)
  WHERE c.list = 'release-kinds' AND NOT r.withheld
  GROUP BY c.code ORDER BY c.position;
-- name: bulletin_cards
SELECT c.*, row_number() OVER (ORDER BY i.position) AS number,
    i.progress AS progress,
    i.progress_date AS "progress_date:date"
  FROM bulletin b JOIN bulletin_item i USING (record)
  JOIN standing s ON s.id = i.achievement JOIN card c ON c._record = s.record
  WHERE b.id = ?1 ORDER BY i.position;
-- name: release_cards
SELECT c.*, i.position AS number, i.note AS note
  FROM release b JOIN release_item i USING (record)
  JOIN standing s ON s.id = i.achievement JOIN card c ON c._record = s.record
  WHERE b.id = ?1 ORDER BY i.position;
-- name: ranking_cards
SELECT c.*, i.rank AS number, i.basis AS basis
  FROM ranking b JOIN ranking_item i USING (record)
  JOIN standing s ON s.id = i.achievement JOIN card c ON c._record = s.record
  WHERE b.id = ?1 ORDER BY i.rank, i.position;
-- name: release_items
-- about: ?1 in release_item
SELECT i.position AS number, i.note AS note, s.record AS record
  FROM release_item i JOIN standing s ON s.id = i.achievement
  WHERE i.record = ?1 AND s.public ORDER BY i.position;
-- name: rankings
SELECT p.record AS record, p.id AS id, 'rankings/' || p.id || '/' AS href,
    p.title AS title, p.id AS year, p.date AS "date:date", p.date AS day,
    (SELECT count(*) FROM ranking_item i JOIN standing s
      ON s.id = i.achievement WHERE i.record = p.record AND s.public) AS count
  FROM ranking p CROSS JOIN record r USING (record) JOIN as_of n
  WHERE NOT r.withheld AND p.date <= n.date ORDER BY p.id DESC;
-- name: ranking_items
-- about: ?1 in ranking_item
SELECT i.rank AS rank, i.basis AS basis, s.record AS record
  FROM ranking_item i JOIN standing s ON s.id = i.achievement
  WHERE i.record = ?1 AND s.public ORDER BY i.rank, i.position;
-- name: ranking_last
-- The ranking before this one that the site shows.
SELECT p.record AS record, p.id AS year, 'rankings/' || p.id || '/' AS href
  FROM ranking p CROSS JOIN record r USING (record) JOIN as_of n
  WHERE NOT r.withheld AND p.date <= n.date AND p.id < ?1
  ORDER BY p.id DESC LIMIT 1;
-- name: ranking_cities
-- Shares of a ranking (?1), and of the one before it (?2, or NULL).
SELECT s.city AS "term:divisions", s.city AS code,
    sum(i.record = ?1) AS count, sum(i.record = ?2) AS before
  FROM ranking_item i JOIN standing s ON s.id = i.achievement
  WHERE i.record IN (?1, ?2) AND s.public AND s.city IS NOT NULL
  GROUP BY s.city ORDER BY sum(i.record = ?1) DESC, s.city;
-- name: ranking_fields
SELECT a.highland AS "term:highlands", c.code AS code,
    'fields/' || c.code || '/' AS href,
    sum(i.record = ?1) AS count, sum(i.record = ?2) AS before
  FROM ranking_item i JOIN standing s ON s.id = i.achievement
  JOIN achievement a ON a.record = s.record
  JOIN code c ON c.list = 'highlands' AND c.zh = a.highland
  WHERE i.record IN (?1, ?2) AND s.public GROUP BY c.code
  ORDER BY sum(i.record = ?1) DESC, c.position;
-- name: ranking_kinds
SELECT u.kind AS "term:unit-kinds",
    sum(i.record = ?1) AS count, sum(i.record = ?2) AS before
  FROM ranking_item i JOIN standing s ON s.id = i.achievement
  JOIN unit u ON u.id = s.unit
  WHERE i.record IN (?1, ?2) AND s.public GROUP BY u.kind
  ORDER BY sum(i.record = ?1) DESC, u.kind;

-- name: pages
SELECT p.record AS record, p.id AS id, p.id || '/' AS href, p.title AS title,
    p.title_en AS title_en,
    p.summary AS summary, p.menu AS "menu:flag"
  FROM page p CROSS JOIN record r USING (record) WHERE NOT r.withheld
  ORDER BY coalesce(p.place_in_menu, 1000), p.id;
-- name: counts_by_kind
SELECT kind AS kind, count(*) AS count FROM record GROUP BY kind ORDER BY kind;
-- name: documents
SELECT code AS code, title AS title, number AS number, date AS "date:date",
    in_force AS "in_force:date", expires AS "expires:date",
    status AS "status:rule-status", issuer AS issuer
  FROM document ORDER BY position;
-- name: rule_differences
SELECT document AS document, zh AS zh, en AS en, article AS article,
    quote AS quote, text_en AS text_en, final AS final,
    final_article AS final_article, final_quote AS final_quote,
    final_en AS final_en, rules AS rules
  FROM rule_difference ORDER BY document, position;
-- name: rule_treatments
SELECT t.code AS "treatment:treatments", count(*) AS count FROM rule r
  JOIN code t ON t.list = 'treatments' AND t.code = r.treatment
  GROUP BY t.code ORDER BY count(*) DESC;
-- name: rules
SELECT * FROM rule_card ORDER BY _position;
-- name: rule
SELECT * FROM rule_card WHERE id = ?1;
-- name: rule_asserts
SELECT id AS id, role AS "role:severities", message_zh AS message_zh,
    message_en AS message_en, hint_zh AS hint_zh, hint_en AS hint_en,
    basis AS see, effective AS "effective:date", expires AS "expires:date"
  FROM rule_assert WHERE rule = ?1 ORDER BY position;
-- name: judged_subjects
SELECT j.rules, k.rules, CASE r.kind WHEN 'achievement' THEN s.public
    WHEN 'bulletin' THEN NOT r.withheld AND coalesce((SELECT b.public
      FROM bulletin b WHERE b.record = r.record), 0)
    ELSE NOT r.withheld END
  FROM judged j JOIN record r USING (record)
  LEFT JOIN standing s ON s.record = j.record
  LEFT JOIN judged k ON k.record = s.dossier
  WHERE r.kind <> 'dossier';
-- name: dossier_of
-- about: ?1
SELECT record FROM dossier WHERE id = ?1;
-- name: unit
-- about: ?1 in unit
SELECT u.id AS id, u.name AS name, u.name_en AS name_en, CASE WHEN u.place IS NOT NULL
      THEN substr(u.place, 1, 4) || '00' END AS "city:divisions",
    CASE WHEN u.place NOT LIKE '%00' THEN u.place END AS "county:divisions",
    (SELECT count(*) FROM standing s WHERE s.announced AND s.unit = u.id)
      AS registered_count
  FROM unit u WHERE u.id = ?1;
-- name: record_number
-- about: ?2
SELECT record FROM record WHERE kind = ?1 AND id = ?2;
-- name: internal_counts
SELECT (SELECT count(*) FROM diagnostic WHERE severity IN ('error', 'fatal'))
    AS errors,
  (SELECT count(*) FROM diagnostic WHERE severity = 'warning') AS warnings,
  (SELECT count(*) FROM diagnostic WHERE severity = 'notice') AS notices,
  (SELECT count(*) FROM record WHERE withheld) AS withheld,
  (SELECT count(*) FROM duty) AS due,
  (SELECT count(*) FROM duty WHERE overdue) AS overdue,
  (SELECT count(*) FROM duty d JOIN as_of n WHERE d.due < n.date
    AND NOT d.overdue) AS not_overdue,
  (SELECT count(*) FROM duty d JOIN as_of n WHERE d.due >= n.date
    AND d.due <= date(n.date, '+' || (SELECT value FROM parameter
      WHERE name = 'soon-days') || ' days')) AS soon;
-- name: due
SELECT d.due AS "date:date", d.id AS rule,
    CASE WHEN d.bare <> d.due THEN d.bare END AS "bare:date",
    d.provisional AS "provisional:flag", d.general AS "general:flag",
    d.binds AS "binds_:bound-parties",
    CAST(julianday(d.due) - julianday(n.date) AS INTEGER) AS days,
    d.overdue AS "overdue:flag",
    d.due < n.date AND NOT d.overdue AS "not_overdue:flag",
    coalesce(r.id, d.path) AS id, coalesce(a.title, p.name, r.id, d.path) AS title,
    s.unit_name AS unit_name, d.message_zh AS message_zh,
    d.message_en AS message_en, d.path AS path, d.line AS line
  FROM duty d JOIN as_of n LEFT JOIN record r ON r.path = d.path
  LEFT JOIN standing s ON s.id = r.id AND r.kind IN ('achievement', 'dossier')
  LEFT JOIN achievement a ON a.record = s.record
  LEFT JOIN project p ON p.record = r.record
  ORDER BY d.due, d.general DESC, id, d.id, d.path, d.line, d.column_,
    d.message_zh, d.number;
-- name: withheld
SELECT path AS path FROM record WHERE withheld ORDER BY path;
-- name: record_numbers
SELECT record AS record, path AS path FROM record ORDER BY record;
-- name: record_path
SELECT path AS path FROM record WHERE record = ?1;
