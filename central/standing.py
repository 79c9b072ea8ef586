"""How central stands with its terminals: who was not heard since a loss, which chains forked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from central import epoch, old_cases
from central.business_tables import cases as cases_table
from central.errors import SetupError
from central.recovery_tables import displaced_lives, forked_operations
from central.tables import incarnations, points
from central.tables import terminals as terminals_table
from sync.wire.answers import Outcome
from sync.wire.case import CaseState


@dataclass(frozen=True)
class LifeStanding:
    """One incarnation of a terminal; `evidence` of a fork is where it left the chain."""

    terminal: str
    incarnation: int
    point: str  # its name
    high_water: int
    heard_at: str | None  # the last heartbeat
    ended: bool

    def __str__(self) -> str:
        ended = "，已停用 (ended)" if self.ended else ""
        heard = self.heard_at or "—"
        return f"{self.terminal}/{self.incarnation} {self.point}：{self.high_water}，{heard}{ended}"


@dataclass(frozen=True)
class Standing:
    epoch: int
    reconciling_since: str | None
    silent: tuple[LifeStanding, ...]  # have not shown what they were told
    quarantined: tuple[LifeStanding, ...]
    displaced: tuple[LifeStanding, ...]  # their number went to another machine after a loss
    forked: int  # operations of forks that wait for a person
    open_cases: int

    def lines(self) -> Sequence[str]:
        found = [f"中心第 {self.epoch} 期 · epoch {self.epoch}"]
        if self.reconciling_since is not None:
            found.append(
                f"自 {self.reconciling_since} 起恢复核对中 · reconciling, nothing is granted or posted"
            )
        found += _listed("尚未报到 · not yet heard of", self.silent)
        found += _listed("链已分叉，停用待查 · in quarantine, its chain exists twice", self.quarantined)
        found += _listed(
            "号码已给别的机器，旧机器的业务逐笔待查 · number given away, all of it waits for a person",
            self.displaced,
        )
        found.append(f"分叉业务待定 {self.forked} 笔 · forked operations that wait")
        found.append(f"未结待办 {self.open_cases} 件 · open cases")
        return found


def of(conn: Connection) -> Standing:
    life = epoch.life(conn)
    forked = select(func.count()).where(forked_operations.c.outcome == Outcome.REVIEW.value)
    opened = select(func.count()).where(cases_table.c.state == CaseState.OPEN)
    return Standing(
        epoch=life.epoch,
        reconciling_since=life.reconciling_since,
        silent=_lives(conn, incarnations.c.vouched < life.epoch),
        quarantined=_lives(conn, incarnations.c.quarantined_at.is_not(None)),
        displaced=_displaced(conn),
        forked=int(conn.scalar(forked) or 0),
        open_cases=int(conn.scalar(opened) or 0),
    )


def begin_reconciling(conn: Connection, at: datetime) -> int:
    """A person restored a backup and says so, before any terminal proves it; the new epoch."""
    return epoch.raise_above(conn, epoch.current(conn), at)


def end_reconciling(conn: Connection, at: datetime) -> Standing:
    """Rights are granted again and partners told; who was not heard may still come, and is heard then."""
    if not epoch.is_reconciling(conn):
        raise SetupError("中心没有在恢复核对 · central is not reconciling")
    old_cases.even_out(conn, at)
    standing = of(conn)
    epoch.end_reconciling(conn)
    return standing


def _lives(conn: Connection, where: ColumnElement[bool]) -> tuple[LifeStanding, ...]:
    query = (
        select(incarnations, terminals_table.c.heartbeat_at, points.c.name)
        .join(terminals_table, terminals_table.c.id == incarnations.c.terminal)
        .join(points, points.c.id == terminals_table.c.point)
        .where(where)
        .order_by(incarnations.c.terminal, incarnations.c.incarnation)
    )
    return tuple(
        LifeStanding(
            terminal=row.terminal,
            incarnation=row.incarnation,
            point=str(row.name.get("zh", "")),
            high_water=row.high_water,
            heard_at=row.heartbeat_at,
            ended=row.closed_at is not None,
        )
        for row in conn.execute(query)
    )


def _displaced(conn: Connection) -> tuple[LifeStanding, ...]:
    query = (
        select(displaced_lives, points.c.name)
        .join(points, points.c.id == displaced_lives.c.point)
        .order_by(displaced_lives.c.terminal, displaced_lives.c.incarnation, displaced_lives.c.kid)
    )
    return tuple(
        LifeStanding(row.terminal, row.incarnation, str(row.name.get("zh", "")), 0, row.shown_at, ended=True)
        for row in conn.execute(query)
    )


def _listed(title: str, lives: tuple[LifeStanding, ...]) -> list[str]:
    return [f"{title}: {len(lives)}", *(f"  {life}" for life in lives)]
