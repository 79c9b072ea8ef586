"""Words of central's played again, mixed up or made up: nothing known is undone, nothing waits for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sync import central_keys, changes, documents, identity, leases
from sync.changes import Taken
from sync.client import SignedChanges
from sync.clock import TrustedClock
from sync.documents import Revoked
from sync.membership import Membership
from sync.tls import Authority
from sync.wire import token
from sync.wire.answers import Changes
from sync.wire.encoding import parse_instant
from sync.wire.errors import Malformed, WireError
from sync.wire.grant import Grant
from sync.wire.keys import SigningKey, keyring
from sync.wire.manifest import Manifest
from sync.wire.token import Typ
from tests.support.crank import Crank
from tests.support.ledger import TERMINAL, Ledger, new_grant

AT = "2026-03-02T01:00:00Z"
CENTRAL, NEXT, THIEF = (SigningKey(bytes([n]) * 32) for n in (1, 2, 3))
OUTCOME = {"t": "outcome", "seq": 1, "op": "x", "outcome": "accepted", "rev": 1}


@pytest.fixture
def member(ledger: Ledger) -> Membership:
    ledger.db.run_sync(lambda conn: identity.set_central_keys(conn, [CENTRAL.public.jwk()]))
    ring = keyring(CENTRAL.public)
    return Membership("https://central", Authority(""), ledger.signer, TERMINAL, 1, ring)


def take(ledger: Ledger, member: Membership, *items: dict[str, Any], start: int = 1) -> Taken:
    numbered = tuple({"n": n, **item} for n, item in enumerate(items, start))
    page = Changes(TERMINAL, 1, "nonce", numbered, start + len(items) - 1, False, AT)
    signed = SignedChanges(page, "t.e30.t")  # a payload of {}
    return ledger.db.run_sync(lambda conn: changes.take_changes(conn, member, signed, AT))


def signing(ledger: Ledger) -> set[str]:
    return set(ledger.db.read_sync(central_keys.signing))


def keys(*listed: SigningKey) -> dict[str, Any]:
    return {"t": "keys", "keys": [key.public.jwk() for key in listed]}


@pytest.mark.parametrize(
    "bad",
    [
        {"t": "outcome", "op": "x"},
        {**OUTCOME, "seq": "1"},
        {**OUTCOME, "outcome": "lost"},
        {"t": "keys", "keys": ["x"]},
        {"t": "keys", "keys": []},
        {"t": "keys"},
        {"t": "grant", "token": "x.y.z"},
        {"t": "grant", "token": 5},
        {"t": "operator", "id": 5},
        {"t": "settings", "values": []},
        {"t": "case", "owes": [5]},
        {"t": "revocation", "what": "county", "id": "x", "reason": "y"},
    ],
)
def test_what_cannot_be_read_is_told_and_holds_up_nothing(
    ledger: Ledger, member: Membership, bad: dict[str, Any]
) -> None:
    taken = take(ledger, member, bad, {"t": "settings", "values": {"idle_seconds": 7}})
    assert len(taken.refused) == 1
    assert ledger.db.read_sync(changes.cursor) == 2
    assert ledger.db.read_sync(documents.settings) == {"idle_seconds": 7}
    assert signing(ledger) == {CENTRAL.kid}


def test_an_older_list_of_keys_brings_no_key_back(ledger: Ledger, member: Membership) -> None:
    take(ledger, member, keys(CENTRAL, THIEF), start=1)
    take(ledger, member, keys(CENTRAL, NEXT), start=5)
    take(ledger, member, keys(CENTRAL, THIEF), start=1)
    assert signing(ledger) == {CENTRAL.kid, NEXT.kid}


def test_a_revoked_key_never_comes_back(ledger: Ledger, member: Membership) -> None:
    take(ledger, member, keys(CENTRAL, THIEF))
    take(ledger, member, {"t": "revocation", "what": "key", "id": THIEF.kid, "reason": "stolen"}, start=2)
    assert signing(ledger) == {CENTRAL.kid}
    take(ledger, member, keys(CENTRAL, THIEF), start=3)
    assert signing(ledger) == {CENTRAL.kid}
    taken = take(ledger, member, keys(THIEF), start=4)
    assert len(taken.refused) == 1
    assert signing(ledger) == {CENTRAL.kid}


def test_a_grant_played_again_gives_nothing_and_a_forged_one_less(ledger: Ledger, member: Membership) -> None:
    def give(grant: Grant, key: SigningKey = CENTRAL) -> None:
        text = token.sign(key, Typ.GRANT, grant.payload())
        ledger.db.run_sync(lambda conn: changes.take_grants(conn, member, [text]))

    first, more = new_grant("float:p", 1000, "fen"), new_grant("float:p", 5000, "fen", rev=2)
    give(more)
    give(first)
    give(more)
    (lease,) = ledger.db.read_sync(leases.all_leases)
    assert (lease.amount, lease.spent) == (5000, 0)
    give(new_grant("float:q", 9, "fen", terminal="T-0002"))
    give(new_grant("float:q", 9, "fen", incarnation=2))
    for key in (THIEF, ledger.signer):
        with pytest.raises(WireError):
            give(new_grant("float:q", 9, "fen"), key)
    assert len(ledger.db.read_sync(leases.all_leases)) == 1


def test_an_ended_lease_does_not_rise_again(ledger: Ledger, member: Membership) -> None:
    grant = new_grant("float:p", 1000, "fen")
    text = token.sign(CENTRAL, Typ.GRANT, grant.payload())
    revoked = {"t": "revocation", "what": Revoked.LEASE.value, "id": grant.lease, "reason": "lost"}
    take(ledger, member, revoked, {"t": "grant", "token": text})
    (lease,) = ledger.db.read_sync(leases.all_leases)
    assert lease.state is leases.LeaseState.REVOKED


@pytest.mark.parametrize(
    "more",
    [
        {"sha256": "../../ledger.db"},
        {"sha256": "AB" * 32},
        {"version": "../../x"},
        {"version": "a?b"},
        {"county": ""},
        {"from": "a/b"},
        {"size": -1},
        {"records": -1},
        {"as_of": "soon"},
        {"expires_at": "9999-12-31T23:59:59Z"},
        {"records_sha256": "ab"},
    ],
)
def test_a_manifest_names_no_path_and_no_impossible_date(more: dict[str, Any]) -> None:
    good: dict[str, Any] = {"county": "511602", "version": "1", "sha256": "ab" * 32, "size": 1, "records": 1}
    good |= {"counts": {}, "as_of": AT, "expires_at": AT}
    Manifest.parse(good)
    with pytest.raises(Malformed):
        Manifest.parse(good | more)


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "0000-01-01T00:00:00Z"])
def test_an_instant_at_the_end_of_time_is_none(text: str) -> None:
    with pytest.raises(Malformed):
        parse_instant(text)


@pytest.mark.parametrize("text", ["9998-12-31T23:59:59Z", "0002-01-01T00:00:00Z"])
def test_a_clock_far_out_stops_nothing(crank: Crank, text: str) -> None:
    """Central signed it: it is doubted, and the clock goes on."""
    clock = TrustedClock(crank.machine())
    clock.anchor(crank.now())
    clock.hear(parse_instant(text), 1.0)
    crank.forward(3600)
    assert abs(clock.now().at - crank.now()) < timedelta(minutes=5)
