"""What a terminal gives a courier to carry to central, and what it makes of the answer that comes back.

Nothing is marked by handing it over: an operation is central's only when central's ack says so, by whatever
way it came. A bundle begins with the first operation without an outcome, so a later one holds all that was
lost with an earlier one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, select

from sync import carriedevidence, changes, contradicted, identity, lines, transfer
from sync.carriedevidence import NOTHING, Asked, Shown
from sync.client import SignedAck, SignedChanges
from sync.evidence import Owed
from sync.identity import IdentityState
from sync.membership import Membership
from sync.tables import bundles
from sync.testimony import begin_anew
from sync.transfer import Chain, Outgoing
from sync.troubles import LOCKS, SAID
from sync.wire import batch as wire_batch
from sync.wire import bundle as wire_bundle
from sync.wire import evidence as wire_evidence
from sync.wire import problems, token
from sync.wire.answers import Ack, Changes, Result
from sync.wire.batch import MAX_OPERATIONS, Batch
from sync.wire.bundle import Bundle, Downward, Head, Upward, Way
from sync.wire.errors import WrongAnswer
from sync.wire.evidence import Evidence
from sync.wire.place import Place
from sync.wire.problems import Problem
from sync.wire.request import new_nonce
from sync.wire.sealing import DecryptionKey, EncryptionKey, openers
from sync.wire.token import Typ

T = TypeVar("T")
MOST = 2 * 1024 * 1024  # of all batches, unpacked; what does not fit goes with the next one
ROOM = 1024 * 1024  # of one of them
KEPT = 1000  # bundles whose answers are still awaited


@dataclass(frozen=True)
class Parcel:
    """One life's words for central, read in one moment."""

    chain: Chain
    outgoing: tuple[Outgoing, ...]
    last_ack: str | None
    place: Place
    evidence: Shown = NOTHING

    @property
    def span(self) -> tuple[int, int]:
        return self.outgoing[0].first_seq, self.outgoing[-1].last_seq


@dataclass(frozen=True)
class Letter:
    """A bundle ready to be written; `posted` must be durable before it leaves."""

    head: Head
    data: bytes = field(repr=False)
    evidence: Shown = NOTHING


@dataclass(frozen=True)
class Answer:
    """Central's words in a bundle, each verified as central's to this terminal and this bundle."""

    head: Head
    acks: tuple[SignedAck, ...]
    pages: tuple[SignedChanges, ...]
    problem: Problem | None
    expected: int | None  # where central's chain goes on, when the bundle began beyond it
    asked: Asked | None  # central lost a part of its past, and asks what it had said of it
    pack: str | None  # manifest of a pack this terminal lacked

    @property
    def server_time(self) -> str | None:
        """The latest moment that central signed in it."""
        acks = (one.ack.server_time for one in self.acks)
        pages = (one.changes.server_time for one in self.pages)
        return max((*acks, *pages), default=None)


@dataclass(frozen=True)
class Merged:
    first_time: bool = True
    news: bool = False  # an outcome that was not known
    keys: bool = False  # central's keys may be others now
    locked: IdentityState | None = None  # central will take nothing more of this life
    conflicts: tuple[Result, ...] = ()
    refused: tuple[str, ...] = ()


def gather(conn: Connection, chain: Chain) -> Parcel:
    """From the first operation without an outcome; with none, an empty batch that shows the last ack."""
    first = transfer.first_unanswered(conn, chain) or transfer.high_water(conn, chain) + 1
    first = min(first, int(transfer.cursor(conn, _expected(chain)) or first))
    shown = carriedevidence.gather(conn, chain)
    if shown.pages and (bare := shown.pages[-1].bare) is not None:
        first = max(first, bare.first_seq + len(bare.places))
    found: list[Outgoing] = []
    size = 0
    while True:
        outgoing = transfer.next_batch(conn, chain, MAX_OPERATIONS, ROOM, first)
        if found and not outgoing.operations:
            break
        found.append(outgoing)
        size += sum(len(one.header_bytes) + len(one.payload_bytes) for one in outgoing.operations)
        if not outgoing.operations or size > MOST or len(found) == wire_bundle.MAX_BATCHES:
            break
        first = outgoing.last_seq + 1
    place = Place(0) if shown.is_whole else changes.place(conn)
    return Parcel(chain, tuple(found), transfer.last_ack(conn, chain), place, shown)


def seal(parcel: Parcel, member: Membership, to: EncryptionKey, at: str, pack: str | None) -> Letter:
    """`at` is when it was made, `pack` the version this terminal has."""
    nonce = new_nonce()
    chain, (first, last) = parcel.chain, parcel.span
    batches = tuple(
        wire_batch.encode(
            Batch(
                terminal=chain.terminal,
                incarnation=chain.incarnation,
                first_seq=outgoing.first_seq,
                prev=outgoing.prev,
                seal=outgoing.seal,
                last_ack=parcel.last_ack if n == 0 else None,
                nonce=nonce,
                operations=outgoing.operations,
            )
        )
        for n, outgoing in enumerate(parcel.outgoing)
    )
    reply_to = DecryptionKey.derived_from(member.key).public
    shown = tuple(
        wire_evidence.encode(
            Evidence(chain.terminal, chain.incarnation, nonce, page.tokens, page.more, page.bare)
        )
        for page in parcel.evidence.pages
    )
    contents = Upward(batches, parcel.place.cursor, reply_to, pack, shown, parcel.place.mark).encode()
    head = Head(Way.UP, chain.terminal, chain.incarnation, to.kid, nonce, first, last, at)
    data = wire_bundle.make(member.key, to, head, contents)
    return Letter(head, data, parcel.evidence)


