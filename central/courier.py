"""Takes a bundle that somebody carried and makes the one that answers it, sealed to whom it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from central import evidence, packs, problems, push, stream
from central.config import Parts
from central.errors import Refusal, Refused
from central.terminals import KnownKeys, Life
from sync.wire import batch as wire_batch
from sync.wire import bundle as wire_bundle
from sync.wire import evidence as wire_evidence
from sync.wire import token
from sync.wire.batch import Batch
from sync.wire.bundle import Bundle, Downward, Head, Upward, Way
from sync.wire.encoding import instant
from sync.wire.errors import WireError, WrongAnswer
from sync.wire.evidence import Evidence
from sync.wire.manifest import Manifest
from sync.wire.place import Place
from sync.wire.problems import Problem
from sync.wire.token import Typ

MAX_CHANGES = 3 * 1024 * 1024  # of signed pages in one answer; the terminal asks on from there


@dataclass(frozen=True)
class Reply:
    """`pack` is the newest of the terminal's county, when the terminal does not have it."""

    head: Head
    data: bytes = field(repr=False)
    pack: Manifest | None

    @property
    def name(self) -> str:
        return self.head.name


def answer(parts: Parts, bundle: Bundle) -> Reply:
    """Raises Refused for what no terminal of ours made, or what was altered on the way."""
    try:
        opened = _read(parts, bundle)
        down = _answers(parts, bundle.head, opened)
    except WireError as error:  # a seal that does not fit shows only where its chain is followed
        raise Refused(Problem.UNSIGNED, str(error)) from error
    contents = opened.contents
    asked = bundle.head
    head = Head(
        Way.DOWN,
        asked.terminal,
        asked.incarnation,
        contents.reply_to.kid,
        asked.nonce,
        asked.first_seq,
        asked.last_seq,
        instant(parts.clock()),
    )
    with parts.database.reading() as conn:
        pack = _lacking(conn, opened.life, contents)
    proof = None if pack is None else token.sign(parts.keys.answers, Typ.MANIFEST, pack.payload())
    sealed = Downward(down.acks, down.changes, down.problem, proof).encode()
    return Reply(head, wire_bundle.make(parts.keys.answers, contents.reply_to, head, sealed), pack)


@dataclass(frozen=True)
class _Opened:
    life: Life
    contents: Upward
    batches: tuple[Batch, ...]
    evidence: tuple[Evidence, ...]


def _read(parts: Parts, bundle: Bundle) -> _Opened:
    head = bundle.head
    if head.way is not Way.UP:
        raise WrongAnswer("an answer, not a bundle for central")
    with parts.database.reading() as conn:
        known = KnownKeys(conn)
        bundle.verify(known)
        life = known.life
    if life is None or (life.terminal.id, life.terminal.incarnation) != (head.terminal, head.incarnation):
        raise WrongAnswer("this key speaks for another terminal")
    contents = Upward.decode(bundle.open(parts.keys.openers))
    batches = tuple(wire_batch.decode(one) for one in contents.batches)
    shown = tuple(wire_evidence.decode(one) for one in contents.evidence)
    said: tuple[Batch | Evidence, ...] = (*batches, *shown)
    for one in said:
        if (one.terminal, one.incarnation, one.nonce) != (head.terminal, head.incarnation, head.nonce):
            raise WrongAnswer("a batch of another bundle")
    return _Opened(life, contents, batches, shown)


def _answers(parts: Parts, head: Head, opened: _Opened) -> Downward:
    acks: list[str] = []
    kid = opened.life.key.kid
    refusal = _hear(parts, opened.evidence, kid)
    for one in opened.batches if refusal is None else ():
        desk = push.Desk(parts.keys, parts.handlers, parts.clock(), parts.horizon)
        taken = parts.database.write(lambda conn: push.take(conn, desk, one, kid))  # noqa: B023
        if isinstance(taken, Refusal):
            refusal = taken
            break
        acks.append(token.sign(parts.keys.answers, Typ.ACK, taken.payload()))
    pages: tuple[str, ...] = ()
    if not opened.life.closed:
        pages, resync = _pages(parts, head, opened.contents.place)
        refusal = refusal or resync
    problem = None
    if refusal is not None:
        problem = problems.proof(parts, refusal, terminal=head.terminal, nonce=head.nonce)
    return Downward(tuple(acks), pages, problem)


def _hear(parts: Parts, shown: tuple[Evidence, ...], kid: str) -> Refusal | None:
    for one in shown:
        hearing = evidence.Hearing(parts.keys, parts.handlers, parts.clock())
        taken = parts.database.write(lambda conn: evidence.take(conn, hearing, one, kid))  # noqa: B023
        if isinstance(taken, Refusal):
            return taken
    return None


def _pages(parts: Parts, head: Head, place: Place) -> tuple[tuple[str, ...], Refusal | None]:
    """From the start again where the stream never came so far."""
    found: list[str] = []
    size, resync = 0, None
    with parts.database.reading() as conn:
        while True:
            page = stream.page(conn, parts.keys, head.terminal, place, head.nonce, parts.clock())
            if page is None:
                resync, place = Refusal(Problem.RESYNC, "this stream never came so far"), Place(0)
                continue
            if page.items:
                found.append(token.sign(parts.keys.answers, Typ.CHANGES, page.payload()))
                size, place = size + len(found[-1]), page.place
            if not page.more or size > MAX_CHANGES:
                return tuple(found), resync


def _lacking(conn: Connection, life: Life, contents: Upward) -> Manifest | None:
    newest = None if life.closed else packs.newest(conn, life.terminal.county)
    return None if newest is None or newest.version == contents.pack else newest
