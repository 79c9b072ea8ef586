"""Central, restored, decides anew before it knows that it had decided: what the terminal was told holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from central import cases, epoch, ledger, operators, outcomes, pools, standing
from central.contradictions import CONTRADICTED
from central.operators import Operator
from central.rights_audit import audit_rights
from central.rights_tables import leases as lease_table
from central.tables import operations
from central.tables import operators as operator_table
from central.tables import terminals as terminal_table
from sync import cases as our_cases
from sync import changes, contradicted, documents, identity, leases
from sync.outbox import State
from sync.tables import proofs
from sync.wire.answers import Outcome
from sync.wire.case import Reason
from sync.wire.rights import stock_right
from tests.support.central import COUNTY, POINT, RunningCentral
from tests.support.recovery import CASH, a_day, ask, books, live_through, results, stock_honey
from tests.support.stick import bag, empty, enrol, fill, head_office
from tests.support.terminal import Terminal, until

NUMBERS = "numbers:hall"
FATES = [(Outcome.ACCEPTED, None), (Outcome.REJECTED, Reason.SOLD_OUT)]


def notices(central: RunningCentral) -> list[dict[str, object]]:
    rows = ask(central, lambda conn: conn.execute(select(cases.cases)).all())
    return [dict(row.facts) for row in rows if row.reason == Reason.CENTRAL_RESTORED]


def say_restored(central: RunningCentral, terminal: Terminal) -> None:
    central.parts.database.write(lambda conn: standing.begin_reconciling(conn, terminal.crank.at))


@pytest.mark.parametrize("first", [0, 1])
async def test_a_person_decided_otherwise_after_the_restore(
    central: RunningCentral, terminal: Terminal, first: int
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    doubtful = terminal.record("test.unheard", text="of", cash=CASH)
    await live_through(terminal, periods=1)
    backup = central.backup()

    def decide(fate: tuple[Outcome, Reason | None]) -> None:
        at = terminal.crank.at
        central.parts.database.write(lambda conn: outcomes.decide(conn, doubtful.op_id, *fate, at=at))

    decide(FATES[first])
    await live_through(terminal)
    told = terminal.view(doubtful.op_id).state
    central.restore(backup)
    decide(FATES[1 - first])
    say_restored(central, terminal)
    await live_through(terminal)
    await live_through(terminal)

    assert terminal.view(doubtful.op_id).state is told is State(FATES[first][0].value)
    assert results(central)[doubtful.op_id][0] == FATES[first][0].value
    row = ask(central, lambda conn: conn.execute(select(operations)).one())
    assert row.facts[CONTRADICTED]["outcome"] == FATES[1 - first][0].value
    [notice] = notices(central)
    assert (notice["told"], notice["books_say"]) == tuple(
        outcome.value for outcome, _ in (FATES[first], FATES[1 - first])
    )
    accepted = FATES[first][0] is Outcome.ACCEPTED
    due = ask(central, lambda conn: cases.due(conn, row.case_id))
    assert (due, books(central).get(ledger.LOSS, 0)) == ((0, -500) if accepted else (-500, 0))
    assert not sum(books(central).values())


async def test_of_two_cases_the_one_on_the_customers_paper_stays(
    central: RunningCentral, terminal: Terminal
) -> None:
    """The operation reached the restored central by another way first, which knew of no earlier answer."""
    await terminal.enrol(central.url, central.code(), POINT)
    bad = terminal.record("test.decide", text="reject", cash=CASH)
    backup = central.backup()
    terminal.close()
    shutil.copytree(terminal.folder, terminal.folder.with_name("carried"))
    fresh = Terminal.open(terminal.folder, terminal.crank)
    terminal.opened, terminal.clock = fresh.opened, fresh.clock
    await live_through(terminal)
    [told] = [case for _, _, case, _ in results(central).values()]
    central.restore(backup)
    carried = Terminal.open(terminal.folder.with_name("carried"), terminal.crank)
    await live_through(carried)
    carried.close()
    [made_anew] = [case for _, _, case, _ in results(central).values()]
    assert made_anew != told

    say_restored(central, terminal)
    await live_through(terminal)
    assert results(central)[bad.op_id][2] == told
    assert [case.id for case in terminal.db.read_sync(our_cases.open_cases)] == [told]
    rows = ask(central, lambda conn: conn.execute(select(cases.cases)).all())
    assert {row.id: row.state for row in rows} == {told: "open", made_anew: "closed"}
    assert ask(central, lambda conn: cases.due(conn, told)) == -500
    assert ask(central, lambda conn: cases.due(conn, made_anew)) == 0


async def test_what_was_under_review_and_is_decided_at_once_now_is_heard(
    central: RunningCentral, terminal: Terminal
) -> None:
    """Both words have the first revision: of two the same the terminal keeps its own."""
    await terminal.enrol(central.url, central.code(), POINT)
    slow = terminal.record("test.decide", text="review", cash=CASH)
    backup = central.backup()
    terminal.close()
    shutil.copytree(terminal.folder, terminal.folder.with_name("carried"))
    fresh = Terminal.open(terminal.folder, terminal.crank)
    terminal.opened, terminal.clock = fresh.opened, fresh.clock
    await live_through(terminal)
    assert terminal.view(slow.op_id).state is State.REVIEW
    central.restore(backup)
    central.parts.handlers["test.decide"] = central.parts.handlers["test.note"]  # it knows better now
    carried = Terminal.open(terminal.folder.with_name("carried"), terminal.crank)
    await live_through(carried)
    carried.close()
    say_restored(central, terminal)
    await live_through(terminal)
    assert results(central)[slow.op_id][0] == "accepted"
    assert terminal.view(slow.op_id).state is State.ACCEPTED


async def test_a_number_that_was_given_out_twice_is_told_to_a_person(
    central: RunningCentral, terminal: Terminal, another: Terminal
) -> None:
    def make(conn: Connection) -> None:
        pools.create(conn, NUMBERS, pools.Unit.PIECE, 9)
        pools.allot(conn, pools.Allotment(NUMBERS, POINT, 0, 9, 1, 9))

    central.parts.database.write(make)
    await terminal.enrol(central.url, central.code(), POINT)
    await another.enrol(central.url, central.code(), POINT)
    await live_through(another, periods=1)
    backup = central.backup()
    terminal.record("lease.request", right=NUMBERS, amount=3)
    await live_through(terminal, periods=1)
    central.restore(backup)
    another.record("lease.request", right=NUMBERS, amount=3)  # nobody knows yet of a loss
    await live_through(another, periods=1)
    await live_through(terminal)
    assert ask(central, epoch.is_reconciling)
    [notice] = notices(central)
    assert (notice["right"], notice["twice"]) == (NUMBERS, [[1, 3]])


async def test_of_two_words_that_crossed_by_courier_the_first_one_stays(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    """Only the terminal can know that central forgot: its water stands where it stood."""
    await enrol(central, terminal)
    bad = terminal.record("test.decide", text="reject", cash=CASH)
    await fill(terminal, stick)
    backup = central.backup()
    await live_through(terminal)
    told = terminal.view(bad.op_id)
    central.restore(backup)
    head_office(central, stick)
    [made_anew] = [case for _, _, case, _ in results(central).values()]
    assert made_anew != told.case_id
    await empty(terminal, stick)
    await live_through(terminal)
    await live_through(terminal)
    assert terminal.view(bad.op_id) == told
    assert results(central)[bad.op_id][2] == told.case_id
    assert [case.id for case in terminal.db.read_sync(our_cases.open_cases)] == [told.case_id]
    assert not terminal.db.read_sync(contradicted.is_owed)
    assert ask(central, epoch.is_reconciling)  # what others were told in the lost days is asked of them too


async def test_an_older_word_that_comes_late_by_courier_leaves_one_case_for_both_sides(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    bad = terminal.record("test.decide", text="review", cash=CASH)
    await fill(terminal, stick)
    backup = central.backup()
    head_office(central, stick)
    central.restore(backup)
    await live_through(terminal)
    await empty(terminal, stick)
    await live_through(terminal)
    await live_through(terminal)
    case = results(central)[bad.op_id][2]
    assert terminal.view(bad.op_id).case_id == case
    assert [one.id for one in terminal.db.read_sync(our_cases.open_cases)] == [case]


async def test_a_cut_after_only_an_earlier_life_was_heard(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    terminal.record(text="in the first life")
    await live_through(terminal, periods=1)
    name = terminal.db.read_sync(identity.require).terminal
    await terminal.enrol(central.url, central.code(terminal=name), POINT)
    bad = terminal.record("test.decide", text="reject", cash=CASH)
    await bag(terminal).fill(stick)
    backup = central.backup()
    await live_through(terminal)
    told = terminal.view(bad.op_id)
    central.restore(backup)
    head_office(central, stick)
    await empty(terminal, stick)
    async with terminal.engine() as engine:
        await until(engine, terminal.crank, lambda: terminal.db.read_sync(changes.cursor) == 0)
    await live_through(terminal)
    await live_through(terminal)
    assert results(central)[bad.op_id][2] == told.case_id


async def test_a_stream_that_is_read_anew_is_kept_once(central: RunningCentral, terminal: Terminal) -> None:
    """All of it is read after every loss, and all that is kept is shown after the next."""
    await terminal.enrol(central.url, central.code(), POINT)
    central.parts.database.write(stock_honey)
    await a_day(central, terminal)
    kept = []
    for _ in range(3):
        say_restored(central, terminal)
        await live_through(terminal)
        rows = terminal.db.read_sync(lambda conn: conn.execute(select(proofs.c.cursor)).scalars().all())
        kept.append(sorted(rows))
    assert kept[0] == kept[1] == kept[2] != []


async def test_of_two_grants_that_crossed_by_courier_central_honours_both(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    honey = stock_right("honey")

    def stock(conn: Connection) -> None:
        pools.create(conn, honey, pools.Unit.PIECE, 20)
        pools.allot(conn, pools.Allotment(honey, POINT, first=0, ceiling=20))

    central.parts.database.write(stock)
    await enrol(central, terminal)
    terminal.record("lease.request", right=honey, amount=4)
    await fill(terminal, stick)
    backup = central.backup()
    await live_through(terminal)
    central.restore(backup)
    head_office(central, stick)
    await empty(terminal, stick)
    await live_through(terminal)
    await live_through(terminal)
    held = {one.id for one in terminal.db.read_sync(leases.all_leases) if one.right == honey}
    granted = select(lease_table.c.id).where(lease_table.c.right == honey)
    assert len(held) == 2
    assert set(ask(central, lambda conn: conn.execute(granted).scalars().all())) == held
    assert ask(central, epoch.is_reconciling)
    assert ask(central, audit_rights) == []


@pytest.mark.parametrize("left", [1, 15])
async def test_of_two_raises_that_crossed_by_courier_both_sides_keep_the_first(
    central: RunningCentral, terminal: Terminal, stick: Path, left: int
) -> None:
    """Both have the same revision: neither side would take the other's."""
    honey = stock_right("honey")

    def stock(conn: Connection) -> None:
        pools.create(conn, honey, pools.Unit.PIECE, 10)
        pools.allot(conn, pools.Allotment(honey, POINT, first=5, ceiling=20))

    central.parts.database.write(stock)
    await enrol(central, terminal)
    terminal.record("lease.request", right=honey, amount=9)
    await fill(terminal, stick)
    backup = central.backup()
    await live_through(terminal)
    central.restore(backup)
    central.parts.database.write(lambda conn: pools.recount(conn, honey, left))
    head_office(central, stick)
    await empty(terminal, stick)
    await live_through(terminal)
    await live_through(terminal)
    [held] = [one for one in terminal.db.read_sync(leases.all_leases) if one.right == honey]
    query = select(lease_table.c.amount, lease_table.c.rev).where(lease_table.c.right == honey)
    assert tuple(ask(central, lambda conn: conn.execute(query).one())) == (10, held.rev)
    assert held.amount == 10
    assert ask(central, audit_rights) == []


