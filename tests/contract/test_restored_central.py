"""Central comes back from an old backup: its signed words bring back what it had said, and nothing twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from central import cases, epoch, ledger, outcomes, pools, reviews, standing
from central.rights_audit import audit_rights
from central.tables import incarnations
from sync import cases as our_cases
from sync import identity, leases
from sync.outbox import Recorded, State
from sync.recovery import Recovery
from sync.wire.answers import Outcome, Profile
from sync.wire.case import Reason
from sync.wire.rights import stock_right
from tests.support.central import BRANCH, PG_URL, POINT, RunningCentral
from tests.support.recovery import (
    CASH,
    HONEY,
    a_day,
    ask,
    books,
    case_numbers,
    effects,
    live_through,
    results,
)
from tests.support.terminal import Terminal

pytestmark = pytest.mark.usefixtures("honey")


def lives(central: RunningCentral) -> int:
    found: int = ask(central, lambda conn: conn.scalar(select(func.count()).select_from(incarnations)))
    return found


@pytest.mark.parametrize(
    "restore",
    [
        RunningCentral.restore,
        pytest.param(
            RunningCentral.restore_beneath,
            marks=pytest.mark.skipif(PG_URL is None, reason="an SQLite file has no other owner"),
        ),
    ],
)
async def test_what_central_had_said_holds_and_nothing_happens_twice(
    central: RunningCentral, terminal: Terminal, restore: Callable[[RunningCentral, Path], None]
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    before = terminal.record()
    await live_through(terminal, periods=1)
    backup = central.backup()
    await a_day(central, terminal)
    told, was = results(central), books(central)
    numbers, held = case_numbers(central), terminal.db.read_sync(leases.all_leases)
    assert {State(outcome) for outcome, *_ in told.values()} == {State.ACCEPTED, State.REJECTED, State.REVIEW}

    restore(central, backup)
    assert list(results(central)) == [before.op_id]
    new = terminal.record(text="after")
    await live_through(terminal)

    after = results(central)
    assert {op: after[op] for op in told} == told
    assert after[new.op_id][0] == "accepted"
    assert len(effects(central)) == 3  # before, paid, after
    assert books(central) == was
    fresh = {case: known for case, known in case_numbers(central).items() if case not in numbers}
    assert {case: known for case, known in case_numbers(central).items() if case in numbers} == numbers
    [of_the_difference] = fresh  # what was decided later has no effect its books would give it today
    assert ask(central, audit_rights) == []
    assert terminal.db.read_sync(leases.all_leases) == held
    assert terminal.db.read_sync(identity.require).epoch == 2
    assert {case.id for case in terminal.db.read_sync(our_cases.open_cases)} == {*numbers, of_the_difference}
    assert [text for text in terminal.reports if "DELTA" not in text] == []


async def test_nothing_is_granted_until_a_person_ends_the_reconciling(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    backup = central.backup()
    await a_day(central, terminal)
    central.restore(backup)
    wish = terminal.record("lease.request", right=HONEY, amount=1)
    assert await live_through(terminal) is Recovery.RECONCILING
    view = terminal.view(wish.op_id)
    assert (view.state, view.reason) == (State.REJECTED, Reason.RECONCILING)
    central.parts.database.write(epoch.end_reconciling)
    again = terminal.record("lease.request", right=HONEY, amount=1)
    assert await live_through(terminal) is Recovery.NONE
    assert terminal.view(again.op_id).state is State.ACCEPTED
    assert ask(central, audit_rights) == []


async def test_two_terminals_are_each_heard_and_an_overdrawn_right_is_centrals_loss(
    central: RunningCentral, terminal: Terminal, another: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    await another.enrol(central.url, central.code(), POINT)
    backup = central.backup()
    wish = terminal.record("lease.request", right=HONEY, amount=9)
    await live_through(terminal, periods=1)
    mine = terminal.record(cash=CASH, text="paid")
    await live_through(terminal, periods=1)
    yours = another.record("test.decide", text="reject", cash=CASH)
    await live_through(another, periods=1)
    told = results(central)

    central.restore(backup)
    right = stock_right("honey")
    central.parts.database.write(lambda conn: pools.recount(conn, right, 3))  # sold over the counter since
    await live_through(terminal)
    assert [life.terminal for life in ask(central, standing.of).silent] == [
        another.db.read_sync(identity.require).terminal
    ]
    await live_through(another)
    assert results(central) == told
    assert {mine.op_id, wish.op_id, yours.op_id} == set(told)
    assert ask(central, standing.of).silent == ()
    ended = central.parts.database.write(lambda conn: standing.end_reconciling(conn, terminal.crank.at))
    assert ended.reconciling_since is not None
    assert ask(central, audit_rights) == []
    reasons = [row.reason for row in ask(central, lambda conn: conn.execute(select(cases.cases)).all())]
    assert sorted(reasons) == ["central-restored", "sold-out"]  # the overdraw, and what was told


async def test_a_decision_alone_that_was_lost_is_shown_by_the_stream(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    doubtful = terminal.record("test.decide", text="review", cash=CASH)
    await live_through(terminal, periods=1)
    backup = central.backup()
    at = terminal.crank.at
    central.parts.database.write(
        lambda conn: outcomes.decide(conn, doubtful.op_id, Outcome.REJECTED, Reason.SOLD_OUT, at=at)
    )
    await live_through(terminal)
    assert terminal.view(doubtful.op_id).state is State.REJECTED
    told = results(central)
    central.restore(backup)
    assert results(central) != told
    await live_through(terminal)
    assert results(central) == told
    assert terminal.db.read_sync(identity.require).epoch == 2


async def refused_beside_a_branch(
    central: RunningCentral, terminal: Terminal, branch: Terminal
) -> tuple[Recorded, Path]:
    """An operation that is going to be refused, and a backup of before central hears of it."""
    await terminal.enrol(central.url, central.code(), POINT)
    await branch.enrol(central.url, central.code(Profile.STAFF), BRANCH)
    bad = terminal.record("test.decide", text="reject", cash=CASH)
    return bad, central.backup()


async def test_a_branch_shows_a_case_whose_operation_nobody_has_any_more(
    central: RunningCentral, terminal: Terminal, another: Terminal
) -> None:
    """What the customer's paper says is owed is central's loss, until the operation turns up after all."""
    bad, backup = await refused_beside_a_branch(central, terminal, another)
    await live_through(terminal)
    await live_through(another)
    central.restore(backup)
    await live_through(another)
    [told] = case_numbers(central)
    assert ask(central, lambda conn: cases.due(conn, told)) == 0
    central.parts.database.write(lambda conn: standing.end_reconciling(conn, terminal.crank.at))
    assert ask(central, lambda conn: cases.due(conn, told)) == -500
    assert books(central)[ledger.LOSS] == 500
    await live_through(terminal)
    assert results(central)[bad.op_id][2] == told
    assert ask(central, lambda conn: cases.due(conn, told)) == -500
    assert ledger.LOSS not in books(central)


async def tell_only_the_branch(terminal: Terminal, branch: Terminal) -> None:
    """The terminal's disk stays as it was before it asked."""
    terminal.close()
    shutil.copytree(terminal.folder, terminal.folder.with_name("told"))
    told = Terminal.open(terminal.folder.with_name("told"), terminal.crank)
    await live_through(told, periods=1)
    told.close()
    await live_through(branch)
    fresh = Terminal.open(terminal.folder, terminal.crank)
    terminal.opened, terminal.clock = fresh.opened, fresh.clock


