"""The commands that look central over and tend a county: audit, attachments, deck, settings."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, select

from central import attachments, audit, campaign_end, county_settings, service, terminals
from central.attachments import Incomplete
from central.config import Parts
from central.errors import BooksWrong
from central.tables import counties

T = TypeVar("T")
Work = Callable[[argparse.Namespace], str]
Command = Callable[[str, Work, str], argparse.ArgumentParser]


def add(command: Command) -> None:
    command(
        "audit",
        _audit,
        "重算钱和份额，查每笔复核有没有待办 / count money and rights again; every review has a case",
    )
    missing = command(
        "attachments", _attachments, "附件没有到齐的申请 / applications whose files have not all come"
    )
    missing.add_argument("--county", help="只看这个县区 / of this county only")
    deck = command(
        "deck",
        _deck,
        "活动结束后公开整副签，谁都能核对 / after the campaign: every card of a deck, for anyone to check",
    )
    deck.add_argument("deed", choices=("open",), help="此后不再发放 / nothing of it is granted from then on")
    deck.add_argument("deck", metavar="ID", help="哪一副 / deck:<campaign>")
    settings = command(
        "settings",
        _settings,
        "县区的设置，会告知各终端 / what central sets for a county; told to its terminals",
    )
    settings.add_argument("county", help="县区代码 / its code")
    known = ", ".join(county_settings.SETTINGS)
    settings.add_argument(
        "values", metavar="KEY=VALUE", nargs="*", help=f"{known}；KEY= 为取消 / KEY= takes it back"
    )


def _audit(options: argparse.Namespace) -> str:
    parts = service.open_(options.data)
    try:
        with parts.database.snapshot() as conn:
            done = audit.of(conn)
    finally:
        parts.database.close()
    if done.faults:
        raise BooksWrong("\n".join(done.faults))
    return str(done)


def _attachments(options: argparse.Namespace) -> str:
    parts = service.open_(options.data)

    def ask(conn: Connection) -> list[str]:
        if options.county is None:
            wanted = list(conn.execute(select(counties.c.id).order_by(counties.c.id)).scalars())
        else:
            wanted = [str(terminals.named_county(conn, options.county).id)]
        store = parts.attachments
        return [_line(one) for county in wanted for one in attachments.incomplete(conn, store, county)]

    return "\n".join(_asked(parts, ask)) or "附件都到齐了 · every attachment has come"


def _line(one: Incomplete) -> str:
    return "  ".join((one.at, one.terminal or "—", one.op, one.service, *one.missing))


def _deck(options: argparse.Namespace) -> str:
    parts = service.open_(options.data)
    found = _asked(parts, lambda conn: campaign_end.lay_open(conn, options.deck))
    cards = [card.token for card in found.cards]
    told = {"right": found.right, "commitment": found.commitment, "cards": cards}
    return json.dumps(told, ensure_ascii=False, indent=1)


def _settings(options: argparse.Namespace) -> str:
    parts = service.open_(options.data)

    def change(conn: Connection) -> dict[str, object]:
        held = dict(terminals.named_county(conn, options.county, hold=True).settings)
        values = county_settings.changed(held, options.values)
        if values != held:
            terminals.change_settings(conn, options.county, values, parts.clock())
        return values

    return "\n".join(f"{key}={_shown(value)}" for key, value in sorted(_asked(parts, change).items()))


def _shown(value: object) -> str:
    """As it would be written."""
    if isinstance(value, dict):
        return ",".join(f"{point}:{'+'.join(names)}" for point, names in sorted(value.items()))
    return ",".join(value) if isinstance(value, list) else str(value)


def _asked(parts: Parts, work: Callable[[Connection], T]) -> T:
    try:
        return parts.database.write(work)
    finally:
        parts.database.close()
