-- What the rows of a report cost, again. The columns are the same, but `numerals` has `seq` for `id`.

-- Cells and numerals are asked for by their table and document only: that is their key, and they
-- need no second tree that leads to it.
CREATE TABLE new_cells(
  id INTEGER NOT NULL,
  table_id INTEGER NOT NULL REFERENCES tables(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  row INTEGER NOT NULL,
  col INTEGER NOT NULL,
  row_span INTEGER NOT NULL,
  col_span INTEGER NOT NULL,
  text TEXT NOT NULL,
  page INTEGER NOT NULL,
  x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL,
  PRIMARY KEY (table_id, id)
) WITHOUT ROWID;
INSERT INTO new_cells SELECT * FROM cells ORDER BY table_id, id;
DROP TABLE cells;
ALTER TABLE new_cells RENAME TO cells;

CREATE TABLE new_numerals(
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE
    DEFERRABLE INITIALLY DEFERRED,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state = 'claimed' OR state = 'unread'),
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  page INTEGER NOT NULL,
  x0 REAL, y0 REAL, x1 REAL, y1 REAL,
  PRIMARY KEY (document_id, seq)
) WITHOUT ROWID;
INSERT INTO new_numerals
  SELECT document_id, row_number() OVER (PARTITION BY document_id ORDER BY id) - 1, state, kind,
    text, page, x0, y0, x1, y1
  FROM numerals;
DROP TABLE numerals;
ALTER TABLE new_numerals RENAME TO numerals;

CREATE INDEX numerals_unread ON numerals(document_id) WHERE state = 'unread';

-- A statement of many rows that may fail at any of them keeps a copy of each page that it changes.
-- With references that are looked at when the transaction ends, and INSERT OR FAIL, none is kept.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(replace(sql,
  'ON DELETE CASCADE', 'ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED'),
  'ON DELETE SET NULL', 'ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED'),
  'rule TEXT NOT NULL REFERENCES rules(id)',
  'rule TEXT NOT NULL REFERENCES rules(id) DEFERRABLE INITIALLY DEFERRED')
  WHERE type = 'table' AND name IN ('sections', 'facts', 'fact_places', 'checks', 'check_facts',
    'check_totals', 'tables', 'paragraphs');
PRAGMA writable_schema = RESET;

-- Segments of the search are merged when there are so many of one size: each word is written fewer
-- times, and a search looks into a few more.
INSERT INTO search(search, rank) VALUES ('automerge', 16);
