/* Forms of projects against the list that sums them up, in one report.
 *
 *   项目名称 | 小流域治理            项目名称   | 全年预算数 | 全年执行数 | 自评得分
 *   年度资金总额 | 300 | 291         小流域治理 | 300        | 291        | 99.7
 *   总分 | 100 | 99.7                监测       | 45         | 40         | 96.9
 */
#include "normalize/relation/relation.h"
#include "normalize/relation/table_index.h"
#include <string.h>

typedef struct {
    char *name;
    guint table;
    guint facts[HEAD_ROLES]; /* budget, spending and score; REPORT_NONE */
    gboolean form;           /* else a row of a list */
} Project;

static void project_clear(gpointer project) { g_free(((Project *)project)->name); }

GArray *table_projects_new(void) {
    GArray *projects = g_array_new(FALSE, FALSE, sizeof(Project));
    g_array_set_clear_func(projects, project_clear);
    return projects;
}

static const HeadRole COMPARED[] = {HEAD_BUDGET, HEAD_ACTUAL, HEAD_EARNED};

static Project project_new(const TableIndex *index, const char *name, guint table, gboolean form) {
    Project project = {.name = table_index_name(index, name), .table = table, .form = form};
    for (guint i = 0; i < HEAD_ROLES; i++)
        project.facts[i] = REPORT_NONE;
    return project;
}

/* The words right of a cell that asks for the project's name; NULL for none. */
static const char *subject_of(const TableGrid *grid) {
    for (guint row = 0; row < grid->shape->rows; row++)
        for (guint column = 0; column + 1 < grid->shape->columns; column++) {
            if (!grid_starts(grid, row, column) ||
                !table_words_begins(grid->words, TABLE_SUBJECT, grid_cell(grid, row, column)->text))
                continue;
            guint right = column + 1;
            while (right < grid->shape->columns && !grid_starts(grid, row, right))
                right++;
            const GridCell *value =
                right < grid->shape->columns ? grid_cell(grid, row, right) : NULL;
            return value != NULL && value->kind == GRID_WORDS &&
                           table_words_column(grid->words, value->text, NULL) == HEAD_NONE
                       ? value->text
                       : NULL;
        }
    return NULL;
}

/* The only column of a block with the role; DOCUMENT_NONE. */
static guint only_column(const TableGrid *grid, const GridBlock *block, HeadRole role) {
    guint found = DOCUMENT_NONE;
    for (guint column = 0; column < grid->shape->columns; column++) {
        if (grid_column_role(grid, block, column) != role)
            continue;
        if (found != DOCUMENT_NONE)
            return DOCUMENT_NONE;
        found = column;
    }
    return found;
}

/* Budget and spending of the first row of funds. */
static void take_funds(const TableGrid *grid, Project *project) {
    for (guint i = 0; i < grid->blocks->len; i++) {
        const GridBlock *block = &g_array_index(grid->blocks, GridBlock, i);
        guint budget = only_column(grid, block, HEAD_BUDGET),
              actual = only_column(grid, block, HEAD_ACTUAL);
        for (guint row = block->first;
             budget != DOCUMENT_NONE && actual != DOCUMENT_NONE && row < block->end; row++) {
            if (grid_fact(grid, row, budget) == REPORT_NONE ||
                grid_fact(grid, row, actual) == REPORT_NONE)
                continue;
            project->facts[HEAD_BUDGET] = grid_fact(grid, row, budget);
            project->facts[HEAD_ACTUAL] = grid_fact(grid, row, actual);
            return;
        }
    }
}

static guint name_column(const TableGrid *grid, const GridBlock *block) {
    for (guint column = 0; column < grid->shape->columns; column++) {
        g_autoptr(GArray) heads = grid_heads(grid, block, column);
        for (guint i = 0; i < heads->len; i++)
            if (table_words_begins(grid->words, TABLE_SUBJECT,
                                   grid->content[g_array_index(heads, guint, i)].text))
                return column;
    }
    return DOCUMENT_NONE;
}

static void take_list(const TableIndex *index, const TableGrid *grid, const GridBlock *block) {
    guint name = name_column(grid, block);
    for (guint row = block->first; name != DOCUMENT_NONE && row < block->end; row++) {
        const GridCell *cell = grid_cell(grid, row, name);
        if (cell->kind != GRID_WORDS || !grid_starts(grid, row, name))
            continue;
        Project project = project_new(index, cell->text, grid->table, FALSE);
        for (guint i = 0; i < G_N_ELEMENTS(COMPARED); i++) {
            guint column = only_column(grid, block, COMPARED[i]);
            if (column != DOCUMENT_NONE)
                project.facts[COMPARED[i]] = grid_fact(grid, row, column);
        }
        g_array_append_val(index->projects, project);
    }
}

void table_projects_add(TableIndex *index, const TableGrid *grid) {
    const char *subject = subject_of(grid);
    if (subject != NULL) {
        Project project = project_new(index, subject, grid->table, TRUE);
        take_funds(grid, &project);
        g_array_append_val(index->projects, project);
        return;
    }
    for (guint i = 0; i < grid->blocks->len; i++)
        take_list(index, grid, &g_array_index(grid->blocks, GridBlock, i));
}

static gboolean are_figures(const Report *report, guint a, guint b) {
    if (a == REPORT_NONE || b == REPORT_NONE)
        return FALSE;
    const Fact *x = report_fact(report, a), *y = report_fact(report, b);
    return x->kind == y->kind && g_strcmp0(x->unit, y->unit) == 0 &&
           x->qualifier == QUALIFIER_EXACT && y->qualifier == QUALIFIER_EXACT;
}

static void relate_project(const TableIndex *index, const Project *form, const Project *row) {
    Report *report = index->report;
    for (guint i = 0; i < G_N_ELEMENTS(COMPARED); i++) {
        guint ours = form->facts[COMPARED[i]], theirs = row->facts[COMPARED[i]];
        if (!are_figures(report, ours, theirs))
            continue;
        guint relation = relation_begin(report, COMPARED[i] == HEAD_EARNED ? "SCO-05" : "XSC-05",
                                        report_fact(report, theirs)->place);
        report_relation(report, relation)->certain =
            document_table(report->document, form->table)->ruled &&
            document_table(report->document, row->table)->ruled;
        report_relation(report, relation)->scope = report_fact(report, theirs)->label;
        relation_add(report, relation, ours, "same");
        relation_add(report, relation, theirs, "same");
    }
}

void relate_forms_with_lists(TableIndex *index, const GArray *totals) {
    GArray *projects = index->projects;
    for (guint i = 0; i < projects->len; i++) {
        Project *form = &g_array_index(projects, Project, i);
        guint forms = 0;
        if (!form->form)
            continue;
        for (guint k = 0; k < totals->len; k++) {
            guint total = g_array_index(totals, guint, k);
            if (report_fact(index->report, total)->table == form->table)
                form->facts[HEAD_EARNED] = total;
        }
        for (guint k = 0; k < projects->len; k++)
            forms += g_array_index(projects, Project, k).form &&
                             strcmp(g_array_index(projects, Project, k).name, form->name) == 0
                         ? 1
                         : 0;
        for (guint k = 0; forms == 1 && k < projects->len; k++) {
            const Project *row = &g_array_index(projects, Project, k);
            if (!row->form && strcmp(row->name, form->name) == 0)
                relate_project(index, form, row);
        }
    }
}
