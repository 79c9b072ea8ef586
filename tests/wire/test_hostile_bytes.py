"""Bytes that are made to cost their reader much: they are refused, or read once, before they do."""

from __future__ import annotations

import pytest

from sync.wire import batch, bundle, canon, evidence
from sync.wire.batch import Batch
from sync.wire.bundle import Upward
from sync.wire.errors import Malformed
from sync.wire.evidence import Evidence
from sync.wire.sealing import DecryptionKey
from sync.wire.zipped import pack, unpack

OPEN, CLOSE = (b"[", b'{"a":'), (b"]", b"}")


def nested(levels: int, inside: bytes = b"1") -> bytes:
    """Lists and objects by turns: neither kind may hide the other's levels."""
    for level in range(levels):
        inside = OPEN[level % 2] + inside + CLOSE[level % 2]
    return inside


@pytest.mark.parametrize("inside", [b"1", b'"[[[[{"', rb'"\"[[[["', b'"' + b"[" * 99 + b'"'])
def test_levels_are_counted_outside_of_texts(inside: bytes) -> None:
    beside = b",".join([b"[]", b"{}"] * 9)
    canon.decode(nested(canon.MAX_DEPTH, inside))
    canon.decode(b"[" + nested(canon.MAX_DEPTH - 1, inside) + b"," + beside + b"]")
    for bad in (nested(canon.MAX_DEPTH + 1, inside), b"[" * 100_000, b"]" * 20 + b"[" * 20):
        with pytest.raises(Malformed):
            canon.decode(bad)


def test_what_is_said_a_thousand_times_is_heard_once() -> None:
    """Packed, it is nothing to send; each is a signature to check."""
    page = evidence.encode(Evidence("T1", 1, "n", ("a.b.c",) * 9000 + ("d.e.f",), more=True))
    assert len(page) < 300
    assert evidence.decode(page).tokens == ("a.b.c", "d.e.f")


def test_a_preamble_is_no_room_for_anything_else() -> None:
    for data, most, decode in (
        (batch.encode(Batch("T1", 1, 1, bytes(32), None, None, "n", ())), batch.MAX_PREAMBLE, batch.decode),
        (evidence.encode(Evidence("T1", 1, "n", (), more=True)), evidence.MAX_PREAMBLE, evidence.decode),
    ):
        decode(data)
        long = unpack(data, 10_000).rstrip(b"}\n") + b',"x":"' + b"x" * most + b'"}\n'
        with pytest.raises(Malformed, match="allowed"):
            decode(pack(long))


def test_a_bundle_brings_so_many_pages_of_evidence() -> None:
    own = DecryptionKey.generate().public

    def brought(pages: int) -> bytes:
        return Upward((b"x",), 0, own, None, (b"y",) * pages).encode()

    assert len(Upward.decode(brought(bundle.MAX_PAGES)).evidence) == bundle.MAX_PAGES
    with pytest.raises(Malformed):
        Upward.decode(brought(bundle.MAX_PAGES + 1))
