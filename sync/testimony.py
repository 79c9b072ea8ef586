"""One life shows a central that lost a part of its past what it was told, page by page."""

from __future__ import annotations

from sqlalchemy import Connection

from sync import changes, contradicted, evidence, forks, identity, transfer
from sync.anchors import TimeKeeper
from sync.client import Client
from sync.database import Database
from sync.evidence import Owed
from sync.failures import EvidenceMissing
from sync.recovery import Recovery
from sync.transfer import Chain
from sync.wire.answers import Ack, Status
from sync.wire.evidence import BareRun, Evidence
from sync.wire.request import new_nonce


def begin_anew(conn: Connection, chain: Chain) -> None:
    """After evidence: numbers that central gave out before it was shown lie below our place in its stream."""
    changes.restart(conn)
    here = identity.require(conn)
    if chain == Chain(here.terminal, here.incarnation):  # the last of all lives to be heard
        contradicted.shown(conn)
    forks.offer_anew(conn, chain)


class Testimony:
    """`asks`: something central said does not fit what it said before; the next push clears it up."""

    def __init__(self, db: Database, client: Client, time: TimeKeeper, chain: Chain) -> None:
        self._db = db
        self._client = client
        self._time = time
        self._chain = chain
        self._stage = Recovery.NONE
        self._reconciling = False
        self.owed: Owed | None = None
        self.asks = False
        self.ended = False  # the last page was taken; reset by who acts on it
        self._before_fork = False

    @property
    def recovery(self) -> Recovery:
        others = Recovery.RECONCILING if self._reconciling else Recovery.NONE
        return others if self._stage is Recovery.NONE else self._stage

    async def compare(self, status: Status) -> None:
        """Another epoch, or less than central held: it lost something."""
        self._reconciling = status.reconciling
        known, held = await self._known()
        self.asks = self.asks or status.epoch != known or status.high_water < held

    async def behind(self) -> bool:
        """Whether this ended life has not been heard since central's newest loss."""
        known, _ = await self._known()
        return known != await self._db.read(lambda conn: identity.require(conn).epoch)

    def proven(self) -> None:
        """Central's stream ends before what it said: no ack would show that."""
        self.owed = self.owed or Owed.everything()
        self._stage = Recovery.EVIDENCE

    async def comes_before_fork(self) -> bool:
        """Where a fork lies below an ack, central lost its past and went on, and cannot know it."""
        if await self._db.read(lambda conn: forks.is_testified(conn, self._chain)):
            return False
        if self._before_fork:
            self._before_fork = False
            await self._db.run(lambda conn: forks.testified(conn, self._chain))
            return False
        self._before_fork = True
        self.proven()
        return True

    def demanded(self, missing: EvidenceMissing) -> None:
        self.owed = Owed(missing.from_seq)
        self._stage = Recovery.EVIDENCE

    async def show_page(self, owed: Owed) -> Status:
        room = self._client.meter.speed.up.chunk
        page = await self._db.read(lambda conn: evidence.next_page(conn, self._chain, owed, room))
        status = await self._show(page.tokens, more=page.rest is not None)
        self.owed = page.rest
        if page.rest is None:
            await self._db.run(lambda conn: begin_anew(conn, self._chain))
            self._stage, self.asks, self.ended = Recovery.RESENDING, True, True
        return status

    async def show_erased(self, run: BareRun) -> Status:
        status = await self._show((), more=False, bare=run)
        self._stage, self.asks = Recovery.ERASED, True
        return status

    async def acked(self, ack: Ack) -> bool:
        """Whether central still lacks what it held before."""
        _, held = await self._known()
        self.asks = False
        if ack.high_water >= held and self._stage is not Recovery.ERASED:
            self._stage = Recovery.NONE
        return ack.high_water < held

    async def _show(self, tokens: tuple[str, ...], *, more: bool, bare: BareRun | None = None) -> Status:
        chain = self._chain
        began = self._time.start()
        shown = Evidence(chain.terminal, chain.incarnation, new_nonce(), tokens, more, bare)
        status = await self._client.testify(shown)
        await self._time.heard(status.server_time, began)
        return status

    async def _known(self) -> tuple[int, int]:
        chain = self._chain
        key = (chain.terminal, chain.incarnation)
        return await self._db.read(
            lambda conn: (identity.epoch_of(conn, *key), transfer.high_water(conn, chain))
        )
