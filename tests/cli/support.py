"""What the command-line tests share: running the program, scratch folders, the archive, TAP."""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

GOUJI = os.environ.get("GOUJI", os.path.abspath("build/gouji"))
SOURCE = os.environ.get("GOUJI_SOURCE", os.getcwd())
SHARED = os.environ.get("GOUJI_SHARED")
SAMPLES = os.path.join(SOURCE, "samples")

needs_shared = unittest.skipUnless(SHARED, "the shared corpora are not beside the checkout")


def gouji(*arguments, stdin=None, status=0, text=True, environment=None):
    """Runs the program; fails the test where the exit status is not the expected one."""
    done = subprocess.run([GOUJI, *map(str, arguments)], input=stdin, capture_output=True, text=text,
                          env={**os.environ, **(environment or {})}, timeout=300)
    if status is not None and done.returncode != status:
        raise AssertionError(f"gouji {' '.join(map(str, arguments))}: exit {done.returncode}, "
                             f"expected {status}: {done.stderr[-2000:]}")
    return done


class Case(unittest.TestCase):
    """A test case with a scratch folder of its own."""
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="gouji-test-")
        self.addCleanup(shutil.rmtree, self.folder, True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def ingest(self, *paths, status=0, options=()):
        """A new archive of the given PDFs, opened for reading."""
        name = self.path("archive.db")
        gouji("ingest", "--quiet", "--db", name, *options, *paths, status=status)
        return self.database(name)

    def database(self, name):
        connection = sqlite3.connect(f"file:{name}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        self.addCleanup(connection.close)
        return connection


def main():
    """Runs the calling module's tests, as TAP."""
    from tap import TAPTestRunner
    runner = TAPTestRunner()
    runner.set_stream(True)
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = runner.run(suite)
    sys.exit(0 if result.wasSuccessful() else 1)
