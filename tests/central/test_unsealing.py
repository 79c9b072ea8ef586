"""What a public terminal sealed is judged like any other; what cannot be opened waits for a person."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from central import reviews, unsealing
from central.tables import operations
from sync.wire import canon, personal
from sync.wire.answers import Outcome, Result
from sync.wire.case import Reason
from sync.wire.sealing import DecryptionKey, EncryptionKey, Sealed, seal
from tests.central.conftest import START
from tests.central.world import World
from tests.support.handlers import HANDLERS

BUYER = {"name": "𡓐小满", "phone": "13900000000"}


def key(world: World) -> EncryptionKey:
    return world.a.driver.calls.parts.keys.sealing[0].public


def stored(world: World, op: str) -> Any:
    return world.ask(lambda conn: conn.execute(select(operations).where(operations.c.op == op)).one())


def test_it_is_judged_as_if_it_had_come_open(world: World) -> None:
    order = world.a.order(("rice", 1, 5990))
    result = world.a.push("order.place", personal.sealed(order, {"buyer"}, key(world)))
    open_ = world.a.push("order.place", order)
    assert (result.outcome, result.reason) == (open_.outcome, open_.reason)
    row = stored(world, result.op)
    assert b"13900000000" not in row.payload
    assert canon.decode_object(row.opened)["buyer"] == BUYER
    assert stored(world, open_.op).opened is None
    world.check()


def review_of(world: World, sealed: Any) -> Result:
    order = {k: v for k, v in world.a.order(("rice", 1, 5990)).items() if k != "buyer"}
    return world.a.push("order.place", order | {"sealed": sealed})


@pytest.mark.parametrize(
    "make",
    [
        lambda _: 5,
        lambda _: "",
        lambda _: "a.b.c.d.e",
        lambda own: seal(DecryptionKey.generate().public, Sealed.PAYLOAD, b"x"),
        lambda own: seal(own, Sealed.BUNDLE, b"x"),
        lambda own: seal(own, Sealed.PAYLOAD, b"not zstd"),
        lambda own: personal.sealed({"total_fen": 1}, {"total_fen"}, own)["sealed"],
        lambda own: personal.sealed({"sealed": "x"}, {"sealed"}, own)["sealed"],
        lambda own: personal.sealed({"buyer": {"name": "\0", "phone": "1"}}, {"buyer"}, own)["sealed"],
    ],
)
def test_what_cannot_be_opened_waits_with_its_cash_in_the_books(world: World, make: Any) -> None:
    result = review_of(world, make(key(world)))
    assert (result.outcome, result.reason) == (Outcome.REVIEW, Reason.PAYLOAD_INVALID)
    assert world.a.push("order.place", world.a.order(("rice", 1, 5990))).outcome.final  # nothing is held up
    assert world.case(result.case)["reason"] == Reason.PAYLOAD_INVALID
    world.check()


def test_a_key_that_was_found_again_opens_it(world: World) -> None:
    lost = DecryptionKey.generate()
    order = world.a.order(("rice", 1, 5990))
    result = world.a.push("order.place", personal.sealed(order, {"buyer"}, lost.public))
    assert result.outcome is Outcome.REVIEW
    case = str(result.case)
    world.do(lambda conn: reviews.retry(conn, HANDLERS, case, START))
    assert world.outcome(result.op)[0] == Outcome.REVIEW.value
    keys = {lost.public.kid: lost}
    world.do(lambda conn: unsealing.reopen(conn, keys, case))
    world.do(lambda conn: reviews.retry(conn, HANDLERS, case, START))
    assert world.outcome(result.op)[0] != Outcome.REVIEW.value
    world.check()
