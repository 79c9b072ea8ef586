"""How long it takes to forget somebody who leaves a public terminal, and to look whether anything is left."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile

from tests.bench.figures import Figure, below, percentile, reported
from tests.bench.program import ROOT, environment

LONGEST_MS = 300


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench-wipe-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.wipe_app", folder],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment(),
        )
    both: list[tuple[float, float]] = json.loads(done.stdout)
    wiped, worked = zip(*both, strict=True)
    return [
        below("wipe: forgotten and looked at, p95", percentile(wiped, 0.95), "ms", LONGEST_MS),
        reported("wipe: forgotten and looked at, p50", percentile(wiped, 0.5), "ms"),
        reported("wipe: forgotten and looked at, longest", max(wiped), "ms"),
        reported("wipe: of the processor's time, p50", percentile(worked, 0.5), "ms"),
    ]
