#include "load/export/sheets.h"

#define SEVERITY_WORD                                                                              \
    "CASE x.severity WHEN 'error' THEN '严重' WHEN 'warning' THEN '一般' ELSE '提示' END"
#define CERTAINTY_WORD "CASE x.certainty WHEN 'proven' THEN '确定' ELSE '疑似' END"
#define STATUS_WORD                                                                                \
    "CASE x.status WHEN 'open' THEN '待核' WHEN 'confirmed' THEN '已反馈' "                   \
    "WHEN 'explained' THEN '已说明' WHEN 'corrected' THEN '已整改' ELSE '误报' END"

#define QUALIFIER_WORD                                                                                \
    "CASE f.qualifier WHEN 'about' THEN '约' WHEN 'at_least' THEN '不低于' WHEN 'over' THEN "     \
    "'超过' WHEN 'at_most' THEN '不超过' WHEN 'under' THEN '不足' WHEN 'range' THEN '区间' " \
    "WHEN 'exact' THEN '等于' ELSE f.qualifier END"
#define KIND_WORD                                                                                    \
    "CASE f.kind WHEN 'amount' THEN '金额' WHEN 'count' THEN '数量' WHEN 'score' THEN '分数' " \
    "WHEN 'percent' THEN '百分比' WHEN 'points' THEN '百分点' WHEN 'rank' THEN '位次' "      \
    "WHEN 'ratio' THEN '比值' WHEN 'year' THEN '年度' WHEN 'date' THEN '日期' "                \
    "WHEN 'number' THEN '数' ELSE f.kind END"
#define ROLE_WORD                                                                                      \
    "CASE f.role WHEN 'total' THEN '合计' WHEN 'part' THEN '分项' WHEN 'weight' THEN '分值' "    \
    "WHEN 'earned' THEN '得分' WHEN 'deducted' THEN '扣分' WHEN 'budget' THEN '预算' "           \
    "WHEN 'actual' THEN '执行' WHEN 'rate' THEN '比率' WHEN 'change' THEN '增减' "               \
    "WHEN 'numerator' THEN '分子' WHEN 'denominator' THEN '分母' WHEN 'same' THEN '同一数据' " \
    "WHEN 'larger' THEN '较大' WHEN 'smaller' THEN '较小' ELSE f.role END"
#define SOURCE_WORD                                                                                \
    "CASE f.source WHEN 'text' THEN '正文' WHEN 'table' THEN '表格' WHEN 'ocr' THEN '识别' " \
    "ELSE f.source END"
#define INFERRED_WORDS                                                                             \
    "replace(replace(replace(replace(d.inferred, 'department', '部门'), 'year', '年度'), "     \
    "'doc_type', '报告类型'), 'subject', '对象')"

/* A figure as printed, with its page; of another report also with its department and year. */
#define PRINTED                                                                                    \
    "coalesce(f.label || ' ', '') || f.raw || '（' || CASE WHEN f.document_id = d.id THEN '' "    \
    "ELSE coalesce((SELECT o.department || o.year || '年度，' FROM documents o "                \
    "WHERE o.id = f.document_id), '') END || '第' || f.page || '页）'"

#define OF_YEAR "d.superseded_by IS NULL AND (:year = 0 OR d.year = :year) "
#define BY_DOCUMENT "d.department, d.year, d.doc_type, d.subject, d.file, d.sha256"
#define FINDING_ORDER                                                                              \
    BY_DOCUMENT ", x.severity = 'error' DESC, x.severity = 'warning' DESC, x.certainty, x.page, "  \
                "x.rule, x.message, x.fingerprint"

