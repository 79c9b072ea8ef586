"""A second implementation, from PROTOCOL.md and the vectors alone: no line of ours is imported here."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VECTORS: dict[str, Any] = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
NAME = (VECTORS["chain"]["terminal"], VECTORS["chain"]["incarnation"])
CENTRAL, TERMINAL = (bytes.fromhex(VECTORS["keys"][who]["seed"]) for who in ("central", "terminal"))
OPENER = bytes.fromhex(VECTORS["sealed"]["seed"])
REPLY = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"yizhan-sealing-v1").derive(TERMINAL)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def unzipped(data: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


def lines(data: bytes) -> list[bytes]:
    *found, end = unzipped(data).split(b"\n")
    assert end == b""
    return found


def kid(jwk: dict[str, str]) -> str:
    return b64(sha(canonical({name: jwk[name] for name in ("crv", "kty", "x")})))[:16]


def public(seed: bytes) -> Ed25519PublicKey:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key()


def jwk_of(seed: bytes) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": b64(public(seed).public_bytes_raw())}


def signed(seed: bytes, typ: str, payload: dict[str, Any]) -> str:
    header = {"alg": "Ed25519", "kid": kid(jwk_of(seed)), "typ": typ}
    said = f"{b64(canonical(header))}.{b64(canonical(payload))}"
    return f"{said}.{b64(Ed25519PrivateKey.from_private_bytes(seed).sign(said.encode()))}"


def opened(text: str, seed: bytes, typ: str) -> bytes:
    """JWE compact, ECDH-ES: Concat KDF of RFC 7518 §4.6.2 over the bare secret."""
    protected, nothing, iv, locked, tag = text.split(".")
    header = json.loads(unb64(protected))
    private = X25519PrivateKey.from_private_bytes(seed)
    mine = {"crv": "X25519", "kty": "OKP", "x": b64(private.public_key().public_bytes_raw())}
    assert (nothing, header["alg"], header["enc"], header["typ"]) == ("", "ECDH-ES", "A256GCM", typ)
    assert header["kid"] == kid(mine)
    shared = private.exchange(X25519PublicKey.from_public_bytes(unb64(header["epk"]["x"])))
    number = (1).to_bytes(4, "big")
    info = (7).to_bytes(4, "big") + b"A256GCM" + bytes(8) + (256).to_bytes(4, "big")
    return AESGCM(sha(number, shared, info)).decrypt(
        unb64(iv), unb64(locked) + unb64(tag), protected.encode()
    )


def link(before: bytes, header: bytes, payload_hash: bytes) -> bytes:
    return sha(before, sha(header), payload_hash)


def check_seal(seal: str, seq: int, after: bytes) -> None:
    said = [b"yizhan-seal-v1", NAME[0].encode(), str(NAME[1]).encode(), str(seq).encode(), after]
    public(TERMINAL).verify(unb64(seal), b"\0".join(said))


def followed(data: bytes) -> list[bytes]:
    """The links of a batch whose chain and seal hold."""
    first, *pairs = lines(data)
    preamble = json.loads(first)
    assert canonical(preamble) == first
    assert (preamble["terminal"], preamble["incarnation"], preamble["v"]) == (*NAME, 1)
    assert len(pairs) == 2 * preamble["count"]
    links = [bytes.fromhex(preamble["prev"])]
    for header, payload in zip(pairs[::2], pairs[1::2], strict=True):
        assert json.loads(header)["seq"] == preamble["first_seq"] + len(links) - 1
        links.append(link(links[-1], header, sha(payload)))
    if preamble["count"]:
        check_seal(preamble["seal"], preamble["first_seq"] + preamble["count"] - 1, links[-1])
    return links[1:]


def test_tokens() -> None:
    for row in (*VECTORS["tokens"], VECTORS["fork"]["answer"]):
        assert signed(CENTRAL, row["typ"], row["payload"]) == row["token"]


def test_batches() -> None:
    whole = followed(bytes.fromhex(VECTORS["batch"]))
    assert [one.hex() for one in whole] == [step["link"] for step in VECTORS["chain"]["operations"]]
    assert followed(bytes.fromhex(VECTORS["lost_answer"]["zstd"])) == []
    fork = followed(bytes.fromhex(VECTORS["fork"]["zstd"]))
    assert [one.hex() for one in fork] == VECTORS["fork"]["links"]
    assert not {one.hex() for one in whole} & {*VECTORS["fork"]["links"]}


def test_evidence() -> None:
    tokens, last = (lines(bytes.fromhex(page["zstd"])) for page in VECTORS["evidence"]["pages"])
    preamble = json.loads(tokens[0])
    assert (preamble["tokens"], preamble["more"]) == (len(tokens) - 1, True)
    known = {row["token"] for row in (*VECTORS["tokens"], VECTORS["fork"]["answer"])}
    assert {line.decode() for line in tokens[1:]} <= known
    preamble, places = json.loads(last[0]), last[1:]
    bare = preamble["bare"]
    assert (preamble["tokens"], preamble["more"], 2 * bare["count"]) == (0, False, len(places))
    after = bytes.fromhex(bare["prev"])
    for header, hashed in zip(places[::2], places[1::2], strict=True):
        after = link(after, header, bytes.fromhex(hashed.decode()))
    assert after.hex() == VECTORS["evidence"]["after_bare"]
    check_seal(bare["seal"], bare["first_seq"] + bare["count"] - 1, after)


@pytest.mark.parametrize(
    ("way", "signer", "opener", "typ"),
    [("up", TERMINAL, OPENER, "bundle"), ("down", CENTRAL, REPLY, "answer")],
    ids=["up", "down"],
)
def test_bundles(way: str, signer: bytes, opener: bytes, typ: str) -> None:
    pinned = VECTORS["bundle"][way]
    magic, head, sealed = pinned["lines"]
    said = pinned["head"]
    assert magic == "YZB1"
    assert head == signed(signer, "yz-bundle" if way == "up" else "yz-bundle-answer", said)
    assert (said["size"], said["sha256"]) == (len(sealed), sha(sealed.encode()).hex())
    assert opened(sealed, opener, f"yz-sealed-{typ}").hex() == pinned["contents"]
    short = sha(said["nonce"].encode()).hex()[:8]
    suffix = "yzb" if way == "up" else "yza"
    assert pinned["name"] == f"yizhan-{NAME[0]}-{NAME[1]}-{said['last_seq']}-{short}.{suffix}"


def test_contents_of_bundles() -> None:
    first, _, rest = bytes.fromhex(VECTORS["bundle"]["up"]["contents"]).partition(b"\n")
    said = json.loads(first)
    parts = [bytes.fromhex(VECTORS["evidence"]["pages"][n]["zstd"]) for n in (0, 1)]
    parts.append(bytes.fromhex(VECTORS["batch"]))
    assert rest == b"".join(parts)
    assert [*said["evidence"], *said["batches"]] == [len(part) for part in parts]
    down = VECTORS["bundle"]["down"]
    assert unzipped(bytes.fromhex(down["contents"])).decode() == down["opened"]
    assert canonical(json.loads(down["opened"])).decode() == down["opened"]


def test_pack() -> None:
    pinned, said = VECTORS["bundle"]["pack"], VECTORS["bundle"]["pack"]["manifest"]
    data = bytes.fromhex(pinned["zstd"])
    assert signed(CENTRAL, "yz-manifest", said) == pinned["token"]
    assert (said["size"], said["sha256"]) == (len(data), sha(data).hex())
    found = lines(data)
    assert [line.decode() for line in found] == pinned["lines"]
    found.sort(key=lambda line: (json.loads(line)["t"], json.loads(line)["id"]))
    assert sha(*(sha(line) for line in found)).hex() == said["records_sha256"]


def test_sealed_payload() -> None:
    pinned = VECTORS["sealed_payload"]
    recorded = json.loads(pinned["recorded"])
    personal = json.loads(unzipped(opened(recorded.pop("sealed"), OPENER, "yz-sealed-payload")))
    assert canonical(recorded | personal).decode() == pinned["opened"]
    assert sha(pinned["recorded"].encode()).hex() == pinned["sha256"]


def test_parts_of_an_attachment() -> None:
    pinned = VECTORS["attachment"]
    assert sha(bytes.fromhex(pinned["file"])).hex() == pinned["sha256"]
    have = b""
    for asked in pinned["puts"]:
        body = bytes.fromhex(asked["body"])
        nonce = VECTORS["bundle"]["up"]["head"]["nonce"]
        claims = {
            "m": "PUT",
            "p": pinned["path"],
            "h": sha(body).hex(),
            "n": nonce,
            "t": NAME[0],
            "i": NAME[1],
        }
        assert asked["authorization"] == "YZ-JWS " + signed(TERMINAL, "yz-request", claims)
        span, _, total = asked["content_range"].removeprefix("bytes ").partition("/")
        if span != "*" and int(span.partition("-")[0]) == len(have):  # a gap is not filled
            have += body
        assert asked["status"] == (201 if len(have) == int(total) else 308)
        if asked["status"] == 308:
            assert asked["range"] == (f"bytes=0-{len(have) - 1}" if have else None)
    assert have.hex() == pinned["file"]


def test_deck() -> None:
    deck = VECTORS["deck"]
    right, leaves = deck["right"].encode(), []
    for number, card in enumerate(deck["cards"], start=1):
        front = b"\0".join((b"yizhan-card-v1", right, str(number).encode(), unb64(card["salt"])))
        leaves.append(sha(front, card["prize"].encode()))
        assert (leaves[-1].hex(), f"{number}.{card['salt']}.{card['prize']}") == (card["leaf"], card["token"])
    front = b"\0".join((b"yizhan-deck-v1", right, str(len(leaves)).encode(), b""))
    assert sha(front, *leaves).hex() == deck["commitment"]
