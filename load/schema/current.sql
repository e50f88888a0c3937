-- The archive. Plain tables and foreign keys, no functions of ours: any SQLite 3.40 tool reads it.
-- Amounts and all other values are exact decimals as text; `facts_numeric` has them as REAL.
--
-- What the migrations 001.sql, 002.sql … come to, for a new archive: made at once it takes a quarter
-- of the time. A test holds it against them; why something is as it is stands there.

CREATE TABLE runs(
  id INTEGER PRIMARY KEY,
  program TEXT NOT NULL,              -- version of gouji
  patterns TEXT NOT NULL,             -- hash of the pattern files
  started_at TEXT NOT NULL,
  finished_at TEXT,
  loaded INTEGER NOT NULL DEFAULT 0,  -- documents
  failed INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE rules(
  id TEXT PRIMARY KEY,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  severity TEXT NOT NULL,
  implemented INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE documents(
  id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  title TEXT,
  department TEXT,
  year INTEGER,
  doc_type TEXT,
  subject TEXT,
  inferred TEXT,
  pages INTEGER NOT NULL DEFAULT 0,
  ocr_pages INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL CHECK (status IN ('ok', 'failed')),
  error TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  superseded_by INTEGER REFERENCES documents(id) ON DELETE SET NULL,
  ingested_at TEXT NOT NULL,
  document_xml BLOB,                  -- the Document, gzip
  run_id INTEGER REFERENCES runs(id),
  family TEXT,
  producer TEXT,
  numerals_facts INTEGER NOT NULL DEFAULT 0,   -- printed numerals that became facts
  numerals_claimed INTEGER NOT NULL DEFAULT 0, -- that are no figures: dates, numbers of documents …
  numerals_unread INTEGER NOT NULL DEFAULT 0,
  notices INTEGER NOT NULL DEFAULT 0,
  department_code TEXT REFERENCES departments(code) ON DELETE SET NULL,
  read_run_id INTEGER REFERENCES runs(id),     -- that read it last
  patterns TEXT,                               -- it was read by
  grade TEXT                                   -- as stated
);
CREATE INDEX documents_year ON documents(year);
CREATE INDEX documents_superseded ON documents(superseded_by);
CREATE INDEX documents_department_code ON documents(department_code);
CREATE INDEX documents_identity
  ON documents(coalesce(department_code, department), year, doc_type, subject);

-- The PDFs themselves, where `ingest --keep` asked for them.
CREATE TABLE originals(
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  pdf BLOB NOT NULL
);

CREATE TABLE sections(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  parent_id INTEGER REFERENCES sections(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  number TEXT,
  title TEXT,
  level INTEGER NOT NULL,
  page INTEGER NOT NULL,
  code TEXT
);
CREATE INDEX sections_document ON sections(document_id);
CREATE INDEX sections_parent ON sections(parent_id);

CREATE TABLE facts(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,
  concept TEXT,
  label TEXT,
  role TEXT,
  value TEXT NOT NULL,
  value_high TEXT,
  unit TEXT,
  qualifier TEXT NOT NULL,
  decimals INTEGER NOT NULL,
  printed_unit TEXT,
  raw TEXT NOT NULL,
  period TEXT,
  entity TEXT,
  section TEXT,
  page INTEGER NOT NULL,
  x0 REAL, y0 REAL, x1 REAL, y1 REAL,
  source TEXT NOT NULL,
  confidence REAL,
  pattern TEXT,
  section_id INTEGER REFERENCES sections(id)
    ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  unit_power INTEGER                  -- value = printed value × 10^unit_power
);
CREATE INDEX facts_document ON facts(document_id);
CREATE INDEX facts_section ON facts(section_id);
CREATE INDEX facts_concept ON facts(concept, document_id) WHERE concept IS NOT NULL;

CREATE TABLE fact_places(
  fact_id INTEGER NOT NULL REFERENCES facts(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  seq INTEGER NOT NULL,
  page INTEGER NOT NULL,
  x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL,
  PRIMARY KEY (fact_id, seq)
) WITHOUT ROWID;

CREATE TABLE notices(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  page INTEGER NOT NULL,              -- 0: the whole document
  count INTEGER NOT NULL,
  text TEXT
);
CREATE INDEX notices_document ON notices(document_id);

CREATE TABLE findings(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  rule TEXT NOT NULL REFERENCES rules(id),
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'hint')),
  certainty TEXT NOT NULL CHECK (certainty IN ('proven', 'suspected')),
  message TEXT NOT NULL,
  expected TEXT,
  actual TEXT,
  difference TEXT,
  envelope TEXT,
  unit TEXT,
  explanation TEXT,
  status TEXT NOT NULL DEFAULT 'open'
    CHECK (status IN ('open', 'confirmed', 'explained', 'corrected', 'dismissed')),
  fingerprint TEXT NOT NULL,          -- the same finding in a later run or version has the same
  evidence TEXT,
  page INTEGER
);
CREATE INDEX findings_document ON findings(document_id);
CREATE INDEX findings_rule ON findings(rule, document_id);
CREATE INDEX findings_fingerprint ON findings(fingerprint);
CREATE INDEX findings_severity ON findings(severity, document_id);

CREATE TABLE finding_facts(
  finding_id INTEGER NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  fact_id INTEGER NOT NULL REFERENCES facts(id) ON DELETE CASCADE,
  role TEXT,
  PRIMARY KEY (finding_id, seq)
) WITHOUT ROWID;
CREATE INDEX finding_facts_fact ON finding_facts(fact_id);

CREATE TABLE checks(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  rule TEXT NOT NULL REFERENCES rules(id) DEFERRABLE INITIALLY DEFERRED,
  outcome TEXT NOT NULL CHECK (outcome = 'pass' OR outcome = 'not_checkable'
    OR outcome = 'rounding' OR outcome = 'fail'),
  finding_id INTEGER REFERENCES findings(id)
    ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  reason TEXT
);
CREATE INDEX checks_document ON checks(document_id, rule, outcome);
CREATE INDEX checks_finding ON checks(finding_id) WHERE finding_id IS NOT NULL;

CREATE TABLE check_facts(
  check_id INTEGER NOT NULL REFERENCES checks(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  seq INTEGER NOT NULL,
  fact_id INTEGER NOT NULL REFERENCES facts(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  role TEXT,
  PRIMARY KEY (check_id, seq)
) WITHOUT ROWID;
CREATE INDEX check_facts_fact ON check_facts(fact_id);

CREATE TABLE tables(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  page INTEGER NOT NULL,
  last_page INTEGER NOT NULL,
  x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL,
  rows INTEGER NOT NULL,
  columns INTEGER NOT NULL,
  caption TEXT,
  unit TEXT
);
CREATE INDEX tables_document ON tables(document_id);

-- What a reviewer decided; survives every new run and version through the fingerprint.
CREATE TABLE reviews(
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  status TEXT NOT NULL
    CHECK (status IN ('open', 'confirmed', 'explained', 'corrected', 'dismissed')),
  note TEXT,
  reviewer TEXT NOT NULL,
  reviewed_at TEXT NOT NULL
);
CREATE INDEX reviews_fingerprint ON reviews(fingerprint, id);

-- Who ought to submit. A department keeps its code through renamings; a name may mean different
-- ones in different years.
CREATE TABLE departments(
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  parent TEXT REFERENCES departments(code),
  valid_from TEXT,
  valid_to TEXT,
  level INTEGER NOT NULL DEFAULT 1    -- 1, below it 2 …
);
CREATE INDEX departments_parent ON departments(parent);

CREATE TABLE department_names(
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL REFERENCES departments(code) ON DELETE CASCADE,
  name TEXT NOT NULL,
  key TEXT NOT NULL,                  -- the name as it is compared: full width and spaces folded
  kind TEXT NOT NULL CHECK (kind IN ('name', 'alias')),
  valid_from INTEGER,                 -- years; NULL: always
  valid_to INTEGER
);
CREATE INDEX department_names_key ON department_names(key);
CREATE INDEX department_names_code ON department_names(code);

-- What a manifest gave, so that reading again needs no manifest.
CREATE TABLE manifest(
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  department TEXT,
  year INTEGER,
  doc_type TEXT,
  subject TEXT
);

-- Running text and headings, without the tables' cells.
CREATE TABLE paragraphs(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  section_id INTEGER REFERENCES sections(id)
    ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind IN ('heading', 'paragraph')),
  page INTEGER NOT NULL,
  text TEXT NOT NULL,
  sketch INTEGER                      -- hash of its characters without figures; NULL: too short
);
CREATE INDEX paragraphs_sketch ON paragraphs(sketch, document_id) WHERE sketch IS NOT NULL;
CREATE INDEX paragraphs_document ON paragraphs(document_id);
CREATE INDEX paragraphs_section ON paragraphs(section_id);

-- Words of each document, Han characters in pairs; rowid is documents.id.
CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='ascii');
-- Words of a whole transaction become one segment of the index; segments are merged when there are
-- so many of one size.
INSERT INTO search(search, rank) VALUES ('hashsize', 8388608), ('automerge', 16);

-- Names in the labels of tables of reports of unknown type, among them a bureau's summaries.
CREATE TABLE mentions(
  name TEXT NOT NULL,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  PRIMARY KEY (name, document_id)
) WITHOUT ROWID;
CREATE INDEX mentions_document ON mentions(document_id);

-- What a new version or a new reading changed.
CREATE TABLE changes(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  previous_id INTEGER REFERENCES documents(id) ON DELETE CASCADE, -- NULL: the same, read again
  run_id INTEGER REFERENCES runs(id),
  what TEXT NOT NULL CHECK (what IN ('fact', 'finding')),
  change TEXT NOT NULL CHECK (change IN ('added', 'removed', 'changed')),
  label TEXT,                         -- of the fact; the finding's rule
  before TEXT,                        -- as printed; the finding's message
  after TEXT,
  page INTEGER
);
CREATE INDEX changes_document ON changes(document_id);
CREATE INDEX changes_previous ON changes(previous_id);
CREATE INDEX changes_run ON changes(run_id);

-- `checks` counted: what the totals of an archive of many years are made from.
CREATE TABLE check_totals(
  document_id INTEGER NOT NULL REFERENCES documents(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  rule TEXT NOT NULL REFERENCES rules(id) DEFERRABLE INITIALLY DEFERRED,
  passed INTEGER NOT NULL,
  rounding INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  not_checkable INTEGER NOT NULL,
  PRIMARY KEY (document_id, rule)
) WITHOUT ROWID;

-- Every path that the same bytes came by.
CREATE TABLE files(
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  file TEXT NOT NULL,
  run_id INTEGER REFERENCES runs(id),
  PRIMARY KEY (document_id, file)
) WITHOUT ROWID;

-- What the rules between reports compare, from the patterns.
CREATE TABLE rule_parameters(
  rule TEXT NOT NULL REFERENCES rules(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (rule, seq)
) WITHOUT ROWID;

-- The other reports that a finding is about, where a rule compares several.
CREATE TABLE finding_documents(
  finding_id INTEGER NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  PRIMARY KEY (finding_id, document_id)
) WITHOUT ROWID;
CREATE INDEX finding_documents_document ON finding_documents(document_id);

-- Sketches of the text, for what two reports have in common: equal bands make a candidate.
CREATE TABLE shingle_bands(
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  band INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  PRIMARY KEY (document_id, band)
) WITHOUT ROWID;
CREATE INDEX shingle_bands_hash ON shingle_bands(hash, band);

-- From which score a grade is computed; a bureau with other bands changes these rows.
CREATE TABLE grades(
  grade TEXT PRIMARY KEY,
  from_score REAL NOT NULL UNIQUE
);
INSERT INTO grades VALUES ('优', 90), ('良', 80), ('中', 60), ('差', 0);

-- `check_totals` of the reports without a newer version, added up for each year. Triggers keep it,
-- so it is right whoever writes.
CREATE TABLE year_totals(
  year INTEGER NOT NULL,              -- 0: not known
  rule TEXT NOT NULL REFERENCES rules(id),
  passed INTEGER NOT NULL,
  rounding INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  not_checkable INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  PRIMARY KEY (year, rule)
) WITHOUT ROWID;

CREATE TABLE cells(
  id INTEGER NOT NULL,
  table_id INTEGER NOT NULL REFERENCES tables(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  row INTEGER NOT NULL,
  col INTEGER NOT NULL,
  row_span INTEGER NOT NULL,
  col_span INTEGER NOT NULL,
  text TEXT NOT NULL,
  page INTEGER NOT NULL,
  x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL,
  PRIMARY KEY (table_id, id)
) WITHOUT ROWID;

-- Printed numerals that are no facts: claimed by another kind, or unread with the reason.
CREATE TABLE numerals(
  document_id INTEGER NOT NULL REFERENCES documents(id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state = 'claimed' OR state = 'unread'),
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  page INTEGER NOT NULL,
  x0 REAL, y0 REAL, x1 REAL, y1 REAL,
  PRIMARY KEY (document_id, seq)
) WITHOUT ROWID;
CREATE INDEX numerals_unread ON numerals(document_id) WHERE state = 'unread';

CREATE TRIGGER check_totals_added AFTER INSERT ON check_totals BEGIN
  INSERT INTO year_totals
    SELECT coalesce(d.year, 0), NEW.rule, NEW.passed, NEW.rounding, NEW.failed, NEW.not_checkable, 1
    FROM documents d WHERE d.id = NEW.document_id AND d.superseded_by IS NULL
    ON CONFLICT(year, rule) DO UPDATE SET passed = passed + excluded.passed,
      rounding = rounding + excluded.rounding, failed = failed + excluded.failed,
      not_checkable = not_checkable + excluded.not_checkable,
      documents = documents + 1;
END;

CREATE TRIGGER check_totals_removed AFTER DELETE ON check_totals BEGIN
  UPDATE year_totals SET passed = passed - OLD.passed, rounding = rounding - OLD.rounding,
      failed = failed - OLD.failed, not_checkable = not_checkable - OLD.not_checkable,
      documents = documents - 1
    WHERE rule = OLD.rule AND year = (SELECT coalesce(d.year, 0) FROM documents d
      WHERE d.id = OLD.document_id AND d.superseded_by IS NULL);
END;

CREATE TRIGGER check_totals_changed BEFORE UPDATE ON check_totals BEGIN
  SELECT RAISE(ABORT, 'check_totals: delete and insert');
END;

-- A report leaves the totals of its year when a newer version comes, another year is read, or it goes.
CREATE TRIGGER documents_left BEFORE UPDATE OF year, superseded_by ON documents
  WHEN OLD.superseded_by IS NULL
    AND (NEW.superseded_by IS NOT NULL OR NEW.year IS NOT OLD.year) BEGIN
  UPDATE year_totals SET passed = year_totals.passed - t.passed,
      rounding = year_totals.rounding - t.rounding, failed = year_totals.failed - t.failed,
      not_checkable = year_totals.not_checkable - t.not_checkable, documents = documents - 1
    FROM (SELECT * FROM check_totals WHERE document_id = OLD.id) t
    WHERE year_totals.rule = t.rule AND year_totals.year = coalesce(OLD.year, 0);
END;

CREATE TRIGGER documents_gone BEFORE DELETE ON documents WHEN OLD.superseded_by IS NULL BEGIN
  UPDATE year_totals SET passed = year_totals.passed - t.passed,
      rounding = year_totals.rounding - t.rounding, failed = year_totals.failed - t.failed,
      not_checkable = year_totals.not_checkable - t.not_checkable, documents = documents - 1
    FROM (SELECT * FROM check_totals WHERE document_id = OLD.id) t
    WHERE year_totals.rule = t.rule AND year_totals.year = coalesce(OLD.year, 0);
END;

CREATE TRIGGER documents_entered AFTER UPDATE OF year, superseded_by ON documents
  WHEN NEW.superseded_by IS NULL
    AND (OLD.superseded_by IS NOT NULL OR NEW.year IS NOT OLD.year) BEGIN
  INSERT INTO year_totals
    SELECT coalesce(NEW.year, 0), t.rule, t.passed, t.rounding, t.failed, t.not_checkable, 1
    FROM check_totals t WHERE t.document_id = NEW.id
    ON CONFLICT(year, rule) DO UPDATE SET passed = passed + excluded.passed,
      rounding = rounding + excluded.rounding, failed = failed + excluded.failed,
      not_checkable = not_checkable + excluded.not_checkable,
      documents = documents + 1;
END;

-- For sorting and charts only: approximate.
CREATE VIEW facts_numeric AS
  SELECT facts.*, CAST(value AS REAL) AS number, CAST(value_high AS REAL) AS number_high
  FROM facts
  WHERE kind NOT IN ('date', 'ratio');

-- The newest whole-department self-evaluation of each department and year.
CREATE VIEW yearbook_documents AS
  SELECT * FROM documents d
  WHERE status = 'ok' AND doc_type = '整体自评' AND subject IS NULL AND superseded_by IS NULL
    AND year IS NOT NULL AND department IS NOT NULL
    AND NOT EXISTS (
      SELECT 1 FROM documents n
      WHERE coalesce(n.department_code, n.department) = coalesce(d.department_code, d.department)
        AND n.year = d.year AND n.doc_type = '整体自评' AND n.subject IS NULL
        AND n.status = 'ok' AND n.superseded_by IS NULL
        AND (n.version > d.version OR (n.version = d.version AND n.sha256 > d.sha256)));

-- Budget and spending are those that the rate of execution was computed from; without such a rate
-- the largest amount of the concept, for a part is never larger than its whole.
CREATE VIEW yearbook AS
  SELECT y.*, (SELECT g.grade FROM grades g WHERE y.score IS NOT NULL
      AND CAST(y.score AS REAL) >= g.from_score ORDER BY g.from_score DESC LIMIT 1)
    AS grade_computed
  FROM (
  SELECT d.year, d.department, d.id AS document_id,
    coalesce((SELECT f.value FROM checks c
      JOIN check_facts r ON r.check_id = c.id AND r.role = 'rate'
      JOIN facts q ON q.id = r.fact_id AND q.concept = '执行率'
      JOIN check_facts x ON x.check_id = c.id AND x.role = 'denominator'
      JOIN facts f ON f.id = x.fact_id
      WHERE c.document_id = d.id AND c.rule = 'EXE-01' ORDER BY c.id LIMIT 1),
      (SELECT f.value FROM facts f WHERE f.document_id = d.id AND f.concept = '预算数'
      AND f.kind = 'amount' AND f.unit = '元' AND f.qualifier = 'exact' AND f.entity IS NULL
      AND (f.period IS NULL OR f.period = CAST(d.year AS TEXT))
      ORDER BY CAST(f.value AS REAL) DESC, f.id LIMIT 1)) AS budget,
    coalesce((SELECT f.value FROM checks c
      JOIN check_facts r ON r.check_id = c.id AND r.role = 'rate'
      JOIN facts q ON q.id = r.fact_id AND q.concept = '执行率'
      JOIN check_facts x ON x.check_id = c.id AND x.role = 'numerator'
      JOIN facts f ON f.id = x.fact_id
      WHERE c.document_id = d.id AND c.rule = 'EXE-01' ORDER BY c.id LIMIT 1),
      (SELECT f.value FROM facts f WHERE f.document_id = d.id AND f.concept = '执行数'
      AND f.kind = 'amount' AND f.unit = '元' AND f.qualifier = 'exact' AND f.entity IS NULL
      AND (f.period IS NULL OR f.period = CAST(d.year AS TEXT))
      ORDER BY CAST(f.value AS REAL) DESC, f.id LIMIT 1)) AS actual,
    coalesce((SELECT f.value FROM checks c
      JOIN check_facts r ON r.check_id = c.id AND r.role = 'rate'
      JOIN facts q ON q.id = r.fact_id AND q.concept = '执行率'
      JOIN check_facts x ON x.check_id = c.id AND x.role = 'rate'
      JOIN facts f ON f.id = x.fact_id
      WHERE c.document_id = d.id AND c.rule = 'EXE-01' ORDER BY c.id LIMIT 1),
      (SELECT f.value FROM facts f WHERE f.document_id = d.id AND f.concept = '执行率'
      AND f.kind = 'percent' AND f.entity IS NULL
      AND (f.period IS NULL OR f.period = CAST(d.year AS TEXT)) ORDER BY f.id LIMIT 1))
      AS execution_rate,
    (SELECT f.value FROM facts f WHERE f.document_id = d.id AND f.concept = '自评总分'
      AND f.kind = 'score' AND f.qualifier = 'exact' AND f.entity IS NULL
      ORDER BY f.role IS 'total' DESC, f.id LIMIT 1) AS score,
    d.grade,
    (SELECT f.value FROM facts f WHERE f.document_id = d.id AND f.concept = '满意度'
      AND f.kind = 'percent' AND f.entity IS NULL ORDER BY f.id LIMIT 1) AS satisfaction,
    (SELECT COUNT(*) FROM findings x WHERE x.document_id = d.id AND x.severity = 'error'
      AND x.status <> 'dismissed') AS errors,
    (SELECT COUNT(*) FROM findings x WHERE x.document_id = d.id AND x.severity = 'warning'
      AND x.status <> 'dismissed') AS warnings,
    (SELECT COUNT(*) FROM findings x WHERE x.document_id = d.id AND x.severity = 'hint'
      AND x.status <> 'dismissed') AS hints,
    (SELECT coalesce(SUM(c.not_checkable), 0) FROM check_totals c WHERE c.document_id = d.id)
      AS not_checkable,
    d.department_code, coalesce(d.department_code, d.department) AS department_key, d.file
  FROM yearbook_documents d) y;

-- Departments of a year by their scores; equal scores share a rank.
CREATE VIEW ranking AS
  SELECT year, RANK() OVER (PARTITION BY year ORDER BY CAST(score AS REAL) DESC) AS rank,
    department, score, grade, grade_computed, execution_rate, errors, warnings, hints,
    not_checkable, document_id
  FROM yearbook WHERE score IS NOT NULL;

-- Names in reports that the registry does not know.
CREATE VIEW unknown_departments AS
  SELECT department, COUNT(*) AS documents, MIN(year) AS first_year, MAX(year) AS last_year
  FROM documents
  WHERE department IS NOT NULL AND department_code IS NULL AND status = 'ok'
  GROUP BY department;

-- How often each rule passed, failed or could not be checked in a year.
CREATE VIEW rule_totals AS
  SELECT nullif(t.year, 0) AS year, r.id AS rule, r.title_zh AS title, r.severity,
    t.passed, t.rounding, t.failed, t.not_checkable, t.documents
  FROM year_totals t JOIN rules r ON r.id = t.rule
  WHERE t.documents > 0;

-- Each department's figures beside those of the year before.
CREATE VIEW year_on_year AS
  SELECT y.year, y.department, y.department_key,
    y.budget, l.budget AS budget_before,
    y.actual, l.actual AS actual_before,
    round(100.0 * (CAST(y.actual AS REAL) - CAST(l.actual AS REAL))
      / nullif(CAST(l.actual AS REAL), 0), 2) AS actual_change,
    y.execution_rate, l.execution_rate AS execution_rate_before,
    y.score, l.score AS score_before, y.grade, l.grade AS grade_before,
    y.errors, l.errors AS errors_before,
    y.document_id, l.document_id AS document_id_before
  FROM yearbook y
  LEFT JOIN yearbook l ON l.document_id = (SELECT p.id FROM documents p
    WHERE coalesce(p.department_code, p.department) = y.department_key AND p.year = y.year - 1
      AND p.doc_type = '整体自评' AND p.subject IS NULL AND p.status = 'ok'
      AND p.superseded_by IS NULL
    ORDER BY p.version DESC, p.sha256 DESC LIMIT 1);
