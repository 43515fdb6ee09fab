-- SPDX-License-Identifier: MIT
-- What the lists of the public site need that is known once all states are.
-- Run after derive.sql, when pages are made; what a former run left is emptied.

DELETE FROM researcher_work;
DELETE FROM researcher;
DELETE FROM offer;
DELETE FROM public_project;
DELETE FROM list_part;
DELETE FROM search_row;
DELETE FROM workday_span WHERE NOT EXISTS (SELECT 1 FROM project p
  WHERE p.notice_from = first AND p.notice_to = last);

-- People. Only who agreed to be named in full, and only on what is public.
-- An ORCID with a name is one person. Without it, name and unit are taken for
-- one person unless something says that there are several: the same name and
-- unit twice in one achievement, or with an ORCID elsewhere. Then every mention
-- stands for itself.
CREATE TEMP TABLE mention (
  mention INTEGER PRIMARY KEY, record INTEGER, name TEXT, unit TEXT,
  orcid TEXT, entered TEXT);
-- A number of 32 bits and a place below 2^31 in one of 63: however many people
-- a stranger's record names, no two mentions have one number.
INSERT INTO mention
  SELECT s.record * 2147483648 + p.position, s.record, p.name, coalesce(p.unit, ''),
    p.orcid, s.entered
  FROM standing s CROSS JOIN person p USING (record) JOIN as_of n
  WHERE s.public AND p.consent <= n.date AND (p.publish IS NULL OR p.publish =
    (SELECT zh FROM code WHERE list = 'publish-modes' AND code = 'name'));
CREATE TEMP TABLE namesake (name TEXT, unit TEXT, PRIMARY KEY (name, unit))
  WITHOUT ROWID;
INSERT INTO namesake SELECT name, unit FROM mention GROUP BY name, unit
  HAVING unit = '' OR count(orcid) > 0 OR count(*) > count(DISTINCT record);
-- A person is numbered as the first mention is.
CREATE TEMP TABLE told_apart AS
  SELECT min(mention) OVER (PARTITION BY orcid, name,
      CASE WHEN orcid IS NULL THEN unit END, CASE WHEN apart THEN mention END)
      AS researcher, mention, record, name, unit, orcid, entered, apart
  FROM (SELECT m.*, m.orcid IS NULL AND k.name IS NOT NULL AS apart
    FROM mention m LEFT JOIN namesake k USING (name, unit));
INSERT INTO researcher_work
  SELECT DISTINCT researcher, entered, record FROM told_apart;
-- Name and unit as the last of the works has them.
INSERT INTO researcher (researcher, name, unit, orcid, identity, since, latest)
  SELECT m.researcher, m.name, nullif(m.unit, ''), m.orcid,
    CASE WHEN m.orcid IS NOT NULL THEN 'orcid' WHEN m.apart THEN 'apart'
      ELSE 'name-unit' END,
    (SELECT w.entered FROM researcher_work w
      WHERE w.researcher = m.researcher ORDER BY w.entered LIMIT 1), m.record
  FROM (SELECT researcher, name, unit, orcid, record, apart,
      max(entered || printf('%010d', record)) FROM told_apart
      GROUP BY researcher) m;
DROP TABLE told_apart;
DROP TABLE namesake;
DROP TABLE mention;
CREATE INDEX IF NOT EXISTS researcher_work_record
  ON researcher_work (record);
CREATE INDEX IF NOT EXISTS researcher_since ON researcher (since DESC, name, researcher);

-- Rights and papers, by the day from which they count.
CREATE INDEX IF NOT EXISTS ip_granted ON ip (granted, record, position);
CREATE INDEX IF NOT EXISTS paper_date ON paper (date, record, position);
CREATE INDEX IF NOT EXISTS source_project_project ON source_project (project);

-- Transfers, and what is offered: on the lists from the day after (P-04, P-05).
CREATE INDEX IF NOT EXISTS transfer_date ON transfer (date, record, position);
CREATE INDEX IF NOT EXISTS dossier_listed ON dossier (listed, id) WHERE listed IS NOT NULL;
INSERT INTO offer
  SELECT record, date(two_years, '+1 day'), date(three_years, '+1 day')
  FROM untransferred CROSS JOIN standing USING (record)
  WHERE announced AND two_years IS NOT NULL;
CREATE INDEX IF NOT EXISTS offer_since ON offer (since, record);
CREATE INDEX IF NOT EXISTS offer_free ON offer (free_since, record)
  WHERE free_since IS NOT NULL;

