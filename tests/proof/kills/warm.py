"""Terminals as forked children of one warmed process: a life costs a tenth of a second and not two."""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from sync.errors import StoreError
from tests.proof.cuts.deeds import live
from tests.proof.cuts.durability import pack_tight

PATIENCE = 60.0
_PR_SET_PTRACER = 0x59616D61


@dataclass(frozen=True)
class Errand:
    home: Path
    seed: int
    life: int
    deeds: int
    file_limit: int | None = None  # bytes; a write across it is short, the next one fails


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.proof.kills.warm"])
    return context


class Child:
    """One life in a process of its own; `heard` is what it has said."""

    def __init__(self, errand: Errand) -> None:
        self._ears, mouth = _context().Pipe(duplex=True)
        self._process: ForkServerProcess = _context().Process(target=_live, args=(errand, mouth))
        self.heard: list[str] = []
        self._process.start()
        mouth.close()
        assert self._listen(PATIENCE) == "ready"

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        return self._process.exitcode

    def go(self) -> None:
        self._ears.send_bytes(b"go")

    def until(self, holds: Callable[[str], bool]) -> None:
        while (said := self._listen(PATIENCE)) is not None and not holds(said):
            pass

    def linger(self, seconds: float) -> None:
        """Lets it go on for so long; only what it says is looked at."""
        self._process.join(seconds)

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Hears the rest."""
        while self._listen(PATIENCE) is not None:
            pass
        self._process.join(PATIENCE)
        assert self.exit_code is not None, "it hangs"
        if self.exit_code not in (0, -signal.SIGKILL):
            self.heard.append(json.dumps({"bug": f"it ended with {self.exit_code}"}))
        self._ears.close()

    def _listen(self, seconds: float) -> str | None:
        assert self._ears.poll(seconds), "it says nothing"
        try:
            said = self._ears.recv_bytes().decode()
        except (EOFError, OSError):  # it is gone; a word cut off by its death was not said
            return None
        if said.startswith("{"):
            self.heard.append(said)
        return said


@contextmanager
def running(errand: Errand) -> Iterator[Child]:
    child = Child(errand)
    try:
        yield child
    finally:
        child.kill()


def _live(errand: Errand, mouth: Connection) -> None:
    pack_tight()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, -1, 0, 0, 0)  # whoever has our user may trace us

    def tell(said: dict[str, Any]) -> None:
        mouth.send_bytes(json.dumps(said).encode())

    mouth.send_bytes(b"ready")
    mouth.recv_bytes()
    if errand.file_limit is not None:
        _limit_files(errand.file_limit)
    with suppress(StoreError):  # told before: the person has given up, the program is ended
        live(errand.home, errand.seed, errand.deeds, tell, errand.life)


def _limit_files(size: int) -> None:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
