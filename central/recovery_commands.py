"""The commands around a loss: how central stands, that it was restored, that reconciling ends."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from central import service, standing
from central.config import Parts

T = TypeVar("T")


def _status(options: argparse.Namespace) -> str:
    return "\n".join(_asked(service.open_(options.data), standing.of).lines())


def _restored(options: argparse.Namespace) -> str:
    parts = service.open_(options.data)
    begun = _asked(parts, lambda conn: standing.begin_reconciling(conn, parts.clock()))
    return f"中心进入第 {begun} 期，等各终端报到 · epoch {begun}: waiting for the terminals"


def _reconcile(options: argparse.Namespace) -> str:
    parts = service.open_(options.data)
    ended = _asked(parts, lambda conn: standing.end_reconciling(conn, parts.clock()))
    return "\n".join(("恢复核对已结束 · reconciling has ended", *ended.lines()))


def _asked(parts: Parts, work: Callable[[Connection], T]) -> T:
    try:
        return parts.database.write(work)
    finally:
        parts.database.close()


COMMANDS = (
    (
        "status",
        _status,
        "丢数据后谁没报到、谁的记录分叉 / who was not heard since a loss, which chains forked",
    ),
    ("restored", _restored, "告知数据库是从备份恢复的 / say that the database comes from a backup"),
    ("reconcile", _reconcile, "结束恢复后的核对 / end the reconciling after a restore"),
)
