#include "commands/ingest/progress.h"
#include "commands/printable.h"
#include "load/export/json.h"
#include <glib/gi18n.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    BAR_CELLS_MAX = 24,
    BAR_CELLS_MIN = 4, /* a shorter one says nothing */
    BAR_FRAME = 3,     /* its brackets and the space after it */
    BAR_INTERVAL_US = 100 * 1000,
    COLUMNS_DEFAULT = 80,
    /* Failures are named again at the end where they have left the screen. */
    SCREEN_LINES = 20,
    NOTICE_KINDS = NOTICE_LAYER_HIDDEN + 1,
};

typedef struct {
    char *file, *reason;
} Failure;

struct Progress {
    ProgressStyle style;
    guint total, done;
    guint states[PROGRESS_LEFT_OUT + 1];
    guint findings[SEVERITY_HINT + 1];
    guint notices[NOTICE_KINDS];
    guint pages, not_checkable, unread;
    guint lines;      /* printed since the start */
    GArray *failures; /* Failure */
    GString *kept;    /* lines that wait for the commit */
    gint64 started, drawn;
    gboolean bar_shown, interrupted;
};

static void failure_clear(gpointer data) {
    Failure *failure = data;
    g_free(failure->file);
    g_free(failure->reason);
}

Progress *progress_new(ProgressStyle style, guint total) {
    Progress *progress = g_new0(Progress, 1);
    progress->style = style;
    progress->total = total;
    progress->started = g_get_monotonic_time();
    progress->failures = g_array_new(FALSE, FALSE, sizeof(Failure));
    g_array_set_clear_func(progress->failures, failure_clear);
    progress->kept = g_string_new(NULL);
    return progress;
}

void progress_free(Progress *progress) {
    if (progress == NULL)
        return;
    g_array_unref(progress->failures);
    g_string_free(progress->kept, TRUE);
    g_free(progress);
}

