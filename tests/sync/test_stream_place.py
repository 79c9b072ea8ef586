"""A terminal's place in its stream: it moves on, over no gap, and back only to begin anew."""

from __future__ import annotations

import pytest

from sync import changes, identity, transfer
from sync.client import SignedAck, SignedChanges
from sync.membership import Membership
from sync.tls import Authority
from sync.wire.answers import Ack, Changes
from sync.wire.keys import SigningKey, keyring
from sync.wire.operation import chain_start
from tests.support.ledger import TERMINAL, Ledger

AT = "2026-03-02T01:00:00Z"


@pytest.fixture
def member(ledger: Ledger) -> Membership:
    ring = keyring(SigningKey(bytes([1]) * 32).public)
    return Membership("https://central", Authority(""), ledger.signer, TERMINAL, 1, ring)


def page(start: int | None, first: int, cursor: int, epoch: int = 1) -> SignedChanges:
    items = tuple({"n": n, "t": "news of a later wire"} for n in range(first, cursor + 1))
    return SignedChanges(Changes(TERMINAL, epoch, "nonce", items, cursor, False, AT, start), "token")


def be_at(ledger: Ledger, place: int) -> None:
    ledger.db.run_sync(lambda conn: transfer.set_cursor(conn, changes.CURSOR, str(place)))


def at(ledger: Ledger) -> int:
    return ledger.db.read_sync(changes.cursor)


@pytest.mark.parametrize(
    ("told", "place"),
    [
        (page(10, 11, 14), 14),
        (page(8, 9, 14), 14),  # asked earlier, and it reaches further
        (page(8, 9, 10), 10),  # nothing is lowered
        (page(10, 60, 64), 64),  # numbers that a restored central never gave out again
        (page(12, 13, 14), 10),  # a page is missing in between
        (page(None, 11, 14), 14),  # a central that does not say where it begins
        (page(None, 12, 14), 10),
        (page(10, 11, 14, epoch=0), 10),  # of a past that was lost
    ],
)
def test_by_courier(ledger: Ledger, member: Membership, told: SignedChanges, place: int) -> None:
    be_at(ledger, 10)
    ledger.db.run_sync(lambda conn: changes.merge_changes(conn, member, told, AT))
    assert at(ledger) == place


@pytest.mark.parametrize(
    ("here", "told", "place"),
    [
        (10, page(10, 11, 14), 14),
        (10, page(None, 11, 14), 14),
        (0, page(10, 11, 14), 0),  # it began anew while the question was on its way
        (20, page(10, 11, 14), 20),  # a courier came in between
    ],
)
def test_by_line(ledger: Ledger, member: Membership, here: int, told: SignedChanges, place: int) -> None:
    be_at(ledger, here)
    ledger.db.run_sync(lambda conn: changes.take_changes(conn, member, told, AT))
    assert at(ledger) == place


@pytest.mark.parametrize(("epoch", "place"), [(1, 10), (2, 0)])
def test_an_ack_of_a_new_epoch_begins_it_anew(
    ledger: Ledger, member: Membership, epoch: int, place: int
) -> None:
    be_at(ledger, 10)
    ack = Ack(TERMINAL, epoch, 1, "nonce", 0, chain_start(TERMINAL, 1), (), 0, (), AT)
    taken = ledger.db.run_sync(lambda conn: changes.take_ack(conn, member, SignedAck(ack, "token", 0), AT))
    assert (at(ledger), taken.anew) == (place, epoch == 2)
    assert ledger.db.read_sync(identity.require).epoch == epoch
    be_at(ledger, 5)
    again = SignedAck(ack, "another", 0)
    ledger.db.run_sync(lambda conn: changes.take_ack(conn, member, again, AT))
    assert at(ledger) == 5
