"""Central's own signed words, shown again by somebody who made two operations of one id."""

from __future__ import annotations

from dataclasses import replace

import pytest

from central import closing, outcomes
from central.outcomes import OperationRow
from sync.wire import batch as wire_batch
from sync.wire import token
from sync.wire.answers import Forks, Outcome
from tests.central.conftest import POINT, Central
from tests.central.driver import Driver
from tests.central.world import Desk, World

PAID_OUT = -500_000


def replaced(central: Central, world: World) -> Desk:
    """The machine at this number from now on: whoever has its disk has the keys of both lives."""
    code = central.code(terminal=world.a.driver.id)
    return replace(world.a, driver=Driver.enrol(central.calls, code, POINT))


def twins(world: World, op: str) -> dict[int, OperationRow]:
    terminal = world.a.driver.id
    rows = [
        row
        for incarnation in (1, 2)
        for row in world.ask(lambda conn: outcomes.between(conn, terminal, incarnation, 1, 1))  # noqa: B023
    ]
    assert [row.op for row in rows] == [op, op]
    return {row.incarnation: row for row in rows}


@pytest.mark.parametrize("speaks", [1, 2])
def test_the_word_for_one_life_is_no_word_for_another_of_the_same_id(
    central: Central, world: World, speaks: int
) -> None:
    told = world.a.push("bill.pay", world.a.bill(1))
    fresh = replaced(central, world)
    twin = fresh.push("bill.pay", fresh.stated("A1", 300) | {"cash": fresh.cash(PAID_OUT)}, op=told.op)
    assert (told.outcome, twin.outcome, told.seq) == (Outcome.ACCEPTED, Outcome.REVIEW, twin.seq)
    before = world.books()
    shown = world.a.driver if speaks == 1 else fresh.driver
    shown.testify(*(one for one in (world.a.driver.last_ack, fresh.driver.last_ack) if one))
    rows = twins(world, told.op)
    assert (rows[1].outcome, rows[2].outcome) == (Outcome.ACCEPTED, Outcome.REVIEW)
    assert world.books() == before
    world.check()


def test_a_twin_that_was_refused_takes_nothing_back_of_the_first(central: Central, world: World) -> None:
    told = world.a.push("bill.pay", world.a.bill(1))
    fresh = replaced(central, world)
    case = fresh.push("bill.pay", fresh.stated("A1", 300), op=told.op).case
    assert case is not None
    world.do(lambda conn: closing.settle_reviews(conn, case, central.clock(), given_back=True))
    page = fresh.driver.ask("GET", f"{fresh.driver.base}/changes?cursor=0").text
    assert any(item.get("outcome") == "rejected" for item in token.peek(page)["items"])
    before = world.books()
    for life in (world.a.driver, fresh.driver):
        life.testify(*(one for one in (world.a.driver.last_ack, page) if one))
    rows = twins(world, told.op)
    assert (rows[1].outcome, rows[2].outcome) == (Outcome.ACCEPTED, Outcome.REJECTED)
    assert world.books() == before


def test_a_refused_fork_takes_nothing_back_of_the_chain(central: Central, world: World) -> None:
    """At the same place, with the same id: only its case tells it from what is in the chain."""
    told = world.a.push("bill.pay", world.a.bill(1))
    driver = world.a.driver
    clone = Driver(driver.calls, driver.key, driver.enrolment)
    clone.record("bill.pay", world.a.stated("A1", 300), op=told.op)
    kind = {"Content-Type": wire_batch.MEDIA_TYPE}
    answer = driver.ask("POST", f"{driver.base}/forks", wire_batch.encode(clone.batch(1)), kind)
    (forked,) = Forks.parse(token.peek(answer.text)).results
    assert (forked.op, forked.outcome, told.case) == (told.op, Outcome.REVIEW, None)
    case = forked.case
    assert case is not None
    world.do(lambda conn: closing.settle_reviews(conn, case, central.clock(), given_back=True))
    page = driver.ask("GET", f"{driver.base}/changes?cursor=0").text
    assert any(item.get("outcome") == "rejected" for item in token.peek(page)["items"])
    before = world.books()
    driver.testify(page)
    assert world.outcome(told.op)[0] == "accepted"
    assert world.books() == before
