"""`python -m tests.proof.sim --seed N`: runs schedules, says which seeds fail and how to see them again."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter

if os.environ.get("PYTHONHASHSEED") != "0":  # the order of sets too must be the same again
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, "-m", "tests.proof.sim", *sys.argv[1:]])

from tests.proof.sim.schedule import run_schedule


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.sim", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="the first")
    parser.add_argument("--schedules", type=int, default=1)
    parser.add_argument("--minutes", type=float, help="as many schedules as fit")
    parser.add_argument("--verbose", action="store_true", help="all that happened")
    parser.add_argument("--coverage", action="store_true", help="how often each fault and state came up")
    asked = parser.parse_args()
    began, failed, ran = time.monotonic(), 0, 0
    seen: Counter[str] = Counter()
    while ran < asked.schedules or asked.minutes:
        if asked.minutes and time.monotonic() - began > asked.minutes * 60:
            break
        report = run_schedule(asked.seed + ran, trace=asked.verbose)
        ran += 1
        seen.update(report.seen)
        if asked.verbose:
            print("\n".join(report.trace))
        if report.violations:
            failed += 1
            print(f"seed {report.seed} fails ({report.digest[:16]})")
            print("\n".join(f"  {one}" for one in report.violations))
            print(f"  again: python -m tests.proof.sim --seed {report.seed} --verbose", flush=True)
    took = time.monotonic() - began
    print(f"{ran} schedules, {failed} with violations, {ran / took:.1f} a second")
    if asked.coverage:
        print("\n".join(f"{count:8} {name}" for name, count in sorted(seen.items())))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