-- Projects. Nothing of one that has not been cleared (M-07).
INSERT INTO public_project
  SELECT record, id, posted, notice_from, notice_to, announced, begun,
    accepted, ended,
    CASE WHEN ended IS NOT NULL THEN 'ended'
      WHEN accepted IS NOT NULL THEN 'accepted'
      WHEN begun IS NOT NULL THEN 'under-way'
      WHEN notice_from IS NOT NULL THEN CASE WHEN notice_to < today
        THEN 'notice-over' ELSE 'notice' END
      ELSE 'posted' END,
    CASE WHEN key_field THEN begun END
  FROM (SELECT p.record, p.id, n.date AS today, p.notice_to,
      CASE WHEN coalesce(p.posted, p.list_date) <= n.date
        THEN coalesce(p.posted, p.list_date) END AS posted,
      CASE WHEN p.notice_from <= n.date THEN p.notice_from END AS notice_from,
      CASE WHEN p.announced <= n.date THEN p.announced END AS announced,
      CASE WHEN coalesce(p.announced, p.contract_signed, p.starts) <= n.date
        THEN coalesce(p.announced, p.contract_signed, p.starts) END AS begun,
      CASE WHEN p.accepted <= n.date THEN p.accepted END AS accepted,
      CASE WHEN coalesce(p.terminated, p.revoked) <= n.date
        THEN coalesce(p.terminated, p.revoked) END AS ended,
      coalesce(p.highland, p.strategic) IS NOT NULL
        AND p.scheme = (SELECT zh FROM code
          WHERE list = 'project-schemes' AND code = 'zhejiang') AS key_field
    FROM project p JOIN record r USING (record) JOIN as_of n
    WHERE NOT r.withheld AND p.secrecy_reviewed <= n.date
      AND p.secrecy IN (SELECT zh FROM code
        WHERE list = 'secrecy-levels' AND code = 'open'))
  WHERE coalesce(posted, notice_from, begun) IS NOT NULL;
CREATE INDEX IF NOT EXISTS public_project_listed ON public_project (listed, id)
  WHERE listed IS NOT NULL;
CREATE INDEX IF NOT EXISTS public_project_posted ON public_project (posted, id)
  WHERE posted IS NOT NULL;
CREATE INDEX IF NOT EXISTS public_project_notice ON public_project (notice_from, id)
  WHERE notice_from IS NOT NULL;
CREATE INDEX IF NOT EXISTS public_project_announced ON public_project (announced, id)
  WHERE announced IS NOT NULL;

INSERT INTO list_part
  SELECT 'registry', substr(registered, 1, 7), count(*)
    FROM standing WHERE announced GROUP BY 2
  UNION ALL SELECT 'results', substr(day, 1, 7), count(*)
    FROM result_day GROUP BY 2
  UNION ALL SELECT 'people', substr(since, 1, 7), count(*)
    FROM researcher GROUP BY 2
  UNION ALL SELECT 'patents', substr(day, 1, 7), count(*)
    FROM patent_day GROUP BY 2
  UNION ALL SELECT 'papers', substr(day, 1, 7), count(*)
    FROM paper_day GROUP BY 2
  UNION ALL SELECT 'transferred', substr(day, 1, 7), count(*)
    FROM transfer_day GROUP BY 2
  UNION ALL SELECT 'use-first', substr(since, 1, 7), count(*)
    FROM offer GROUP BY 2
  UNION ALL SELECT 'free-licence', substr(free_since, 1, 7), count(*)
    FROM offer WHERE free_since IS NOT NULL GROUP BY 2
  UNION ALL SELECT 'auctions', substr(day, 1, 7), count(*)
    FROM auction_day GROUP BY 2
  UNION ALL SELECT 'projects', substr(listed, 1, 4), count(*)
    FROM public_project WHERE listed IS NOT NULL GROUP BY 2
  UNION ALL SELECT 'calls', substr(posted, 1, 4), count(*)
    FROM public_project WHERE posted IS NOT NULL GROUP BY 2
  UNION ALL SELECT 'notices', substr(notice_from, 1, 4), count(*)
    FROM public_project WHERE notice_from IS NOT NULL GROUP BY 2
  UNION ALL SELECT 'announcements', substr(announced, 1, 4), count(*)
    FROM public_project WHERE announced IS NOT NULL GROUP BY 2;

INSERT INTO search_row
  SELECT row_number() OVER (ORDER BY entered, id) - 1, record
  FROM standing WHERE public;
