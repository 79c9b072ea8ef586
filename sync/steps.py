"""The engine's exchanges with central: one each, and what it means for the policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sync import central_keys, changes, transfer
from sync.anchors import TimeKeeper
from sync.changes import Taken
from sync.client import Client
from sync.clock import TrustedClock
from sync.database import Database
from sync.failures import CentralBusy, Refusal, Resync
from sync.feed import PackFeed, PackProgress, PictureFeed, Stage
from sync.outbox import depth
from sync.points import Probe
from sync.policy import Done, Event, Rested, Step, Woken, chunk_size
from sync.pusher import Pusher
from sync.rate import Rate
from sync.transfer import Chain
from sync.wire.encoding import sha256_hex


@dataclass(frozen=True)
class Feeds:
    pack: PackFeed | None = None
    pictures: PictureFeed | None = None


@dataclass(frozen=True)
class Tools:
    """What the machine lends the engine; turned by hand in tests."""

    ticks: Callable[[], float]
    chance: Callable[[], float]
    reached: Probe
    report: Callable[[str], None]  # what nobody at the screen can mend
    facts: Callable[[], Mapping[str, Any]]  # storage and versions, for the heartbeat


class Steps:
    def __init__(self, db: Database, client: Client, clock: TrustedClock, feeds: Feeds, tools: Tools) -> None:
        self._db = db
        self._client = client
        self._clock = clock
        self._feeds = feeds
        self._tools = tools
        self._time = TimeKeeper(db, clock, tools.ticks)
        self._down = Rate()
        self.pusher = Pusher(db, client, self._time, tools.reached)
        self._tails = [
            Pusher(db, client.speaking_as(life), self._time, tools.reached) for life in client.member.earlier
        ]
        self.pack: PackProgress | None = None

    async def perform(self, step: Step) -> tuple[Event, ...]:
        """Raises LinkError, StoreError, WrongHash, ChainFork."""
        match step:
            case Step.STATUS:
                return (await self.pusher.ask_status(),)
            case Step.PUSH:
                return (await self._push(),)
            case Step.CHANGES:
                return await self._changes()
            case Step.HEARTBEAT:
                return (await self._heartbeat(),)
            case Step.PACK:
                return (await self._pack(),)
            case Step.PICTURES:
                return (await self._pictures(),)

    async def install_pack(self) -> tuple[Event, ...]:
        """After a step that left `pack` LOADED."""
        feed, loaded = self._feeds.pack, self.pack
        assert feed is not None
        assert loaded is not None
        self.pack = PackProgress(Stage.INSTALLING, loaded.version, loaded.size, loaded.size)
        self.pack = await feed.install()
        return (Done(Step.PACK), Woken(Step.PICTURES))

    async def _push(self) -> Done:
        """What ended lives left unsent goes first: this life may rest on it."""
        while self._tails:
            try:
                done = await self._tails[0].push(self._report)
            except CentralBusy:
                raise
            except Refusal as error:  # never in the way of the life that goes on
                self._tools.report(f"an earlier life: {error}")
                done = Done(Step.PUSH)
            if done.more:
                return done
            self._tails.pop(0)
        return await self.pusher.push(self._report)

    async def _changes(self) -> tuple[Event, ...]:
        cursor = await self._db.read(changes.cursor)
        began = self._time.start()
        try:
            page = await self._client.changes(cursor)
        except Resync:
            await self._db.run(changes.restart)
            return (Done(Step.CHANGES, more=cursor != 0),)
        await self._time.heard(page.server_time, began)
        if not page.items and page.cursor == cursor:
            return (Done(Step.CHANGES),)
        at, member = self._time.now(), self._client.member
        taken = await self._db.run(lambda conn: changes.take_changes(conn, member, page, at))
        self._report(taken)
        if taken.keys:
            self._client.trust(await self._db.read(central_keys.signing))
        done = Done(Step.CHANGES, more=page.more)
        if not taken.pack or self._feeds.pack is None:
            return (done,)
        self._feeds.pack.forget()
        return (done, Woken(Step.PACK))

    async def _heartbeat(self) -> Done:
        member = self._client.member
        chain = Chain(member.terminal, member.incarnation)
        queue, last_ack = await self._db.read(lambda conn: (depth(conn), transfer.last_ack(conn, chain)))
        drift = self._clock.drift()
        report = {
            **self._tools.facts(),
            "queue": {"waiting": queue.waiting, "unknown": queue.unknown, "review": queue.review},
            "last_ack": None if last_ack is None else sha256_hex(last_ack.encode()),
            "clock_drift_s": None if drift is None else round(drift.total_seconds()),
        }
        await self._client.heartbeat(report)
        return Done(Step.HEARTBEAT)

    async def _pack(self) -> Event:
        feed = self._feeds.pack
        if feed is None:
            return Rested(Step.PACK)
        began, before = self._time.start(), self.pack
        self.pack = await feed.step(chunk_size(self._down.per_second))
        if before is not None and before.version == self.pack.version:
            self._down.saw(self.pack.got - before.got, self._time.start() - began)
        if self.pack.stage is Stage.LOADED:
            return Rested(Step.PACK)
        return Done(Step.PACK, more=self.pack.stage is Stage.LOADING)

    async def _pictures(self) -> Event:
        feed = self._feeds.pictures
        if feed is None:
            return Rested(Step.PICTURES)
        return Done(Step.PICTURES, more=await feed.step(chunk_size(self._down.per_second)))

    def _report(self, taken: Taken) -> None:
        for line in (*(f"contradiction: {result}" for result in taken.conflicts), *taken.refused):
            self._tools.report(line)
