#include "normalize/check/kind.h"

static const KindReader READERS[CHECK_KINDS] = {
    [CHECK_PHRASE] = check_phrase,
    [CHECK_PAIR] = check_pair,
    [CHECK_PRESENCE] = check_presence,
    [CHECK_REASON] = check_reason,
};

KindReader kind_reader(CheckKind kind) { return READERS[kind]; }
