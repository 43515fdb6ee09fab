-- SPDX-License-Identifier: MIT
-- What follows from the records at an as-of date. Run twice: before the rules
-- (which ask for states) and after (when it is known what is withheld). What is
-- worked out anew stands in `scope`: all records, or those that a change reaches.

CREATE INDEX IF NOT EXISTS record_id ON record (kind, id);
CREATE UNIQUE INDEX IF NOT EXISTS record_path ON record (path);
CREATE INDEX IF NOT EXISTS achievement_id ON achievement (id);
CREATE INDEX IF NOT EXISTS dossier_id ON dossier (id);
CREATE INDEX IF NOT EXISTS unit_id ON unit (id);
CREATE INDEX IF NOT EXISTS reference_record ON reference (record);
CREATE INDEX IF NOT EXISTS claim_record ON claim (record);
CREATE INDEX IF NOT EXISTS claim_value ON claim (kind, value, record);
CREATE INDEX IF NOT EXISTS bulletin_achievement ON bulletin_item (achievement);
CREATE INDEX IF NOT EXISTS release_achievement ON release_item (achievement);
CREATE INDEX IF NOT EXISTS ranking_achievement ON ranking_item (achievement);
CREATE INDEX IF NOT EXISTS keyword_text ON keyword (text, record);
CREATE INDEX IF NOT EXISTS ip_no ON ip (no);
CREATE INDEX IF NOT EXISTS paper_doi ON paper (doi);
CREATE INDEX IF NOT EXISTS completing_unit_unit ON completing_unit (unit);

DELETE FROM standing WHERE record IN (SELECT record FROM scope);

-- First appearance in a bulletin, release or ranking that the public can read
-- by then; and in one that it could if nothing were wrong with it.
CREATE TEMP TABLE IF NOT EXISTS appearance (
  achievement TEXT PRIMARY KEY, date TEXT, said TEXT) WITHOUT ROWID;
DELETE FROM temp.appearance;
-- As prepared_item has them, but begun from the achievements.
INSERT INTO temp.appearance
  SELECT achievement, min(date) FILTER (WHERE NOT withheld), min(date) FROM (
    SELECT i.achievement, p.date, p.record
      FROM scope CROSS JOIN achievement a USING (record)
      CROSS JOIN bulletin_item i ON i.achievement = a.id
      CROSS JOIN bulletin p ON p.record = i.record WHERE p.public
    UNION ALL SELECT i.achievement, p.date, p.record
      FROM scope CROSS JOIN achievement a USING (record)
      CROSS JOIN release_item i ON i.achievement = a.id
      CROSS JOIN release p ON p.record = i.record
    UNION ALL SELECT i.achievement, p.date, p.record
      FROM scope CROSS JOIN achievement a USING (record)
      CROSS JOIN ranking_item i ON i.achievement = a.id
      CROSS JOIN ranking p ON p.record = i.record)
    CROSS JOIN record r USING (record)
  WHERE date <= (SELECT date FROM as_of) GROUP BY achievement;

