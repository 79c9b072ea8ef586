"""Central's calls, one method each; what returns was signed by central for exactly this question."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from urllib.parse import quote

from sync import portal, tls
from sync.failures import HostileAnswer, Hostility, NoLink, Refusal, WrongCertificate
from sync.lanes import Lane
from sync.membership import Membership
from sync.meter import Meter
from sync.portal import MayLook
from sync.ranges import Piece, piece_of, portal_page, reached
from sync.signedproblem import SIGNED, check_nonce, read_problem, verified
from sync.transport import Answer, Asked, Patience, Transport, hostile, refusal, unpacked
from sync.way import RightOfWay
from sync.wire import batch as wire_batch
from sync.wire import bundle as wire_bundle
from sync.wire import canon
from sync.wire import evidence as wire_evidence
from sync.wire.answers import Ack, Changes, Forks, Status
from sync.wire.batch import Batch
from sync.wire.encoding import sha256_hex
from sync.wire.errors import Malformed
from sync.wire.evidence import Evidence
from sync.wire.keys import PublicKey
from sync.wire.manifest import Manifest
from sync.wire.place import Place
from sync.wire.request import RequestClaims, authorize, new_nonce
from sync.wire.token import Typ

T = TypeVar("T")
LARGE = 32 * 1024
JSON = "application/json"
JOSE = "application/jose"
PACKED = {"Accept-Encoding": "zstd"}


@dataclass(frozen=True)
class Signed:
    """A verified answer with the token that proves it."""

    token: str
    payload: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class SignedAck:
    ack: Ack
    token: str
    sent_bytes: int


@dataclass(frozen=True)
class SignedChanges:
    changes: Changes
    token: str


@dataclass(frozen=True)
class SignedForks:
    forks: Forks
    token: str


@dataclass(frozen=True)
class SignedManifest:
    manifest: Manifest
    token: str


@dataclass(frozen=True)
class DeltaPiece:
    """The manifest comes with the first piece."""

    piece: Piece
    signed: SignedManifest | None


class Client:
    """Opened by `connect`; every method raises a LinkError of `sync.failures`."""

    def __init__(self, transport: Transport, member: Membership, look: MayLook = None) -> None:
        self._transport = transport
        self._look = look
        self.member = member
        self.way = RightOfWay()
        self._others: tuple[Client, ...] = ()
        self._base = f"/v1/terminals/{member.terminal}"

    @classmethod
    async def connect(
        cls, member: Membership, now: tls.Now, patience: Patience | None = None, look: MayLook = portal.look
    ) -> Client:
        transport = await Transport.open(member.url, member.authority, now, patience or Patience())
        return cls(transport, member, look)

    async def close(self) -> None:
        await self._transport.close()

    def speaking_as(self, member: Membership) -> Client:
        """On the same line; what proves an answer to one of them proves it to all."""
        other = Client(self._transport, member)
        self._others = (*self._others, other)
        return other

    def trust(self, keys: Mapping[str, PublicKey]) -> None:
        """From now on these prove an answer to be central's."""
        self.member = replace(self.member, keys=keys)
        for other in self._others:
            other.trust(keys)

    @property
    def context(self) -> ssl.SSLContext:
        return self._transport.context

    @property
    def meter(self) -> Meter:
        return self._transport.meter

    async def push(self, batch: Batch, answered: Callable[[], None] | None = None) -> SignedAck:
        """`answered` is told when an answer begins to come in."""
        body = await asyncio.to_thread(wire_batch.encode, batch)
        headers = {"Content-Type": wire_batch.MEDIA_TYPE, **PACKED}
        path, lane = f"{self._base}/operations", Lane.OPERATIONS
        asked = Asked("POST", path, body, headers, lane=lane, answered=answered)
        answer = await self._ask(asked, batch.nonce)
        signed = await self._signed(answer, Typ.ACK, batch.nonce)
        ack = _parsed(Ack.parse, signed.payload)
        self._check_terminal(ack.terminal, ack.incarnation)
        return SignedAck(ack, signed.token, len(body))

    async def status(self) -> Status:
        nonce = new_nonce()
        asked = Asked("GET", f"{self._base}/status?nonce={nonce}", is_probe=True)
        try:
            answer = await self._ask(asked, nonce)
        except (NoLink, WrongCertificate) as error:
            raise await portal.explained(error, self.member.url, self._look) from None
        return await self._status(answer, nonce)

    async def _status(self, answer: Answer, nonce: str) -> Status:
        status = _parsed(Status.parse, (await self._signed(answer, Typ.STATUS, nonce)).payload)
        self._check_terminal(status.terminal, status.incarnation)
        return status

    async def readmit(self, enrolment: str) -> Status:
        """Shows central its own answer to the enrolment of this life, which it may have lost."""
        nonce = new_nonce()
        asked = Asked("POST", f"{self._base}/readmit", enrolment.encode(), {"Content-Type": JOSE})
        return await self._status(await self._ask(asked, nonce), nonce)

    async def testify(self, evidence: Evidence) -> Status:
        """Shows central its own words; the status says from where operations are to be sent again."""
        body = await asyncio.to_thread(wire_evidence.encode, evidence)
        headers = {"Content-Type": wire_evidence.MEDIA_TYPE}
        asked = Asked("POST", f"{self._base}/evidence", body, headers, lane=Lane.OPERATIONS)
        return await self._status(await self._ask(asked, evidence.nonce), evidence.nonce)

    async def show_fork(self, batch: Batch) -> SignedForks:
        """Operations of a chain that left central's; each then waits for a person there."""
        body = await asyncio.to_thread(wire_batch.encode, batch)
        headers = {"Content-Type": wire_batch.MEDIA_TYPE}
        asked = Asked("POST", f"{self._base}/forks", body, headers, lane=Lane.OPERATIONS)
        answer = await self._ask(asked, batch.nonce)
        signed = await self._signed(answer, Typ.FORKS, batch.nonce)
        forks = _parsed(Forks.parse, signed.payload)
        self._check_terminal(forks.terminal, forks.incarnation)
        return SignedForks(forks, signed.token)

    async def changes(self, place: Place) -> SignedChanges:
        nonce = new_nonce()
        asked = f"{self._base}/changes?cursor={place.cursor}"
        if place.mark is not None:
            asked += f"&mark={quote(place.mark, safe='')}"
        answer = await self._ask(Asked("GET", asked, headers=PACKED), nonce)
        signed = await self._signed(answer, Typ.CHANGES, nonce)
        changes = _parsed(Changes.parse, signed.payload)
        self._check_terminal(changes.terminal, self.member.incarnation)
        return SignedChanges(changes, signed.token)

    async def offer_bundle(self, sha256: str, piece: Piece) -> int:
        """Sends part of another terminal's bundle; how many bytes central has of it now."""
        return await self._offer(f"/v1/bundles/{sha256}", piece, wire_bundle.MEDIA_TYPE)

    async def carry(self, sha256: str) -> Answer:
        """Hands in the bundle that was brought; the answer is for its terminal, and not checked yet."""
        asked = Asked("POST", f"/v1/bundles/{sha256}", lane=Lane.ATTACHMENTS)
        return await self._ask(asked, new_nonce())

    async def heartbeat(self, report: Mapping[str, Any]) -> None:
        body = canon.encode(dict(report))
        asked = Asked("POST", f"{self._base}/heartbeat", body, {"Content-Type": JSON})
        answer = await self._ask(asked, new_nonce())
        if answer.status != 204:
            raise portal_page(answer)

    async def manifest(self, county: str) -> SignedManifest:
        answer = await self._ask(Asked("GET", f"/v1/packs/{county}"), new_nonce())
        signed = await self._signed(answer, Typ.MANIFEST, None)
        return SignedManifest(_parsed(Manifest.parse, signed.payload), signed.token)

    async def pack(self, manifest: Manifest, start: int, length: int) -> Piece:
        return await self._piece(f"/v1/packs/{manifest.county}/{manifest.version}", start, length)

    async def delta(self, base: str, to: Manifest, start: int, length: int) -> DeltaPiece:
        """Of what leads from version `base` to `to`. Raises Resync when central no longer knows both."""
        path = f"/v1/packs/{to.county}/delta?from={base}&to={to.version}"
        answer = await self._span(path, start, length)
        piece, text = piece_of(answer, start), answer.headers.get("yz-manifest")
        if text is None:
            return DeltaPiece(piece, None)
        manifest = _parsed(Manifest.parse, verified(text, self.member.keys, Typ.MANIFEST))
        return DeltaPiece(piece, SignedManifest(manifest, text))

    async def asset(self, sha256: str, start: int, length: int) -> Piece:
        return await self._piece(f"/v1/assets/{sha256}", start, length)

    async def offer_asset(self, sha256: str, op_id: str, piece: Piece) -> int:
        """Sends part of an attachment of this operation; how many bytes central has of it now, from the
        first on."""
        return await self._offer(f"/v1/assets/{sha256}?op={op_id}", piece, "application/octet-stream")

    async def _offer(self, path: str, piece: Piece, media_type: str) -> int:
        last = piece.start + len(piece.data) - 1
        span = f"{piece.start}-{last}" if piece.data else "*"
        headers = {"Content-Range": f"bytes {span}/{piece.total}", "Content-Type": media_type}
        asked = Asked("PUT", path, piece.data, headers, lane=Lane.ATTACHMENTS)
        answer = await self._ask(asked, new_nonce())
        if answer.status not in (201, 308):
            raise portal_page(answer)
        return piece.total if answer.status == 201 else reached(answer)

    async def _piece(self, path: str, start: int, length: int) -> Piece:
        return piece_of(await self._span(path, start, length, Lane.CONTENT), start)

    async def _span(self, path: str, start: int, length: int, lane: Lane = Lane.NEWS) -> Answer:
        asked = Asked("GET", path, headers={"Range": f"bytes={start}-{start + length - 1}"}, lane=lane)
        return await self._ask(asked, new_nonce())

    async def _ask(self, asked: Asked, nonce: str) -> Answer:
        """A 2xx answer; not yet known to be central's."""
        answer = unpacked(await self._transport.ask(self._authorized(asked, nonce)))
        if 200 <= answer.status < 300 or answer.status == 308:  # without a place to go: go on
            return answer
        error = refusal(answer)
        if isinstance(error, Refusal) and error.problem in SIGNED:
            raise read_problem(answer, self.member.keys, nonce)
        raise error

    def _authorized(self, asked: Asked, nonce: str) -> Asked:
        member = self.member
        claims = RequestClaims(
            asked.method, asked.path, sha256_hex(asked.body), nonce, member.terminal, member.incarnation
        )
        headers = {**asked.headers, "Authorization": authorize(member.key, claims)}
        return replace(asked, headers=headers)

    async def _signed(self, answer: Answer, typ: Typ, nonce: str | None) -> Signed:
        """`nonce` is None for what central signs for everybody."""
        if "html" in answer.media_type:
            raise portal_page(answer)

        def check() -> Signed:
            text = _ascii(answer.body)
            payload = verified(text, self.member.keys, typ)
            check_nonce(payload, nonce)
            return Signed(text, payload)

        return check() if len(answer.body) < LARGE else await asyncio.to_thread(check)

    def _check_terminal(self, terminal: str, incarnation: int) -> None:
        if (terminal, incarnation) != (self.member.terminal, self.member.incarnation):
            raise HostileAnswer(Hostility.WRONG_NONCE, "an answer for another terminal")


def _parsed(parse: Callable[[Any], T], payload: dict[str, Any]) -> T:
    try:
        return parse(payload)
    except Malformed as error:
        raise hostile(error) from error


def _ascii(body: bytes) -> str:
    try:
        return body.decode("ascii")
    except UnicodeDecodeError as error:
        raise hostile(Malformed("not a token")) from error
