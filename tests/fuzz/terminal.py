"""What a terminal reads: central's answers and stream, packs and changes, settings, a courier's folder."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import zstandard
from sqlalchemy import Connection

from kiosk import settings
from kiosk.settings import SettingError
from kiosk.store import packs, patching
from kiosk.store.patching import Patch
from sync import applicant, changes, documents, identity, leases, packplan, ranges, signedproblem
from sync.cases import open_cases
from sync.client import SignedAck, SignedChanges
from sync.errors import BadPack, ChainFork
from sync.failures import LinkError
from sync.membership import Membership
from sync.packplan import Holdings, Installed
from sync.tls import Authority
from sync.transport import Answer, refusal, unpacked
from sync.wire import bundlefile, canon, problems, token
from sync.wire.answers import Ack, Changes
from sync.wire.errors import WireError
from sync.wire.manifest import Manifest, records_sha256
from sync.wire.problems import Problem
from sync.wire.token import Typ
from tests.fuzz import wire
from tests.fuzz.harness import Harness
from tests.fuzz.wire import AT, GRANT, KEY, RING, TERMINAL, plain
from tests.support.ledger import Ledger, open_ledger
from tests.support.shelf import good, item

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CACHE_KEY = bytes(range(32))
RECORDS = [good(1, "豆腐"), good(2, "蜂蜜", picture="ab" * 32), item(1, "身份证"), {"t": "drone", "id": "r1"}]


class _RolledBack(Exception):
    pass


@dataclass(frozen=True)
class Bench:
    """An enrolled terminal's real ledger and a folder for files."""

    folder: Path
    ledger: Ledger
    member: Membership

    @classmethod
    def set_up(cls, folder: Path) -> Bench:
        ledger = open_ledger(folder / "data")
        ledger.db.run_sync(lambda conn: identity.set_central_keys(conn, [KEY.public.jwk()]))
        authority = Authority("")
        member = Membership("https://central", authority, ledger.signer, TERMINAL, 1, RING)
        return cls(folder, ledger, member)

    def take(self, work: Any) -> None:
        """In a transaction that comes to nothing."""

        def run(conn: Connection) -> None:
            work(conn)
            raise _RolledBack

        try:
            self.ledger.db.run_sync(run)
        except _RolledBack:
            return

    def stream(self, data: bytes) -> None:
        page = Changes.parse(token.verify(data.decode("latin-1"), RING, Typ.CHANGES))

        def work(conn: Connection) -> None:
            changes.take_changes(conn, self.member, SignedChanges(page, "t.e30.t"), AT)
            open_cases(conn)
            documents.operators(conn)
            documents.settings(conn)

        self.take(work)

    def ack(self, data: bytes) -> None:
        ack = Ack.parse(token.verify(data.decode("latin-1"), RING, Typ.ACK))
        self.take(lambda conn: changes.take_ack(conn, self.member, SignedAck(ack, "t", 1), AT))

    def grant(self, data: bytes) -> None:
        def work(conn: Connection) -> None:
            changes.take_grants(conn, self.member, [data.decode("latin-1")])
            for lease in leases.all_leases(conn):
                leases.left_of(conn, lease)

        self.take(work)

    def pack(self, data: bytes) -> None:
        self._build(data, self.folder / "built.db").unlink()

    def _build(self, data: bytes, target: Path) -> Path:
        path = self.folder / "pack"
        path.write_bytes(data)
        counts = dict(Counter(str(record["t"]) for record in RECORDS))
        manifest = Manifest("c", "1", "", len(data), len(RECORDS), counts, AT, AT)
        packs.build(path, manifest, target, CACHE_KEY, lambda *_: None)
        return target

    def delta(self, data: bytes) -> None:
        base = self.folder / "base.db"
        if not base.exists():
            self._build(packed(RECORDS), base)
        path = self.folder / "delta"
        path.write_bytes(data)
        after = [*RECORDS, good(3, "香菇")]
        lines = {(r["t"], r["id"]): canon.encode(r) for r in after}
        whole_hash = records_sha256(hashlib.sha256(lines[key]).digest() for key in sorted(lines))
        counts = dict(Counter(str(record["t"]) for record in after))
        whole = Manifest("c", "2", "", 1, len(after), counts, AT, AT, records_sha256=whole_hash)
        changed = Manifest(
            "c", "2", "", len(data), _lines(data), {}, AT, AT, base="1", records_sha256=whole_hash
        )
        patch, target = Patch(path, changed, whole), self.folder / "patched.db"
        patching.build(base, patch, target, CACHE_KEY, lambda *_: None)
        target.unlink()

    def settings(self, data: bytes) -> None:
        file = self.folder / "yizhan.toml"
        file.write_bytes(data)
        settings.load(file, {})

    def stick(self, data: bytes) -> None:
        """A pack beside the bundles: named by whoever filled the stick."""
        path = self.folder / "x.yzp"
        path.write_bytes(data)
        found = bundlefile.read(path)
        if isinstance(found, bundlefile.FoundPack):
            token.verify(found.token, RING, Typ.MANIFEST)
            bundlefile.take_pack(found, self.folder / "taken")


def _lines(data: bytes) -> int:
    try:
        return zstandard.ZstdDecompressor().stream_reader(data).read(1 << 20).count(b"\n")
    except zstandard.ZstdError:
        return 0


