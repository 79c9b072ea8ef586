"""Installs changes on copies of one terminal, killed at a named step each time; tells what is left.

`python -m tests.store.install_victim FOLDER KEYFILE`
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from kiosk.store import cachefile, catalogue, keystore, search
from kiosk.store.opening import Folders, Opened, open_store
from sync.wire.keys import SigningKey
from tests.support.ledger import Ledger
from tests.support.shelf import Shelf, changes, good, item

BEFORE = [good(n, "豆腐") for n in range(300)] + [item(n, "身份证") for n in range(50)]
AFTER = [good(n, "莲藕" if n % 3 else "豆腐") for n in range(20, 320)] + BEFORE[300:]
STEPS = (
    "patching.build", "patching._turn", "patching._prove", "packs.settle", "cachefile.prove",
    "catalogue._switch", "database.use_cache", "catalogue._activate", "cachefile.kept", "cachefile.discard",
)  # fmt: skip


def kill_at(step: str) -> threading.Event:
    """At the entry of that function, whichever thread enters it, once the event is set."""
    module, name = step.split(".")
    armed = threading.Event()

    def watch(frame: FrameType, event: str, _arg: Any) -> None:
        is_there = event == "call" and frame.f_code.co_name == name and armed.is_set()
        if is_there and frame.f_globals.get("__name__", "").endswith("." + module):
            os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(watch)
    sys.setprofile(watch)
    return armed


def in_child(work: Callable[[], None]) -> int:
    """Its status; the child has opened nothing yet."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  a child tells and is gone
            os.write(2, repr(error).encode())
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def opened(folder: Path, keys: Path) -> Opened:
    return open_store(Folders.of(folder), keystore.obfuscated(keys))


def install(folder: Path, keys: Path, step: str) -> None:
    armed = kill_at(step)
    store = Ledger(Folders.of(folder), keystore.obfuscated(keys), SigningKey.generate(), opened(folder, keys))
    armed.set()
    Shelf(store, folder).patch(AFTER, *changes(BEFORE, AFTER))


def look(folder: Path, keys: Path, step: str) -> None:
    store = opened(folder, keys)
    active = store.database.read_sync(catalogue.active)
    kept = store.database.read_sync(cachefile.kept)
    found = store.database.read_cache_sync(lambda conn: search.find(conn, "good", "莲藕")).total
    there = {path.name for path in folder.glob("cache-*")}
    told = {"step": step, "version": active.version if active else None, "found": found}
    told |= {"mended": [one.value for one in store.mended], "leftovers": sorted(there - kept)}
    store.database.close()
    os.write(1, (json.dumps(told) + "\n").encode())


def main(folder: Path, keys: Path) -> None:
    for step in STEPS:
        copy = folder.with_name(f"killed-at-{step}")
        shutil.copytree(folder, copy)
        status = in_child(lambda: install(copy, keys, step))  # noqa: B023
        assert status == -signal.SIGKILL, f"{step}: not killed, {status}"
        asked = in_child(lambda: look(copy, keys, step))  # noqa: B023
        assert asked == 0, step
        shutil.rmtree(copy)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
