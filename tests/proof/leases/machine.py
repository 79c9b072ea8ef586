"""One terminal of the lease proof: the real ledger verbs on SQLite, and batches to the real central."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from central import enrolment, push, stream
from central.config import Parts
from central.enrolment import Application
from sync import changes, identity, leases, outbox, tending, transfer
from sync.client import SignedAck, SignedChanges
from sync.identity import Identity, IdentityState
from sync.membership import Membership
from sync.outbox import NewOperation, Stamp
from sync.tables import metadata
from sync.tls import Authority
from sync.transfer import Chain
from sync.wire import batch as wire_batch
from sync.wire import token
from sync.wire.answers import Ack, Changes
from sync.wire.batch import Batch
from sync.wire.encoding import instant
from sync.wire.keys import SigningKey, keyring
from sync.wire.operation import new_op_id
from sync.wire.place import Place
from sync.wire.request import new_nonce
from sync.wire.token import Typ
from tests.central.conftest import Central

T = TypeVar("T")


@cache
def _template() -> sqlite3.Connection:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as conn:
        metadata.create_all(conn)
        made = conn.connection.driver_connection
    assert isinstance(made, sqlite3.Connection)
    return made


def _empty_ledger() -> sqlite3.Connection:
    ledger = sqlite3.connect(":memory:")
    _template().backup(ledger)
    return ledger


@dataclass
class Life:
    member: Membership
    key: SigningKey

    @property
    def chain(self) -> Chain:
        return Chain(self.member.terminal, self.member.incarnation)


@dataclass
class Machine:
    central: Central
    point: str
    lives: list[Life] = field(default_factory=list)
    gone: bool = False
    quality: str = "anchored"

    def __post_init__(self) -> None:
        self._engine = create_engine("sqlite://", creator=_empty_ledger, poolclass=StaticPool)
        self.enrol()

    @property
    def id(self) -> str:
        return self.lives[0].member.terminal

    @property
    def now(self) -> datetime:
        return self.central.clock()

    def do(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as conn:
            return work(conn)

    def close(self) -> None:
        self._engine.dispose()

    def enrol(self) -> None:
        """For the first time, or again on the same disk."""
        parts, key = self.parts, SigningKey.generate()
        code = self.central.code(terminal=self.id if self.lives else None)
        wanted = Application(code, self.point, key.public, new_nonce())
        answer = parts.database.write(
            lambda conn: enrolment.enrol(conn, parts.keys, wanted, self.now, parts.numbers)
        )
        nowhere = cast("Authority", None)  # no socket is opened
        ring = keyring(parts.keys.answers.public)
        member = Membership("", nowhere, key, answer.terminal, answer.incarnation, ring)
        who = Identity(
            *(answer.terminal, answer.incarnation, IdentityState.OPEN, key.kid, answer.epoch),
            *(answer.county, answer.profile, answer.point, "", "", (), 0, instant(self.now)),
        )
        self.do(lambda conn: self._begin(conn, who, member, answer.grants))
        self.lives.append(Life(member, key))

    def _begin(self, conn: Connection, who: Identity, member: Membership, grants: tuple[str, ...]) -> None:
        identity.enrol(conn, who)
        leases.freeze_others(conn, who.terminal, who.incarnation)
        changes.take_grants(conn, member, grants)

    # --- what is recorded ------------------------------------------------------------------------------
    def stamp(self) -> Stamp:
        life = self.lives[-1]
        return Stamp(instant(self.now), self.quality, life.key, life.chain.terminal, life.chain.incarnation)

    def record(self, kind: str, payload: Mapping[str, Any], **more: Any) -> str:
        return self.do(lambda conn: self.note(conn, kind, payload, **more))

    def note(self, conn: Connection, kind: str, payload: Mapping[str, Any], **more: Any) -> str:
        op_id = str(more.pop("op_id", None) or new_op_id())
        outbox.record(conn, NewOperation(op_id, kind, dict(payload), **more), self.stamp())
        return op_id

    def tend(self) -> int:
        return self.do(lambda conn: tending.tend(conn, self.stamp(), self.now))

    def held(self) -> list[leases.Lease]:
        return self.do(leases.all_leases)

    # --- what goes over the line -----------------------------------------------------------------------
    def push(self, life: Life, *, lost: bool = False, most: int = 1000) -> bool:
        """Whether there was anything to send. A lost answer was heard by central all the same."""
        out = self.do(
            lambda conn: transfer.next_batch(conn, life.chain, most, 2**21, self.first_unanswered(conn, life))
        )
        if not out.operations:
            return False
        last_ack = self.do(lambda conn: transfer.last_ack(conn, life.chain))
        key = life.chain
        head = (key.terminal, key.incarnation, out.first_seq, out.prev, out.seal, last_ack, new_nonce())
        text = self._post(Batch(*head, out.operations))
        if lost:
            self.do(lambda conn: transfer.mark_unknown(conn, key, out.first_seq, out.last_seq))
            return True
        ack = Ack.parse(token.verify(text, life.member.keys, Typ.ACK))
        at = instant(self.now)
        taken = self.do(lambda conn: changes.take_ack(conn, life.member, SignedAck(ack, text, 0), at))
        assert not taken.conflicts
        assert not taken.refused
        return True

    def first_unanswered(self, conn: Connection, life: Life) -> int | None:
        return transfer.first_unanswered(conn, life.chain)

    def pull(self) -> None:
        life, more = self.lives[-1], True
        while more:
            cursor = self.do(changes.cursor)
            text = self.parts.database.write(lambda conn, at=cursor: self._page(conn, at))
            page = Changes.parse(token.verify(text, life.member.keys, Typ.CHANGES))
            signed, at = SignedChanges(page, text), instant(self.now)
            taken = self.do(lambda conn, s=signed, at=at: changes.take_changes(conn, life.member, s, at))
            assert not taken.conflicts
            more = page.more

    @property
    def parts(self) -> Parts:
        return self.central.parts

    def _page(self, conn: Connection, cursor: int) -> str:
        page = stream.page(conn, self.parts.keys, self.id, Place(cursor), new_nonce(), self.now)
        assert page is not None
        return token.sign(self.parts.keys.answers, Typ.CHANGES, page.payload())

    def _post(self, batch: Batch) -> str:
        """As the call does it, without the socket."""
        sent = wire_batch.decode(wire_batch.encode(batch, level=1))
        desk = push.Desk(self.parts.keys, self.parts.handlers, self.now)
        ack = self.parts.database.write(lambda conn: push.take(conn, desk, sent))
        assert isinstance(ack, Ack), ack
        return token.sign(self.parts.keys.answers, Typ.ACK, ack.payload())
