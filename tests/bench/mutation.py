#!/usr/bin/python3
"""How much of what is changed in clean reports gouji finds: every figure that takes part in a relation,
in eight ways. Prints the table and lists every change that was not found.

    make bench        or:  tests/bench/mutation.py [--part N/M] [DOCUMENT…]
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "mutation"))
import harness  # noqa: E402


def main(arguments):
    part, whole = 0, 1
    if arguments and arguments[0] == "--part":
        part, whole = map(int, arguments[1].split("/"))
        arguments = arguments[2:]
    cleans = [c for c in [*harness.samples(), *harness.texts(), *harness.real()] if not arguments or c.name in arguments]
    normalizer = harness.Normalizer()
    results = harness.run(cleans, normalizer, lambda i: i % whole == part)
    normalizer.close()
    print("What is changed in clean reports, and found")
    harness.table(cleans, results)
    print("\nNot as it should be:")
    harness.misses(results)
    print("\nNamed alone, and not confirmed or not true:")
    harness.names(results)


if __name__ == "__main__":
    main(sys.argv[1:])
