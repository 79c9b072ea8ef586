"""A full disk and a folder that refuses writing, by the system's own means."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync import outbox
from sync.errors import DiskFull
from sync.journal import segments
from sync.outbox import NewOperation
from sync.wire.operation import new_op_id
from tests.support.ledger import Ledger

REPO = Path(__file__).parents[2]

# On a disk of 2 MiB of its own: records until something gives way, makes room, goes on, starts again.
CHILD = """
import json, sys
from pathlib import Path
from sync import outbox
from sync.errors import StoreError
from sync.outbox import NewOperation
from sync.wire.operation import new_op_id
from tests.support.ledger import open_ledger

disk = Path(sys.argv[1])
ballast = disk / "ballast"
ballast.write_bytes(bytes(600_000))
ledger = open_ledger(disk / "data")
told, faults = [], []


def pay(text):
    new, stamp = NewOperation(new_op_id(), "bill.pay", {"pad": text}), ledger.stamp()
    told.append(ledger.db.run_sync(lambda conn: outbox.record(conn, new, stamp)).op_id)


for _ in range(2000):
    try:
        pay("x" * 3000)
    except StoreError as error:
        faults.append(type(error).__name__)
        if len(faults) == 3:
            break
ballast.unlink()
pay("room again")
ledger.reopen()
views = ledger.db.read_sync(lambda conn: outbox.recent(conn, limit=9999))
found = [view.op_id for view in reversed(views)]
mended = [item.value for item in ledger.opened.mended]
ledger.db.close()
print(json.dumps({"told": told, "found": found, "faults": faults, "mended": mended}))
"""
OWN_DISK = 'mount -t tmpfs -o size=2m tmpfs "$0" && exec "$@"'
UNSHARE = ("unshare", "--user", "--map-root-user", "--mount")


def may_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="needs user namespaces")
def test_a_full_disk_is_named_loses_nothing_and_work_goes_on_when_there_is_room(tmp_path: Path):
    command = [*UNSHARE, "sh", "-c", OWN_DISK, str(tmp_path), sys.executable, "-c", CHILD, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPO, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["faults"] == ["DiskFull"] * 3
    assert len(said["told"]) > 20
    assert said["found"] == said["told"]
    assert said["mended"] == []


def run_child(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=REPO, timeout=60, check=False)


def recorded(ledger: Ledger) -> list[str]:
    views = ledger.db.read_sync(lambda conn: outbox.recent(conn, limit=9999))
    return [view.op_id for view in reversed(views)]


def pay(ledger: Ledger) -> str:
    new, stamp = NewOperation(new_op_id(), "bill.pay", {"n": 1}), ledger.stamp()
    return ledger.db.run_sync(lambda conn: outbox.record(conn, new, stamp)).op_id


@contextmanager
def full_disk_under(file: Path) -> Iterator[None]:
    """Every write to this open file meets ENOSPC, from the kernel."""
    handle = next(int(fd.name) for fd in Path("/proc/self/fd").iterdir() if fd.exists() and fd.samefile(file))
    kept, full = os.dup(handle), os.open("/dev/full", os.O_RDWR)
    os.dup2(full, handle)
    try:
        yield
    finally:
        os.dup2(kept, handle)
        os.close(kept)
        os.close(full)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_journal_disk_keeps_what_was_committed_and_stops_what_would_come_after(ledger: Ledger):
    with full_disk_under(segments(ledger.folders.journal)[-1]):
        first = pay(ledger)  # durable in the ledger: saying otherwise would be a lie
        assert isinstance(ledger.db.journal_fault, DiskFull)
        with pytest.raises(DiskFull):
            pay(ledger)
    second = pay(ledger)
    assert ledger.db.journal_fault is None
    assert recorded(ledger) == [first, second]
    ledger.reopen()
    assert ledger.opened.mended == ()
    assert recorded(ledger) == [first, second]


READ_ONLY = """
import os, sys
from pathlib import Path
from kiosk.store import keystore
from kiosk.store.opening import Folders, open_store
from sync.errors import StoreError
if os.getuid() == 0:
    os.setuid(65534)
try:
    open_store(Folders.of(Path(sys.argv[1])), keystore.obfuscated(Path(sys.argv[1]) / "keys.json"))
except StoreError as error:
    print(type(error).__name__, error.file)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
@pytest.mark.parametrize("fresh", [True, False])
def test_a_read_only_folder_is_named(tmp_path: Path, fresh: bool):
    folder = tmp_path / "data"
    folder.mkdir()
    if not fresh:
        (folder / "lock").touch()
    for path in (tmp_path, *tmp_path.parents[:2]):
        os.chmod(path, 0o755)
    os.chmod(folder, 0o555)
    done = run_child(READ_ONLY, str(folder))
    assert done.stdout.startswith(f"ReadOnly {folder}"), done.stdout + done.stderr
