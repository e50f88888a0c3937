/* Periods: years outside of the report's own, the year of titles and body, the order of dates. */
#include "normalize/check/kind.h"
#include "normalize/check/match.h"
#include <string.h>

enum { BODY_YEARS_MIN = 3, YEAR_FIRST = 1990, YEAR_LAST = 2099 };

/* Whether the clause that `place` stands in says why the year is there. */
static gboolean clause_explains(const Examination *examination, const Rule *rule, guint sentence,
                                Span place) {
    const Script *script = examination->script;
    const Sentence *own = script_sentence(script, sentence);
    guint start = own->start, end = own->end;
    for (guint unit = own->start; unit < own->end; unit++) {
        gunichar2 code = *script_units(script, unit);
        if (code != ',' && code != ';' && code != ':' && code != U'。')
            continue;
        if (g_array_index(script->origins, guint, unit) < place.start)
            start = unit + 1;
        else if (g_array_index(script->origins, guint, unit) >= place.end) {
            end = unit;
            break;
        }
    }
    return script_has_any(script, rule->reasons, start, end);
}

typedef struct {
    const Rule *rule;
    Evidence evidence;
    guint n;
} Years;

static int match_year(const RuleMatch *match) {
    g_autofree char *text = expression_group(match->expression, "year");
    int year = text == NULL ? 0 : (int)g_ascii_strtoll(text, NULL, 10);
    return year >= YEAR_FIRST && year <= YEAR_LAST ? year : 0;
}

/* `name` of the match: “later” than the report's year, or “earlier” than the year before it. */
static void take_outside(Examination *examination, const RuleMatch *match, guint sentence,
                         Span place, gpointer data) {
    Years *years = data;
    int year = match_year(match), own = examination->report->year;
    if (year == 0)
        return;
    years->n++;
    gboolean outside = g_strcmp0(match->name, "earlier") == 0 ? year < own - 1 : year > own;
    if (outside && !clause_explains(examination, years->rule, sentence, place))
        evidence_add(&years->evidence, place);
}

void check_years(Examination *examination, const Rule *rule) {
    Years years = {rule, evidence_new(), 0};
    if (examination->report->year != 0)
        match_rule(examination, rule, take_outside, &years);
    evidence_sort(&years.evidence);
    if (examination->report->year == 0)
        examination_leave(examination, rule, "报告年度不明");
    else
        examination_judge(examination, rule, &years.evidence);
    evidence_clear(&years.evidence);
}

/* Heads with a year of their own, paragraphs that begin with one, and years of the body by their
 * counts. */
typedef struct {
    Evidence evidence,
        strays; /* strays: paragraphs that begin with another year than the report's */
    guint heads, openings, counts[YEAR_LAST - YEAR_FIRST + 1];
    Span first[YEAR_LAST - YEAR_FIRST + 1];
} Cover;

/* A budget tells of the accounts and the evaluation of the years before. */
static gboolean is_past_in_budget(const Report *report, int year) {
    return report_is(report, TYPE_BUDGET) && year < report->year;
}

/* Paragraphs of accounts begin with the year that they tell of. */
static void take_opening(const Examination *examination, Cover *cover, int year, Span place) {
    if (year == examination->report->year)
        cover->openings++;
    else if (year == examination->report->year - 1)
        evidence_add(&cover->strays, place);
}

static void take_cover(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                       gpointer data) {
    Cover *cover = data;
    int year = match_year(match);
    (void)sentence;
    if (year == 0)
        return;
    if (match->name != NULL) {
        take_opening(examination, cover, year, place);
        return;
    }
    if (g_strcmp0(match->in, "heads") != 0) {
        guint *count = &cover->counts[year - YEAR_FIRST];
        if ((*count)++ == 0)
            cover->first[year - YEAR_FIRST] = place;
        return;
    }
    cover->heads++;
    if (year != examination->report->year && !is_past_in_budget(examination->report, year))
        evidence_add(&cover->evidence, place);
}

/* A body that never names the report's year, but another one again and again. */
static void compare_body(const Examination *examination, Cover *cover) {
    guint best = 0;
    for (guint i = 1; i < G_N_ELEMENTS(cover->counts); i++)
        if (cover->counts[i] > cover->counts[best])
            best = i;
    if (cover->counts[best] >= BODY_YEARS_MIN &&
        cover->counts[examination->report->year - YEAR_FIRST] == 0)
        evidence_add(&cover->evidence, cover->first[best]);
}

void check_cover(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    gboolean known = report->year >= YEAR_FIRST && report->year <= YEAR_LAST;
    gboolean guessed = report->inferred != NULL && strstr(report->inferred, "year") != NULL;
    Cover cover = {.evidence = evidence_new(), .strays = evidence_new()};
    if (known)
        match_rule(examination, rule, take_cover, &cover);
    if (known && !guessed)
        compare_body(examination, &cover);
    if (cover.openings >= BODY_YEARS_MIN && cover.openings > cover.strays.places->len * 2)
        g_array_append_vals(cover.evidence.places, cover.strays.places->data,
                            cover.strays.places->len);
    if (!known || (guessed && cover.heads < 2))
        examination_leave(examination, rule, known ? "标题没有年度" : "报告年度不明");
    else
        examination_judge(examination, rule, &cover.evidence);
    evidence_clear(&cover.evidence);
    evidence_clear(&cover.strays);
}

/* A dated event; events of one chain (the name but for its last digit) have a rank. */
typedef struct {
    const char *name;
    guint passage, sentence;
    gboolean bare; /* no year is printed: it is that of the event before it, or the report's */
    int date;      /* yyyymmdd; dd is 0 where it is not printed */
    Span place;
} Event;

