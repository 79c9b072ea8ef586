"""`right.use`: points, budget, cards, numbers out of their leases; a breach is looked at, never refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from central import decks, lease_ends, lease_moves, reviews
from central.lease_moves import Drawn, Spend
from sync.wire import deck as wire_deck
from sync.wire import token
from sync.wire.answers import Outcome, Result
from sync.wire.deck import Card
from sync.wire.encoding import b64, unb64
from sync.wire.grant import Grant
from sync.wire.keys import keyring
from sync.wire.token import Typ
from tests.central.conftest import BRANCH, POINT, START, Central, Clock, open_world
from tests.central.driver import Driver
from tests.central.rights_county import BUDGET, DECK, NUMBERS, POINTS, PRIZES, plant_rights
from tests.central.world import Desk, World


@pytest.fixture
def commitment(central: Central) -> str:
    with central.parts.database.writing() as conn:
        return plant_rights(conn, (POINT, BRANCH))


@pytest.fixture
def county(central: Central, clock: Clock, commitment: str) -> World:
    return open_world(central, clock)


def cards(desk: Desk, first: int, count: int) -> list[str]:
    detail = next(grant.detail for grant in desk.grants if grant.right == DECK)
    taken = detail["cards"][first - detail["first"] :][:count]
    return [Card(DECK, first + n, unb64(salt), prize).token for n, (salt, prize) in enumerate(taken)]


def use(desk: Desk, right: str, amount: int, *tokens: str, lease: str | None = None) -> Result:
    named = {"tokens": list(tokens)} if tokens else {}
    there = {"how": "member", "number": "M-17"}
    payload = {"service": "c1", "right": right, "amount": amount, "holder": "M-17", "person": there} | named
    return desk.push("right.use", payload, lease=lease or desk.driver.lease(right))


def test_each_sort_is_spent_out_of_its_lease(county: World) -> None:
    a = county.a
    done = [
        use(a, POINTS, 30),
        use(a, BUDGET, 99),
        use(a, NUMBERS, 2, "1", "2"),
        use(a, DECK, 2, *cards(a, 1, 2)),
    ]
    assert {one.outcome for one in done} == {Outcome.ACCEPTED}
    spent = {right: county.lease(a.driver.lease(right)).spent for right in (POINTS, BUDGET, NUMBERS, DECK)}
    assert spent == {POINTS: 30, BUDGET: 99, NUMBERS: 2, DECK: 2}
    county.check()


@pytest.mark.parametrize(
    ("right", "amount", "tokens"),
    [
        (POINTS, 101, ()),
        (NUMBERS, 1, ("11",)),  # of nobody's lease
        (NUMBERS, 1, ("21",)),  # of another point's
        (NUMBERS, 1, ("2",)),  # one was passed over
        (NUMBERS, 2, ("1", "1")),
        (NUMBERS, 1, ("one",)),
        (DECK, 1, ("1.AAAAAAAAAAAAAAAAAAAAAA.rice-5kg",)),  # a prize that does not lie there
        (DECK, 1, ("nonsense",)),
    ],
)
def test_a_breach_is_looked_at_and_stays_final(
    county: World, right: str, amount: int, tokens: tuple[str, ...]
) -> None:
    found = use(county.a, right, amount, *tokens)
    assert (found.outcome, found.reason) == (Outcome.REVIEW, "lease-breach")
    assert county.case(found.case)["owes"] == []
    county.check()
    county.do(lambda conn: reviews.give_up(conn, str(found.case), START))
    assert county.outcome(found.op)[0] == "accepted"
    county.check()


def test_what_is_no_use_of_this_right_is_refused(county: World) -> None:
    a = county.a
    lease = a.driver.lease(POINTS)
    wrong: tuple[dict[str, Any], ...] = (
        {"service": "c1", "right": "stock:rice", "amount": 1},
        {"service": "c1", "right": NUMBERS, "amount": 2, "tokens": ["1"]},
        {"service": "c1", "right": POINTS, "amount": 1, "tokens": ["1"]},
        {"service": "c1", "right": "later:kind", "amount": 1},
    )
    assert {a.push("right.use", one, lease=lease).reason for one in wrong} == {"payload-invalid"}
    unleased = a.push("right.use", {"service": "c1", "right": POINTS, "amount": 1})
    assert unleased.reason == "payload-invalid"
    county.check()


@pytest.mark.parametrize("whose", ["another terminal's", "another life's", "of another right"])
def test_only_a_lease_of_this_very_life_is_spent(central: Central, county: World, whose: str) -> None:
    a, lease, desk = county.a, county.a.driver.lease(POINTS), county.a
    if whose == "another terminal's":
        lease = county.b.driver.lease(POINTS)
    elif whose == "another life's":
        again = Driver.enrol(central.calls, central.code(terminal=a.driver.id), POINT)
        desk = Desk(again, POINT, a.coupon_key)
    else:
        lease = a.driver.lease(BUDGET)
    assert use(desk, POINTS, 1, lease=lease).reason == "lease-breach"
    assert county.lease(lease).spent == 0
    county.check()


def test_nothing_is_spent_before_it_was_granted(county: World) -> None:
    a = county.a
    a.driver.record("lease.return", {"lease": a.driver.lease(NUMBERS), "amount": 10})
    a.driver.record("lease.request", {"right": NUMBERS, "amount": 1})
    (text,) = a.driver.push().grants
    new = Grant.parse(token.verify(text, keyring(a.driver.calls.parts.keys.answers.public), Typ.GRANT))
    assert (new.start_seq, new.detail) == (3, {"first": 1, "last": 1})
    early = Spend(new.lease, NUMBERS, 1, a.driver.id, 1, 2, "op", "2025-06-03T09:00:00Z", (1,))
    assert county.do(lambda conn: lease_moves.spend(conn, early)) is Drawn.BREACH
    assert county.do(lambda conn: lease_moves.spend(conn, replace(early, seq=3))) is Drawn.WITHIN
    county.check()


def test_a_use_is_taken_back_but_no_prize_and_no_number(county: World) -> None:
    a = county.a

    def undo(target: Result) -> Result:
        return a.push("operation.reverse", {"target": target.op, "reason": "顾客改主意"})

    points = use(a, POINTS, 30)
    assert undo(points).outcome is Outcome.ACCEPTED
    assert county.lease(a.driver.lease(POINTS)).spent == 0
    assert undo(points).reason == "target-settled"
    assert undo(use(a, NUMBERS, 1, "1")).reason == "target-settled"
    assert undo(use(a, DECK, 1, *cards(a, 1, 1))).reason == "target-settled"
    county.check()


def test_a_revoked_lease_is_stopped_but_what_was_used_counts(county: World) -> None:
    a, lease = county.a, county.a.driver.lease(NUMBERS)
    county.do(lambda conn: lease_ends.revoke(conn, lease, "lost key", START))
    told = [item for item in a.driver.all_changes() if item["t"] == "revocation"]
    assert [(item["what"], item["id"], item["reason"]) for item in told] == [("lease", lease, "lost key")]
    late = use(a, NUMBERS, 1, "1")
    assert (late.outcome, late.reason) == (Outcome.REVIEW, "lease-breach")
    assert (county.lease(lease).spent, county.lease(lease).state) == (1, "revoked")
    county.check()


def test_anyone_can_check_a_deck_that_is_laid_open(county: World, commitment: str) -> None:
    open_deck = county.ask(lambda conn: decks.lay_open(conn, DECK))
    leaves = [card.leaf for card in open_deck.cards]
    assert wire_deck.commitment(DECK, leaves) == open_deck.commitment == commitment
    assert Counter(card.prize for card in open_deck.cards) == PRIZES
    granted = {one.right: one.detail for one in county.a.grants}[DECK]
    assert granted["commitment"] == commitment
    for drawn in cards(county.a, 1, 10):
        card = wire_deck.read(DECK, drawn)
        assert card.leaf == leaves[card.position - 1]
    swapped = [leaves[1], leaves[0], *leaves[2:]]
    assert wire_deck.commitment(DECK, swapped) != commitment
    other = Card(DECK, 1, open_deck.cards[0].salt, "gold")
    assert other.leaf != leaves[0]
    assert b64(open_deck.cards[0].salt) not in {salt for salt, _ in granted["cards"][1:]}
