/* Edges are one open hash table from (node, character) to node: a step costs one probe. */
#include "normalize/trie.h"

typedef struct {
    guint64 key; /* node << 24 | character; 0 where empty */
    guint node;
} Edge;

struct Trie {
    Edge *edges;
    guint n_edges, mask;
    GArray *words; /* guint: of each node, its word or 0 */
};

enum { TRIE_EDGES_FIRST = 1024 };

static guint edge_slot(const Edge *edges, guint mask, guint64 key) {
    guint slot = (guint)((key * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15)) >> 40) & mask;
    while (edges[slot].key != 0 && edges[slot].key != key)
        slot = (slot + 1) & mask;
    return slot;
}

static guint64 edge_key(guint node, gunichar code) { return (guint64)(node + 1) << 24 | code; }

Trie *trie_new(void) {
    Trie *trie = g_new0(Trie, 1);
    trie->edges = g_new0(Edge, TRIE_EDGES_FIRST);
    trie->mask = TRIE_EDGES_FIRST - 1;
    trie->words = g_array_new(FALSE, TRUE, sizeof(guint));
    g_array_set_size(trie->words, 1);
    return trie;
}

void trie_free(Trie *trie) {
    if (trie == NULL)
        return;
    g_free(trie->edges);
    g_array_free(trie->words, TRUE);
    g_free(trie);
}

static void trie_grow(Trie *trie) {
    guint mask = trie->mask * 2 + 1;
    Edge *edges = g_new0(Edge, (gsize)mask + 1);
    for (guint i = 0; i <= trie->mask; i++)
        if (trie->edges[i].key != 0)
            edges[edge_slot(edges, mask, trie->edges[i].key)] = trie->edges[i];
    g_free(trie->edges);
    trie->edges = edges;
    trie->mask = mask;
}

static guint trie_child(Trie *trie, guint node, gunichar code) {
    guint64 key = edge_key(node, code);
    guint slot = edge_slot(trie->edges, trie->mask, key);
    if (trie->edges[slot].key == 0) {
        if (trie->n_edges * 2 > trie->mask) {
            trie_grow(trie);
            slot = edge_slot(trie->edges, trie->mask, key);
        }
        trie->edges[slot] = (Edge){.key = key, .node = trie->words->len};
        trie->n_edges++;
        g_array_set_size(trie->words, trie->words->len + 1);
    }
    return trie->edges[slot].node;
}

static guint trie_set(Trie *trie, guint node, guint word) {
    guint *held = &g_array_index(trie->words, guint, node);
    if (*held == 0)
        *held = word;
    return *held;
}

guint trie_add(Trie *trie, const gunichar *codes, guint n, guint word) {
    guint node = 0;
    for (guint i = 0; i < n; i++)
        node = trie_child(trie, node, codes[i]);
    return trie_set(trie, node, word);
}

guint trie_add_backwards(Trie *trie, const gunichar *codes, guint n, guint word) {
    guint node = 0;
    for (guint i = n; i > 0; i--)
        node = trie_child(trie, node, codes[i - 1]);
    return trie_set(trie, node, word);
}

static guint trie_walk(const Trie *trie, const gunichar *codes, int step, guint n, guint *word) {
    guint length = 0, node = 0;
    for (guint i = 0; i < n; i++, codes += step) {
        const Edge *edge = &trie->edges[edge_slot(trie->edges, trie->mask, edge_key(node, *codes))];
        if (edge->key == 0)
            break;
        node = edge->node;
        guint held = g_array_index(trie->words, guint, node);
        if (held != 0) {
            length = i + 1;
            *word = held;
        }
    }
    return length;
}

guint trie_match(const Trie *trie, const gunichar *codes, guint n, guint *word) {
    return trie_walk(trie, codes, 1, n, word);
}

guint trie_match_backwards(const Trie *trie, const gunichar *end, guint n, guint *word) {
    return trie_walk(trie, end - 1, -1, n, word);
}
