"""How much more memory the terminal takes while it pushes 10,000 operations than with nobody to push to."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import county
from tests.bench.figures import Figure, below, reported
from tests.bench.program import ROOT, environment
from tests.bench.push import OPERATIONS


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench-memory-") as name:
        here = county.prepared(OPERATIONS).copy(Path(name))
        words = [sys.executable, "-m", "tests.bench.memory_app", str(here.root / "kiosk")]
        with subprocess.Popen(
            words, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True
        ) as terminal:
            assert terminal.stdout is not None
            idle = float(terminal.stdout.readline())
            with county.central_beside(here):
                most = float(terminal.stdout.readline())
                assert terminal.wait() == 0
    return [
        below("push memory: over idle", most - idle, "MB", 60),
        reported("push memory: idle", idle, "MB"),
    ]
