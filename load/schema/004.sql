-- Questions about all years of a large archive: what they count is kept counted.

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
INSERT INTO year_totals
  SELECT coalesce(d.year, 0), t.rule, SUM(t.passed), SUM(t.rounding), SUM(t.failed),
    SUM(t.not_checkable), COUNT(*)
  FROM documents d JOIN check_totals t ON t.document_id = d.id
  WHERE d.superseded_by IS NULL GROUP BY 1, 2;

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

DROP VIEW rule_totals;
CREATE VIEW rule_totals AS
  SELECT nullif(t.year, 0) AS year, r.id AS rule, r.title_zh AS title, r.severity,
    t.passed, t.rounding, t.failed, t.not_checkable, t.documents
  FROM year_totals t JOIN rules r ON r.id = t.rule
  WHERE t.documents > 0;

-- The year before is looked up as one report, by the index of identities.
DROP VIEW year_on_year;
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
