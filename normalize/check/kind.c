#include "normalize/check/kind.h"

static const KindReader READERS[CHECK_KINDS] = {
    [CHECK_PHRASE] = check_phrase,     [CHECK_PAIR] = check_pair,
    [CHECK_PRESENCE] = check_presence, [CHECK_REASON] = check_reason,
    [CHECK_BAND] = check_band,         [CHECK_GRADE] = check_grade,
    [CHECK_GRADED] = check_graded,     [CHECK_SECTIONS] = check_sections,
    [CHECK_TOPICS] = check_topics,     [CHECK_PLACED] = check_placed,
    [CHECK_ANSWERS] = check_answers,   [CHECK_NUMBERING] = check_numbering,
    [CHECK_STYLE] = check_style,       [CHECK_YEARS] = check_years,
    [CHECK_COVER] = check_cover,       [CHECK_DATES] = check_dates,
    [CHECK_ENTITY] = check_entity,     [CHECK_SELF] = check_self,
    [CHECK_CODE] = check_code,
};

KindReader kind_reader(CheckKind kind) { return READERS[kind]; }
