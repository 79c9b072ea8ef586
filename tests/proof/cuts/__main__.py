"""`python -m tests.proof.cuts [--seed N] [--lives L] [--cuts C]`; one cut again: `--life FILE --cut E.D`.

FILE is the recording kept beside a violation. `--seed N --cut E.D` records anew, with other keys and nonces:
nearly the same cut, not the very same.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.proof.cuts import proof
from tests.proof.cuts.durability import SHIPPED, Durability
from tests.proof.cuts.proof import Cut, CutReport

SHOWN = 20


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.cuts", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lives", type=int, default=1)
    parser.add_argument("--deeds", type=int, default=120)
    parser.add_argument("--cuts", type=int, default=2000)
    parser.add_argument("--control", type=int, default=200)
    parser.add_argument("--durability", type=Durability.parse, default=SHIPPED)
    parser.add_argument(
        "--inject", action="append", default=[], help="a fault while recording, as strace has it"
    )
    parser.add_argument("--cut")
    parser.add_argument("--life", type=Path, help="a recording kept under build/proof/violations")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if options.cut:
        return _again(options)
    if options.durability != SHIPPED:
        return _compare(options)
    seeds = range(options.seed, options.seed + options.lives)
    if options.inject:
        report = CutReport()
        for seed in seeds:
            life = proof.record(seed, options.deeds, SHIPPED, *options.inject)
            proof.cut_life(life, options.cuts // options.lives, report, 1e18)
    else:
        report = proof.prove(seeds, options.deeds, options.cuts, options.control)
    print(
        f"{report.cuts} cuts, {report.lost} lost, {len(report.violations)} violations;", dict(report.mended)
    )
    print(
        f"control: {report.control_cuts} cuts, {report.control_lost} lost; {report.cuts_a_second:.0f} cuts/s"
    )
    print(*report.violations[:SHOWN], sep="\n")
    blind = options.control and not options.inject and not report.control_lost
    return 1 if report.lost or report.violations or blind else 0


def _compare(options: argparse.Namespace) -> int:
    report = CutReport()
    for seed in range(options.seed, options.seed + options.lives):
        life = proof.record(seed, options.deeds, options.durability)
        proof.cut_life(life, options.cuts // options.lives, report, 1e18)
    print(
        f"{options.durability}: {report.control_cuts} cuts, {report.control_lost} lost;",
        dict(report.control_mended),
    )
    return 0


def _again(options: argparse.Namespace) -> int:
    events, draw = map(int, options.cut.split("."))
    if options.life:
        life = proof.recorded(options.life)
    else:
        life = proof.record(options.seed, options.deeds, options.durability, *options.inject)
    image, promised = proof.at(life, Cut(life.seed, events, draw))
    if options.keep:
        options.keep.mkdir()
        proof.materialise(image, options.keep)
    found = proof.examine(life.seed, image, promised, thorough=True)
    print(found)
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
