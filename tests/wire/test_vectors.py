"""The wire gives and takes the pinned bytes: a terminal in any language can be held to them."""

import json
from pathlib import Path
from typing import Any

import pytest

from sync.wire import batch, canon, code, operation, request, token
from sync.wire.encoding import b64, sha256_hex, unb64
from sync.wire.keys import PublicKey, SigningKey, keyring
from sync.wire.sealing import DecryptionKey, EncryptionKey, Sealed, openers, unseal
from sync.wire.slipcode import SlipCode

VECTORS: dict[str, Any] = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
CENTRAL = SigningKey(bytes.fromhex(VECTORS["keys"]["central"]["seed"]))
TERMINAL = SigningKey(bytes.fromhex(VECTORS["keys"]["terminal"]["seed"]))


@pytest.mark.parametrize("who", ["central", "terminal"])
def test_keys_have_their_pinned_names(who: str) -> None:
    pinned = VECTORS["keys"][who]
    key = SigningKey(bytes.fromhex(pinned["seed"]))
    assert key.public.jwk() == pinned["jwk"]
    assert key.kid == pinned["kid"]
    assert PublicKey.from_jwk(pinned["jwk"]) == key.public


@pytest.mark.parametrize("pinned", VECTORS["canonical"])
def test_canonical_bytes(pinned: dict[str, str]) -> None:
    data = pinned["text"].encode()
    assert canon.encode(canon.decode(data)) == data
    assert sha256_hex(data) == pinned["sha256"]


def test_chain_links_seals_and_slips() -> None:
    chain = VECTORS["chain"]
    name = (chain["terminal"], chain["incarnation"])
    link = operation.chain_start(*name)
    assert link.hex() == chain["start"]
    for seq, step in enumerate(chain["operations"], start=1):
        header = operation.Header.decode(step["header"].encode())
        assert header.seq == seq
        assert header.encode() == step["header"].encode()
        link = operation.chain_link(link, step["header"].encode(), step["payload"].encode())
        assert link.hex() == step["link"]
        assert b64(TERMINAL.sign(operation.seal_bytes(*name, seq, link))) == step["seal"]
        slip = SlipCode.parse(step["slip"])
        slip.verify(TERMINAL.public)
        assert (slip.seq, slip.link, slip.seal) == (seq, link, unb64(step["seal"]))
        assert str(slip) == step["slip"]


def test_batch_is_read_and_its_chain_holds() -> None:
    read = batch.decode(bytes.fromhex(VECTORS["batch"]))
    steps = VECTORS["chain"]["operations"]
    assert [o.header_bytes.decode() for o in read.operations] == [step["header"] for step in steps]
    assert batch.check_chain(read, TERMINAL.public)[-1].hex() == steps[-1]["link"]
    assert batch.decode(batch.encode(read)) == read


@pytest.mark.parametrize("pinned", VECTORS["tokens"], ids=lambda pinned: str(pinned["typ"]))
def test_tokens(pinned: dict[str, Any]) -> None:
    typ = token.Typ(pinned["typ"])
    assert token.verify(pinned["token"], keyring(CENTRAL.public), typ) == pinned["payload"]
    assert token.sign(CENTRAL, typ, pinned["payload"]) == pinned["token"]


def test_request() -> None:
    pinned = VECTORS["request"]
    claims = request.check(
        pinned["authorization"],
        keyring(TERMINAL.public),
        pinned["method"],
        pinned["path"],
        pinned["body"].encode(),
    )
    assert request.authorize(TERMINAL, claims) == pinned["authorization"]


def test_sealed_token_opens() -> None:
    pinned = VECTORS["sealed"]
    key = DecryptionKey(bytes.fromhex(pinned["seed"]))
    assert (key.public.jwk(), key.public.kid) == (pinned["jwk"], pinned["kid"])
    assert EncryptionKey.from_jwk(pinned["jwk"]) == key.public
    opened = unseal(pinned["token"], openers(key), Sealed(pinned["typ"]))
    assert opened.decode() == pinned["opened"]
    own = DecryptionKey.derived_from(TERMINAL)
    assert (own.seed.hex(), own.public.jwk()) == (pinned["terminal"]["seed"], pinned["terminal"]["jwk"])


def test_enrolment_code_as_printed_and_as_typed() -> None:
    pinned = VECTORS["code"]
    der = bytes.fromhex(pinned["der"])
    read = code.EnrolmentCode.parse(pinned["text"])
    assert str(read) == pinned["text"]
    assert read.trusts(der)
    assert not read.trusts(der + b"!")
    assert code.EnrolmentCode.parse(pinned["typed"]) == read
