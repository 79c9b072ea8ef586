"""`python -m tests.proof.mutants [--only NAME] [--budget SECONDS]`: which bug is seen by what."""

from __future__ import annotations

import argparse
import os
import sys

if os.environ.get("PYTHONHASHSEED") != "0":  # the order of sets too must be the same again
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, "-m", "tests.proof.mutants", *sys.argv[1:]])

from tests.proof.mutants.catalogue import MUTANTS
from tests.proof.mutants.runner import prove, table


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.mutants", description=__doc__)
    parser.add_argument("--only", help="mutants whose name has this in it")
    parser.add_argument("--budget", type=float, default=600.0, help="seconds for all of them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="what they are")
    asked = parser.parse_args()
    if asked.list:
        for one in MUTANTS:
            print(f"{one.name}: {one.bug} {list(one.breaks)} {one.prover.name}")
        return 0
    report = prove(asked.budget, asked.seed, asked.only)
    print(table(report))
    return 1 if report.survivors or report.false_alarms else 0


if __name__ == "__main__":
    sys.exit(main())
