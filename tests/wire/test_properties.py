"""What must hold for any bytes on the wire, not only for ours."""

import string
from datetime import UTC, datetime
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.wire import answers, batch, canon, operation, request, token
from sync.wire.encoding import b64, instant, parse_instant, sha256_hex, unb64
from sync.wire.errors import BadSignature, ChainBroken, Malformed, WireError, WrongAnswer
from sync.wire.keys import SigningKey, keyring

KEY = SigningKey(bytes(range(32)))
OTHER = SigningKey(bytes(32))
RARE = "㳇㮾𡓐\uf92c"
texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(RARE), max_size=20)
integers = st.integers(-(2**53) + 1, 2**53 - 1)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
objects = st.dictionaries(texts, values, max_size=5)


@given(values)
def test_canonical_json_goes_round_unchanged(value: Any) -> None:
    data = canon.encode(value)
    assert canon.decode(data) == value
    assert canon.encode(canon.decode(data)) == data


@given(objects)
def test_key_order_never_matters(value: dict[str, Any]) -> None:
    assert canon.encode(dict(reversed(value.items()))) == canon.encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b"1.0",
        b"1e3",
        b"NaN",
        b"Infinity",
        b'{"a":1,"a":2}',
        b"9007199254740992",
        b"[" * 17 + b"]" * 17,
        b"[" * 100_000,
        b'"\xff"',
        b'"\\ud800"',
        b"",
        b"{",
        b"\xef\xbb\xbf{}",
    ],
    ids=lambda data: repr(data[:16]),
)
def test_what_is_not_of_the_wire_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        canon.encode(canon.decode(data))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_never_worse(data: bytes) -> None:
    for read in (canon.decode, operation.Header.decode, batch.decode, _unpacked_batch):
        try:
            read(data)
        except WireError:
            continue


def _unpacked_batch(data: bytes) -> batch.Batch:
    return batch.decode(zstandard.compress(data))


@given(st.text(max_size=300) | st.text(string.ascii_letters + ".-_", max_size=300))
def test_any_text_is_no_token(text: str) -> None:
    with pytest.raises(WireError):
        token.verify(text, keyring(KEY.public), token.Typ.ACK)


@given(objects, st.sampled_from(token.Typ), st.sampled_from(token.Typ))
def test_a_token_passes_for_nothing_but_itself(
    payload: dict[str, Any], made: token.Typ, asked: token.Typ
) -> None:
    text = token.sign(KEY, made, payload)
    if made is asked:
        assert token.verify(text, keyring(KEY.public), asked) == payload
    else:
        with pytest.raises(WrongAnswer):
            token.verify(text, keyring(KEY.public), asked)
    with pytest.raises(BadSignature):
        token.verify(text, keyring(OTHER.public), made)


@settings(max_examples=200)
@given(st.data())
def test_a_token_with_one_changed_character_is_refused(data: st.DataObject) -> None:
    text = token.sign(KEY, token.Typ.ACK, {"high_water": 7, "nonce": "x"})
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(
        st.sampled_from(string.ascii_letters + string.digits + "-_.=").filter(lambda c: c != text[at])
    )
    with pytest.raises(WireError):
        token.verify(text[:at] + other + text[at + 1 :], keyring(KEY.public), token.Typ.ACK)


def chain_of(payloads: list[dict[str, Any]], first: int = 1) -> batch.Batch:
    prev = operation.chain_start("T1", 1)
    link, made = prev, []
    for seq, payload in enumerate(payloads, start=first):
        header = operation.Header(operation.new_op_id(), seq, "bill.pay", "2026-01-01T00:00:00Z", "anchored")
        made.append(operation.Operation(header.encode(), canon.encode(payload)))
        link = operation.chain_link(link, made[-1].header_bytes, made[-1].payload_bytes)
    last = first + len(made) - 1
    seal = KEY.sign(operation.seal_bytes("T1", 1, last, link)) if made else None
    return batch.Batch("T1", 1, first, prev, seal, None, "nonce", tuple(made))


