#include "normalize/relation/relation.h"

guint relation_begin(Report *report, const char *rule, Span place) {
    guint i = report_add_relation(report, rule);
    Relation *relation = report_relation(report, i);
    relation->first_item = place.start;
    relation->last_item = place.end;
    return i;
}

static void add_member(Report *report, guint relation, const Member *member) {
    g_assert(member->fact < report->facts->len);
    g_array_append_vals(report_relation(report, relation)->members, member, 1);
}

void relation_add(Report *report, guint relation, guint fact, const char *role) {
    relation_add_signed(report, relation, fact, role, 1);
}

void relation_add_signed(Report *report, guint relation, guint fact, const char *role, int sign) {
    Member member = {.fact = fact, .role = report_string(report, role), .sign = sign};
    add_member(report, relation, &member);
}

void relation_add_inferred(Report *report, guint relation, guint fact, const char *role) {
    Member member = {
        .fact = fact, .role = report_string(report, role), .sign = 1, .inferred = TRUE};
    add_member(report, relation, &member);
}

void relation_count(Report *report, guint relation, gint64 n, Span place) {
    Relation *counting = report_relation(report, relation);
    counting->counted = n;
    counting->counted_place = place;
}
