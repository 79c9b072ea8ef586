"""SIGKILL at each step of installing changes: the old pack or the new one is active, nothing is left."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.store.opening import open_store
from tests.store.install_victim import BEFORE, STEPS
from tests.support.ledger import Ledger
from tests.support.shelf import Shelf, packed

REPO = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_at_each_step_of_installing_changes(ledger: Ledger, tmp_path: Path) -> None:
    Shelf(ledger, tmp_path).install(*packed(BEFORE))
    ledger.db.close()
    command = [sys.executable, "-m", "tests.store.install_victim"]
    places = [str(ledger.folders.data), str(ledger.folders.data / "keys.json")]
    ran = subprocess.run(
        [*command, *places], capture_output=True, text=True, cwd=REPO, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [one["step"] for one in told] == list(STEPS)
    for one in told:
        is_new = one["version"] == "2"
        assert (one["version"], one["found"]) in (("1", 0), ("2", 200)), one
        assert is_new == (one["step"] == "cachefile.discard"), one
        assert (one["mended"], one["leftovers"]) == ([], []), one
    ledger.opened = open_store(ledger.folders, ledger.keys)
