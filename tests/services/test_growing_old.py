"""What a point kept of people goes with time: payload and slip after 90 days, a draft after 14."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import Connection

from kiosk.devices.paper import Amount
from kiosk.services import business, forms, slips
from kiosk.store import upkeep
from kiosk.store.papers import Papers
from kiosk.tidying import Tidying
from sync import transfer
from sync.wire.answers import Ack, Outcome, Result
from sync.wire.encoding import instant
from sync.wire.kinds import Kind
from tests.services.point import TERMINAL, Point
from tests.services.test_sealing import MARKS, application, assisted, record_all

__all__ = ["assisted"]

QUARTER = timedelta(days=91)


def in_tables(point: Point) -> set[str]:
    """The marks that stand in the ledger but for the journal's copy, which ends with the journal."""

    def rows(conn: Connection) -> bytes:
        names = conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        wanted = [name for name in names if name != "journal_lines"]
        found = [row for name in wanted for row in conn.exec_driver_sql(f'SELECT * FROM "{name}"')]
        return b"\n".join(v if isinstance(v, bytes) else str(v).encode() for row in found for v in row)

    kept = point.read(rows)
    return {mark for marks in MARKS.values() for mark in marks if mark.encode() in kept}


def settle(point: Point) -> None:
    """Central accepts all and gives them free to be erased."""
    waiting = point.operations()
    results = tuple(Result(one.seq, one.op_id, Outcome.ACCEPTED, 9) for one in waiting)
    last = max(waiting, key=lambda one: one.seq)
    ask = "SELECT link FROM operations WHERE op_id = ?"
    link = point.read(lambda conn: conn.exec_driver_sql(ask, (last.op_id,)).scalar_one())
    at = instant(point.now)
    ack = Ack(TERMINAL, 1, 1, "n", last.seq, link, results, last.seq, (), at)
    point.write(lambda conn: transfer.apply_ack(conn, ack, "token", at))


def tidy(point: Point) -> None:
    work = Tidying(point.db, lambda: point.now, Papers(point.folder, ())).work()
    asyncio.run(work)


def test_after_a_quarter_nothing_of_a_person_stands_in_the_ledger(assisted: Point) -> None:
    made = record_all(assisted)
    settle(assisted)
    tidy(assisted)
    assert in_tables(assisted) == {mark for marks in MARKS.values() for mark in marks}
    assisted.now += QUARTER
    tidy(assisted)
    assert in_tables(assisted) == set()
    bought = made[Kind.ORDER_PLACE]
    slip = assisted.read(lambda conn: slips.to_print(conn, bought.number))
    assert any(isinstance(line, Amount) for line in slip.lines)  # the sum stays, and what became of it
    assert assisted.read(lambda conn: business.detail(conn, bought.op_id)).entry.state.final
    tidy(assisted)  # nothing is left to do
    assert assisted.read(upkeep.bare_slips) == 0


def test_a_draft_that_nobody_comes_back_to_goes(assisted: Point) -> None:
    wanted = application(assisted)
    assisted.write(lambda conn: forms.save_draft(conn, assisted.desk, wanted))
    assisted.now += timedelta(days=13)
    tidy(assisted)
    assert assisted.read(forms.drafts) != ()
    assisted.now += timedelta(days=2)
    tidy(assisted)
    assert assisted.read(forms.drafts) == ()
