#include "extract/ink.h"

static void field_clear(gpointer data) {
    Field *field = data;
    g_free(field->name);
    g_free(field->value);
}

Ink *ink_new(guint number) {
    Ink *ink = g_new0(Ink, 1);
    ink->number = number;
    ink->glyphs = g_array_new(FALSE, FALSE, sizeof(Glyph));
    ink->drawn = g_array_new(FALSE, FALSE, sizeof(Drawn));
    ink->rules = g_array_new(FALSE, TRUE, sizeof(Rule));
    ink->areas = g_array_new(FALSE, TRUE, sizeof(Rectangle));
    ink->pictures = g_array_new(FALSE, TRUE, sizeof(Rectangle));
    ink->paints = g_array_new(FALSE, FALSE, sizeof(Paint));
    ink->fields = g_array_new(FALSE, TRUE, sizeof(Field));
    g_array_set_clear_func(ink->fields, field_clear);
    ink->fonts = g_ptr_array_new_with_free_func(g_free);
    return ink;
}

void ink_free(Ink *ink) {
    if (ink == NULL)
        return;
    g_array_unref(ink->glyphs);
    g_array_unref(ink->drawn);
    g_array_unref(ink->rules);
    g_array_unref(ink->areas);
    g_array_unref(ink->pictures);
    g_array_unref(ink->paints);
    g_array_unref(ink->fields);
    g_ptr_array_unref(ink->fonts);
    g_free(ink);
}
