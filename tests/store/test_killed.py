"""SIGKILL between input, ledger commit and journal line: what was told is there, nothing is there twice."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.store.opening import Mended, open_store
from sync import leases, outbox
from sync.points import Point
from tests.support.ledger import Ledger, new_grant

REPO = Path(__file__).parents[2]
CHILD = """
import os, signal, sys
from pathlib import Path
from kiosk.store import keystore
from kiosk.store.opening import Folders, open_store
from sync import outbox
from sync.outbox import NewOperation, Stamp
from sync.points import Point
from sync.wire.keys import SigningKey

folder, seed, op_id, deadly = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3], Point(sys.argv[4])


def probe(point):
    if point is deadly:
        os.kill(os.getpid(), signal.SIGKILL)


db = open_store(Folders.of(folder), keystore.obfuscated(folder / "keys.json"), probe).database
stamp = Stamp("2026-03-02T03:00:00Z", "anchored", SigningKey(seed), "T-0001", 1)
new = NewOperation(op_id, "goods.sell", {"n": 1}, lease="L-stock:egg", spend=1)


def sell(conn):
    made = outbox.record(conn, new, stamp)
    probe(Point.INPUT)
    return made


made = db.run_sync(sell)
print("told", made.again, flush=True)
db.close()
"""


def run(ledger: Ledger, point: Point) -> subprocess.CompletedProcess[str]:
    arguments = (str(ledger.folders.data), ledger.signer.seed.hex(), "op-1", point.value)
    command = [sys.executable, "-c", CHILD, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=REPO, timeout=60, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize(
    ("point", "kept", "mended"),
    [
        (Point.INPUT, False, ()),
        (Point.LEDGER_COMMIT, True, (Mended.JOURNAL_TAIL,)),
        (Point.JOURNAL_LINE, True, ()),
    ],
)
def test_killed_at_each_point_of_a_write_and_tried_again(ledger: Ledger, point, kept, mended):
    ledger.db.run_sync(lambda conn: leases.apply_grant(conn, new_grant("stock:egg", 5), "token"))
    ledger.db.close()
    killed = run(ledger, point)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert killed.stdout == ""
    ledger.opened = open_store(ledger.folders, ledger.keys)
    assert ledger.opened.mended == mended
    assert bool(ledger.db.read_sync(outbox.recent)) is kept
    ledger.db.close()
    again = run(ledger, Point.PRINT)
    assert again.stdout == f"told {kept}\n", again.stderr
    ledger.opened = open_store(ledger.folders, ledger.keys)
    assert len(ledger.db.read_sync(outbox.recent)) == 1
    assert ledger.db.read_sync(leases.all_leases)[0].left == 4