async def test_an_operation_decided_anew_joins_the_case_that_a_branch_shows(
    central: RunningCentral, terminal: Terminal, another: Terminal
) -> None:
    """Of its result nobody was told, of its case somebody was: there are not two."""
    bad, backup = await refused_beside_a_branch(central, terminal, another)
    await tell_only_the_branch(terminal, another)
    [shown] = case_numbers(central)
    central.restore(backup)
    await live_through(another)
    await live_through(terminal)
    assert results(central)[bad.op_id][2] == shown
    assert list(case_numbers(central)) == [shown]
    assert ask(central, lambda conn: cases.due(conn, shown)) == -500
    assert [case.id for case in terminal.db.read_sync(our_cases.open_cases)] == [shown]


async def test_a_case_of_what_was_accepted_when_it_came_again_is_closed(
    central: RunningCentral, terminal: Terminal, another: Terminal
) -> None:
    bad, backup = await refused_beside_a_branch(central, terminal, another)
    await tell_only_the_branch(terminal, another)
    central.restore(backup)
    await live_through(another)
    central.parts.handlers["test.decide"] = central.parts.handlers["test.note"]  # no longer sold out
    await live_through(terminal)
    central.parts.database.write(lambda conn: standing.end_reconciling(conn, terminal.crank.at))
    await live_through(another)
    assert results(central)[bad.op_id][0] == "accepted"
    assert [state for _, state in case_numbers(central).values()] == ["closed"]
    assert another.db.read_sync(our_cases.open_cases) == []


async def test_the_lost_chain_of_an_ended_life_comes_back_too(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    old = terminal.record(cash=CASH, text="the old life's, unsent when it ended")
    name = terminal.db.read_sync(identity.require).terminal
    await terminal.enrol(central.url, central.code(terminal=name), POINT)
    backup = central.backup()
    new = terminal.record(cash=CASH, text="the new life's")
    await live_through(terminal, periods=1)
    told = results(central)
    assert set(told) == {old.op_id, new.op_id}
    central.restore(backup)
    await live_through(terminal)
    assert results(central) == told


async def test_what_was_erased_with_leave_is_shown_by_its_hash(
    central: RunningCentral, terminal: Terminal
) -> None:
    """Central comes back from a backup that is older than it had said it would restore."""
    await terminal.enrol(central.url, central.code(), POINT)
    backup = central.backup()
    told_of = terminal.record(text="with a token")
    await live_through(terminal, periods=1)
    silent = terminal.record(text="whose token is gone")
    await live_through(terminal, periods=1)

    def forget(conn: Connection) -> None:
        conn.exec_driver_sql("UPDATE operations SET payload = NULL")
        conn.exec_driver_sql("DELETE FROM acks WHERE high_water = 2")

    terminal.db.run_sync(forget)
    terminal.restart()
    central.restore(backup)
    kept = terminal.record(text="after")
    assert await live_through(terminal) is Recovery.ERASED
    assert any("erased here" in text for text in terminal.reports)
    outcome = {op: result[:2] for op, result in results(central).items()}
    assert outcome == {
        told_of.op_id: ("accepted", None),
        silent.op_id: ("review", "central-restored"),
        kept.op_id: ("accepted", None),
    }
    assert terminal.view(silent.op_id).state is State.ACCEPTED  # what was told stays told
    [case] = case_numbers(central)
    central.parts.database.write(lambda conn: reviews.give_up(conn, case, terminal.crank.at))
    assert results(central)[silent.op_id][0] == "accepted"
    await live_through(terminal)
    assert ask(central, ledger.trial_balance) == {}


async def test_a_power_cut_between_two_pages_of_evidence_changes_nothing(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    backup = central.backup()
    await a_day(central, terminal)
    told = results(central)
    central.restore(backup)
    for turns in (2, 3, 4, 5, 6):
        async with terminal.engine() as engine:
            for _ in range(turns):
                await engine.turn()
        terminal.restart()
    await live_through(terminal)
    assert results(central) == told
    assert ask(central, audit_rights) == []
