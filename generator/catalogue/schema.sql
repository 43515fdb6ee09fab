-- SPDX-License-Identifier: MIT
-- The catalogue: everything pages and commands need, as tables that a person
-- can query. It is a cache made from content/, schemas/ and an as-of date:
-- deleting it costs time, never data. Dates are ISO text, so that they compare
-- as text; empty means NULL. `record` is a number of the file: they lie far apart,
-- in path order, so that a new file finds its place between two others.

CREATE TABLE meta (             -- how it was made: commit, as_of, version …
  name TEXT PRIMARY KEY, value TEXT
) WITHOUT ROWID;

CREATE TABLE worked_out (       -- lists, reports, counts that stand: worked_out.h
  what TEXT PRIMARY KEY, day TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE input (            -- what such were made from: tables, columns as bits
  what TEXT, name TEXT, columns INTEGER, PRIMARY KEY (what, name)
) WITHOUT ROWID;

CREATE TABLE code (             -- schemas/codes/*.csv
  list TEXT, code TEXT, position INTEGER, zh TEXT, en TEXT, source TEXT,
  status TEXT, PRIMARY KEY (list, code)
) WITHOUT ROWID;

CREATE TABLE file (             -- of content/ and register/, as it was read
  path TEXT PRIMARY KEY,
  kind INTEGER NOT NULL,        -- enum source_kind
  object BLOB,                  -- git's name of its bytes; NULL: not known
  status INTEGER NOT NULL       -- while that stays, so do they; 0: not known
) WITHOUT ROWID;

CREATE TABLE record (           -- one for each readable file of content/
  record INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, id TEXT NOT NULL, path TEXT NOT NULL,
  withheld INTEGER NOT NULL DEFAULT 0   -- it has errors, or its dossier has
);

CREATE TABLE front_matter (     -- apart, so that scans of records stay short
  record INTEGER PRIMARY KEY,
  digest TEXT,                  -- of what it says, body and all, for reviews
  packed BLOB NOT NULL          -- with marks, for the program
);
-- What it says without what it takes, for who asks for all of them.
CREATE INDEX front_matter_digest ON front_matter (record, digest);

CREATE TABLE achievement (
  record INTEGER PRIMARY KEY, id TEXT, folder TEXT, title TEXT, title_en TEXT,
  summary TEXT, summary_en TEXT, category TEXT, type TEXT, highland TEXT,
  strategic TEXT,
  cluster TEXT, submitter TEXT, submitted TEXT, obtained TEXT,
  obtained_basis TEXT, level TEXT, application_state TEXT, trl INTEGER,
  updated TEXT,
  submitted_line INTEGER,       -- where the file says it; so all columns _line
  benefit TEXT, benefit_from TEXT, benefit_to TEXT, benefit_basis TEXT,
  social_benefit TEXT,          -- benefit: economic, in 万元
  contact TEXT, contact_url TEXT -- the office that enterprises turn to
);
CREATE TABLE source_project (   -- that an achievement came from
  record INTEGER, position INTEGER, project TEXT, name TEXT, no TEXT,
  PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE completing_unit (
  record INTEGER, position INTEGER, name TEXT, unit TEXT, place TEXT,
  role TEXT, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE person (
  record INTEGER, position INTEGER, name TEXT, unit TEXT, role TEXT,
  orcid TEXT, publish TEXT, consent TEXT, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE keyword (
  record INTEGER, position INTEGER, text TEXT, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE ip (
  record INTEGER, position INTEGER, kind TEXT, no TEXT, title TEXT,
  applied TEXT, granted TEXT, state TEXT, core INTEGER,
  PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE paper (
  record INTEGER, position INTEGER, title TEXT, journal TEXT, doi TEXT,
  date TEXT, state TEXT, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE transfer (
  record INTEGER, position INTEGER, date TEXT, kind TEXT, receiver TEXT,
  amount TEXT,                  -- in 万元
  line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;

CREATE TABLE breakthrough (
  record INTEGER, position INTEGER, kind TEXT, PRIMARY KEY (record, position)
) WITHOUT ROWID;

CREATE TABLE dossier (          -- the office's decisions on an achievement
  record INTEGER PRIMARY KEY, id TEXT, received TEXT, registered TEXT,
  registration_no TEXT, registration_office TEXT, secrecy_result TEXT,
  secrecy_date TEXT, rights_result TEXT, rights_date TEXT, entered TEXT,
  library_no TEXT, visited TEXT, confirmed TEXT, landmark INTEGER,
  returned TEXT, resubmitted TEXT, withdrawn TEXT, withdrawn_reason TEXT,
  withdrawn_kind TEXT,
  award_entered TEXT, award_for TEXT, award_line INTEGER,
  excuse_accepted TEXT, licensed TEXT, licensed_to TEXT, licence_decision TEXT,
  listing_no TEXT, listed TEXT, listing_price TEXT, listing_url TEXT,
  listing_outcome TEXT
);
CREATE TABLE evaluation (
  record INTEGER, position INTEGER, date TEXT, kind TEXT, level TEXT,
  line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE follow_up (
  record INTEGER, position INTEGER, date TEXT, kind TEXT, result TEXT,
  line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE support (
  record INTEGER, position INTEGER, kind TEXT, date TEXT, reference TEXT,
  line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE progress (
  record INTEGER, position INTEGER, date TEXT, text TEXT,
  PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE dispute (
  record INTEGER, position INTEGER, raised TEXT, settled TEXT,
  PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE decision (         -- every dated step of a dossier
  record INTEGER, position INTEGER, date TEXT, kind TEXT, actor TEXT,
  note TEXT, line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;

CREATE TABLE unit (
  record INTEGER PRIMARY KEY, id TEXT, name TEXT, name_en TEXT, kind TEXT,
  place TEXT, focus TEXT, platform INTEGER, submitter INTEGER,
  fictional INTEGER
);
CREATE TABLE officer (          -- who may propose what is a unit's
  record INTEGER, position INTEGER, name TEXT, key TEXT, account TEXT,
  PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE bulletin (
  record INTEGER PRIMARY KEY, id TEXT, title TEXT, issue INTEGER, date TEXT,
  public INTEGER
);
CREATE TABLE bulletin_item (
  record INTEGER, position INTEGER, achievement TEXT, progress TEXT,
  progress_date TEXT, line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE release (
  record INTEGER PRIMARY KEY, id TEXT, title TEXT, kind TEXT, quarter TEXT,
  date TEXT, place TEXT
);
CREATE TABLE release_item (
  record INTEGER, position INTEGER, achievement TEXT, note TEXT,
  line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE ranking (
  record INTEGER PRIMARY KEY, id TEXT, title TEXT, date TEXT
);
CREATE TABLE ranking_item (
  record INTEGER, position INTEGER, rank INTEGER, achievement TEXT,
  basis TEXT, line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE project (          -- amounts in 10,000 yuan
  record INTEGER PRIMARY KEY, id TEXT, name TEXT, scheme TEXT, no TEXT,
  class TEXT, batch TEXT, level TEXT, plan TEXT, special TEXT, topic TEXT,
  highland TEXT, strategic TEXT, manufacturing INTEGER, mode TEXT,
  selection TEXT, list_no TEXT, leader TEXT, funds_total REAL,
  funds_enterprise REAL, funds_fiscal REAL, posted TEXT, list_date TEXT,
  proposals_due TEXT,
  secrecy TEXT, secrecy_reviewed TEXT, notice_from TEXT,
  notice_to TEXT, notice_url TEXT, demander TEXT, contract_signed TEXT,
  announced TEXT, starts TEXT, ends TEXT,
  pledge_signed TEXT, race_group TEXT, race_route TEXT, accepted TEXT,
  conclusion TEXT, terminated TEXT, revoked TEXT, pool_entered TEXT,
  pool_status TEXT, award_entered TEXT, award_for TEXT, consortium INTEGER,
  accepted_line INTEGER, pool_line INTEGER, award_line INTEGER
);
CREATE TABLE project_unit (
  record INTEGER, position INTEGER, name TEXT, unit TEXT, place TEXT,
  kind TEXT, role TEXT, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE milestone (        -- of a pledge, a contract or a horse race
  record INTEGER, source TEXT, position INTEGER, due TEXT, goal TEXT, met TEXT,
  checked TEXT, line INTEGER, PRIMARY KEY (record, source, position)
) WITHOUT ROWID;
CREATE TABLE project_change (
  record INTEGER, position INTEGER, date TEXT, kind TEXT, ground TEXT,
  line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE project_follow_up (
  record INTEGER, position INTEGER, date TEXT, actor TEXT, result TEXT,
  line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE performance (      -- evaluations of a project's performance
  record INTEGER, position INTEGER, date TEXT, kind TEXT, actor TEXT,
  result TEXT, line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE page (
  record INTEGER PRIMARY KEY, id TEXT, title TEXT, title_en TEXT,
  summary TEXT, place_in_menu INTEGER, menu INTEGER
);

-- Records of the private folder. They are in a catalogue of their own, in that
-- folder; in the registry's these tables stay empty.
CREATE TABLE expert (
  record INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, pool TEXT,
  left_pool TEXT, invited TEXT, fictional INTEGER
);
CREATE TABLE expert_unit (
  record INTEGER, position INTEGER, name TEXT, unit TEXT, until TEXT,
  PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE rating (           -- of an expert, by the id of the credit record
  record INTEGER, position INTEGER, id TEXT, level TEXT, first TEXT,
  until TEXT, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE credit_event (
  record INTEGER, position INTEGER, id TEXT, date TEXT, kind TEXT,
  PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE panel (
  record INTEGER PRIMARY KEY, id TEXT, title TEXT, purpose TEXT, date TEXT,
  drawn TEXT
);
CREATE TABLE panel_subject (    -- kind: achievement, project
  record INTEGER, kind TEXT, position INTEGER, target TEXT,
  PRIMARY KEY (record, kind, position)
) WITHOUT ROWID;
CREATE TABLE panel_member (
  record INTEGER, position INTEGER, expert TEXT, role TEXT, drawn TEXT,
  committed TEXT, line INTEGER, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE recusal (          -- subject NULL: from all the panel is about
  record INTEGER, position INTEGER, expert TEXT, subject TEXT, ground TEXT,
  declared TEXT, PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE sanction (
  record INTEGER PRIMARY KEY, id TEXT, person TEXT, person_unit TEXT,
  unit TEXT, unit_id TEXT, kind TEXT, ground TEXT, decided TEXT, actor TEXT,
  first TEXT, until TEXT, lifted TEXT, line INTEGER
);
CREATE TABLE sanction_scope (
  record INTEGER, position INTEGER, scope TEXT, PRIMARY KEY (record, position)
) WITHOUT ROWID;

CREATE TABLE reference (        -- that one record names another
  record INTEGER, line INTEGER, column_ INTEGER, kind TEXT, target TEXT
);
CREATE TABLE claim (            -- what must be said once, or together
  record INTEGER, line INTEGER, column_ INTEGER, kind TEXT, value TEXT,
  written TEXT                  -- as the record has it
);
-- What a record's verdict rests on beyond itself: other records, claims, states
-- and files that were asked for, there or not. A key is catalogue_key()'s.
CREATE TABLE dependency (record INTEGER, key INTEGER);
CREATE TABLE diagnostic (
  path TEXT, line INTEGER, column_ INTEGER, severity TEXT, id TEXT,
  message_zh TEXT, message_en TEXT, hint_zh TEXT, hint_en TEXT, basis TEXT,
  due TEXT,                     -- by when something is to be done; only then
  bare TEXT,                    -- the same as counted, before days off moved it
  binds TEXT,                   -- who is to do it: code of bound-parties
  field TEXT,                   -- what says so: obtained.date
  excused INTEGER               -- past that day it is not overdue
);
CREATE TABLE reminder (         -- the same for what is no record's fault, such
  path TEXT, line INTEGER, column_ INTEGER, severity TEXT, id TEXT, -- as the
  message_zh TEXT, message_en TEXT, hint_zh TEXT, hint_en TEXT,   -- day by
  basis TEXT, due TEXT, bare TEXT, binds TEXT, field TEXT,  -- which all hand in
  excused INTEGER
);
-- Everything that is to be done by a day. The day is provisional if it was
-- counted and the holidays of its year are not announced. Past its day it is
-- overdue, unless it is excused: papers were received in time, a duty is waived.
-- Of that a mere notice asks for nothing any more, such as a waived duty or that
-- two years were full.
CREATE VIEW duty AS SELECT *, due > announced AND bare IS NOT NULL
    AS provisional, due < today AND NOT excused AS overdue
  FROM (SELECT rowid AS number, 0 AS general, * FROM diagnostic
      WHERE due IS NOT NULL
    UNION ALL SELECT rowid, 1, * FROM reminder),
    (SELECT value AS announced FROM meta WHERE name = 'announced_until'),
    (SELECT value AS today FROM meta WHERE name = 'as_of')
  WHERE NOT (due < today AND excused AND severity = 'notice');

CREATE TABLE arrival (          -- when a file came to the main branch
  record INTEGER PRIMARY KEY,
  received TEXT, received_at TEXT,      -- by the server's receipts alone
  received_by TEXT,             -- commit: of the one that had it first; landing
  account TEXT,                 -- who pushed that
  landed TEXT, landed_at TEXT,  -- by receipts too
  landing TEXT,                 -- the commit
  stated TEXT, changed TEXT     -- what commits say of themselves: unproven
);

-- Filled by derive.sql from what stands above.
CREATE TABLE standing (         -- where an achievement stands at the as-of date
  record INTEGER PRIMARY KEY, id TEXT UNIQUE, dossier INTEGER, state TEXT,
  said TEXT,                    -- 'published' if a record says so that may be
                                -- withheld: what rules go by
  registered TEXT, registration_no TEXT, entered TEXT, published TEXT,
  landmark INTEGER, unit TEXT, unit_name TEXT, city TEXT, county TEXT,
  withdrawn TEXT, public INTEGER NOT NULL DEFAULT 0,
  announced INTEGER NOT NULL DEFAULT 0, -- may stand in the registry pages
  -- Lists select by these; and show what follows, worked out once for all.
  category TEXT, highland TEXT, unit_kind TEXT,
  transfer TEXT,                -- code of transfer-states
  unit_href TEXT, unit_names TEXT, keywords TEXT,
  unit_name_en TEXT, unit_names_en TEXT -- where the register has them
);

-- Applied achievements that nobody has put to use: since when two and three
-- years were full, as rules P-04 and P-05 found at the as-of date, and the right
-- they are counted from. Whoever is held up by a dispute is not in it.
CREATE TABLE untransferred (
  record INTEGER PRIMARY KEY, kind TEXT, no TEXT, title TEXT, granted TEXT,
  two_years TEXT NOT NULL, three_years TEXT
);

-- Units that have a page.
CREATE VIEW public_unit AS SELECT u.* FROM unit u JOIN record r USING (record)
  WHERE NOT r.withheld;

-- Achievements as lists show them. A column named "a.b:type" becomes field b of
-- map a, made up by its type (a code list, date, flag, join, texts, links); a column
-- whose name begins with _ is for WHERE and ORDER BY alone.
CREATE VIEW card AS SELECT
  s.record AS _record, s.entered AS _entered, s.unit AS _unit, s.city AS _city,
  s.county AS _county,
  s.category AS _category, s.highland AS _highland,
  s.unit_kind AS _unit_kind, s.transfer AS _transfer, s.published AS _published,
  s.id AS id, 'achievements/' || s.id || '/' AS href, a.title AS title,
  a.title_en AS title_en, a.summary AS summary, a.summary_en AS summary_en,
  s.category AS "category:categories", a.type AS "type:types",
  s.unit AS "unit.id", s.unit_name AS "unit.name", s.unit_href AS "unit.href",
  s.unit_name_en AS "unit.name_en",
  s.unit_names AS "units_text:join", s.unit_names_en AS "units_text_en:join",
  s.city AS "city:divisions", s.highland AS "highland:highlands",
  a.strategic AS "strategic:strategic-fields",
  s.entered AS "entered:date", s.registered AS "registered:date",
  s.registration_no AS registration_no,
  s.state AS "state:visibility-states", s.landmark AS "landmark:flag",
  s.keywords AS "keywords:texts"
  FROM standing s JOIN achievement a USING (record)
  WHERE s.public;

-- What the registry announces of an achievement: no more, as it may not be in
-- the library.
CREATE VIEW announcement AS SELECT
  s.registered AS _registered, s.registration_no AS _no,
  s.id AS id, a.title AS title,
  CASE WHEN s.public THEN a.title_en END AS title_en, s.unit AS "unit.id",
  s.unit_name AS "unit.name", s.unit_href AS "unit.href",
  s.unit_name_en AS "unit.name_en",
  s.registration_no AS no, s.registered AS "date:date", s.registered AS day,
  CASE WHEN s.public THEN 'achievements/' || s.id || '/' END AS href
  FROM standing s JOIN achievement a USING (record)
  WHERE s.announced;

-- What lists by day have, with nothing of what they show of it: whoever counts
-- is not concerned where a title has changed.
CREATE VIEW result_day AS SELECT s.entered AS day, s.record AS record
  FROM standing s JOIN achievement a USING (record)
  WHERE s.public AND coalesce(s.highland, a.strategic) IS NOT NULL
    AND coalesce(a.benefit, a.social_benefit) IS NOT NULL;
CREATE VIEW patent_day AS SELECT
  i.granted AS day, i.record AS record, i.position AS position
  FROM ip i JOIN standing s USING (record)
  WHERE s.public
    AND i.granted <= (SELECT value FROM meta WHERE name = 'as_of')
    AND i.kind IN (SELECT zh FROM code WHERE list = 'ip-kinds'
      AND code IN ('invention', 'utility-model', 'design'))
    AND i.state = (SELECT zh FROM code WHERE list = 'ip-states'
      AND code = 'granted');
CREATE VIEW paper_day AS SELECT
  p.date AS day, p.record AS record, p.position AS position
  FROM paper p JOIN standing s USING (record)
  WHERE s.public
    AND p.date <= (SELECT value FROM meta WHERE name = 'as_of')
    AND p.state IN (SELECT zh FROM code WHERE list = 'paper-states'
      AND code IN ('published', 'online'));
CREATE VIEW transfer_day AS SELECT
  t.date AS day, t.record AS record, t.position AS position
  FROM transfer t JOIN standing s USING (record)
  WHERE s.public
    AND t.date <= (SELECT value FROM meta WHERE name = 'as_of');
CREATE VIEW auction_day AS SELECT d.listed AS day, d.record AS record
  FROM dossier d JOIN standing s ON s.id = d.id
  WHERE s.announced
    AND d.listed <= (SELECT value FROM meta WHERE name = 'as_of');

-- Achievements of the library in a field of the layout that say what good they
-- did (M-34).
CREATE VIEW result AS SELECT
  e.day AS _entered, s.id AS id, 'achievements/' || s.id || '/' AS href,
  a.title AS title, a.title_en AS title_en,
  s.unit_name AS "unit.name", s.unit_href AS "unit.href",
  s.unit_name_en AS "unit.name_en",
  s.city AS "city:divisions", s.highland AS "highland:highlands",
  a.strategic AS "strategic:strategic-fields",
  a.benefit AS benefit, a.benefit_from AS "benefit_from:month",
  a.benefit_to AS "benefit_to:month", a.benefit_basis AS benefit_basis,
  a.social_benefit AS social_benefit, s.entered AS "entered:date",
  s.entered AS day, a.summary AS summary,
  (SELECT group_concat(x.name || char(30) || x.href, char(31))
    FROM project_of x WHERE x.record = s.record) AS "projects:links"
  FROM result_day e JOIN standing s USING (record)
    JOIN achievement a USING (record);
-- Projects that achievements came from, with the address of those that have a
-- page.
CREATE VIEW project_of AS SELECT f.record, f.position, f.name, f.no, f.project,
  CASE WHEN q.id IS NOT NULL THEN 'projects/' || q.id || '/' ELSE '' END AS href
  FROM source_project f LEFT JOIN public_project q ON q.id = f.project
  ORDER BY f.record, f.position;

-- Patents that were granted, and papers that appeared, of what is public.
CREATE VIEW public_patent AS SELECT
  e.day AS _day, e.record AS _record, e.position AS _position,
  i.title AS title, i.no AS no, i.kind AS "kind:ip-kinds",
  i.applied AS "applied:date", i.granted AS "granted:date",
  i.core AS "core:flag", a.title AS "achievement.title",
  a.title_en AS "achievement.title_en",
  'achievements/' || s.id || '/' AS href,
  s.unit_name AS "unit.name", s.unit_href AS "unit.href",
  s.unit_name_en AS "unit.name_en"
  FROM patent_day e JOIN ip i USING (record, position)
    JOIN standing s USING (record) JOIN achievement a USING (record);
CREATE VIEW public_paper AS SELECT
  e.day AS _day, e.record AS _record, e.position AS _position,
  p.title AS title, p.journal AS journal, p.doi AS doi,
  'https://doi.org/' || p.doi AS doi_url, p.date AS "date:date",
  p.state AS "state:paper-states", a.title AS "achievement.title",
  a.title_en AS "achievement.title_en",
  'achievements/' || s.id || '/' AS href,
  s.unit_name AS "unit.name", s.unit_href AS "unit.href",
  s.unit_name_en AS "unit.name_en"
  FROM paper_day e JOIN paper p USING (record, position)
    JOIN standing s USING (record) JOIN achievement a USING (record);

-- The achievements of a unit: it is the submitter's, or among those who
-- completed it. Ask for `record IN`: one may be there twice. (UNION would hide
-- the indexes from whoever asks for a unit.)
CREATE VIEW unit_achievement AS
  SELECT unit, record FROM completing_unit
  UNION ALL SELECT unit, record FROM standing WHERE public;

-- What was put to use, and how: of what is public.
CREATE VIEW public_transfer AS SELECT
  e.day AS _day, e.record AS _record, e.position AS _position,
  s.id AS id, 'achievements/' || s.id || '/' AS href, a.title AS title,
  a.title_en AS title_en, t.kind AS "kind:transfer-kinds",
  t.receiver AS receiver, t.amount AS amount, t.date AS "date:date",
  t.date AS day, s.id || '/' || t.date || '/' || t.position AS event,
  s.unit_name AS "unit.name", s.unit_href AS "unit.href",
  s.unit_name_en AS "unit.name_en",
  s.city AS "city:divisions", s.highland AS "highland:highlands",
  a.summary AS summary
  FROM transfer_day e JOIN transfer t USING (record, position)
    JOIN standing s USING (record) JOIN achievement a USING (record);

-- What is offered to enterprises: what nobody has put to use (see untransferred)
-- from the day after two and three years were full. Filled by lists.sql with
-- what the registry announces.
CREATE TABLE offer (
  record INTEGER PRIMARY KEY, since TEXT NOT NULL, free_since TEXT
);
-- Of an achievement that is registered and not in the library, the lists tell
-- what the registry announces, and the days; the right and whom to ask only of
-- those in the library.
CREATE VIEW offer_card AS SELECT
  o.since AS _since, o.free_since AS _free, o.record AS _record,
  s.id AS id, a.title AS title,
  CASE WHEN s.public THEN a.title_en END AS title_en,
  CASE WHEN s.public THEN 'achievements/' || s.id || '/' END AS href,
  s.registration_no AS no, s.unit_name AS "unit.name",
  s.unit_href AS "unit.href", s.unit_name_en AS "unit.name_en",
  CASE WHEN s.public THEN x.kind END AS "right_kind:ip-kinds",
  CASE WHEN s.public THEN x.title END AS right_title,
  CASE WHEN s.public THEN x.no END AS right_no,
  CASE WHEN s.public THEN x.granted END AS "granted:date",
  CASE WHEN s.public THEN s.city END AS "city:divisions",
  CASE WHEN s.public THEN s.highland END AS "highland:highlands",
  CASE WHEN s.public THEN a.summary END AS summary,
  CASE WHEN s.public THEN a.contact END AS contact,
  CASE WHEN s.public THEN a.contact_url END AS contact_url,
  o.since AS "since:date", o.free_since AS "free_since:date",
  s.id || '/' || o.since AS event
  FROM offer o JOIN untransferred x USING (record)
  JOIN standing s USING (record) JOIN achievement a USING (record);

-- What is or was up for sale. The price and how it ended stand on the listing
-- itself, which anybody can see.
CREATE VIEW auction AS SELECT
  e.day AS _day, e.record AS _record, s.id AS id, a.title AS title,
  CASE WHEN s.public THEN a.title_en END AS title_en,
  CASE WHEN s.public THEN 'achievements/' || s.id || '/' END AS href,
  s.unit_name AS "unit.name", s.unit_href AS "unit.href",
  s.unit_name_en AS "unit.name_en",
  d.listing_no AS listing_no, d.listing_url AS listing_url,
  d.listed AS "listed:date", d.listed AS day,
  s.id || '/' || d.listed AS event, d.listing_price AS price,
  coalesce(d.listing_outcome, c.zh) AS "outcome:listing-outcomes",
  CASE WHEN s.public THEN s.city END AS "city:divisions",
  CASE WHEN s.public THEN s.highland END AS "highland:highlands",
  CASE WHEN s.public THEN a.summary END AS summary,
  CASE WHEN s.public THEN a.contact END AS contact,
  CASE WHEN s.public THEN a.contact_url END AS contact_url
  FROM auction_day e JOIN dossier d USING (record)
  JOIN standing s ON s.id = d.id JOIN achievement a ON a.record = s.record
  JOIN code c ON c.list = 'listing-outcomes' AND c.code = 'open';

-- Who is named in full, by consent, on a public achievement. One name is not
-- one person: see lists.sql.
CREATE TABLE researcher (
  researcher INTEGER PRIMARY KEY,       -- as the first mention: see lists.sql
  name TEXT, unit TEXT, orcid TEXT,
  identity TEXT,                -- code of person-identities
  since TEXT,                   -- when the first of the works was entered
  latest INTEGER                -- the record of the last
);
CREATE TABLE researcher_work (
  researcher INTEGER, entered TEXT, record INTEGER,
  PRIMARY KEY (researcher, entered, record)
) WITHOUT ROWID;

CREATE VIEW named_researcher AS SELECT
  r.since AS _since, r.name AS _name, r.researcher AS _researcher,
  r.name AS name,
  r.unit AS "unit.name", u.unit AS "unit.id",
  (SELECT 'units/' || x.id || '/' FROM public_unit x WHERE x.id = u.unit)
    AS "unit.href",
  r.orcid AS orcid, 'https://orcid.org/' || r.orcid AS orcid_url,
  s.highland AS "highland:highlands", r.since AS "since:date",
  (SELECT group_concat(a.title || char(30) || 'achievements/' || a.id || '/',
      char(31))
    FROM researcher_work w JOIN achievement a USING (record)
    WHERE w.researcher = r.researcher) AS "works:links",
  (SELECT count(*) FROM researcher_work w WHERE w.researcher = r.researcher)
    AS count,
  r.identity AS "identity:person-identities"
  FROM researcher r JOIN standing s ON s.record = r.latest
  LEFT JOIN completing_unit u ON u.record = r.latest AND u.name = r.unit
    AND u.position = (SELECT min(v.position) FROM completing_unit v
      WHERE v.record = r.latest AND v.name = r.unit);

-- What the public may know of a project, at the as-of date: a day that lies
-- ahead is none. A project that nobody said may be public has no row.
CREATE TABLE public_project (
  record INTEGER PRIMARY KEY, id TEXT UNIQUE, posted TEXT, notice_from TEXT,
  notice_to TEXT, announced TEXT,
  begun TEXT,                   -- announced, contracted or started
  accepted TEXT, ended TEXT,
  state TEXT,                   -- code of project-states
  listed TEXT                   -- since when on the list of key fields
);

CREATE TABLE workday_span (     -- how many working days after one day, to another
  first TEXT, last TEXT, days INTEGER,
  provisional INTEGER,          -- holidays of that year are not announced yet
  PRIMARY KEY (first, last)
) WITHOUT ROWID;
-- Projects as lists and pages show them. Who takes a project is known with the
-- notice; money is shown where the list that was posted says it.
CREATE VIEW project_card AS SELECT
  q.listed AS _listed, q.posted AS _posted, q.notice_from AS _notice,
  q.announced AS _announced, p.record AS _record,
  q.id AS id, 'projects/' || q.id || '/' AS href, p.name AS title, p.no AS no,
  p.scheme AS "scheme:project-schemes", p.level AS "level:project-levels",
  p.plan AS plan, p.special AS special, p.topic AS topic,
  p.class AS "class:project-classes", p.batch AS batch,
  p.highland AS "highland:highlands",
  p.strategic AS "strategic:strategic-fields",
  p.mode AS "mode:project-modes", p.selection AS "selection:project-selections",
  CASE WHEN q.posted IS NOT NULL THEN p.list_no END AS list_no,
  CASE WHEN q.posted IS NOT NULL THEN p.demander END AS demander,
  q.posted AS "posted:date",
  CASE WHEN q.posted IS NOT NULL THEN p.proposals_due END
    AS "proposals_due:date",
  q.notice_from AS "notice_from:date",
  CASE WHEN q.notice_from IS NOT NULL THEN p.notice_to END AS "notice_to:date",
  CASE WHEN q.notice_from IS NOT NULL THEN p.notice_url END AS notice_url,
  w.days AS workdays, w.provisional AS "provisional:flag",
  q.notice_from IS NOT NULL AND p.notice_to >= (SELECT value FROM meta
    WHERE name = 'as_of') AS "running:flag",
  q.announced AS "announced:date", q.begun AS "begun:date",
  CASE WHEN q.begun IS NOT NULL THEN p.ends END AS "ends:date",
  q.accepted AS "accepted:date",
  CASE WHEN q.accepted IS NOT NULL THEN p.conclusion END
    AS "conclusion:acceptance-conclusions",
  q.ended AS "ended:date", q.state AS "state:project-states",
  CASE WHEN f.code IS NOT NULL
    THEN rtrim(rtrim(CAST(p.funds_total AS TEXT), '0'), '.') END
    AS funds_total,
  CASE WHEN f.code IS NOT NULL
    THEN rtrim(rtrim(CAST(p.funds_enterprise AS TEXT), '0'), '.') END
    AS funds_enterprise,
  CASE WHEN f.code IS NOT NULL
    THEN rtrim(rtrim(CAST(p.funds_fiscal AS TEXT), '0'), '.') END
    AS funds_fiscal,
  u.name AS "unit.name",
  (SELECT 'units/' || x.id || '/' FROM public_unit x WHERE x.id = u.unit)
    AS "unit.href",
  (SELECT group_concat(a.title || char(30) || 'achievements/' || a.id || '/',
      char(31)) FROM source_project o JOIN standing s USING (record)
    JOIN achievement a USING (record) WHERE o.project = q.id AND s.public)
    AS "results:links"
  FROM public_project q JOIN project p USING (record)
  LEFT JOIN workday_span w ON w.first = q.notice_from AND w.last = p.notice_to
  LEFT JOIN code f ON f.list = 'project-modes' AND f.zh = p.mode
    AND f.code IN ('joint-listing', 'open-bid') AND q.posted IS NOT NULL
  LEFT JOIN project_unit u ON u.record = p.record AND u.position = 1
    AND coalesce(q.notice_from, q.begun) IS NOT NULL;

-- The lists of the public site that are split by time: how many rows there are
-- in each of their parts, a month or a year. Filled by lists.sql.
CREATE TABLE list_part (
  list TEXT, part TEXT, count INTEGER NOT NULL, PRIMARY KEY (list, part)
) WITHOUT ROWID;

-- Bulletins, releases and rankings for the public, with what they contain; and
-- those that are public indeed.
CREATE VIEW prepared_item AS
  SELECT 'bulletin' AS kind, p.id, p.title, p.date, i.position, i.achievement,
    'bulletins/' || p.id || '/' AS href, r.withheld
    FROM bulletin_item i JOIN bulletin p USING (record)
    JOIN record r USING (record) WHERE p.public
  UNION ALL
  SELECT 'release', p.id, p.title, p.date, i.position, i.achievement,
    'releases/' || p.id || '/', r.withheld
    FROM release_item i JOIN release p USING (record)
    JOIN record r USING (record)
  UNION ALL
  SELECT 'ranking', p.id, p.title, p.date, i.position, i.achievement,
    'rankings/' || p.id || '/', r.withheld
    FROM ranking_item i JOIN ranking p USING (record)
    JOIN record r USING (record);
CREATE VIEW publication_item AS
  SELECT kind, id, title, date, position, achievement, href FROM prepared_item
  WHERE NOT withheld;

-- The rules and the documents they come from (schemas/rules/).
CREATE TABLE document (
  code TEXT PRIMARY KEY, position INTEGER, title TEXT, number TEXT, date TEXT,
  in_force TEXT, expires TEXT, status TEXT, issuer TEXT
) WITHOUT ROWID;
CREATE TABLE rule (
  id TEXT PRIMARY KEY, position INTEGER, document TEXT, article TEXT, zh TEXT,
  en TEXT, status TEXT, binds TEXT, parameter TEXT, severity TEXT,
  check_kind TEXT, check_also TEXT, treatment TEXT, pages TEXT,
  reason_zh TEXT, reason_en TEXT, quote TEXT
) WITHOUT ROWID;
CREATE TABLE judged (           -- the rules that a record stands under
  record INTEGER PRIMARY KEY,
  rules BLOB NOT NULL,          -- bit n: that at position n
  outcomes BLOB NOT NULL,       -- of all asserts, packed; see tally.c
  turn TEXT                     -- first day on which the verdict may be another;
);                              -- (record 0: of those on the whole registry)
CREATE TABLE assert_count (     -- records in which an assert
  id TEXT PRIMARY KEY,
  applied INTEGER, failed INTEGER,
  early INTEGER, late INTEGER,  -- before it was in force, and after
  absent INTEGER                -- records of that kind which had none
) WITHOUT ROWID;
-- How many stand under a rule: an achievement and its dossier are one.
CREATE TABLE rule_count (
  rule TEXT PRIMARY KEY, records INTEGER NOT NULL, public INTEGER NOT NULL,
  errors INTEGER NOT NULL DEFAULT 0,    -- what it found now, by the worst
  warnings INTEGER NOT NULL DEFAULT 0, notices INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE rule_assert (      -- what the rule files enforce, by rule
  rule TEXT, position INTEGER, id TEXT, role TEXT, message_zh TEXT,
  message_en TEXT, hint_zh TEXT, hint_en TEXT, basis TEXT, effective TEXT,
  expires TEXT, PRIMARY KEY (rule, position)
) WITHOUT ROWID;
CREATE TABLE rule_difference (  -- what a draft says otherwise than its final
  document TEXT, position INTEGER, zh TEXT, en TEXT,
  article TEXT, quote TEXT, text_en TEXT,
  final TEXT, final_article TEXT, final_quote TEXT, final_en TEXT, rules TEXT,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;

-- For the internal site, filled by report.sql. What parameter and round hold
-- is put there first.
CREATE TABLE parameter (        -- the numbers at the head of the rule files
  name TEXT PRIMARY KEY, value TEXT
) WITHOUT ROWID;
CREATE TABLE round (            -- by when the achievements of a month are due
  month TEXT PRIMARY KEY, deadline TEXT
) WITHOUT ROWID;
CREATE TABLE target (           -- what a draft wants to see by 2027
  id TEXT PRIMARY KEY, position INTEGER, zh TEXT, en TEXT, number TEXT,
  article TEXT, by_year TEXT, source TEXT, status TEXT, counted TEXT,
  term TEXT, quote TEXT
) WITHOUT ROWID;
CREATE TABLE finding (          -- diagnostics, by whose records they are about
  number INTEGER PRIMARY KEY,   -- rowid of diagnostic
  rule TEXT NOT NULL, severity TEXT NOT NULL, path TEXT, unit TEXT NOT NULL
);
-- In which ways library items were evaluated.
CREATE VIEW evaluated AS
  SELECT s.record AS record, s.dossier AS dossier, s.entered AS entered,
    s.landmark AS landmark, coalesce(e.peer, 0) AS peer,
    coalesce(e.market, 0) AS market, coalesce(e.third, 0) AS third
  FROM standing s LEFT JOIN (SELECT record,
      max(kind = (SELECT zh FROM code
        WHERE list = 'evaluation-kinds' AND code = 'peer')) AS peer,
      max(kind = (SELECT zh FROM code
        WHERE list = 'evaluation-kinds' AND code = 'market')) AS market,
      max(kind = (SELECT zh FROM code
        WHERE list = 'evaluation-kinds' AND code = 'third-party')) AS third
    FROM evaluation GROUP BY record) e ON e.record = s.dossier
  WHERE s.entered IS NOT NULL;
CREATE TABLE field_use (        -- in how many records of a kind a field stands
  kind TEXT, path TEXT, count INTEGER, PRIMARY KEY (kind, path)
) WITHOUT ROWID;
CREATE TABLE account (          -- of an achievement, for all its events
  record INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, state TEXT,
  public INTEGER, submitter TEXT NOT NULL, submitter_name TEXT,
  city TEXT NOT NULL, kind TEXT NOT NULL
);
CREATE TABLE event (            -- what befell an achievement, one row each
  measure TEXT NOT NULL,        -- code of circular-measures
  position INTEGER,             -- its place among them
  date TEXT NOT NULL,
  record INTEGER NOT NULL,      -- the achievement
  source INTEGER NOT NULL, line INTEGER,  -- the record that says so, and where
  submitter TEXT NOT NULL, city TEXT NOT NULL, kind TEXT NOT NULL
);
CREATE TABLE period (           -- months, quarters and years with events
  id TEXT PRIMARY KEY,          -- 2026-06, 2026-q2, 2026
  kind TEXT NOT NULL,           -- month, quarter, year
  year TEXT NOT NULL, quarter TEXT, first TEXT NOT NULL, last TEXT NOT NULL,
  before TEXT NOT NULL          -- the period before, which may have none
) WITHOUT ROWID;
CREATE TABLE figure (           -- how many events, for whom; none: no row
  period TEXT, dimension TEXT,  -- all, city, kind, submitter
  key TEXT, measure TEXT, count INTEGER NOT NULL,
  PRIMARY KEY (period, dimension, key, measure)
) WITHOUT ROWID;
-- Rules as pages show them; `public` is all that the public site tells.
CREATE VIEW rule_card AS SELECT
  r.position AS _position, r.id AS id, 'rules/' || lower(r.id) || '/' AS href,
  r.document AS document, d.title AS document_title, r.article AS article,
  r.zh AS zh, r.en AS en, r.status AS "status:rule-status",
  r.binds AS "binds_:bound-parties", r.parameter AS parameter,
  r.severity AS "severity:severities", r.check_kind AS "check:check-kinds",
  r.check_also AS check_also, d.number AS document_number,
  r.treatment AS "treatment:treatments", r.pages AS pages,
  r.reason_zh AS reason_zh, r.reason_en AS reason_en,
  r.quote AS article_text, c.records AS records, c.public AS public,
  CASE WHEN EXISTS (SELECT 1 FROM rule_assert a WHERE a.rule = r.id)
    THEN c.public END AS judged,
  c.errors AS errors, c.warnings AS warnings, c.notices AS notices
  FROM rule r LEFT JOIN document d ON d.code = r.document
  LEFT JOIN rule_count c ON c.rule = r.id;
-- Public achievements by the row that the search knows them by: in the order in
-- which they entered the library, so that new ones come last. See lists.sql.
CREATE TABLE search_row (row INTEGER PRIMARY KEY, record INTEGER NOT NULL);
CREATE INDEX search_row_record ON search_row (record);