def packed(records: list[dict[str, Any]]) -> bytes:
    return zstandard.compress(b"".join(canon.encode(record) + b"\n" for record in records))


def _answer(data: bytes) -> Answer:
    """A first line of JSON is status and headers, the rest is the body."""
    line, _, body = data.partition(b"\n")
    head = json.loads(line)
    headers = {str(k).lower(): str(v) for k, v in head["headers"].items()}
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    return Answer(int(head["status"]), media, body, headers)


def _http(data: bytes) -> None:
    """As `Client` reads an answer: every way it goes."""
    try:
        answer = _answer(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return  # the harness's own frame
    answer = unpacked(answer)
    if not 200 <= answer.status < 300:
        error = refusal(answer)
        assert isinstance(error, LinkError)
        if answer.media_type == problems.MEDIA_TYPE:
            raise signedproblem.read_problem(answer, RING, wire.NONCE)
        return
    for read in (lambda: ranges.piece_of(answer, 0), lambda: ranges.reached(answer)):
        try:
            read()
        except LinkError:
            continue


def _http_samples() -> tuple[bytes, ...]:
    proof = {
        **problems.document(Problem.SEQUENCE_GAP, "x", expected=5),
        "terminal": TERMINAL,
        "nonce": wire.NONCE,
    }
    document = problems.document(Problem.SEQUENCE_GAP, "x", expected=5)
    signed = document | {"token": token.sign(KEY, Typ.PROBLEM, proof)}
    bad = {"content-type": problems.MEDIA_TYPE, "retry-after": "30"}
    piece = {"content-range": "bytes 0-3/9", "content-type": "application/zstd"}
    reached = {"range": "bytes=0-7"}
    return (
        plain({"status": 409, "headers": bad}) + b"\n" + plain(signed),
        plain({"status": 503, "headers": bad}) + b"\n" + plain(document),
        plain({"status": 206, "headers": piece}) + b"\nabcd",
        plain({"status": 200, "headers": {"content-encoding": "zstd"}}) + b"\n" + zstandard.compress(b"abcd"),
        plain({"status": 308, "headers": reached}) + b"\n",
        plain({"status": 200, "headers": reached}) + b"\n",
    )


def _self_signed(data: bytes) -> None:
    applicant._self_signed(Answer(200, "application/jose", data, {}), Typ.OFFER)


def _of_offer(data: bytes) -> bytes:
    return wire.signed_raw(Typ.OFFER, data).encode()


def _plan(data: bytes) -> None:
    """A manifest that is signed still may not name a file, or stop a comparison."""
    manifest = Manifest.parse(token.verify(data.decode("latin-1"), RING, Typ.MANIFEST))
    held = Holdings(Installed("511602", "1", "x", AT, 1))
    packplan.plan("511602", manifest, held)
    name = f"{manifest.sha256}.part"
    assert Path(name).name == name, name
    httpx.URL("https://central").join(f"/v1/packs/{manifest.county}/{manifest.version}")


def _of_manifest(data: bytes) -> bytes:
    return wire.signed_raw(Typ.MANIFEST, data).encode()


def _of_pack_file(data: bytes) -> bytes:
    return b"YZP1\n" + _of_manifest(data) + b"\nPACK"


TOML = b"""[data]
folder = "/srv/yizhan"
[printer]
kind = "network"
host = "10.0.0.5"
port = 9100
[screen]
width = 1366
warn_after = 60
wipe_after = 90
full_screen = true
[line]
data_budget_mb = 500
"""


def harnesses(bench: Bench) -> tuple[Harness, ...]:
    pack_hash = hashlib.sha256(b"PACK").hexdigest()
    beside = plain({**wire.MANIFEST, "size": 4, "sha256": pack_hash})
    records = b"".join(canon.encode(record) + b"\n" for record in RECORDS)
    delta = canon.encode(good(3, "香菇")) + b"\n"
    gone = delta + canon.encode({"t": "gone", "of": "good", "id": "g1"}) + b"\n"
    ack = plain({**wire.ACK, "grants": [wire.signed_raw(Typ.GRANT, plain(GRANT))]})

    def of(typ: Typ) -> Any:
        return lambda data: wire.signed_raw(typ, data).encode()

    return (
        Harness("http-answer", _http_samples(), _http, (LinkError, WireError)),
        Harness("first-answer", (plain(wire.OFFER),), _self_signed, (LinkError,), _of_offer),
        Harness("stream", (plain(wire.CHANGES),), bench.stream, (WireError,), of(Typ.CHANGES)),
        Harness("ledger-ack", (ack,), bench.ack, (WireError, ChainFork), of(Typ.ACK)),
        Harness("ledger-grant", (plain(GRANT),), bench.grant, (WireError,), of(Typ.GRANT)),
        Harness("pack-plan", (plain(wire.MANIFEST),), _plan, (WireError,), _of_manifest),
        Harness("pack", (records,), bench.pack, (BadPack,), zstandard.compress),
        Harness("delta", (delta, gone), bench.delta, (BadPack,), zstandard.compress),
        Harness("settings", (TOML,), bench.settings, (SettingError,)),
        Harness("pack-file", (beside,), bench.stick, (WireError,), _of_pack_file),
    )