async def test_numbers_of_the_stream_that_were_given_out_anew_hide_nothing(
    central: RunningCentral, terminal: Terminal
) -> None:
    """Nobody's water tells of this loss: the terminal's place in its stream is there, with something else."""
    await terminal.enrol(central.url, central.code(), POINT)
    await live_through(terminal, periods=1)
    backup = central.backup()
    appoint(central, "told", terminal)
    await live_through(terminal, periods=1)
    place = terminal.db.read_sync(changes.cursor)
    central.restore(backup)
    appoint(central, "anew", terminal)
    assert ask(central, lambda conn: conn.execute(select(terminal_table.c.last_change)).scalar_one()) == place
    await live_through(terminal)
    known = {one.id for one in terminal.db.read_sync(documents.operators)}
    assert {"told", "anew"} <= known
    assert {"told", "anew"} <= ask(central, operator_ids)
    assert ask(central, epoch.is_reconciling)


async def test_so_does_a_courier_that_goes_first(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    await live_through(terminal, periods=1)
    backup = central.backup()
    appoint(central, "told", terminal)
    await live_through(terminal, periods=1)
    central.restore(backup)
    appoint(central, "anew", terminal)
    terminal.record(text="by hand")
    await fill(terminal, stick)
    head_office(central, stick)
    await empty(terminal, stick)
    assert "anew" in {one.id for one in terminal.db.read_sync(documents.operators)}
    await live_through(terminal)
    assert {"told", "anew"} <= ask(central, operator_ids)
    assert ask(central, epoch.is_reconciling)


def appoint(central: RunningCentral, name: str, terminal: Terminal) -> None:
    one = Operator(name, name, ("operator",), "-")
    central.parts.database.write(lambda conn: operators.put(conn, COUNTY, one, terminal.crank.at))


def operator_ids(conn: Connection) -> set[str]:
    return set(conn.execute(select(operator_table.c.id)).scalars())