-- A decision of a later day has not been taken yet.
INSERT INTO standing (record, id, dossier, state, said, registered,
    registration_no, entered, published, landmark, unit, unit_name, city,
    county, withdrawn, category, highland, unit_kind, transfer)
  SELECT a.record, a.id, d.record,
    CASE
      WHEN d.withdrawn <= n.date THEN 'withdrawn'
      WHEN EXISTS (SELECT 1 FROM dispute p WHERE p.record = d.record
        AND p.raised <= n.date
        AND (p.settled IS NULL OR p.settled > n.date)) THEN 'disputed'
      WHEN d.returned <= n.date AND (d.resubmitted IS NULL
        OR d.resubmitted > n.date) THEN 'returned'
      WHEN d.entered <= n.date AND x.date IS NOT NULL THEN 'published'
      WHEN d.entered <= n.date THEN 'library'
      WHEN d.registered <= n.date THEN 'registered'
      ELSE 'submitted'
    END,
    CASE WHEN x.said IS NOT NULL THEN 'published' END,
    CASE WHEN d.registered <= n.date THEN d.registered END,
    CASE WHEN d.registered <= n.date THEN d.registration_no END,
    CASE WHEN d.entered <= n.date THEN d.entered END,
    CASE WHEN d.entered <= n.date THEN x.date END,
    coalesce(d.landmark, 0),
    coalesce(c.unit, a.folder), coalesce(c.name, u.name, a.folder),
    CASE WHEN coalesce(c.place, u.place) IS NOT NULL
      THEN substr(coalesce(c.place, u.place), 1, 4) || '00' END,
    coalesce(c.place, u.place),
    CASE WHEN d.withdrawn <= n.date THEN d.withdrawn END,
    a.category, a.highland, u.kind,
    CASE WHEN EXISTS (SELECT 1 FROM transfer t WHERE t.record = a.record
      AND t.date <= n.date) THEN 'transferred' ELSE 'not-transferred' END
  FROM scope o CROSS JOIN achievement a USING (record)
    CROSS JOIN as_of n
    LEFT JOIN dossier d ON d.id = a.id
    LEFT JOIN temp.appearance x ON x.achievement = a.id
    LEFT JOIN completing_unit c ON c.record = a.record AND c.position = 1
    LEFT JOIN unit u ON u.id = coalesce(c.unit, a.folder)
  GROUP BY a.id;

-- Nothing is shown before the office's secrecy review said that it may be, and
-- nothing that is withheld, disputed or returned.
UPDATE standing SET
  public = entered IS NOT NULL AND state IN ('library', 'published'),
  announced = registered IS NOT NULL
    AND state IN ('registered', 'library', 'published')
  WHERE record IN (SELECT record FROM scope)
    AND EXISTS (SELECT 1 FROM dossier d, as_of n
      WHERE d.record = standing.dossier AND d.secrecy_result = n.passed
        AND d.secrecy_date <= n.date)
    AND NOT EXISTS (SELECT 1 FROM record r
      WHERE r.record IN (standing.record, standing.dossier) AND r.withheld);
UPDATE standing SET
  unit_href = (SELECT 'units/' || u.id || '/' FROM public_unit u
    WHERE u.id = standing.unit),
  unit_names = (SELECT group_concat(name, char(31)) FROM completing_unit c
    WHERE c.record = standing.record),
  keywords = (SELECT group_concat(text, char(31)) FROM keyword k
    WHERE k.record = standing.record),
  unit_name_en = (SELECT u.name_en FROM public_unit u
    WHERE u.id = standing.unit),
  unit_names_en = (SELECT iif(count(name_en) > 0,
      group_concat(coalesce(name_en, name), char(31)), NULL)
    FROM (SELECT c.name, (SELECT u.name_en FROM public_unit u
        WHERE u.id = c.unit) AS name_en
      FROM completing_unit c WHERE c.record = standing.record))
  WHERE record IN (SELECT record FROM scope) AND (public OR announced);

-- In the order in which lists show them, so that nothing has to be sorted and
-- the newest are the first met.
CREATE INDEX IF NOT EXISTS standing_entered
  ON standing (entered DESC, id) WHERE public;
CREATE INDEX IF NOT EXISTS standing_city
  ON standing (city, entered DESC, id) WHERE public;
CREATE INDEX IF NOT EXISTS standing_county
  ON standing (county, entered DESC, id) WHERE public;
CREATE INDEX IF NOT EXISTS standing_category
  ON standing (category, entered DESC, id) WHERE public;
CREATE INDEX IF NOT EXISTS standing_highland
  ON standing (highland, entered DESC, id) WHERE public;
CREATE INDEX IF NOT EXISTS standing_unit_kind
  ON standing (unit_kind, entered DESC, id) WHERE public;
CREATE INDEX IF NOT EXISTS standing_transfer
  ON standing (transfer, entered DESC, id) WHERE public;
CREATE INDEX IF NOT EXISTS standing_unit ON standing (unit) WHERE public;
CREATE INDEX IF NOT EXISTS standing_registered
  ON standing (registered, registration_no, id) WHERE announced;
CREATE INDEX IF NOT EXISTS standing_announced ON standing (unit)
  WHERE announced;
CREATE INDEX IF NOT EXISTS standing_withdrawn ON standing (record)
  WHERE state = 'withdrawn';
