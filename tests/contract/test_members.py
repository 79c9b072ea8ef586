"""The end of a member card reaches every terminal, those that come later too, and outlives a restore."""

from __future__ import annotations

from sqlalchemy import Connection

from central import members
from central.config import member_key
from central.members import Joining, Span
from sync import documents
from sync.documents import Revoked
from sync.wire import member
from sync.wire.keys import keyring
from tests.support.central import COUNTY, POINT, RunningCentral
from tests.support.crank import Crank
from tests.support.terminal import PACE, Terminal, settle


def issue(central: RunningCentral) -> str:
    """The card's id."""
    key, at = member_key(central.folder), central.parts.clock()

    def work(conn: Connection) -> str:
        number = members.join(conn, Joining(COUNTY, "单小㳇"), at)
        return members.issue(conn, key, number, Span(at, 5))

    return member.read(central.parts.database.write(work), keyring(key.public)).card


def revoke(central: RunningCentral, card: str) -> None:
    central.parts.database.write(lambda conn: members.revoke(conn, card, "lost", central.parts.clock()))


def ended(terminal: Terminal, card: str) -> bool:
    found = terminal.db.read_sync(lambda conn: documents.revocation(conn, Revoked.MEMBER, card))
    return found == "lost"


async def test_those_there_and_those_who_come_hear_of_a_lost_card(
    central: RunningCentral, terminal: Terminal, another: Terminal, crank: Crank
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    card = issue(central)
    async with terminal.engine() as engine:
        await settle(engine)
        revoke(central, card)
        engine.nudge()
        crank.forward(PACE.changes)
        await settle(engine)
    assert ended(terminal, card)
    await another.enrol(central.url, central.code(), POINT)
    async with another.engine() as engine:
        await settle(engine)
    assert ended(another, card)


async def test_a_restored_central_hears_of_it_from_whoever_was_told(
    central: RunningCentral, terminal: Terminal, another: Terminal, crank: Crank
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    await another.enrol(central.url, central.code(), POINT)
    card = issue(central)
    async with terminal.engine() as engine:
        await settle(engine)
    backup = central.backup()
    revoke(central, card)
    terminal.record()
    async with terminal.engine() as engine:
        await settle(engine)
    assert ended(terminal, card)
    central.restore(backup)
    async with terminal.engine(url=central.url) as engine:
        crank.forward(PACE.probe)
        await settle(engine)
        crank.forward(PACE.probe)
        await settle(engine)
    async with another.engine(url=central.url) as engine:
        crank.forward(PACE.changes)
        await settle(engine)
    assert ended(another, card)
