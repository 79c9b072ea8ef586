"""`make proof [MINUTES=10] [SEED=N]`: every prover within the time, build/proof.json and build/proof.html.

Ends with 1 on any violation, a mutant nobody catches, or a control (lowered durability) that loses nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.proof.run import page, setting
from tests.proof.run.figures import Figures, Run, encode, gather, write
from tests.proof.run.lanes import LOGS, Budget, Lanes
from tests.proof.run.provers import PROVERS

REPO = Path(__file__).parents[2]
JSON, PAGE = REPO / "build/proof.json", REPO / "build/proof.html"
WRITES_EVERY, SAYS_EVERY = 5.0, 20.0
STOPPED = 130


def main() -> int:
    names = [one.name for one in PROVERS]
    parser = argparse.ArgumentParser(prog="make proof", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, help="default: the minute of the start")
    parser.add_argument("--lanes", type=int, default=os.cpu_count() or 1, help="processes at once")
    parser.add_argument("--only", action="append", choices=names, help="these provers alone")
    asked = parser.parse_args()
    began = datetime.now(UTC)
    seed = asked.seed if asked.seed is not None else int(began.strftime("%y%m%d%H%M"))
    run = Run(seed, asked.minutes, asked.lanes, began.isoformat(timespec="seconds"), setting.describe())
    provers = tuple(one for one in PROVERS if asked.only is None or one.name in asked.only)
    shutil.rmtree(LOGS, ignore_errors=True)
    LOGS.mkdir(parents=True)
    print(f"seed {seed}, {asked.minutes:g} minutes, {asked.lanes} at once, commit {run.setting['commit']}")
    lanes = Lanes(Budget(asked.minutes * 60, seed, asked.lanes), provers)
    is_whole = _go_on(lanes, run)
    found = _write(lanes, run, is_whole=is_whole)
    _tell(found)
    if not found.holds:
        return 1
    return 0 if is_whole else STOPPED


def _go_on(lanes: Lanes, run: Run) -> bool:
    """Whether nobody stopped it."""
    lanes.start()
    said = time.monotonic()
    try:
        while not lanes.is_done():
            time.sleep(min(WRITES_EVERY, max(0.2, lanes.left)))
            found = _write(lanes, run, is_whole=False)
            if time.monotonic() > said + SAYS_EVERY:
                said = time.monotonic()
                print(_line(found), flush=True)
    except KeyboardInterrupt:
        print("stopped; what was found so far counts")
        lanes.stop()
        return False
    return True


def _write(lanes: Lanes, run: Run, *, is_whole: bool) -> Figures:
    seconds = time.monotonic() - lanes.begun
    found = gather(run, lanes.pasts.values(), seconds, is_whole=is_whole)
    write(JSON, encode(found))
    write(PAGE, page.render(found))
    return found


def _line(found: Figures) -> str:
    passed = int(found.seconds)
    figures = [f"{name} {count:,}" for name, count in found.figures.items() if count]
    words = [f"{passed // 60:3}:{passed % 60:02}", *figures, f"violations {len(found.violations)}"]
    return " · ".join(words)


def _tell(found: Figures) -> None:
    print(_line(found))
    for name, why in found.not_run.items():
        print(f"NOT RUN {name}: {why}")
    for name, one in found.violations:
        print(f"{name}: {one.what}\n  again: {one.again}")
    if found.is_blind:
        print("the control with lowered durability lost nothing: the cuts of this run prove nothing")
    print(
        f"{'holds' if found.holds else 'DOES NOT HOLD'}: {PAGE.relative_to(REPO)}, {JSON.relative_to(REPO)}"
    )


if __name__ == "__main__":
    sys.exit(main())
