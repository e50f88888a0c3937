/* Claims: percentages of running text that say how much one figure is of another — a share of a
 * whole (占), a plan that was met (完成计划的), a rate of what was done (合格率). What of what is
 * settled when all sections are read: by the words, and by what the figures say.
 */
#pragma once
#include "normalize/relation/text_relation.h"

enum { ABOVE_MAX = 5, CLAIM_FIGURES_MAX = 12 };

typedef enum { CLAIM_SHARE, CLAIM_COMPLETION, CLAIM_RATE } ClaimKind;

/* What may be the numerator: one figure, or several that count together. */
typedef struct {
    guint facts[ABOVE_MAX];
    guint n;
    gboolean named; /* the words of the rate name it, or it stands right before */
    gboolean bare;  /* nothing but its place speaks for it */
} Above;

typedef struct {
    ClaimKind kind;
    guint rate;      /* fact */
    guint paragraph; /* ordinal */
    char *name;      /* the words of the rate: 执行率 */
    char *whole;     /* the denominator as named; “” for none */
    const char *rule;
    guint pointed;   /* the denominator that the words point to; REPORT_NONE for none */
    gboolean scaled; /* of a scale, all steps of which but the last count */
    gboolean placed; /* its numerator has its place in a list */
    GArray *above;   /* Above, the likeliest first */
    GArray *below;   /* guint: figures before it in the paragraph, nearest first */
    guint own;       /* how many of below stand in its sentence, */
    guint near;      /* and in its segment */
    guint settled;   /* the denominator that it has got; REPORT_NONE */
    guint numerator; /* … and the first figure above it */
} Claim;

GArray *claims_new(void);

void claims_collect(Flow *flow, TextReading *reading);

/* Those that the figures settle beyond doubt. */
void claims_settle_exact(TextReading *reading);
/* The rest: what words alone settle, or a slip of the hand explains. */
void claims_settle(TextReading *reading);

/* Shares in a row that do not say of what: the figure that most of them are shares of. */
void claims_settle_shares(TextReading *reading);
/* Rates in a row: what the others are rates of says what the rest are. */
void claims_settle_rows(TextReading *reading);

/* Whether the claim has got its relation. */
gboolean claim_is_settled(const TextReading *reading, const Claim *claim);

/* 强制扑杀补助 of 强制扑杀补助支付: the one figure of its unit whose label begins with that of the
 * numerator, or the other way round; REPORT_NONE for none, or several. */
guint claim_below_by_label(const TextReading *reading, guint above);

/* Whether a figure may be what the numerator is a part, or a result, of, by what it is. */
gboolean claim_may_be_of(const TextReading *reading, const Above *above, guint below);
/* Whether it is the numerator itself, told again. */
gboolean claim_is_again(const TextReading *reading, const Above *above, guint below);
/* The relation; `below` may be REPORT_NONE. */
void claim_relate(TextReading *reading, Claim *claim, const Above *above, guint below,
                  gboolean certain);
/* Relates the claim to what it is likeliest of, as a guess; FALSE where words favour nothing. */
gboolean claim_guess(TextReading *reading, Claim *claim);
