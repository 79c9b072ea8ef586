"""Where the world ends and the simulator begins: threads, the driver, the line, chance."""

from __future__ import annotations

import logging
import os
import secrets
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import anyio.to_thread
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import SAWarning
from sqlcipher3 import dbapi2

import kiosk.store.cachefile
import kiosk.store.engine
import kiosk.store.threads
import kiosk.terminal
import sync.wire.operation
from sync.transport import Transport
from sync.wire.keys import SigningKey
from tests.proof.sim.ledgers import Driver, MemoryFile
from tests.proof.sim.line import SimLine
from tests.proof.sim.loop import Inline
from tests.proof.sim.machine import Machine, connect

HERE: ContextVar[Machine] = ContextVar("machine")
"""Whose program runs."""


@contextmanager
def installed(
    chance: Random, now_ms: Callable[[], int], machine_at: Callable[[Path], Machine]
) -> Iterator[None]:
    async def dial(*_: Any) -> SimLine:
        machine = HERE.get()
        return machine.around.line(machine)

    def open_file(path: Path, create: bool) -> MemoryFile | None:
        return machine_at(path).open_file(path, create)

    def uuid7() -> UUID:
        value = (now_ms() & ((1 << 48) - 1)) << 80 | chance.getrandbits(76)
        value = value & ~(0xF << 76) | 7 << 76
        return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)

    async def inline(func: Callable[..., Any], *args: Any, **_: Any) -> Any:
        return func(*args)

    changes: list[tuple[Any, str, Any]] = [
        (os, "urandom", chance.randbytes),
        (secrets, "token_bytes", lambda size=32: chance.randbytes(size)),
        (secrets, "token_hex", lambda size=32: chance.randbytes(size).hex()),
        (time, "time_ns", lambda: now_ms() * 1_000_000),
        (SigningKey, "generate", classmethod(lambda cls: cls(chance.randbytes(32)))),
        (sync.wire.operation, "uuid7", uuid7),
        (Transport, "open", dial),
        (anyio.to_thread, "run_sync", inline),
        (kiosk.store.threads, "ThreadPoolExecutor", Inline),
        (kiosk.store.engine, "dbapi2", Driver(open_file)),
        (kiosk.store.engine, "create_engine", _engine),
        (kiosk.store.cachefile, "empty", _no_pack),
        (kiosk.terminal, "_connecting", lambda: connect),
    ]
    _prototype().dialect.__dict__.pop("dispatch", None)  # forgets who listened for errors of engines now gone
    before = [(where, name, vars(where)[name]) for where, name, _ in changes]
    logging.disable(logging.CRITICAL)
    try:
        for where, name, value in changes:
            setattr(where, name, value)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # of savepoints under which central was killed
            yield
    finally:
        for where, name, value in before:
            setattr(where, name, value)
        logging.disable(logging.NOTSET)


@cache
def _prototype() -> Engine:
    made = create_engine("sqlite://", module=dbapi2)
    made.connect().close()
    return made


def _engine(url: str, **options: Any) -> Engine:
    """Statements are compiled once for all lives of all machines, not once for each."""
    first = _prototype()
    made = create_engine(url, _initialize=False, **options)
    made.dialect = made.pool._dialect = first.dialect
    made._compiled_cache = first._compiled_cache
    return made


def _no_pack() -> Engine:
    return create_engine("sqlite://")
