"""The engine's exchanges with central: one each, and what it means for the policy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sync import central_keys, changes, contradicted, failures, transfer
from sync.anchors import TimeKeeper, count_marks
from sync.attachmentfeed import AttachmentFeed
from sync.changes import Taken
from sync.client import Client
from sync.clock import TrustedClock
from sync.database import Database
from sync.errors import ChainFork
from sync.failures import AnswerLost, CentralBusy, Refusal, Resync
from sync.feed import PackFeed, PackProgress, Stage
from sync.outbox import depth
from sync.picturefeed import PictureFeed
from sync.points import Probe
from sync.policy import Done, Event, Rested, Step, Woken
from sync.pusher import Pusher
from sync.readmission import Readmission
from sync.transfer import Chain
from sync.wire.encoding import sha256_hex

MARKS = 86_400.0  # seconds: so often an ended life asks how much of it may go


@dataclass(frozen=True)
class Feeds:
    pack: PackFeed | None = None
    pictures: PictureFeed | None = None
    attachments: AttachmentFeed | None = None


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
        self.pusher = Pusher(db, client, self._time, tools.reached)
        self._readmission = Readmission(db, tools.ticks, tools.report)
        self._earlier = tuple(
            Pusher(db, client.speaking_as(life), self._time, tools.reached) for life in client.member.earlier
        )
        self._tails = list(self._earlier)  # those that may have something to say
        self._refused: list[Pusher] = []  # those that central would not hear: a line can spoil a request
        self._marks_at = 0.0
        self._was_whole = False  # a whole pack was on its way at the last step of its lane
        self._anew = False  # a life was heard in a new epoch
        self.pack: PackProgress | None = None

    async def perform(self, step: Step) -> tuple[Event, ...]:
        """Raises LinkError, StoreError, WrongHash, ChainFork."""
        exchanges: dict[Step, Callable[[], Awaitable[Event | tuple[Event, ...]]]] = {
            Step.PUSH: self._up,
            Step.STATUS: self._status,
            Step.CHANGES: self._changes,
            Step.HEARTBEAT: self._heartbeat,
            Step.ATTACHMENTS: self._attachments,
            Step.DELTA: self._delta,
            Step.PACK: self._pack,
            Step.PICTURES: self._pictures,
        }
        await self._time.watch()
        became = await exchanges[step]()
        return became if isinstance(became, tuple) else (became,)

    @property
    def bringing(self) -> Step:
        """In whose lane the pack on its way comes."""
        feed = self._feeds.pack
        return Step.PACK if feed is not None and feed.lane is Step.PACK.lane else Step.DELTA

    async def install_pack(self) -> tuple[Event, ...]:
        """After a step that left `pack` LOADED; what it says of the line is nothing."""
        feed, loaded = self._feeds.pack, self.pack
        assert feed is not None
        assert loaded is not None
        self.pack = PackProgress(Stage.INSTALLING, loaded.version, loaded.size, loaded.size)
        self.pack = await feed.install()
        return (Woken(Step.DELTA), Rested(Step.PACK), Woken(Step.PICTURES))

    async def _status(self) -> tuple[Event, ...]:
        done = await self._ask_status()
        return (done, Woken(Step.PUSH)) if self.pusher.testimony.asks else (done,)

    async def _ask_status(self) -> Done:
        try:
            return await self.pusher.ask_status()
        except Refusal as error:
            if not await self._readmission.after(error, self._client):
                raise
        return await self.pusher.ask_status()

    async def _up(self) -> tuple[Event, ...]:
        """Attachments follow their operations; the stream is read anew once central heard what it forgot."""
        done = await self._push()
        testimony, anew = self.pusher.testimony, self._anew
        if not (testimony.ended or anew):
            return (done, Woken(Step.ATTACHMENTS))
        self._tails = list(self._earlier)
        for tail in self._tails if testimony.ended else ():
            tail.testimony.asks = True
        testimony.ended = self._anew = False
        return (done, Woken(Step.PUSH), Woken(Step.ATTACHMENTS), Woken(Step.CHANGES))

    async def _push(self) -> Done:
        """What ended lives left unsent goes first: this life may rest on it."""
        done = await self._push_tails()
        return done if done.more else await self.pusher.push(self._take)

    async def _push_tails(self) -> Done:
        while self._tails:
            tail = self._tails[0]
            tail.testimony.asks = tail.testimony.asks or await tail.testimony.behind()
            try:
                done = await self._push_or_show(tail)
            except CentralBusy:
                raise
            except Refusal as error:  # never in the way of the life that goes on
                self._tools.report(f"an earlier life: {error}")
                self._refused.append(tail)
                done = Done(Step.PUSH)
            if done.more:
                return done
            self._tails.pop(0)
        return Done(Step.PUSH)

    async def last_words(self) -> None:
        """Of a locked terminal: all that central has not answered, in its chain or as a fork."""
        while (await self._push_tails()).more:
            pass
        self.pusher.testimony.asks = True  # whether central lost what it had been shown
        while (await self._push_or_show(self.pusher)).more:
            pass

    async def _push_or_show(self, pusher: Pusher) -> Done:
        """A chain that left central's is shown to it beside its own."""
        try:
            return await pusher.push(self._take)
        except (failures.ChainFork, ChainFork):
            return await pusher.show_fork(self._take)
        except Refusal as error:
            if not await self._readmission.after(error, pusher.client):
                raise
            return Done(Step.PUSH, more=True)

    async def _changes(self) -> tuple[Event, ...]:
        """A page of the stream; whatever came by now, a courier's too, may contradict what was said."""
        events = await self._page()
        if not await self._db.read(contradicted.is_owed):
            return events
        self._tails = list(self._earlier)
        for one in (*self._tails, self.pusher):
            one.testimony.proven()
        return (*events, Woken(Step.PUSH))

    async def _page(self) -> tuple[Event, ...]:
        place = await self._db.read(changes.place)
        began = self._time.start()
        try:
            signed = await self._client.changes(place)
        except Resync:
            await self._db.run(changes.restart)
            self.pusher.testimony.proven()
            return (Done(Step.CHANGES, more=place.cursor != 0), Woken(Step.PUSH))
        page = signed.changes
        await self._time.heard(page.server_time, began)
        if not page.items and page.cursor == place.cursor:
            return (Done(Step.CHANGES, nothing=True),)
        at, member = self._time.now(), self._client.member
        taken = await self._db.run(lambda conn: changes.take_changes(conn, member, signed, at))
        self._report(taken)
        if taken.keys:
            self._client.trust(await self._db.read(central_keys.signing))
        done = Done(Step.CHANGES, more=page.more)
        if not taken.pack or self._feeds.pack is None:
            return (done,)
        self._feeds.pack.forget()
        return (done, Woken(Step.DELTA))

    async def _heartbeat(self) -> tuple[Event, ...]:
        member = self._client.member
        chain = Chain(member.terminal, member.incarnation)
        queue, last_ack, marks = await self._db.read(
            lambda conn: (depth(conn), transfer.last_ack(conn, chain), count_marks(conn))
        )
        drift = self._clock.drift()
        report = {
            **self._tools.facts(),
            "queue": {"waiting": queue.waiting, "unknown": queue.unknown, "review": queue.review},
            "last_ack": None if last_ack is None else sha256_hex(last_ack.encode()),
            "clock_drift_s": None if drift is None else round(drift.total_seconds()),
            "clock": {"tq": self._clock.now().quality.value, "marks": marks},
        }
        await self._client.heartbeat(report)
        return (Done(Step.HEARTBEAT), *self._try_again(), *await self._ask_for_marks())

    def _try_again(self) -> tuple[Event, ...]:
        refused, self._refused = self._refused, []
        self._tails += [tail for tail in refused if tail not in self._tails]
        return (Woken(Step.PUSH),) if refused else ()

    async def _ask_for_marks(self) -> tuple[Event, ...]:
        """An ended life pushes no more, so no ack would tell it how much of it every backup has by now."""
        now = self._tools.ticks()
        if now < self._marks_at:
            return ()
        self._marks_at = now + MARKS
        kept = [tail for tail in self._earlier if await self._db.read(tail.is_kept)]
        for tail in kept:
            tail.testimony.asks = True
        self._tails += [tail for tail in kept if tail not in self._tails]
        return (Woken(Step.PUSH),) if kept else ()

    async def _attachments(self) -> Event:
        feed = self._feeds.attachments
        if feed is None:
            return Rested(Step.ATTACHMENTS)
        try:
            more = await feed.step(self._client.meter.speed.up.piece)
        except AnswerLost:
            self._client.meter.lost_up()
            raise
        return Done(Step.ATTACHMENTS, more=more)

    async def _delta(self) -> tuple[Event, ...]:
        """A whole pack, where one is to come, waits for its own lane."""
        feed = self._feeds.pack
        if feed is None:
            return (Rested(Step.DELTA),)
        done = await self._bring(feed, Step.DELTA) if feed.lane is Step.DELTA.lane else Done(Step.DELTA)
        if feed.lane is Step.DELTA.lane or not isinstance(done, Done):
            return (done,)
        return (Done(Step.DELTA), Woken(Step.PACK))

    async def _pack(self) -> tuple[Event, ...]:
        """Without one that is to come it rests; where a newer one took its place, that is asked for."""
        feed = self._feeds.pack
        if feed is not None and feed.lane is Step.PACK.lane:
            self._was_whole = True
            return (await self._bring(feed, Step.PACK),)
        was_whole, self._was_whole = self._was_whole, False
        return (Rested(Step.PACK), Woken(Step.DELTA)) if was_whole else (Rested(Step.PACK),)

    async def _bring(self, feed: PackFeed, step: Step) -> Event:
        with self._downloading():
            self.pack = await feed.step(self._client.meter.speed.down.chunk)
        if self.pack.stage in (Stage.LOADED, Stage.INSTALLING):
            return Rested(step)
        return Done(step, more=self.pack.stage is Stage.LOADING)

    async def _pictures(self) -> Event:
        feed = self._feeds.pictures
        if feed is None:
            return Rested(Step.PICTURES)
        with self._downloading():
            return Done(Step.PICTURES, more=await feed.step(self._client.meter.speed.down.chunk))

    @contextmanager
    def _downloading(self) -> Iterator[None]:
        try:
            yield
        except AnswerLost:
            self._client.meter.lost_down()
            raise

    def _take(self, taken: Taken) -> None:
        self._anew = self._anew or taken.anew
        self._report(taken)

    def _report(self, taken: Taken) -> None:
        for line in (*(f"contradiction: {result}" for result in taken.conflicts), *taken.refused):
            self._tools.report(line)
