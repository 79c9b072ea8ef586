"""What central signs besides acks: one of each, as tokens."""

from __future__ import annotations

from typing import Any

from sync.wire import answers, problems, token
from sync.wire.member import MemberCard
from tools.vectors.actors import CENTRAL, INCARNATION, KEY, NONCE, OPENER, TERMINAL, links, operations

AT = "2026-01-04T00:00:00Z"
KEYS = (CENTRAL.public.jwk(), OPENER.public.jwk())
POINT = {"id": "p1", "place": "511602100001", "name": {"zh": "㳇口村驿站", "en": "Fukou"}, "address": "村口"}
RECEIPT = answers.Receipt(TERMINAL, 1, INCARNATION, 3)
LATER = answers.Result(2, operations()[1].header.op, answers.Outcome.REVIEW, 3, "central-restored", "case-1")
CASE = {
    "case": "case-1",
    "number": "A-1",
    "op": LATER.op,
    "terminal": TERMINAL,
    "point": "p1",
    "kind": "order.place",
    "reason": "central-restored",
    "opened": AT,
    "state": "open",
    "rev": 1,
    "owes": [{"to": "customer", "what": "cash", "fen": 2000}],
    "facts": {"good": "g1"},
}
CARD = MemberCard("M-511602-000017/2", "M-511602-000017", "511602", "㳇**", AT, "2031-01-04T00:00:00Z")
OPERATOR = {
    "id": "op-1",
    "name": "单㳇",
    "roles": ["operator"],
    "verifier": "$argon2id$fixed",
    "must_change": True,
    "active": True,
    "rev": 4,
}


def receipt() -> str:
    return token.sign(CENTRAL, token.Typ.RECEIPT, RECEIPT.payload())


def full_ack() -> answers.Ack:
    """Of a batch in which nothing was sent and three results were asked for."""
    ids = [op.header.op for op in operations()]
    results = (
        answers.Result(1, ids[0], answers.Outcome.ACCEPTED, 1),
        LATER,
        answers.Result(3, ids[2], answers.Outcome.ACCEPTED, 1),
    )
    last = links(operations())[3]
    return answers.Ack(TERMINAL, 2, INCARNATION, NONCE, 3, last, results, 1, (), AT, receipt())


def after_a_gap() -> dict[str, Any]:
    """A page that says what it follows: a restored central gave out no number from 41 to 60."""
    item = {"n": 61, "t": "settings", "values": {"idle_seconds": 60}}
    payload = answers.Changes(TERMINAL, 2, NONCE, (item,), 61, False, AT, 40).payload()
    typ = token.Typ.CHANGES
    return {"typ": typ.value, "payload": payload, "token": token.sign(CENTRAL, typ, payload)}


def changes(grant: str) -> answers.Changes:
    """A page with an item of each sort, as centrals signed it that did not say what it follows."""
    said: tuple[tuple[str, dict[str, Any]], ...] = (
        ("outcome", LATER.payload()),
        ("case", CASE),
        ("grant", {"token": grant}),
        ("operator", OPERATOR),
        ("settings", {"values": {"idle_seconds": 60}}),
        ("pack", {"county": "511602", "version": "2026-01-01.1"}),
        ("lease", {"lease": "l1", "state": "closed"}),
        ("revocation", {"what": "coupon", "id": "soap/12", "reason": "lost"}),
        ("keys", {"keys": list(KEYS)}),
    )
    items = tuple({"n": n, "t": t, **fields} for n, (t, fields) in enumerate(said, start=41))
    return answers.Changes(TERMINAL, 1, NONCE, items, items[-1]["n"], False, AT)


def all_of_them(grant: str) -> list[dict[str, Any]]:
    chain = links(operations())[3]
    where = (TERMINAL, 2, INCARNATION, NONCE, 3, chain, AT)
    offered = answers.OfferedPoint("p1", POINT["name"], POINT["address"])  # type: ignore[arg-type]
    offer = answers.Offer(NONCE, "511602", "广安区", answers.Profile.PUBLIC, (offered,), KEYS)
    enrolled = answers.EnrolAnswer(
        nonce=NONCE,
        terminal=TERMINAL,
        incarnation=INCARNATION,
        epoch=1,
        county="511602",
        profile=answers.Profile.PUBLIC,
        point=POINT,
        keys=KEYS,
        settings={"idle_seconds": 60},
        grants=(grant,),
        server_time=AT,
        public_key=KEY.public.jwk(),
    )
    missing = {"epoch": 2, "from_seq": 1, "from_change": 0, "terminal": TERMINAL, "incarnation": INCARNATION}
    problem = problems.document(problems.Problem.EVIDENCE_MISSING, "lost a part", **missing, nonce=NONCE)
    rows = (
        (token.Typ.RECEIPT, RECEIPT.payload()),
        (token.Typ.ACK, full_ack().payload()),
        (token.Typ.STATUS, answers.Status(*where).payload()),
        (token.Typ.STATUS, answers.Status(*where, reconciling=True).payload()),
        (token.Typ.CHANGES, changes(grant).payload()),
        (token.Typ.OFFER, offer.payload()),
        (token.Typ.ENROL, enrolled.payload()),
        (token.Typ.PROBLEM, problem),
    )
    return [
        {"typ": typ.value, "payload": payload, "token": token.sign(CENTRAL, typ, payload)}
        for typ, payload in rows
    ]