static const struct {
    Sheet sheet;
    const char *sql;
} SHEETS[] = {
    {{"findings", "问题清单"},
     "SELECT row_number() OVER (ORDER BY " FINDING_ORDER ") AS 序号, "
     "d.department_code AS 部门编码, d.department AS 部门名称, d.year AS 年度, d.file AS 文件名, "
     "x.page AS 页码, (SELECT s.title FROM finding_facts y JOIN facts f ON f.id = y.fact_id "
     "JOIN sections s ON s.id = f.section_id WHERE y.finding_id = x.id ORDER BY y.seq LIMIT 1) "
     "AS 章节, x.rule AS 规则编号, r.title_zh AS 问题类型, " SEVERITY_WORD
     " AS 严重程度, " CERTAINTY_WORD " AS '确定/疑似', coalesce((SELECT " PRINTED
     " FROM finding_facts y JOIN facts f ON f.id = y.fact_id WHERE y.finding_id = x.id "
     "ORDER BY y.seq LIMIT 1), x.evidence) AS 原文A, (SELECT group_concat(t, '；') FROM "
     "(SELECT " PRINTED " AS t FROM finding_facts y JOIN facts f ON f.id = y.fact_id "
     "WHERE y.finding_id = x.id ORDER BY y.seq LIMIT -1 OFFSET 1)) AS 原文B, "
     "x.expected AS '应为:decimal', x.actual AS '实为:decimal', "
     "x.difference AS '差额:decimal', x.unit AS 单位, v.note AS 处理意见, " STATUS_WORD
     " AS 状态, v.reviewer AS 责任人, substr(v.reviewed_at, 1, 10) AS 日期, "
     "x.message AS 问题说明, x.explanation AS 可能的更正 "
     "FROM findings x JOIN documents d ON d.id = x.document_id JOIN rules r ON r.id = x.rule "
     "LEFT JOIN reviews v ON v.id = (SELECT max(id) FROM reviews WHERE fingerprint = "
     "x.fingerprint) WHERE " OF_YEAR "ORDER BY " FINDING_ORDER},
    {{"yearbook", "年鉴"},
     "SELECT d.year AS 年度, d.department_code AS 部门编码, d.department AS 部门名称, "
     "d.budget AS '预算数（元）:decimal', d.actual AS '执行数（元）:decimal', "
     "d.execution_rate AS '执行率（%）:decimal', d.score AS '自评总分:decimal', "
     "d.grade AS 自评等级, d.grade_computed AS 按分数的等级, "
     "d.satisfaction AS '满意度（%）:decimal', d.errors AS 严重, d.warnings AS 一般, "
     "d.hints AS 提示, d.not_checkable AS 未核实, d.file AS 文件名 FROM yearbook d "
     "WHERE :year = 0 OR d.year = :year ORDER BY d.year, d.department, d.file"},
    {{"facts", "数据"},
     "SELECT d.department AS 部门名称, d.year AS 年度, d.doc_type AS 报告类型, "
     "d.subject AS 对象, f.page AS 页码, s.title AS 章节, f.label AS 名称, f.concept AS 概念, "
     "f.raw AS 原文, CASE WHEN f.kind IN ('date', 'ratio') THEN NULL ELSE f.value END "
     "AS '数值:decimal', CASE WHEN f.kind IN ('date', 'ratio') THEN f.value END AS 日期或比值, "
     "f.value_high AS '数值上限:decimal', f.unit AS 单位, " QUALIFIER_WORD " AS 限定, " KIND_WORD
     " AS 种类, "
     "f.period AS 期间, f.entity AS 主体, " ROLE_WORD " AS 角色, " SOURCE_WORD
     " AS 来源, d.file AS 文件名 "
     "FROM documents d JOIN facts f ON f.document_id = d.id "
     "LEFT JOIN sections s ON s.id = f.section_id WHERE " OF_YEAR "ORDER BY " BY_DOCUMENT ", f.id"},
    {{"unchecked", "未核实"},
     "SELECT d.department AS 部门名称, d.year AS 年度, d.file AS 文件名, c.rule AS 规则编号, "
     "r.title_zh AS 规则, c.reason AS 原因, count(*) AS 次数 FROM documents d "
     "JOIN checks c ON c.document_id = d.id JOIN rules r ON r.id = c.rule "
     "WHERE c.outcome = 'not_checkable' AND " OF_YEAR
     "GROUP BY d.id, c.rule, c.reason ORDER BY " BY_DOCUMENT ", c.rule, c.reason"},
    {{"rules", "规则统计"},
     "SELECT d.year AS 年度, d.rule AS 规则编号, d.title AS 规则, d.passed AS 通过, "
     "d.rounding AS 尾差, d.failed AS 不符, d.not_checkable AS 未核实, d.documents AS 涉及报告 "
     "FROM rule_totals d WHERE :year = 0 OR d.year = :year ORDER BY d.year, d.rule"},
    {{"documents", "报告"},
     "SELECT d.department AS 部门名称, d.department_code AS 部门编码, d.year AS 年度, "
     "d.doc_type AS 报告类型, d.subject AS 对象, d.title AS 标题, d.version AS "
     "版本, " INFERRED_WORDS " AS 推定项, d.pages AS 页数, d.ocr_pages AS 识别页数, "
     "d.numerals_unread AS 未识读数字, d.notices AS 注意事项, "
     "CASE d.status WHEN 'ok' THEN '已读' ELSE '失败' END AS 结果, d.error AS 原因, "
     "d.file AS 文件名, d.sha256 AS SHA256 FROM documents d "
     "WHERE :year = 0 OR d.year = :year ORDER BY " BY_DOCUMENT},
};

guint sheets_count(void) { return G_N_ELEMENTS(SHEETS); }

const Sheet *sheet_at(guint i) { return &SHEETS[i].sheet; }

Query *sheet_open(Archive *archive, guint i, int year, GError **error) {
    Query *query = archive_query(archive, SHEETS[i].sql, error);
    if (query != NULL)
        query_bind_integer(query, ":year", year);
    return query;
}
