"""`python -m tests.proof.kills kills|calls|faults [--seed N] [--count C]`."""

from __future__ import annotations

import argparse
import sys

from tests.proof.kills import faults, kills


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.kills", description=__doc__)
    parser.add_argument("what", choices=("kills", "calls", "faults"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--fault", metavar="CALL,ERROR,K,TIMES", help="this one alone")
    options = parser.parse_args()
    report: kills.KillReport | faults.FaultReport
    if options.what == "kills":
        report = kills.prove(options.seed, options.count)
    elif options.what == "calls":
        report = kills.prove_at_calls(options.seed, options.count)
    elif options.fault:
        call, error, k, times = options.fault.split(",")
        report = faults.FaultReport()
        faults.suffer(options.seed, faults.Fault(call, error, int(k), int(times)), report)
    else:
        report = faults.prove(options.seed, options.count)
    violations, report.violations = report.violations, []
    print(report, *violations, sep="\n")
    report.violations = violations
    return 1 if report.violations else 0


if __name__ == "__main__":
    sys.exit(main())
