/* Bag: the yearly archive as a BagIt bag (RFC 8493) with SHA-256 checksums.
 *
 *   bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt
 *   data/archive.db        the year's SQLite file
 *   data/csv/               its tables, described by data/csv/datapackage.json (Frictionless)
 *   data/findings.xlsx     the workbook
 *   data/originals/        the PDFs by their SHA-256, and absent.csv: which are not there, and why
 *   data/patterns/         the pattern files it was read by
 *   data/README.txt        what all this is
 *
 * Nothing in it needs this program.
 */
#pragma once
#include "load/archive.h"

typedef struct {
    int year;
    const char *patterns; /* folder of pattern files */
    const char *maker;    /* who makes it */
} BagOptions;

typedef struct {
    guint documents, originals, absent;
} BagContents;

/* `folder` must not exist or be empty; where it fails, what was begun stays to be looked at. */
gboolean bag_write(Archive *archive, const char *folder, const BagOptions *options,
                   BagContents *contents, GError **error);

/* Called for each file that is not as the bag says. */
typedef void (*BagTrouble)(const char *path, const char *trouble, gpointer data);

/* FALSE where the folder is no bag at all. */
gboolean bag_verify(const char *folder, BagTrouble trouble, gpointer data, guint *files,
                    GError **error);