static double seconds_since(gint64 start) {
    return (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
}

static guint findings_total(const Progress *progress) {
    guint total = 0;
    for (guint i = 0; i < G_N_ELEMENTS(progress->findings); i++)
        total += progress->findings[i];
    return total;
}

static int columns(void) {
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col
                                                                           : COLUMNS_DEFAULT;
}

static char *time_text(double seconds) {
    guint whole = (guint)MIN(seconds, 359999.0);
    return whole >= 3600
               ? g_strdup_printf("%u:%02u:%02u", whole / 3600, whole / 60 % 60, whole % 60)
               : g_strdup_printf("%u:%02u", whole / 60, whole % 60);
}

/* What stands beside the bar, in the order in which it is shown. */
enum { PIECE_DONE, PIECE_FAILED, PIECE_FINDINGS, PIECE_SPEED, PIECE_LEFT, PIECES };

static void make_pieces(const Progress *progress, char **pieces) {
    double elapsed = seconds_since(progress->started);
    g_autofree char *left =
        time_text(elapsed / MAX(progress->done, 1) * (progress->total - progress->done));
    pieces[PIECE_DONE] = g_strdup_printf("%u/%u", progress->done, progress->total);
    pieces[PIECE_FAILED] = g_strdup_printf(_(", failed %u"), progress->states[PROGRESS_FAILED]);
    pieces[PIECE_FINDINGS] = g_strdup_printf(_(", findings %u"), findings_total(progress));
    pieces[PIECE_SPEED] =
        g_strdup_printf(_(", %.0f pages/s"), progress->pages / MAX(elapsed, 0.001));
    pieces[PIECE_LEFT] =
        g_strdup_printf(progress->done > 0 ? _(", left %s") : "%s", progress->done > 0 ? left : "");
}

/* Without the pieces that a narrow terminal has no room for, the least wanted first. */
static char *fit_pieces(char **pieces, guint width) {
    static const guint LEAST_WANTED[] = {PIECE_SPEED, PIECE_FINDINGS, PIECE_LEFT, PIECE_FAILED};
    char *text = g_strjoinv("", pieces);
    for (gsize i = 0; i < G_N_ELEMENTS(LEAST_WANTED) && printable_width(text) > width; i++) {
        *pieces[LEAST_WANTED[i]] = '\0';
        g_free(text);
        text = g_strjoinv("", pieces);
    }
    return text;
}

static void draw_bar(Progress *progress) {
    guint width = (guint)MAX(columns() - 1, 1), total = MAX(progress->total, 1);
    char *pieces[PIECES + 1] = {NULL};
    make_pieces(progress, pieces);
    g_autofree char *text = fit_pieces(pieces, width);
    for (guint i = 0; i < PIECES; i++)
        g_free(pieces[i]);
    g_autoptr(GString) line = g_string_new(NULL);
    guint taken = printable_width(text) + BAR_FRAME;
    guint cells = width > taken ? MIN(width - taken, BAR_CELLS_MAX) : 0;
    if (cells >= BAR_CELLS_MIN) {
        guint filled = cells * progress->done / total;
        g_string_append_c(line, '[');
        for (guint i = 0; i < cells; i++)
            g_string_append_c(line, i < filled ? '#' : '.');
        g_string_append(line, "] ");
    }
    g_string_append(line, text);
    g_printerr("\r%s\033[K", line->str);
    progress->bar_shown = TRUE;
    progress->drawn = g_get_monotonic_time();
}

static void hide_bar(Progress *progress) {
    if (progress->bar_shown)
        g_printerr("\r\033[K");
    progress->bar_shown = FALSE;
}

void progress_tick(Progress *progress) {
    if (progress->style == PROGRESS_BAR &&
        g_get_monotonic_time() - progress->drawn >= BAR_INTERVAL_US)
        draw_bar(progress);
}

static void print_line(Progress *progress, const char *line) {
    hide_bar(progress);
    g_printerr("%s\n", line);
    progress->lines++;
}

static void keep_line(Progress *progress, const char *line) {
    g_string_append(progress->kept, line);
    g_string_append_c(progress->kept, '\n');
    progress->lines++;
}

void progress_committed(Progress *progress) {
    if (progress->kept->len > 0) {
        hide_bar(progress);
        g_printerr("%s", progress->kept->str);
        g_string_truncate(progress->kept, 0);
    }
    if (progress->style == PROGRESS_BAR)
        draw_bar(progress);
}

static void json_number(GString *line, const char *name, guint value) {
    g_string_append_printf(line, ",\"%s\":%u", name, value);
}

static void json_text(GString *line, const char *name, const char *text) {
    g_string_append_printf(line, ",\"%s\":", name);
    json_append_string(line, text);
}

static void json_findings(GString *line, const guint *findings) {
    static const char *const NAMES[] = {"errors", "warnings", "hints"};
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        json_number(line, NAMES[i], findings[i]);
}

static const char *state_name(ProgressState state) {
    static const char *const NAMES[] = {"loaded", "unchanged", "failed", "left_out"};
    return NAMES[state];
}

static const char *state_word(ProgressState state) {
    return state == PROGRESS_UNCHANGED ? _("unchanged")
           : state == PROGRESS_FAILED  ? _("failed")
                                       : _("left out");
}

static GString *document_event(const char *file, ProgressState state) {
    GString *line = g_string_new("{\"event\":\"document\"");
    json_text(line, "file", file);
    json_text(line, "status", state_name(state));
    return line;
}

/* What could not be read of a report: pages without text and the like. */
static guint notices_of(const Report *report) { return report->document->notices->len; }

static void print_loaded(Progress *progress, const char *file, const Report *report,
                         const guint *findings) {
    guint all = findings[0] + findings[1] + findings[2];
    g_autoptr(GString) line = NULL;
    if (progress->style == PROGRESS_JSON) {
        line = document_event(file, PROGRESS_LOADED);
        json_number(line, "pages", report->document->pages->len);
        json_number(line, "facts", report->facts->len);
        json_findings(line, findings);
        json_number(line, "notices", notices_of(report));
        g_string_append_c(line, '}');
    } else {
        line = g_string_new(NULL);
        g_string_append_printf(line, _("%s: pages %u, facts %u, findings %u"), file,
                               report->document->pages->len, report->facts->len, all);
        if (notices_of(report) > 0)
            g_string_append_printf(line, _(", notices %u"), notices_of(report));
    }
    keep_line(progress, line->str);
}

void progress_loaded(Progress *progress, const char *file, const Report *report) {
    guint findings[SEVERITY_HINT + 1] = {0};
    for (guint i = 0; i < report->findings->len; i++)
        findings[report_finding(report, i)->severity]++;
    for (guint i = 0; i < G_N_ELEMENTS(findings); i++)
        progress->findings[i] += findings[i];
    for (guint i = 0; i < report->document->notices->len; i++) {
        const Notice *notice = &g_array_index(report->document->notices, Notice, i);
        progress->notices[notice->kind] += MAX(notice->count, 1);
    }
    for (guint i = 0; i < report->checks->len; i++)
        progress->not_checkable += report_check(report, i)->outcome == OUTCOME_NOT_CHECKABLE;
    progress->pages += report->document->pages->len;
    progress->states[PROGRESS_LOADED]++;
    progress->done++;
    if (progress->style == PROGRESS_LINES || progress->style == PROGRESS_JSON)
        print_loaded(progress, file, report, findings);
    progress_tick(progress);
}

static void keep_failure(Progress *progress, const char *file, const char *reason) {
    const Failure failure = {g_strdup(file), g_strdup(reason)};
    g_array_append_val(progress->failures, failure);
}

static void append_passed(GString *line, ProgressState state, const char *file,
                          const char *reason) {
    if (reason == NULL)
        g_string_append_printf(line, _("%s: %s"), file, state_word(state));
    else
        g_string_append_printf(line, _("%s: %s: %s"), file, state_word(state), reason);
}

static void print_passed(Progress *progress, ProgressState state, const char *file,
                         const char *reason) {
    g_autoptr(GString) line = NULL;
    if (progress->style == PROGRESS_JSON) {
        line = document_event(file, state);
        if (reason != NULL)
            json_text(line, "reason", reason);
        g_string_append_c(line, '}');
    } else {
        line = g_string_new(NULL);
        append_passed(line, state, file, reason);
    }
    keep_line(progress, line->str);
}

void progress_passed(Progress *progress, ProgressState state, const char *file,
                     const char *reason) {
    progress->states[state]++;
    progress->done++;
    if (state == PROGRESS_FAILED)
        keep_failure(progress, file, reason);
    gboolean shown = progress->style == PROGRESS_LINES || progress->style == PROGRESS_JSON ||
                     (progress->style == PROGRESS_BAR && state != PROGRESS_UNCHANGED);
    if (shown)
        print_passed(progress, state, file, reason);
    progress_tick(progress);
}

void progress_remark(Progress *progress, const char *text) {
    g_autoptr(GString) line = g_string_new("{\"event\":\"remark\"");
    if (progress->style == PROGRESS_JSON) {
        json_text(line, "text", text);
        g_string_append_c(line, '}');
    } else
        g_string_assign(line, text);
    print_line(progress, line->str);
}

void progress_interrupted(Progress *progress) {
    if (progress->interrupted)
        return;
    progress->interrupted = TRUE;
    if (progress->style != PROGRESS_QUIET)
        progress_remark(progress,
                        _("the reports at hand are finished first; a second Ctrl-C ends at once"));
}

static void summarize_json(const Progress *progress, gboolean interrupted) {
    g_autoptr(GString) line = g_string_new("{\"event\":\"summary\"");
    json_number(line, "files", progress->total);
    for (ProgressState state = PROGRESS_LOADED; state <= PROGRESS_LEFT_OUT; state++)
        json_number(line, state_name(state), progress->states[state]);
    json_number(line, "pages", progress->pages);
    json_findings(line, progress->findings);
    json_number(line, "not_checkable", progress->not_checkable);
    g_string_append(line, ",\"notices\":{");
    for (guint i = 0, n = 0; i < NOTICE_KINDS; i++)
        if (progress->notices[i] > 0)
            g_string_append_printf(line, "%s\"%s\":%u", n++ > 0 ? "," : "",
                                   notice_kind_name((NoticeKind)i), progress->notices[i]);
    g_string_append_printf(line, "},\"seconds\":%.1f,\"interrupted\":%s,\"failures\":[",
                           seconds_since(progress->started), interrupted ? "true" : "false");
    for (guint i = 0; i < progress->failures->len; i++) {
        const Failure *failure = &g_array_index(progress->failures, Failure, i);
        g_string_append(line, i > 0 ? ",{\"file\":" : "{\"file\":");
        json_append_string(line, failure->file);
        json_text(line, "reason", failure->reason);
        g_string_append_c(line, '}');
    }
    g_printerr("%s]}\n", line->str);
}

static const char *notice_words(NoticeKind kind) {
    static const char *const WORDS[NOTICE_KINDS] = {
        [NOTICE_PAGE_MISSING] = N_("pages that cannot be opened"),
        [NOTICE_PAGE_WITHOUT_TEXT] = N_("empty pages"),
        [NOTICE_PICTURE_ONLY] = N_("pages that are pictures"),
        [NOTICE_GLYPHS_UNMAPPED] = N_("signs without a character"),
        [NOTICE_TEXT_UNTRUSTED] = N_("characters that may be others than printed"),
        [NOTICE_TEXT_REPAIRED] = N_("characters read back from a wrong encoding"),
        [NOTICE_CHARACTERS_REPLACED] = N_("forbidden characters replaced"),
        [NOTICE_PRIVATE_USE] = N_("characters of private use"),
        [NOTICE_CHARACTERS_DROPPED] = N_("hidden or doubled characters left out"),
        [NOTICE_FIELD_UNREAD] = N_("form fields not read"),
        [NOTICE_LIMIT] = N_("limits reached"),
        [NOTICE_OCR] = N_("recognised pages"),
        [NOTICE_LAYER_HIDDEN] = N_("hidden layers not read"),
    };
    return _(WORDS[kind]);
}

/* What was not read, so that nothing is silently absent. */
static void print_notices(const Progress *progress) {
    g_autoptr(GString) line = g_string_new(NULL);
    for (guint i = 0; i < NOTICE_KINDS; i++)
        if (progress->notices[i] > 0)
            g_string_append_printf(line, "%s%s %u", line->len > 0 ? _(", ") : "",
                                   notice_words((NoticeKind)i), progress->notices[i]);
    if (line->len > 0)
        g_printerr(_("notices: %s\n"), line->str);
}

static void print_failures(const Progress *progress) {
    for (guint i = 0; i < progress->failures->len; i++) {
        const Failure *failure = &g_array_index(progress->failures, Failure, i);
        g_autoptr(GString) line = g_string_new(NULL);
        append_passed(line, PROGRESS_FAILED, failure->file, failure->reason);
        g_printerr("%s\n", line->str);
    }
}

void progress_finish(Progress *progress, gboolean interrupted) {
    hide_bar(progress);
    if (progress->style == PROGRESS_JSON) {
        summarize_json(progress, interrupted);
        return;
    }
    if (progress->style == PROGRESS_QUIET ||
        (progress->style == PROGRESS_LINES && progress->lines > SCREEN_LINES))
        print_failures(progress);
    if (progress->style != PROGRESS_QUIET)
        print_notices(progress);
    g_printerr(
        _("loaded %u, unchanged %u, failed %u, left out %u; pages %u, findings %u (errors %u, "
          "warnings %u, hints %u), not checkable %u; %.1f s\n"),
        progress->states[PROGRESS_LOADED], progress->states[PROGRESS_UNCHANGED],
        progress->states[PROGRESS_FAILED], progress->states[PROGRESS_LEFT_OUT], progress->pages,
        findings_total(progress), progress->findings[SEVERITY_ERROR],
        progress->findings[SEVERITY_WARNING], progress->findings[SEVERITY_HINT],
        progress->not_checkable, seconds_since(progress->started));
    if (interrupted)
        g_printerr(_("interrupted: %u not read; the same command again goes on\n"),
                   progress->total - progress->done);
}

guint progress_failed(const Progress *progress) { return progress->states[PROGRESS_FAILED]; }
