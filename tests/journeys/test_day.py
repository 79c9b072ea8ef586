"""The whole day by clicks, three terminals and central, in one size: screen, paper and central agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = 400


def test_the_day_ends_with_screen_paper_and_central_in_agreement(tmp_path: Path) -> None:
    out = tmp_path / "tour"
    words = [sys.executable, "-m", "tools.tour", "--brief", "--out", str(out)]
    done = subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False, env=os.environ
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((out / "report.json").read_text())["terminals"]
    kinds = {op["kind"] for seat in report.values() for op in seat["operations"]}
    assert kinds >= {
        "application.submit",
        "bill.pay",
        "callback.request",
        "case.close",
        "goods.sell",
        "operator.pin",
        "order.place",
        "right.redeem",
    }
    assert all(seat["differences"] == [] for seat in report.values())
    assert "TypeError" not in done.stderr, done.stderr
