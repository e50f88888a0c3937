/* The scanner of XML: what it takes and what it refuses. tests/fuzz/markup.c holds it against
 * libxml2. */
#include "extract/markup_scan.h"
#include <string.h>

/* Names with their attributes, texts and ends, each token in brackets; NULL where it is refused. */
static char *tokens_of(const char *bytes, gsize length) {
    MarkupScan scan;
    MarkupToken token;
    g_autoptr(GString) said = g_string_new(NULL);
    markup_scan_begin(&scan, bytes, length);
    while ((token = markup_scan_next(&scan)) < MARKUP_FINISHED) {
        if (token == MARKUP_TEXT)
            g_string_append_printf(said, "[%s]", scan.text->str);
        else if (token == MARKUP_END)
            g_string_append(said, "[/]");
        else {
            g_string_append_printf(said, "[<%.*s", (int)scan.name.length, scan.name.start);
            for (guint i = 0; i < scan.attributes_count; i++)
                g_string_append_printf(said, " %.*s=%s", (int)scan.attributes[i].name.length,
                                       scan.attributes[i].name.start,
                                       scan.values->str + scan.attributes[i].value);
            g_string_append(said, scan.empty ? "/]" : "]");
        }
    }
    if (token == MARKUP_BROKEN)
        g_assert_nonnull(scan.reason);
    markup_scan_clear(&scan);
    return token == MARKUP_BROKEN ? NULL : g_string_free(g_steal_pointer(&said), FALSE);
}

static void test_taken(void) {
    static const struct {
        const char *text, *tokens;
    } ROWS[] = {
        {"<a/>", "[<a/]"},
        {"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a></a>\n", "[<a][/]"},
        {"<?xml version='1.0' standalone='yes' ?><a />", "[<a/]"},
        {"\xEF\xBB\xBF<a/>", "[<a/]"},
        {"<?xml-stylesheet href='a'?><a/><!-- behind -->", "[<a/]"},
        {"<a b='1' c=\"2\"\n\td = '3'/>", "[<a b=1 c=2 d=3/]"},
        {"<a b='\"' c=\"'\"/>", "[<a b=\" c='/]"},
        {"<a b='1\r\n2\t3\r4'/>", "[<a b=1 2 3 4/]"},
        {"<a b='1&#13;&#10;2'/>", "[<a b=1\r\n2/]"},
        {"<a>&lt;&gt;&amp;&quot;&apos;&#39044;&#x7B97;</a>", "[<a][<>&\"'预算][/]"},
        {"<a>1\r\n2\r3</a>", "[<a][1\n2\n3][/]"},
        {"<a>x<![CDATA[<b>&amp;]]>y<!-- - -->z<?p q?>!</a>", "[<a][x<b>&amp;yz!][/]"},
        {"<a>]] ]></a>", "[<a][]] ]>][/]"},
        {"<a> <b> 预 </b > </a>", "[<a][ ][<b][ 预 ][/][ ][/]"},
        {"<a b='>'>></a>", "[<a b=>][>][/]"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autofree char *tokens = tokens_of(ROWS[i].text, strlen(ROWS[i].text));
        g_test_message("%s", ROWS[i].text);
        g_assert_cmpstr(tokens, ==, ROWS[i].tokens);
    }
}

static void test_refused(void) {
    static const char *const ROWS[] = {
        "",
        " ",
        "a",
        "<",
        "<a",
        "<a>",
        "<a><b></a></b>",
        "<a></a",
        "</a>",
        "<a/><b/>",
        "<a/>x",
        "<a/>&#32;",
        "<a/><![CDATA[]]>",
        " <?xml version='1.0'?><a/>",
        "<?xml version='1.0' encoding='GB18030'?><a/>",
        "<?xml encoding='UTF-8'?><a/>",
        "<?xml version='1.1'?><a/>",
        "<?xml version='1.0' standalone='perhaps'?><a/>",
        "<?xml version='1.0'",
        "<?XML x?><a/>",
        "<?p",
        "<?p+?><a/>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<a>&b;</a>",
        "<a>&</a>",
        "<a>&lt</a>",
        "<a>&#0;</a>",
        "<a>&#11;</a>",
        "<a>&#xD800;</a>",
        "<a>&#xFFFE;</a>",
        "<a>&#1114112;</a>",
        "<a>&#99999999999999999999;</a>",
        "<a>&#;</a>",
        "<a>&#x;</a>",
        "<a>&#1a;</a>",
        "<a>]]></a>",
        "<a><![CDATA[</a>",
        "<a><![CDAT[]]></a>",
        "<a><!-- -- --></a>",
        "<a><!-- --></a",
        "<a b/>",
        "<a b=1/>",
        "<a b='1'c='2'/>",
        "<a b='1' b='2'/>",
        "<a b='<'/>",
        "<a b='1/>",
        "<a b='1\"/>",
        "<1/>",
        "<a:b/>",
        "<预/>",
        "< a/>",
        "<a / >",
        "<a>\xFF</a>",
        "<a>\xC0\x80</a>",
        "<a>\xED\xA0\x80</a>",
        "<a>\xEF\xBF\xBE</a>",
        "<a>\xEF\xBF\xBD\xEF\xBF\xBF</a>",
        "<a>\x01</a>",
        "<a b='12345678\x1F'/>",
        "<a>\xE9\xA2</a>",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autofree char *tokens = tokens_of(ROWS[i], strlen(ROWS[i]));
        g_test_message("%s", ROWS[i]);
        g_assert_cmpstr(tokens, ==, NULL);
    }
    g_assert_null(tokens_of("<a>\0</a>", 8));
}

/* Every beginning of a text is refused, and every limit. */
static void test_limits(void) {
    static const char TEXT[] =
        "<?xml version='1.0'?><a b='&amp;'><!-- c --><?d e?>f<![CDATA[g]]></a>";
    for (gsize n = 0; n < sizeof TEXT - 1; n++)
        g_assert_null(tokens_of(TEXT, n));
    g_autofree char *whole = tokens_of(TEXT, sizeof TEXT - 1);
    g_assert_nonnull(whole);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i <= MARKUP_DEPTH_MAX; i++)
        g_string_append(text, "<a>");
    for (guint i = 0; i <= MARKUP_DEPTH_MAX; i++)
        g_string_append(text, "</a>");
    g_assert_null(tokens_of(text->str, text->len));
    g_autofree char *deep = tokens_of(text->str + 3, text->len - 7);
    g_assert_nonnull(deep);
    g_string_assign(text, "<a");
    for (guint i = 0; i <= MARKUP_ATTRIBUTES_MAX; i++)
        g_string_append_printf(text, " b%u=''", i);
    g_string_append(text, "/>");
    g_assert_null(tokens_of(text->str, text->len));
}

static void test_line(void) {
    static const char TEXT[] = "<a>\n\n<b>";
    MarkupScan scan;
    markup_scan_begin(&scan, TEXT, sizeof TEXT - 1);
    while (markup_scan_next(&scan) < MARKUP_FINISHED)
        continue;
    g_assert_cmpuint(markup_scan_line(&scan), ==, 3);
    markup_scan_clear(&scan);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/markup/taken", test_taken);
    g_test_add_func("/markup/refused", test_refused);
    g_test_add_func("/markup/limits", test_limits);
    g_test_add_func("/markup/line", test_line);
    return g_test_run();
}
