-- What writing a report costs. The rows are the same.

-- An IN list of more than two texts in a CHECK makes SQLite build a table of them for each row. The
-- way that SQLite documents for constraints, which changes nothing of what is stored.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
  'CHECK (outcome IN (''pass'', ''rounding'', ''fail'', ''not_checkable''))',
  'CHECK (outcome = ''pass'' OR outcome = ''not_checkable'' OR outcome = ''rounding'' OR outcome = ''fail'')')
  WHERE type = 'table' AND name = 'checks';
PRAGMA writable_schema = RESET;

-- Where most rows have NULL the index leaves them out.
DROP INDEX checks_finding;
CREATE INDEX checks_finding ON checks(finding_id) WHERE finding_id IS NOT NULL;
DROP INDEX facts_concept;
CREATE INDEX facts_concept ON facts(concept, document_id) WHERE concept IS NOT NULL;

-- Words of a whole transaction become one segment of the index.
INSERT INTO search(search, rank) VALUES ('hashsize', 8388608);
