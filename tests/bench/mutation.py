#!/usr/bin/python3
"""How much of what is changed in clean reports gouji finds: every figure that takes part in a relation,
in eight ways. Prints the table and lists every change that was not found.

    make bench        or:  tests/bench/mutation.py [DOCUMENT…]

With ONE_OF=7 in the environment only one change of seven.
"""
import multiprocessing
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "mutation"))
import harness  # noqa: E402

PROCESSES = 2
ONE_OF = int(os.environ.get("ONE_OF", 1))


def part(task):
    """The changes of one part of all, in a process of its own."""
    names, number = task
    cleans = [c for c in [*harness.samples(), *harness.texts(), *harness.real()] if not names or c.name in names]
    normalizer = harness.Normalizer()
    results = harness.run(cleans, normalizer, lambda i: i % (PROCESSES * ONE_OF) == number)
    normalizer.close()
    return cleans, results


def main(names):
    with multiprocessing.Pool(PROCESSES) as pool:
        parts = pool.map(part, [(names, number) for number in range(PROCESSES)])
    cleans, results = parts[0][0], [result for _, results in parts for result in results]
    print("What is changed in clean reports, and found")
    harness.table(cleans, results)
    print("\nNot as it should be:")
    harness.misses(results)
    print("\nNamed alone, and not confirmed or not true:")
    harness.names(results)
    if os.environ.get("UNNAMED"):
        harness.unnamed(results)


if __name__ == "__main__":
    main(sys.argv[1:])
