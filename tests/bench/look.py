"""How soon a page stands, how evenly a long shelf scrolls, and what hundreds of pages leave behind.

A machine that is busy with other things delays a frame: the least of several rounds is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from typing import Any

from tests.bench.figures import Figure, below, percentile, reported
from tests.bench.look_app import MEASURED, ROWS, WARM_UP
from tests.bench.program import ROOT, environment

ROUNDS = 3
PAGE_MS, FRAME_MS, GROWN_MB = 100, 33, 10


def measure() -> list[Figure]:
    rounds = [_round() for _ in range(ROUNDS)]
    pages = [percentile(one["pages"], 0.95) for one in rounds]
    frames = [percentile(one["frames"], 0.99) for one in rounds]
    grown = [one["grown"] for one in rounds]
    usual = min(percentile(one["pages"], 0.5) for one in rounds)
    busy = min(one["busy"] for one in rounds)
    return [
        below("screen: page change to drawn frame, 95 %", min(pages), "ms", PAGE_MS),
        reported("screen: page change to drawn frame, half of them", usual, "ms"),
        reported("screen: page change, processor time of one", busy, "ms"),
        below(f"screen: {ROWS:,} rows with pictures scrolled, 99 % of frames", min(frames), "ms", FRAME_MS),
        below(f"screen: {MEASURED} page changes after {WARM_UP} add", max(grown), "MB", GROWN_MB),
    ]


def _round() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="bench-look-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.look_app", folder],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment(),
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
