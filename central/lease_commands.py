"""The commands about leases: who holds what, and how a person ends one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, select

from central import lease_ends, reviews, service
from central.lease_ends import Remainder
from central.lease_moves import left_in
from central.rights_tables import LeaseState, leases

Answer = Callable[[argparse.Namespace], str]
Said = Callable[[Answer], Callable[[argparse.Namespace], None]]
WithData = Callable[[argparse.ArgumentParser], argparse.ArgumentParser]


def add(desk: argparse.ArgumentParser, with_data: WithData, said: Said) -> None:
    """`said` prints what a command answers."""
    deeds = desk.add_subparsers(required=True)

    def deed(name: str, work: Answer, what: str) -> argparse.ArgumentParser:
        added = with_data(deeds.add_parser(name, help=what, description=what))
        added.set_defaults(work=said(work))
        return added

    shown = deed("list", listed, "份额在谁那里 / what is out, and who has it")
    shown.add_argument("--terminal", help="只看这台终端 / of this terminal only")
    stop = deed("revoke", _revoke, "停用，终端得知即停 / the terminal stops when it hears of it")
    close = deed(
        "close", _close, "代为结清再也不会报账的机器 / for a machine that never states what it spent"
    )
    rest = [one.value for one in Remainder]
    remainder = "剩下的怎么办 / what becomes of what is left"
    close.add_argument("--remainder", choices=rest, required=True, help=remainder)
    for one in (stop, close):
        one.add_argument("lease", help="份额的标识 / its id, as listed")
        one.add_argument("--by", required=True, help="谁决定，为什么 / who decides, and why")


def listed(options: argparse.Namespace) -> str:
    here = leases.c.state != LeaseState.CLOSED
    if options.terminal is not None:
        here &= leases.c.terminal == options.terminal
    order = (leases.c.terminal, leases.c.incarnation, leases.c.right, leases.c.id)
    parts = service.open_(options.data)
    try:
        with parts.database.reading() as conn:
            rows = conn.execute(select(leases).where(here).order_by(*order)).all()
    finally:
        parts.database.close()
    return "\n".join(map(_line, rows))


def _line(row: Row[Any]) -> str:
    left = f"{left_in(row)}/{row.amount}"
    return "  ".join((row.id, f"{row.terminal}/{row.incarnation}", row.right, row.state, left, row.issued))


def _revoke(options: argparse.Namespace) -> str:
    return _end(options, None)


def _close(options: argparse.Namespace) -> str:
    return _end(options, Remainder(options.remainder))


def _end(options: argparse.Namespace, remainder: Remainder | None) -> str:
    """A statement on it that waits for a person is judged again at once."""
    parts = service.open_(options.data)
    at = parts.clock()

    def end(conn: Connection) -> None:
        if remainder is None:
            lease_ends.revoke(conn, options.lease, options.by, at)
            return
        lease_ends.close_by_hand(conn, options.lease, remainder, options.by, at)
        for case in reviews.about_lease(conn, options.lease):
            reviews.retry(conn, parts.handlers, case, at)

    try:
        parts.database.write(end)
    finally:
        parts.database.close()
    return f"已办：{options.lease} · done"
