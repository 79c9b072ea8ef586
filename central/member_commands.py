"""The commands about members: cards for people, and the end of a card that was lost."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Row

from central import members, service, terminals
from central.config import Parts, member_key
from central.errors import SetupError
from central.members import MOST_YEARS, Joining, Span
from sync.wire import masking

T = TypeVar("T")
Answer = Callable[[argparse.Namespace], str]
Said = Callable[[Answer], Callable[[argparse.Namespace], None]]
WithData = Callable[[argparse.ArgumentParser], argparse.ArgumentParser]
YEARS = 5


def add(desk: argparse.ArgumentParser, with_data: WithData, said: Said) -> None:
    """`said` prints what a command answers."""
    deeds = desk.add_subparsers(required=True)

    def deed(name: str, work: Answer, what: str) -> argparse.ArgumentParser:
        added = with_data(deeds.add_parser(name, help=what, description=what))
        added.set_defaults(work=said(work))
        return added

    shown = deed("list", listed, "会员卡一览，姓名打码 / every card, names masked")
    issue = deed("issue", _issue, "登记会员并发卡 / a new member, and the first card")
    renew = deed("renew", _renew, "换卡，旧卡全部作废 / another card; those before are revoked")
    stop = deed("revoke", _revoke, "挂失或作废一张卡 / a card that was lost counts no more")
    for one in (shown, issue):
        one.add_argument("county", help="县区代码 / its code")
    issue.add_argument("--name", required=True, help="姓名；卡上只有打码的 / the card has it masked only")
    issue.add_argument("--phone", help="电话 / telephone")
    renew.add_argument("member", help="会员号 / the member's number")
    stop.add_argument("card", help="卡的标识，见一览 / its id, as listed")
    for one in (renew, stop):
        one.add_argument("--by", required=True, help="谁决定，为什么 / who decides, and why")
    for one in (issue, renew):
        years = f"有效年数，至多 {MOST_YEARS} / valid for years, at most {MOST_YEARS}"
        one.add_argument("--years", type=int, default=YEARS, help=years)
        one.add_argument(
            "--qr", type=Path, metavar="FILE", help="二维码图，svg 或 png / its code as a picture"
        )


def listed(options: argparse.Namespace) -> str:
    def ask(conn: Connection) -> list[Row[Any]]:
        return members.cards(conn, terminals.named_county(conn, options.county).id)

    return "\n".join(map(_line, _asked(options, lambda _parts, conn: ask(conn))))


def _line(row: Row[Any]) -> str:
    until: tuple[str, ...] = ("至 · until", row.expires_at)
    if row.revoked_at is not None:
        until = ("作废 · revoked", row.revoked_at, row.reason)
    return "  ".join((row.id, masking.name(row.name or "") or "—", *until))


def _issue(options: argparse.Namespace) -> str:
    def work(parts: Parts, conn: Connection) -> str:
        county, at = str(terminals.named_county(conn, options.county).id), parts.clock()
        key = member_key(parts.folder)
        fresh = members.trust(conn, county, key.public)
        number = members.join(conn, Joining(county, options.name, options.phone), at)
        token = members.issue(conn, key, number, _span(options, parts))
        told = "\n先运行 pack，终端才认得 · run pack: terminals do not know this key yet" if fresh else ""
        return f"{number}\n{token}{told}"

    return _drawn(options, _asked(options, work))


def _renew(options: argparse.Namespace) -> str:
    def work(parts: Parts, conn: Connection) -> str:
        members.revoke_all(conn, options.member, options.by, parts.clock())
        token = members.issue(conn, member_key(parts.folder), options.member, _span(options, parts))
        return f"{options.member}\n{token}"

    return _drawn(options, _asked(options, work))


def _revoke(options: argparse.Namespace) -> str:
    _asked(options, lambda parts, conn: members.revoke(conn, options.card, options.by, parts.clock()))
    return f"已作废：{options.card} · revoked"


def _span(options: argparse.Namespace, parts: Parts) -> Span:
    if not 0 < options.years <= MOST_YEARS:
        raise SetupError(f"--years 应为 1 到 {MOST_YEARS} · 1 to {MOST_YEARS}")
    return Span(parts.clock(), options.years)


def _drawn(options: argparse.Namespace, answer: str) -> str:
    """Also as a picture to print on the card, where one is wanted."""
    if options.qr is not None:
        import segno  # only who wants a picture waits for it

        try:
            segno.make(answer.split("\n")[1], error="m").save(str(options.qr), scale=8, border=4)
        except (OSError, ValueError) as error:
            raise SetupError(f"{options.qr}: {error}") from error
    return answer


def _asked(options: argparse.Namespace, work: Callable[[Parts, Connection], T]) -> T:
    parts = service.open_(options.data)
    try:
        return parts.database.write(lambda conn: work(parts, conn))
    finally:
        parts.database.close()