static int group_number(const RuleMatch *match, const char *name) {
    g_autofree char *text = expression_group(match->expression, name);
    return text == NULL ? 0 : (int)g_ascii_strtoll(text, NULL, 10);
}

static void take_event(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                       gpointer data) {
    Event event = {.name = match->name,
                   .passage = script_sentence(examination->script, sentence)->passage,
                   .sentence = sentence,
                   .bare = match_year(match) == 0,
                   .place = place};
    int year = event.bare ? examination->report->year : match_year(match);
    event.date = year * 10000 + group_number(match, "month") * 100 + group_number(match, "day");
    if (event.date > YEAR_FIRST * 10000 && event.name != NULL)
        g_array_append_val((GArray *)data, event);
}

static int compare_events(gconstpointer a, gconstpointer b) {
    guint p = ((const Event *)a)->place.start, q = ((const Event *)b)->place.start;
    return (p > q) - (p < q);
}

/* Whether `a` comes before `b` in its chain and yet is later. */
static gboolean is_out_of_order(const Event *a, const Event *b) {
    gsize chain = strlen(a->name) - 1;
    if (strncmp(a->name, b->name, chain) != 0 || strlen(b->name) != chain + 1 ||
        a->name[chain] >= b->name[chain])
        return FALSE;
    int p = a->date, q = b->date;
    if (p % 100 == 0 || q % 100 == 0) {
        p /= 100;
        q /= 100;
    }
    return p > q;
}

/* A month without a year is of the year that its sentence named last. */
static void settle_years(GArray *events) {
    for (guint i = 1; i < events->len; i++) {
        Event *event = &g_array_index(events, Event, i), *before = event - 1;
        if (event->bare && event->sentence == before->sentence)
            event->date = before->date / 10000 * 10000 + event->date % 10000;
    }
}

/* The last event of the chain before one in its passage, or, where either has no year of its own,
 * in its sentence: other events are of other things. */
static const Event *event_before(const GArray *events, guint at) {
    const Event *own = &g_array_index(events, Event, at);
    gsize chain = strlen(own->name) - 1;
    for (guint i = at; i > 0; i--) {
        const Event *other = &g_array_index(events, Event, i - 1);
        if (other->passage != own->passage ||
            ((own->bare || other->bare) && other->sentence != own->sentence))
            return NULL;
        if (strlen(other->name) == chain + 1 && strncmp(other->name, own->name, chain) == 0)
            return other;
    }
    return NULL;
}

static void fail_order(Examination *examination, const Rule *rule, const Event *early,
                       const Event *late) {
    g_autoptr(GString) text = g_string_new(NULL);
    examination_quote(examination, text, early->place);
    g_string_append(text, "早于");
    examination_quote(examination, text, late->place);
    g_string_append(text, "，日期先后不合理。");
    examination_fail(examination, rule, rule->certainty, early->place, text->str);
}

static void judge_events(Examination *examination, const Rule *rule, const GArray *events,
                         guint *n) {
    for (guint i = 1; i < events->len; i++) {
        const Event *b = &g_array_index(events, Event, i), *a = event_before(events, i);
        if (a == NULL)
            continue;
        (*n)++;
        if (is_out_of_order(a, b))
            fail_order(examination, rule, b, a);
        else if (is_out_of_order(b, a))
            fail_order(examination, rule, a, b);
        else
            examination_pass(examination, rule);
    }
}

/* 填报日期: what tells of a year is not filed before it nears its end, the month and day of the
 * parameter `filed`. */
static void judge_filing(Examination *examination, const Rule *rule, const GArray *events,
                         guint *n) {
    int year = examination->report->year, least = rule_number(rule, "filed", 0);
    for (guint i = 0; year != 0 && least > 0 && i < events->len; i++) {
        const Event *event = &g_array_index(events, Event, i);
        if (g_ptr_array_find_with_equal_func(rule->words, event->name, g_str_equal, NULL) == FALSE)
            continue;
        (*n)++;
        if (event->date + (event->date % 100 == 0 ? 31 : 0) >= year * 10000 + least) {
            examination_pass(examination, rule);
            continue;
        }
        g_autoptr(GString) text = g_string_new(NULL);
        examination_quote(examination, text, event->place);
        g_string_append_printf(text, "早于报告年度（%d年）年底，日期可能有误。", year);
        examination_fail(examination, rule, rule->certainty, event->place, text->str);
    }
}

void check_dates(Examination *examination, const Rule *rule) {
    g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(Event));
    guint n = 0;
    match_rule(examination, rule, take_event, events);
    g_array_sort(events, compare_events);
    settle_years(events);
    judge_events(examination, rule, events, &n);
    judge_filing(examination, rule, events, &n);
    if (n == 0)
        examination_leave(examination, rule, "没有可比先后的日期");
}

/* DSC-03: what was filed later than parameter `deadline`, month and day (0430) of the year after
 * the report's. Where it is set is a matter of the year's notice. */
void check_deadline(Examination *examination, const Rule *rule) {
    int due = rule_number(rule, "deadline", 0);
    guint n = 0;
    Evidence late = evidence_new();
    g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(Event));
    match_rule(examination, rule, take_event, events);
    for (guint i = 0; i < events->len; i++) {
        const Event *event = &g_array_index(events, Event, i);
        int date = event->date % 100 == 0 ? event->date + 1 : event->date; /* its first day */
        n++;
        if (date > (examination->report->year + 1) * 10000 + due)
            evidence_add(&late, event->place);
    }
    if (due == 0 || examination->report->year == 0)
        examination_leave(examination, rule, due == 0 ? "没有设定报送期限" : "报告年度不明");
    else if (n == 0)
        examination_leave(examination, rule, "没有说明报送日期");
    else
        examination_judge(examination, rule, &late);
    evidence_clear(&late);
}
