-- Departments in time, text that can be searched, what changed, checks between reports, the
-- bureau's views. Documents that an earlier version loaded have no paragraphs and are not found by
-- the search until they are read again (`gouji ingest --again`).

-- A department keeps its code through renamings; a name may mean different ones in different years.
DROP TABLE department_names;
ALTER TABLE departments ADD COLUMN level INTEGER NOT NULL DEFAULT 1; -- 1, below it 2 …
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
CREATE INDEX departments_parent ON departments(parent);

ALTER TABLE documents ADD COLUMN department_code TEXT
  REFERENCES departments(code) ON DELETE SET NULL;
ALTER TABLE documents ADD COLUMN read_run_id INTEGER REFERENCES runs(id); -- that read it last
ALTER TABLE documents ADD COLUMN patterns TEXT;                           -- it was read by
ALTER TABLE documents ADD COLUMN grade TEXT;                              -- as stated
ALTER TABLE facts ADD COLUMN unit_power INTEGER; -- value = printed value × 10^unit_power
DROP INDEX checks_document;
CREATE INDEX checks_document ON checks(document_id, rule, outcome);
CREATE INDEX findings_severity ON findings(severity, document_id);
CREATE INDEX documents_department_code ON documents(department_code);

-- The same report, another version: who, when, what, about what.
DROP INDEX documents_identity;
CREATE INDEX documents_identity
  ON documents(coalesce(department_code, department), year, doc_type, subject);

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
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  section_id INTEGER REFERENCES sections(id) ON DELETE SET NULL,
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
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  rule TEXT NOT NULL REFERENCES rules(id),
  passed INTEGER NOT NULL,
  rounding INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  not_checkable INTEGER NOT NULL,
  PRIMARY KEY (document_id, rule)
) WITHOUT ROWID;
INSERT INTO check_totals
  SELECT document_id, rule, SUM(outcome = 'pass'), SUM(outcome = 'rounding'),
    SUM(outcome = 'fail'), SUM(outcome = 'not_checkable')
  FROM checks GROUP BY document_id, rule;

-- Every path that the same bytes came by.
CREATE TABLE files(
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  file TEXT NOT NULL,
  run_id INTEGER REFERENCES runs(id),
  PRIMARY KEY (document_id, file)
) WITHOUT ROWID;
INSERT INTO files SELECT id, file, run_id FROM documents;

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

DROP VIEW yearbook;
DROP VIEW yearbook_documents;

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
  LEFT JOIN yearbook l ON l.department_key = y.department_key AND l.year = y.year - 1;

-- How often each rule passed, failed or could not be checked in a year.
CREATE VIEW rule_totals AS
  SELECT d.year, r.id AS rule, r.title_zh AS title, r.severity,
    SUM(t.passed) AS passed, SUM(t.rounding) AS rounding, SUM(t.failed) AS failed,
    SUM(t.not_checkable) AS not_checkable, COUNT(*) AS documents
  FROM documents d JOIN check_totals t ON t.document_id = d.id JOIN rules r ON r.id = t.rule
  WHERE d.superseded_by IS NULL
  GROUP BY d.year, r.id;

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