def posted(conn: Connection, head: Head, shown: Shown = NOTHING) -> None:
    """Its nonce is kept: several may be out at once, and each answer is known by it."""
    row = {
        "nonce": head.nonce,
        "terminal": head.terminal,
        "incarnation": head.incarnation,
        "first_seq": head.first_seq,
        "last_seq": head.last_seq,
        "made_at": head.made_at,
        "answered_at": None,
    }
    lines.put(conn, bundles, row)
    carriedevidence.posted(conn, head.nonce, shown)
    kept = select(bundles.c.nonce).order_by(bundles.c.made_at.desc(), bundles.c.nonce).limit(KEPT)
    conn.execute(delete(bundles).where(bundles.c.nonce.not_in(kept)))


def read_answer(bundle: Bundle, member: Membership) -> Answer:
    """Raises WireError: not central's, not to this terminal, or not whole."""
    head = bundle.head
    if (head.way, head.terminal, head.incarnation) != (Way.DOWN, member.terminal, member.incarnation):
        raise WrongAnswer("an answer to another terminal")
    bundle.verify(member.keys)
    own = DecryptionKey.derived_from(member.key)
    contents = Downward.decode(bundle.open(openers(own)))
    read = _Reader(member, head.nonce)
    problem = {} if contents.problem is None else read.check(contents.problem, Typ.PROBLEM)
    expected, from_seq = _number(problem, "expected"), _number(problem, "from_seq")
    return Answer(
        head=head,
        acks=tuple(SignedAck(read.one(text, Typ.ACK, Ack.parse), text, len(text)) for text in contents.acks),
        pages=tuple(
            SignedChanges(read.one(text, Typ.CHANGES, Changes.parse), text) for text in contents.changes
        ),
        problem=problems.parse(problem),
        expected=expected or from_seq,
        asked=None if from_seq is None else Asked(_number(problem, "epoch") or 0, Owed(from_seq)),
        pack=contents.pack,
    )


def _number(problem: Mapping[str, Any], key: str) -> int | None:
    value = problem.get(key)
    return value if isinstance(value, int) and value > 0 else None


@dataclass(frozen=True)
class _Reader:
    member: Membership
    nonce: str

    def check(self, text: str, typ: Typ) -> dict[str, Any]:
        payload = token.verify(text, self.member.keys, typ)
        if (payload.get("nonce"), payload.get("terminal")) != (self.nonce, self.member.terminal):
            raise WrongAnswer("not the nonce of this bundle")
        return payload

    def one(self, text: str, typ: Typ, parse: Callable[[Any], T]) -> T:
        payload = self.check(text, typ)
        if payload.get("incarnation", self.member.incarnation) != self.member.incarnation:
            raise WrongAnswer("an answer to another life of this terminal")
        return parse(payload)


def merge(conn: Connection, member: Membership, answer: Answer, at: str) -> Merged:
    """Of any age, as often as it comes. Raises ChainFork, and WrongAnswer where this terminal never asked."""
    asked = _asked(conn, answer.head)
    chain = Chain(member.terminal, member.incarnation)
    life = (chain.terminal, chain.incarnation)
    epoch = identity.epoch_of(conn, *life)
    taken = [changes.merge_ack(conn, member, signed, at) for signed in answer.acks]
    first_time = asked["answered_at"] is None
    if first_time and answer.problem is Problem.RESYNC:
        changes.restart(conn)
        contradicted.by_stream(conn, answer.head.nonce)
    was_asked = first_time and carriedevidence.asked(conn, chain) is not None
    # By its epoch too: an older answer that came in between may have taken the question away.
    if (was_asked and answer.asked is None) or identity.epoch_of(conn, *life) > epoch:
        begin_anew(conn, chain)
    taken += [changes.merge_changes(conn, member, page, at) for page in answer.pages]
    if first_time:
        lines.put(conn, bundles, asked | {"answered_at": at})
        _remember(conn, _expected(chain), answer.expected)
        carriedevidence.heard(conn, chain, answer.head.nonce, answer.asked)
    trouble = SAID.get(answer.problem) if first_time and answer.problem else None
    locked = None if trouble is None else LOCKS[trouble]
    if locked is not None:
        identity.lock(conn, *life, locked)
    return Merged(
        first_time=first_time,
        news=any(one.news for one in taken),
        keys=any(one.keys for one in taken),
        locked=locked,
        conflicts=tuple(result for one in taken for result in one.conflicts),
        refused=tuple(text for one in taken for text in one.refused),
    )


def _expected(chain: Chain) -> str:
    return f"courier-from/{chain.terminal}/{chain.incarnation}"


def _remember(conn: Connection, name: str, seq: int | None) -> None:
    wanted = "" if seq is None else str(seq)
    if wanted != (transfer.cursor(conn, name) or ""):
        transfer.set_cursor(conn, name, wanted)


def _asked(conn: Connection, head: Head) -> dict[str, Any]:
    query = select(bundles).where(
        bundles.c.nonce == head.nonce,
        bundles.c.terminal == head.terminal,
        bundles.c.incarnation == head.incarnation,
    )
    row = conn.execute(query).mappings().one_or_none()
    if row is None:
        raise WrongAnswer("an answer to no bundle of ours")
    return dict(row)
