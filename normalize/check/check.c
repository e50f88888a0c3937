#include "normalize/check/check.h"
#include "normalize/check/examination.h"
#include "normalize/check/finding.h"
#include "normalize/check/rule.h"
#include "normalize/check/trial.h"

gboolean check_report(Report *report, const Patterns *patterns, GError **error) {
    (void)error;
    g_autoptr(Trials) trials = trials_new(report, patterns->rules);
    findings_add(trials);
    examination_run(report, patterns);
    return TRUE;
}
