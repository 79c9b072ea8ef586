"""Evidence, forks, bundles, sealed payloads and attachments give and take the pinned bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.wire import answers, batch, bundle, bundlefile, canon, deck, evidence, personal, request, token
from sync.wire.bundle import Downward, Head, Upward
from sync.wire.coupon import Coupon
from sync.wire.encoding import b64, unb64
from sync.wire.grant import Grant
from sync.wire.keys import SigningKey, keyring, signers
from sync.wire.manifest import Manifest, records_sha256
from sync.wire.operation import chain_link_over, seal_bytes
from sync.wire.sealing import DecryptionKey, Sealed, encryption_key, openers, seal, unseal
from sync.wire.token import Typ
from sync.wire.zipped import unpack

VECTORS: dict[str, Any] = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
CENTRAL = SigningKey(bytes.fromhex(VECTORS["keys"]["central"]["seed"]))
TERMINAL = SigningKey(bytes.fromhex(VECTORS["keys"]["terminal"]["seed"]))
OPENER = DecryptionKey(bytes.fromhex(VECTORS["sealed"]["seed"]))
REPLY = DecryptionKey.derived_from(TERMINAL)
PARSERS: dict[Typ, Callable[[Any], Any]] = {
    Typ.OFFER: answers.Offer.parse,
    Typ.FORKS: answers.Forks.parse,
    Typ.ENROL: answers.EnrolAnswer.parse,
    Typ.ACK: answers.Ack.parse,
    Typ.RECEIPT: answers.Receipt.parse,
    Typ.STATUS: answers.Status.parse,
    Typ.CHANGES: answers.Changes.parse,
    Typ.GRANT: Grant.parse,
    Typ.MANIFEST: Manifest.parse,
}
SIGNED = [*VECTORS["tokens"], VECTORS["fork"]["answer"]]


def lines_of(data: bytes) -> list[str]:
    *lines, end = unpack(data, batch.MAX_UNPACKED).decode().split("\n")
    assert end == ""
    return lines


@pytest.mark.parametrize("pinned", SIGNED, ids=lambda pinned: str(pinned["typ"]))
def test_what_is_signed_is_read_and_said_again(pinned: dict[str, Any]) -> None:
    typ = Typ(pinned["typ"])
    payload = token.verify(pinned["token"], keyring(CENTRAL.public), typ)
    assert payload == pinned["payload"]
    assert token.sign(CENTRAL, typ, payload) == pinned["token"]
    if typ in PARSERS:
        assert PARSERS[typ](payload).payload() == payload


def test_every_sort_of_token_has_its_vector() -> None:
    elsewhere = {Typ.REQUEST, Typ.BUNDLE, Typ.BUNDLE_ANSWER}
    assert {Typ(row["typ"]) for row in SIGNED} == set(Typ) - elsewhere
    assert Coupon(**next(row["payload"] for row in SIGNED if row["typ"] == "yz-coupon"))


@pytest.mark.parametrize("name", ["lost_answer", "fork"])
def test_batches_have_these_lines(name: str) -> None:
    pinned = VECTORS[name]
    data = bytes.fromhex(pinned["zstd"])
    assert lines_of(data) == pinned["lines"]
    read = batch.decode(data)
    assert lines_of(batch.encode(read)) == pinned["lines"]
    assert [link.hex() for link in batch.check_chain(read, TERMINAL.public)] == pinned.get("links", [])


def test_a_lost_answer_is_asked_for_again() -> None:
    read = batch.decode(bytes.fromhex(VECTORS["lost_answer"]["zstd"]))
    assert (read.first_seq, read.operations, read.results) == (4, (), (1, 3))
    shown = token.verify(read.last_ack or "", keyring(CENTRAL.public), Typ.RECEIPT)
    assert answers.Receipt.parse(shown).high_water == 3


@pytest.mark.parametrize("pinned", VECTORS["evidence"]["pages"])
def test_evidence_has_these_lines(pinned: dict[str, Any]) -> None:
    data = bytes.fromhex(pinned["zstd"])
    assert lines_of(data) == pinned["lines"]
    assert lines_of(evidence.encode(evidence.decode(data))) == pinned["lines"]


def test_bare_places_hold_the_chain() -> None:
    last = evidence.decode(bytes.fromhex(VECTORS["evidence"]["pages"][-1]["zstd"]))
    run, link = last.bare, last.bare.prev if last.bare else b""
    assert run is not None
    for place in run.places:
        link = chain_link_over(link, place.header_bytes, place.payload_hash)
    assert link.hex() == VECTORS["evidence"]["after_bare"] == VECTORS["chain"]["operations"][1]["link"]
    TERMINAL.public.verify(run.seal, seal_bytes(last.terminal, last.incarnation, 2, link))


@pytest.mark.parametrize(
    ("way", "signer", "opener"), [("up", TERMINAL, OPENER), ("down", CENTRAL, REPLY)], ids=["up", "down"]
)
def test_bundles_open(way: str, signer: SigningKey, opener: DecryptionKey) -> None:
    pinned = VECTORS["bundle"][way]
    data = "".join(line + "\n" for line in pinned["lines"]).encode()
    read = bundle.parse(data)
    assert (read.head.payload(), read.head.name) == (pinned["head"], pinned["name"])
    read.verify(keyring(signer.public))
    assert token.sign(signer, read.head.way.typ, read.head.payload()) == pinned["lines"][1]
    contents = read.open(openers(opener))
    assert contents.hex() == pinned["contents"]
    again = bundle.parse(bundle.make(signer, opener.public, read.head, contents))
    assert unchanging(again.head) == unchanging(read.head)
    assert again.open(openers(opener)) == contents


def unchanging(head: Head) -> dict[str, Any]:
    """A seal is never made twice alike: its bytes differ, what is in it and around it does not."""
    return {name: value for name, value in head.payload().items() if name != "sha256"}


def test_what_goes_up_by_courier() -> None:
    pinned = VECTORS["bundle"]["up"]
    contents = bytes.fromhex(pinned["contents"])
    said = Upward.decode(contents)
    assert said.encode() == contents
    assert contents.partition(b"\n")[0].decode() == pinned["first_line"]
    assert [one.hex() for one in said.evidence] == pinned["evidence"]
    assert [one.hex() for one in said.batches] == pinned["batches"] == [VECTORS["batch"]]
    assert said.reply_to == REPLY.public


def test_what_comes_down_by_courier() -> None:
    pinned = VECTORS["bundle"]["down"]
    said = Downward.decode(bytes.fromhex(pinned["contents"]))
    for data in (bytes.fromhex(pinned["contents"]), said.encode()):
        assert unpack(data, bundle.MAX_FILE).decode() == pinned["opened"]
    assert said.pack == VECTORS["bundle"]["pack"]["token"]


def test_a_pack_by_courier(tmp_path: Path) -> None:
    pinned = VECTORS["bundle"]["pack"]
    source = tmp_path / "pack"
    source.write_bytes(bytes.fromhex(pinned["zstd"]))
    manifest = Manifest.parse(pinned["manifest"])
    path = bundlefile.write_pack(tmp_path, pinned["token"], manifest, source)
    assert path.name == pinned["name"]
    assert path.read_bytes() == b"\n".join((b"YZP1", pinned["token"].encode(), source.read_bytes()))
    found = bundlefile.read(path)
    assert isinstance(found, bundlefile.FoundPack)
    bundlefile.take_pack(found, tmp_path / "taken")
    assert lines_of((tmp_path / "taken").read_bytes()) == pinned["lines"]
    in_order = sorted(pinned["lines"], key=lambda line: (json.loads(line)["t"], json.loads(line)["id"]))
    digests = (hashlib.sha256(line.encode()).digest() for line in in_order)
    assert records_sha256(digests) == pinned["manifest"]["records_sha256"]


def test_a_sealed_payload_opens_and_its_hash_is_of_the_sealed() -> None:
    pinned = VECTORS["sealed_payload"]
    recorded = canon.decode_object(pinned["recorded"].encode())
    assert hashlib.sha256(pinned["recorded"].encode()).hexdigest() == pinned["sha256"]
    opened = personal.opened(recorded, openers(OPENER))
    assert canon.encode(opened).decode() == pinned["opened"]
    private = canon.decode_object(pinned["personal"].encode())
    again = personal.sealed(opened, private.keys(), OPENER.public)
    assert again.keys() == recorded.keys()
    assert (
        unpack(unseal(again["sealed"], openers(OPENER), Sealed.PAYLOAD), 4096).decode() == pinned["personal"]
    )


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (Sealed.PAYLOAD, VECTORS["sealed_payload"]["token"]),
        (Sealed.BUNDLE, VECTORS["bundle"]["up"]["lines"][2]),
        (Sealed.ANSWER, VECTORS["bundle"]["down"]["lines"][2]),
    ],
)
def test_seals_are_made_with_these_headers(what: Sealed, text: str) -> None:
    pinned, key = header(text), REPLY if what is Sealed.ANSWER else OPENER
    made = header(seal(key.public, what, b"x"))
    assert made.pop("epk").keys() == pinned.pop("epk").keys()
    assert made == pinned


def header(text: str) -> dict[str, Any]:
    return dict(canon.decode_object(unb64(text.split(".", maxsplit=1)[0])))


def test_keys_of_central_sign_or_seal() -> None:
    told = next(row["payload"]["keys"] for row in SIGNED if row["typ"] == "yz-enrol")
    assert signers(told).keys() == {CENTRAL.kid}
    assert encryption_key(told) == OPENER.public


@pytest.mark.parametrize("pinned", VECTORS["attachment"]["puts"])
def test_parts_of_an_attachment_are_signed_for(pinned: dict[str, Any]) -> None:
    path, body = VECTORS["attachment"]["path"], bytes.fromhex(pinned["body"])
    claims = request.check(pinned["authorization"], keyring(TERMINAL.public), "PUT", path, body)
    assert request.authorize(TERMINAL, claims) == pinned["authorization"]


def test_a_deck_laid_open() -> None:
    pinned = VECTORS["deck"]
    cards = [deck.read(pinned["right"], card["token"]) for card in pinned["cards"]]
    for card, said in zip(cards, pinned["cards"], strict=True):
        assert (b64(card.salt), card.prize, card.token) == (said["salt"], said["prize"], said["token"])
        assert card.leaf.hex() == said["leaf"]
    assert deck.commitment(pinned["right"], [card.leaf for card in cards]) == pinned["commitment"]
