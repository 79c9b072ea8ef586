"""The commands about operators: who works where, a first PIN to be changed, and the end of it."""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, select

from central import operators, service, terminals
from central.errors import SetupError
from central.operators import Operator
from central.tables import points
from sync.wire.roles import ROLES

T = TypeVar("T")
Answer = Callable[[argparse.Namespace], str]
Said = Callable[[Answer], Callable[[argparse.Namespace], None]]
WithData = Callable[[argparse.ArgumentParser], argparse.ArgumentParser]
DIGITS = 6
LONGEST_NAME = 40


def add(desk: argparse.ArgumentParser, with_data: WithData, said: Said) -> None:
    """`said` prints what a command answers."""
    deeds = desk.add_subparsers(required=True)

    def deed(name: str, work: Answer, what: str) -> argparse.ArgumentParser:
        added = with_data(deeds.add_parser(name, help=what, description=what))
        added.set_defaults(work=said(work))
        added.add_argument("county", help="县区代码 / its code")
        return added

    deed("list", listed, "谁在哪里，能做什么 / who works where, in which roles")
    fresh = deed("add", _add, "登记值守员，印出初始密码 / a new operator; prints the first PIN")
    reset = deed("reset", _reset, "重置密码，首次登录须更改 / a new first PIN, to be changed at sign-in")
    roles = deed("roles", _roles, "改角色 / other roles from now on")
    close = deed("close", _close, "停用，终端得知即失效 / over as soon as a terminal hears of it")
    for one in (fresh, reset, roles, close):
        one.add_argument("operator", help="编号 / the operator's id")
    for one in (fresh, roles):
        what = "角色，可写多个 / a role, or several"
        one.add_argument("--role", choices=sorted(ROLES), action="append", required=True, help=what)
    fresh.add_argument("--name", required=True, help="姓名 / name")
    fresh.add_argument("--point", help="只在这个服务点；不写为全县 / works only there; else everywhere")


def listed(options: argparse.Namespace) -> str:
    def ask(conn: Connection, county: str, _at: datetime) -> list[Operator]:
        return operators.every(conn, county)

    return "\n".join(map(_line, _asked(options, ask)))


def _line(one: Operator) -> str:
    state = "停用 · closed" if not one.active else "须改密码 · PIN to be changed" if one.must_change else ""
    return "  ".join((one.id, one.name, ",".join(one.roles), one.point or "—", state)).rstrip()


def _add(options: argparse.Namespace) -> str:
    pin, name = _first_pin(), options.name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise SetupError(f"姓名应为 1 到 {LONGEST_NAME} 个字 · a name of 1 to {LONGEST_NAME} characters")

    def work(conn: Connection, county: str, at: datetime) -> None:
        if operators.find(conn, county, options.operator) is not None:
            raise SetupError(f"已有这位值守员：{options.operator} · there is one already")
        _check_point(conn, county, options.point)
        roles = tuple(dict.fromkeys(options.role))
        verifier = operators.make_verifier(pin)
        operators.put(
            conn, county, Operator(options.operator, name, roles, verifier, point=options.point), at
        )

    _asked(options, work)
    return pin


def _reset(options: argparse.Namespace) -> str:
    pin = _first_pin()
    _changed(options, verifier=operators.make_verifier(pin), must_change=True)
    return pin


def _roles(options: argparse.Namespace) -> str:
    return _changed(options, roles=tuple(dict.fromkeys(options.role)))


def _close(options: argparse.Namespace) -> str:
    return _changed(options, active=False)


def _changed(options: argparse.Namespace, **values: object) -> str:
    def work(conn: Connection, county: str, at: datetime) -> Operator:
        known = operators.find(conn, county, options.operator)
        if known is None:
            raise SetupError(f"没有这位值守员：{options.operator} · no such operator")
        return operators.put(conn, county, replace(known, **values), at)  # type: ignore[arg-type]

    return _line(_asked(options, work))


def _check_point(conn: Connection, county: str, point: str | None) -> None:
    here = (points.c.county == county) & (points.c.id == point)
    if point is not None and conn.execute(select(points.c.id).where(here)).first() is None:
        raise SetupError(f"县里没有这个服务点：{point} · no such point in the county")


def _first_pin() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def _asked(options: argparse.Namespace, work: Callable[[Connection, str, datetime], T]) -> T:
    parts = service.open_(options.data)

    def ask(conn: Connection) -> T:
        county = str(terminals.named_county(conn, options.county).id)
        return work(conn, county, parts.clock())

    try:
        return parts.database.write(ask)
    finally:
        parts.database.close()
