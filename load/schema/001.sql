-- The archive. Plain tables and foreign keys, no functions of ours: any SQLite 3.40 tool reads it.
-- Amounts and all other values are exact decimals as text; `facts_numeric` has them as REAL.

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
  notices INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX documents_identity ON documents(department, year, doc_type, subject);
CREATE INDEX documents_year ON documents(year);
CREATE INDEX documents_superseded ON documents(superseded_by);

-- The PDFs themselves, where `ingest --keep` asked for them.
CREATE TABLE originals(
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  pdf BLOB NOT NULL
);

CREATE TABLE sections(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  parent_id INTEGER REFERENCES sections(id) ON DELETE CASCADE,
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
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
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
  section_id INTEGER REFERENCES sections(id) ON DELETE SET NULL
);
CREATE INDEX facts_document ON facts(document_id);
CREATE INDEX facts_concept ON facts(concept, document_id);
CREATE INDEX facts_section ON facts(section_id);

CREATE TABLE fact_places(
  fact_id INTEGER NOT NULL REFERENCES facts(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  page INTEGER NOT NULL,
  x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL,
  PRIMARY KEY (fact_id, seq)
) WITHOUT ROWID;

-- Printed numerals that are no facts: claimed by another kind, or unread with the reason.
CREATE TABLE numerals(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('claimed', 'unread')),
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  page INTEGER NOT NULL,
  x0 REAL, y0 REAL, x1 REAL, y1 REAL
);
CREATE INDEX numerals_document ON numerals(document_id, state);

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
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  rule TEXT NOT NULL REFERENCES rules(id),
  outcome TEXT NOT NULL CHECK (outcome IN ('pass', 'rounding', 'fail', 'not_checkable')),
  finding_id INTEGER REFERENCES findings(id) ON DELETE SET NULL,
  reason TEXT
);
CREATE INDEX checks_document ON checks(document_id, outcome);
CREATE INDEX checks_finding ON checks(finding_id);

CREATE TABLE check_facts(
  check_id INTEGER NOT NULL REFERENCES checks(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  fact_id INTEGER NOT NULL REFERENCES facts(id) ON DELETE CASCADE,
  role TEXT,
  PRIMARY KEY (check_id, seq)
) WITHOUT ROWID;
CREATE INDEX check_facts_fact ON check_facts(fact_id);

CREATE TABLE tables(
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  page INTEGER NOT NULL,
  last_page INTEGER NOT NULL,
  x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL,
  rows INTEGER NOT NULL,
  columns INTEGER NOT NULL,
  caption TEXT,
  unit TEXT
);
CREATE INDEX tables_document ON tables(document_id);

CREATE TABLE cells(
  id INTEGER PRIMARY KEY,
  table_id INTEGER NOT NULL REFERENCES tables(id) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  col INTEGER NOT NULL,
  row_span INTEGER NOT NULL,
  col_span INTEGER NOT NULL,
  text TEXT NOT NULL,
  page INTEGER NOT NULL,
  x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL
);
CREATE INDEX cells_table ON cells(table_id);

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

-- Who ought to submit. A name or an alias in a report leads to a code.
CREATE TABLE departments(
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  parent TEXT REFERENCES departments(code),
  valid_from TEXT,
  valid_to TEXT
);
CREATE TABLE department_names(
  name TEXT PRIMARY KEY,
  code TEXT NOT NULL REFERENCES departments(code) ON DELETE CASCADE
);
CREATE INDEX department_names_code ON department_names(code);

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
      WHERE n.status = 'ok' AND n.doc_type = '整体自评' AND n.subject IS NULL
        AND n.superseded_by IS NULL AND n.department = d.department AND n.year = d.year
        AND (n.version > d.version OR (n.version = d.version AND n.sha256 > d.sha256)));

CREATE VIEW yearbook AS
  SELECT d.year, d.department, d.id AS document_id,
    (SELECT f.value FROM facts f WHERE f.document_id = d.id AND f.concept = '预算数'
      AND f.kind = 'amount' AND f.role = 'total' ORDER BY f.id LIMIT 1) AS budget,
    (SELECT f.value FROM facts f WHERE f.document_id = d.id AND f.concept = '执行数'
      AND f.kind = 'amount' AND f.role = 'total' ORDER BY f.id LIMIT 1) AS actual,
    (SELECT f.value FROM facts f WHERE f.document_id = d.id AND f.concept = '执行率'
      ORDER BY f.id LIMIT 1) AS execution_rate,
    (SELECT f.value FROM facts f WHERE f.document_id = d.id AND f.concept = '自评总分'
      AND f.kind = 'score' AND f.qualifier = 'exact' ORDER BY f.id LIMIT 1) AS score,
    (SELECT f.value FROM facts f WHERE f.document_id = d.id AND f.concept = '等级'
      ORDER BY f.id LIMIT 1) AS grade,
    (SELECT f.value FROM facts f WHERE f.document_id = d.id AND f.concept = '满意度'
      AND f.kind = 'percent' ORDER BY f.id LIMIT 1) AS satisfaction,
    (SELECT COUNT(*) FROM findings x WHERE x.document_id = d.id AND x.severity = 'error'
      AND x.status <> 'dismissed') AS errors,
    (SELECT COUNT(*) FROM findings x WHERE x.document_id = d.id AND x.severity = 'warning'
      AND x.status <> 'dismissed') AS warnings,
    (SELECT COUNT(*) FROM findings x WHERE x.document_id = d.id AND x.severity = 'hint'
      AND x.status <> 'dismissed') AS hints,
    (SELECT COUNT(*) FROM checks c WHERE c.document_id = d.id AND c.outcome = 'not_checkable')
      AS not_checkable
  FROM yearbook_documents d;
