"""The wire's own parsers: tokens, batches, evidence, bundles, segments, codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial

import zstandard
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.wire import (
    announcement,
    answers,
    batch,
    bundle,
    canon,
    coupon,
    deck,
    evidence,
    line,
    member,
    operation,
    request,
    segment,
    token,
)
from sync.wire.code import EnrolmentCode
from sync.wire.encoding import b64, parse_instant, sha256_hex, unb64
from sync.wire.errors import WireError
from sync.wire.grant import Grant
from sync.wire.keys import SigningKey, keyring, signers
from sync.wire.manifest import Manifest
from sync.wire.papers import KeyPaper, Witness
from sync.wire.personal import opened, sealed
from sync.wire.sealing import DecryptionKey, Sealed, encryption_key, openers, seal, unseal
from sync.wire.slipcode import SlipCode
from sync.wire.token import Typ
from tests.fuzz.harness import Harness

KEY = SigningKey(bytes(range(32)))
RING = keyring(KEY.public)
OPENER = DecryptionKey(bytes(range(1, 33)))
CIPHER = AESGCM(bytes(32))
AT = "2026-03-02T01:00:00Z"
LINK = "ab" * 32
TERMINAL = "T-0001"
NONCE = "AAECAwQFBgcICQoLDA0ODw"
RESULT = {"seq": 1, "op": "01890000-0000-7000-8000-000000000001", "outcome": "rejected", "rev": 1}
RESULT |= {"reason": "pool-empty", "case": "c-1"}
GRANT = {"lease": "l-1", "right": "float:P-1", "unit": "fen", "amount": 5000, "rev": 1, "terminal": TERMINAL}
GRANT |= {"incarnation": 1, "start_seq": 1, "soft": 3500, "hard": 5000, "max_age_days": 7, "issued": AT}
GRANT |= {"detail": {"first": 1, "last": 9}, "low": 20, "slice": 5000}
HEADER = {"op": RESULT["op"], "seq": 1, "kind": "bill.pay", "at": AT, "tq": "anchored", "sv": 1}
MANIFEST = {
    "county": "511602",
    "version": "2",
    "sha256": LINK,
    "size": 99,
    "records": 3,
    "counts": {"good": 3},
}
MANIFEST |= {"as_of": AT, "expires_at": AT, "from": "1", "number": 2, "records_sha256": LINK}
LIFE = {"terminal": TERMINAL, "epoch": 1, "incarnation": 1, "nonce": NONCE, "server_time": AT}
ACK = {**LIFE, "high_water": 1, "chain": LINK, "results": [RESULT], "prune": 0, "grants": [], "receipt": "r"}
MEMBER = {"card": "M-1/2", "member": "M-1", "county": "511602", "name": "㳇*", "issued": AT, "exp": AT}
CAMPAIGN = {"t": "campaign", "id": "c-1", "title": {"zh": "柚子", "en": "Pomelos"}, "order": 1, "from": AT}
CAMPAIGN |= {
    "text": {"zh": "上新", "en": "New"},
    "to": "2026-04-01T00:00:00Z",
    "service": "m1",
    "points": ["P-1"],
    "picture": LINK,
}
STATUS = {**LIFE, "high_water": 1, "chain": LINK, "reconciling": True}
FORKS = {k: v for k, v in LIFE.items() if k != "epoch"} | {"results": [RESULT]}
POINT = {"id": "P-1", "name": {"zh": "驿站"}, "address": "村口"}
OFFER = {"nonce": NONCE, "county": "511602", "county_name": "广安", "profile": "assisted", "points": [POINT]}
OFFER |= {"keys": [KEY.public.jwk(), OPENER.public.jwk()]}
ENROL = {**LIFE, "county": "511602", "profile": "assisted", "point": POINT, "keys": OFFER["keys"]}
ENROL |= {"settings": {"idle_seconds": 60}, "grants": []}
CASE = {"case": "c-1", "number": "A-1", "op": RESULT["op"], "terminal": TERMINAL, "point": "P-1"}
CASE |= {"kind": "bill.pay", "reason": "bill-unknown", "opened": AT, "state": "open", "rev": 1}
CASE |= {"owes": [{"to": "customer", "what": "cash", "fen": 5}], "facts": {"seq": 1}}
OPERATOR = {
    "id": "op-1",
    "name": "刘㮾",
    "roles": ["operator"],
    "verifier": "$argon2id$",
    "must_change": False,
}
OPERATOR |= {"active": True, "rev": 1}
ITEMS = (
    {"t": "outcome", **RESULT},
    {"t": "case", **CASE},
    {"t": "operator", **OPERATOR},
    {"t": "settings", "values": {"idle_seconds": 60}},
    {"t": "pack", "county": "511602", "version": "2"},
    {"t": "lease", "lease": "l-1", "state": "closed"},
    {"t": "revocation", "what": "lease", "id": "l-1", "reason": "lost"},
    {"t": "revocation", "what": "key", "id": "none", "reason": "lost"},
    {"t": "keys", "keys": OFFER["keys"]},
    {"t": "grant", "token": "x.y.z"},
)
CHANGES = {**LIFE, "items": [{"n": n, **item} for n, item in enumerate(ITEMS, 1)], "cursor": 9, "more": False}


def plain(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def signed_raw(typ: Typ, payload: bytes, key: SigningKey = KEY) -> str:
    """A token over any bytes: a key holder may sign what no program of ours would."""
    head = b64(plain({"alg": token.ALGORITHM, "kid": key.kid, "typ": typ.value}))
    body = f"{head}.{b64(payload)}"
    return f"{body}.{b64(key.sign(body.encode()))}"


def _ascii(data: bytes) -> str:
    return data.decode("latin-1")


def _token(typ: Typ, parse: Callable[[object], object], data: bytes) -> None:
    parse(token.verify(_ascii(data), RING, typ))


def _of_token(name: str, typ: Typ, parse: Callable[[object], object], *samples: object) -> Harness:
    def wrap(payload: bytes) -> bytes:
        return signed_raw(typ, payload).encode()

    return Harness(name, tuple(map(plain, samples)), partial(_token, typ, parse), (WireError,), wrap)


def _jws(data: bytes) -> None:
    text = _ascii(data)
    try:
        token.typ_of(text)
    finally:
        token.verify(text, RING, Typ.ACK)


def _jws_samples() -> tuple[bytes, ...]:
    good = signed_raw(Typ.ACK, plain(ACK))
    heads = (
        {"alg": "none", "kid": KEY.kid, "typ": "yz-ack"},
        {"alg": "Ed25519", "kid": KEY.kid, "typ": "yz-ack", "b64": False, "crit": ["b64"]},
        {"alg": "Ed25519", "kid": KEY.kid, "typ": "yz-ack", "jwk": KEY.public.jwk()},
        {"alg": ["Ed25519"], "kid": [], "typ": {}},
    )
    return (
        good.encode(),
        *(f"{b64(plain(head))}.{b64(plain(ACK))}.{b64(bytes(64))}".encode() for head in heads),
    )


def _head(data: bytes) -> bytes:
    return f"{b64(data)}.{b64(plain(ACK))}.{b64(bytes(64))}".encode()


def _chain() -> tuple[bytes, ...]:
    payload = canon.encode({"amount_fen": 5, "cash": {"fen": 5, "lease": "l-1"}})
    lines = [plain(HEADER), payload]
    link = operation.chain_link(operation.chain_start(TERMINAL, 1), *lines)
    mark = KEY.sign(operation.seal_bytes(TERMINAL, 1, 1, link))
    head = {"v": 1, "terminal": TERMINAL, "incarnation": 1, "first_seq": 1, "count": 1, "nonce": NONCE}
    head |= {"prev": operation.chain_start(TERMINAL, 1).hex(), "seal": b64(mark), "last_ack": "x"}
    empty = {k: v for k, v in head.items() if k != "seal"} | {"count": 0, "first_seq": 7, "results": [1, 6]}
    return b"\n".join((plain(head), *lines, b"")), plain(empty) + b"\n"


def _batch(data: bytes) -> None:
    read = batch.decode(data)
    batch.check_chain(read, KEY.public)
    for one in read.operations:
        assert isinstance(one.payload, dict)


def _evidence_samples() -> tuple[bytes, ...]:
    head = {"v": 1, "terminal": TERMINAL, "incarnation": 1, "nonce": NONCE, "tokens": 1, "more": False}
    bare = {"first_seq": 1, "count": 1, "prev": LINK, "seal": b64(bytes(64))}
    lines = (signed_raw(Typ.ACK, plain(ACK)).encode(), plain(HEADER), LINK.encode(), b"")
    return b"\n".join((plain(head | {"bare": bare}), *lines)), b"\n".join((plain(head), lines[0], b""))


UP = bundle.Head(bundle.Way.UP, TERMINAL, 1, OPENER.public.kid, NONCE, 1, 1, AT)


def _bundle_of(contents: bytes) -> bytes:
    return bundle.make(KEY, OPENER.public, UP, contents)


def _bundle_up(data: bytes) -> None:
    found = bundle.parse(data)
    found.verify(RING)
    read = bundle.Upward.decode(found.open(openers(OPENER)))
    seal(read.reply_to, Sealed.ANSWER, b"the answer goes back to whom it names")


def _upward() -> tuple[bytes, ...]:
    one, page = zstandard.compress(_chain()[0]), zstandard.compress(_evidence_samples()[0])
    good = bundle.Upward((one,), 0, OPENER.public, "1", (page,)).encode()
    low = good.replace(b64(OPENER.public.raw).encode(), b64(bytes(32)).encode())  # a point of low order
    return good, low


_BODY = seal(OPENER.public, Sealed.BUNDLE, b"x").encode()
_HEAD = UP.payload() | {"size": len(_BODY), "sha256": sha256_hex(_BODY)}


def _bundle_head(data: bytes) -> bytes:
    return b"\n".join((bundle.MAGIC, signed_raw(Typ.BUNDLE, data).encode(), _BODY, b""))


def _bundle_head_read(data: bytes) -> None:
    name = bundle.parse(data).head.name
    assert re.fullmatch(r"[\w.-]{1,200}", name, re.ASCII), name


def _down(data: bytes) -> None:
    bundle.Downward.decode(data)


def _jwe(data: bytes) -> None:
    unseal(_ascii(data), openers(OPENER), Sealed.PAYLOAD)


def _jwe_head(data: bytes) -> bytes:
    return b".".join((b64(data).encode(), b"", b64(bytes(12)).encode(), b"AAAA", b64(bytes(16)).encode()))


def _jwe_heads() -> tuple[bytes, ...]:
    good = seal(OPENER.public, Sealed.PAYLOAD, b"x").split(".")[0]
    head = canon.decode_object(unb64(good))
    low = {"kty": "OKP", "crv": "X25519", "x": b64(bytes(32))}  # a point of low order
    return plain(head), plain({**head, "zip": "DEF"}), plain({**head, "epk": low})


def _personal(data: bytes) -> None:
    payload = canon.decode_object(data)
    opened(payload, openers(OPENER))


def _personal_samples() -> tuple[bytes, ...]:
    return (plain(sealed({"account": "A1", "cash": {"fen": 1}}, {"account"}, OPENER.public)),)


def _segment_samples() -> tuple[bytes, ...]:
    head = segment.Head.after(segment.START)
    place, data = head.start, head.encode()
    for n in range(3):
        record, place = segment.seal(CIPHER, line.encode("put", {"n": n, "bytes": b"x"}), place)
        data += record
    return (data,)


def _segment(data: bytes) -> None:
    segment.count(data)
    for record in segment.read(data, CIPHER).records:
        line.decode(record.line)


def _segment_of(data: bytes) -> bytes:
    head = segment.Head.after(segment.START)
    return head.encode() + segment.seal(CIPHER, data, head.start)[0]


def _text(parse: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda data: parse(data.decode("utf-8", "surrogateescape"))


def _slip(text: str) -> None:
    SlipCode.parse(text).verify(KEY.public)


def _request(data: bytes) -> None:
    request.check(_ascii(data), RING, "GET", "/v1/x", b"")


def _request_of(data: bytes) -> bytes:
    return f"{request.SCHEME} {signed_raw(Typ.REQUEST, data)}".encode()


def _jwks(data: bytes) -> None:
    keys = canon.decode(data)
    if isinstance(keys, list):
        signers(keys)
        encryption_key(keys)


def _coupon_of(data: bytes) -> bytes:
    return signed_raw(Typ.COUPON, data).encode()


def _member_of(data: bytes) -> bytes:
    return signed_raw(Typ.MEMBER, data).encode()


def _member(text: str) -> None:
    found = member.read(text, RING)
    assert token.kid_of(text.strip()) == KEY.kid
    assert len(found.name) <= member.LONGEST


def _announcement(data: bytes) -> None:
    found = announcement.Announcement.parse(canon.decode(data))
    assert 0 < len(found.title[0]) <= announcement.LONGEST_TITLE[0]
    assert found.sort is announcement.Sort.NOTICE or found.service


def _papers() -> tuple[bytes, bytes]:
    lives = ({"terminal": TERMINAL, "incarnation": 1, "key": KEY.public.jwk()},)
    paper = KeyPaper(TERMINAL, bytes(32), lives, (KEY.public.jwk(),)).encode()
    lives_known = [{"incarnation": 1, "kid": KEY.kid, "high_water": 1, "chain": LINK}]
    return paper, plain({"v": 1, "terminal": TERMINAL, "lives": lives_known, "central": [KEY.kid]})


def harnesses() -> tuple[Harness, ...]:
    refused = (WireError,)
    slip = SlipCode(TERMINAL, 1, 5, bytes(32), KEY.sign(operation.seal_bytes(TERMINAL, 1, 5, bytes(32))))
    coupons = plain({"id": "c/1", "kind": "c", "home": "P-1", "serial": 1, "exp": AT})
    claims = plain({"m": "GET", "p": "/v1/x", "h": sha256_hex(b""), "n": NONCE, "t": TERMINAL, "i": 1})
    down = plain({"acks": ["x"], "changes": ["y"], "problem": "z", "pack": "w"})
    papers = _papers()
    return (
        _of_token("ack", Typ.ACK, answers.Ack.parse, ACK),
        _of_token("receipt", Typ.RECEIPT, answers.Receipt.parse, LIFE | {"high_water": 4}),
        _of_token("status", Typ.STATUS, answers.Status.parse, STATUS),
        _of_token("changes", Typ.CHANGES, answers.Changes.parse, CHANGES),
        _of_token("forks-answer", Typ.FORKS, answers.Forks.parse, FORKS),
        _of_token("offer", Typ.OFFER, answers.Offer.parse, OFFER),
        _of_token("enrol-answer", Typ.ENROL, answers.EnrolAnswer.parse, ENROL),
        _of_token("grant", Typ.GRANT, Grant.parse, GRANT),
        _of_token("manifest", Typ.MANIFEST, Manifest.parse, MANIFEST),
        Harness("token", _jws_samples(), _jws, refused),
        Harness(
            "token-head", (plain({"alg": "Ed25519", "kid": KEY.kid, "typ": "yz-ack"}),), _jws, refused, _head
        ),
        Harness("keys", (plain(OFFER["keys"]),), _jwks, refused),
        Harness("header", (plain(HEADER),), operation.Header.decode, refused),
        Harness("batch", _chain(), _batch, refused, zstandard.compress),
        Harness("evidence", _evidence_samples(), evidence.decode, refused, zstandard.compress),
        Harness("bundle", _upward(), _bundle_up, refused, _bundle_of),
        Harness("bundle-head", (plain(_HEAD),), _bundle_head_read, refused, _bundle_head),
        Harness("bundle-answer", (down,), _down, refused, zstandard.compress),
        Harness("sealed", _jwe_heads(), _jwe, refused, _jwe_head),
        Harness("sealed-payload", _personal_samples(), _personal, refused),
        Harness("segment", _segment_samples(), _segment, refused),
        Harness(
            "segment-line", (line.encode("put", {"n": 1, "bytes": b"x"}),), _segment, refused, _segment_of
        ),
        Harness("slip-code", (str(slip).encode(),), _text(_slip), refused),
        Harness("coupon", (coupons,), _text(lambda text: coupon.read(text, RING)), refused, _coupon_of),
        Harness("announcement", (plain(CAMPAIGN),), _announcement, refused),
        Harness("member-card", (plain(MEMBER),), _text(_member), refused, _member_of),
        Harness("enrolment-code", (b"7K3M9PQR-G6PD-ERGM-1YK9-58A2",), _text(EnrolmentCode.parse), refused),
        Harness(
            "card",
            (b"5.AAAAAAAAAAAAAAAAAAAAAA.rice",),
            _text(lambda text: deck.read("deck:d", text)),
            refused,
        ),
        Harness("request", (claims,), _request, refused, _request_of),
        Harness("instant", (AT.encode(), b"2026-03-02T01:00:00.123Z"), _text(parse_instant), refused),
        Harness("key-paper", papers[:1], KeyPaper.decode, refused),
        Harness("witness", papers[1:], Witness.decode, refused),
    )