@pytest.mark.parametrize("size", [90_000, 200_000, token.MAX_TOKEN // 2])
def test_a_long_token_is_read(size: int) -> None:
    """A page of two hundred cases with their facts, of which a library's own bounds knew nothing."""
    said = {"facts": "x" * size}
    text = token.sign(KEY, token.Typ.CHANGES, said)
    assert token.verify(text, keyring(KEY.public), token.Typ.CHANGES) == said
    assert token.typ_of(text) is token.Typ.CHANGES


@settings(max_examples=50)
@given(st.lists(objects, max_size=6))
def test_a_batch_goes_round_with_its_very_bytes(payloads: list[dict[str, Any]]) -> None:
    made = chain_of(payloads)
    read = batch.decode(batch.encode(made))
    assert read == made
    assert len(batch.check_chain(read, KEY.public)) == len(payloads)


@settings(max_examples=50)
@given(st.lists(objects, min_size=2, max_size=6), st.data())
def test_no_operation_can_be_changed_dropped_or_swapped(
    payloads: list[dict[str, Any]], data: st.DataObject
) -> None:
    made = chain_of(payloads)
    operations = list(made.operations)
    at = data.draw(st.integers(0, len(operations) - 2))
    match data.draw(st.sampled_from(["change", "drop", "swap"])):
        case "change":
            operations[at] = operation.Operation(operations[at].header_bytes, b'{"fen":1}')
        case "drop":
            del operations[at]
        case "swap":
            operations[at], operations[at + 1] = operations[at + 1], operations[at]
    changed = batch.Batch(**{**vars(made), "operations": tuple(operations)})
    with pytest.raises((ChainBroken, BadSignature)):
        batch.check_chain(changed, KEY.public)


def test_a_bomb_is_bounded_by_what_it_unpacks_to() -> None:
    with pytest.raises(Malformed, match="unpacked"):
        batch.decode(zstandard.compress(b"a" * (batch.MAX_UNPACKED + 1)))


def test_too_many_operations_are_refused() -> None:
    made = chain_of([{}] * (batch.MAX_OPERATIONS + 1))
    with pytest.raises(Malformed):
        batch.decode(batch.encode(made))


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 0},
        {"seq": True},
        {"tq": "guessed"},
        {"at": "2026-02-30T00:00:00Z"},
        {"at": "2026-01-01T00:00:00+08:00"},
        {"op": ""},
        {"kind": "k" * 129},
        {"extra": 1},
        {"sv": 0},
        {"lease": 5},
    ],
    ids=str,
)
def test_a_header_out_of_its_form_is_refused(change: dict[str, Any]) -> None:
    good = {"op": "o", "seq": 1, "kind": "k", "sv": 1, "at": "2026-01-01T00:00:00Z", "tq": "anchored"}
    operation.Header.decode(canon.encode(good))
    with pytest.raises(Malformed):
        operation.Header.decode(canon.encode(good | change))


@given(st.binary(max_size=64))
def test_base64url(data: bytes) -> None:
    assert unb64(b64(data)) == data


@pytest.mark.parametrize("text", ["AA==", "A", "AB", "A A", "é", "AA\n"])
def test_base64url_has_one_form(text: str) -> None:
    with pytest.raises(Malformed):
        unb64(text)


@given(st.datetimes(timezones=st.just(UTC)))
def test_instants_keep_their_second(moment: datetime) -> None:
    if moment.year < 1000:
        return
    kept = moment.replace(microsecond=0)
    assert parse_instant(instant(moment)) == kept


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("GET", "/v1/a?x=1", b"b"), ("POST", "/v1/a?x=2", b"b"), ("POST", "/v1/a?x=1", b"c")],
)
def test_a_request_signature_is_for_one_request(method: str, path: str, body: bytes) -> None:
    claims = request.RequestClaims("POST", "/v1/a?x=1", sha256_hex(b"b"), request.new_nonce(), "T1", 1)
    value = request.authorize(KEY, claims)
    assert request.check(value, keyring(KEY.public), "POST", "/v1/a?x=1", b"b") == claims
    with pytest.raises(WrongAnswer):
        request.check(value, keyring(KEY.public), method, path, body)


@pytest.mark.parametrize("missing", ["nonce", "high_water", "chain", "results", "grants", "epoch"])
def test_an_ack_without_a_field_is_malformed(missing: str) -> None:
    ack = answers.Ack("T1", 1, 1, "n", 3, bytes(32), (), 0, (), "2026-01-01T00:00:00Z").payload()
    assert answers.Ack.parse(ack).high_water == 3
    del ack[missing]
    with pytest.raises(Malformed):
        answers.Ack.parse(ack)
