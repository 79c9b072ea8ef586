"""The loop that settles everything with central: wake, decide, exchange, publish what became of it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sync import errors, failures, identity
from sync.client import Client
from sync.clock import TrustedClock, WallClock
from sync.database import Database, Unsubscribe
from sync.feed import PackProgress, Stage
from sync.gauge import EMPTY, DepthGauge
from sync.identity import IdentityState
from sync.lanes import Lane
from sync.linereport import LineReport, errors_of, lanes, next_try
from sync.outbox import QueueDepth
from sync.pace import Pace
from sync.policy import (
    Decision,
    Do,
    Dropped,
    Event,
    Failed,
    Link,
    Nudged,
    Rationed,
    State,
    Step,
    Stop,
    Trouble,
    Wait,
    Woken,
    after,
    decide,
)
from sync.purse import Purse
from sync.recovery import Recovery
from sync.steps import Feeds, Steps, Tools
from sync.troubles import LOCKED_BY, LOCKS, trouble_of
from sync.waits import turn_in
from sync.watch import LineWatch

__all__ = ["Engine", "EngineStatus", "Link", "Trouble"]


@dataclass(frozen=True)
class EngineStatus:
    link: Link
    reason: Trouble | None
    last_ack_at: str | None
    queue: QueueDepth
    next_try_at: datetime | None  # while not online, or until our turn
    pack: PackProgress | None
    lane_errors: Mapping[Lane, str]  # what keeps a lane from going on while the link is well
    wall_clock: WallClock
    recovery: Recovery = Recovery.NONE  # what a restored central and this terminal have to clear up
    resting: frozenset[Lane] = frozenset()  # what the month's data budget does not allow


LOOK_AT = 256 * 1024  # bytes over the line after which the budget is looked at; else with the heartbeat
OnStatus = Callable[[EngineStatus], None]


class Engine:
    """Runs on one event loop; `run()` until cancelled, or `turn()` by hand."""

    def __init__(
        self,
        db: Database,
        client: Client,
        clock: TrustedClock,
        feeds: Feeds,
        tools: Tools,
        pace: Pace | None = None,
    ) -> None:
        self._db = db
        self._client = client
        self._clock = clock
        self._tools = tools
        self._pace = pace or Pace()
        self._steps = Steps(db, client, clock, feeds, tools)
        self._state = State()
        self._awake = asyncio.Event()
        self._events: list[Event] = []
        self._installing: asyncio.Task[tuple[Event, ...]] | None = None
        self._callbacks: tuple[OnStatus, ...] = ()
        self._ails: dict[Step, str] = {}  # each until that very step goes well again
        self._started = False
        self._gauge = DepthGauge(db)
        self._words_at = 0.0  # locked: the ticks at which central is told the rest; inf: all is told
        self._doing = Step.STATUS
        self._purse = Purse(db, clock, client.meter, tools.ticks, self._pace.data_budget)
        self._watch = LineWatch(client.member.url, client.context, lambda: self._happened(Dropped()))
        self.status = EngineStatus(Link.UNKNOWN, None, None, EMPTY, None, None, {}, clock.wall_clock())

    def on_status(self, callback: OnStatus) -> Unsubscribe:
        """Called on the loop whenever the status differs from before."""
        self._callbacks = (*self._callbacks, callback)

        def unsubscribe() -> None:
            self._callbacks = tuple(known for known in self._callbacks if known is not callback)

        return unsubscribe

    def wake(self) -> None:
        """Something was recorded."""
        self._happened(Woken(Step.PUSH))

    def nudge(self) -> None:
        """A person wants to try now."""
        self._happened(Nudged())

    def report(self) -> LineReport:
        """As it is now; nobody is told when it changes."""
        state, status, now = self._state, self.status, self._clock.now().at
        turns = lanes(state, status.lane_errors, self._tools.ticks(), now)
        return LineReport(status.recovery, self._purse.outlook, self._client.meter.speed, turns)

    async def installed(self) -> bool:
        """Waits for the pack that is being imported beside the loop; whether there was one."""
        if self._installing is None:
            return False
        await asyncio.wait({self._installing})
        return True

    async def run(self) -> None:
        unsubscribe = self._db.subscribe(self._changed)
        try:
            with self._gauge.told():
                while True:
                    decision = await self.turn()
                    if not isinstance(decision, Do):
                        await self._sleep(decision)
        finally:
            unsubscribe()
            await self.close()

    async def close(self) -> None:
        self._client.way.about(None)
        await self._watch.close()
        if self._installing is not None:
            self._installing.cancel()
            await asyncio.gather(self._installing, return_exceptions=True)
            self._installing = None
        if self._started:
            try:
                await self._purse.close()
            except errors.StoreError as error:
                self._tools.report(f"what the line used is forgotten: {type(error).__name__}: {error}")

    async def turn(self) -> Decision:
        """One decision, and the exchange it asks for."""
        try:
            return await self._turn()
        except Exception as error:  # noqa: BLE001  the engine's outermost frame
            self._tools.report(f"fault: {type(error).__name__}: {error}")
            self._take(Failed(self._doing, Trouble.FAULT))
            self._client.way.about(None)
            return decide(self._state, self._tools.ticks())

    async def _turn(self) -> Decision:
        if not self._started:
            await self._start()
        for event in self._drain():
            self._take(event)
        self._end_install()
        decision = decide(self._state, self._tools.ticks())
        self._client.way.about(decision.step.lane if isinstance(decision, Do) else None)
        if isinstance(decision, Do):
            self._doing = decision.step
            for event in await self._attempt(decision.step):
                self._take(event)
            self._begin_install()
        elif isinstance(decision, Stop):
            await self._last_words()
        elif self._state.link is Link.ONLINE and self._state.trouble is None and self._pace.watch:
            self._watch.keep()  # at rest: it takes nothing from the line while there is work
        await self._publish()
        return decision

    async def _start(self) -> None:
        here = await self._db.read(identity.require)
        if here.state is not IdentityState.OPEN:
            self._take(Failed(Step.STATUS, LOCKED_BY[here.state]))
        else:
            await self._steps.pusher.start()
        self._take(Rationed((await self._purse.look()).resting))
        self._started = True

    async def _attempt(self, step: Step) -> tuple[Event, ...]:
        try:
            events = await self._steps.perform(step)
            if step is Step.HEARTBEAT or self._client.meter.untaken >= LOOK_AT:
                events = (*events, Rationed((await self._purse.look()).resting))
        except (errors.WorldError, errors.ChainFork) as error:
            failed = self._failed(step, error)
            if failed.trouble in LOCKS:
                here, state = self._client.member, LOCKS[failed.trouble]
                await self._db.run(lambda conn: identity.lock(conn, here.terminal, here.incarnation, state))
            return (failed,)
        self._ails.pop(step, None)
        return events

    async def _last_words(self) -> None:
        """What a locked terminal recorded still goes to central; what cannot go now goes at the next try."""
        if self._tools.ticks() < self._words_at:
            return
        self._words_at = self._tools.ticks() + self._pace.longest_wait
        try:
            await self._steps.last_words()
        except (errors.WorldError, errors.ChainFork) as error:
            self._tools.report(f"locked, and central was not told all: {type(error).__name__}: {error}")
            if isinstance(error, failures.SlowDown):
                wait = turn_in(error.retry_after, self._pace.longest_turn, self._tools.chance())
                self._words_at = self._tools.ticks() + wait
            return
        self._words_at = math.inf

    def _failed(self, step: Step, error: Exception) -> Failed:
        trouble = trouble_of(step, error)
        if trouble is Trouble.LANE:
            self._ails[step] = str(error)
        if trouble in LOCKS or trouble is Trouble.LANE:
            self._tools.report(f"{step.name}: {type(error).__name__}: {error}")
        retry_after = error.retry_after if isinstance(error, failures.CentralBusy) else None
        return Failed(step, trouble, retry_after)

    def _begin_install(self) -> None:
        loaded = self._steps.pack is not None and self._steps.pack.stage is Stage.LOADED
        if loaded and self._installing is None:
            self._installing = asyncio.get_running_loop().create_task(self._install(), name="pack-install")
            self._installing.add_done_callback(lambda _task: self._awake.set())

    async def _install(self) -> tuple[Event, ...]:
        step = self._steps.bringing
        try:
            events = await self._steps.install_pack()
        except errors.WorldError as error:
            return (self._failed(step, error), Woken(step))
        self._ails.pop(step, None)
        return events

    def _end_install(self) -> None:
        if self._installing is not None and self._installing.done():
            ended, self._installing = self._installing, None
            self._doing = Step.PACK
            for event in ended.result():
                self._take(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, Nudged) and not math.isinf(self._words_at):
            self._words_at = 0.0
        self._state = after(self._state, event, self._tools.ticks(), self._tools.chance(), self._pace)

    def _changed(self, tables: frozenset[str]) -> None:
        if "operations" in tables:
            self.wake()
        if "documents" in tables:  # the budget may be another: a heartbeat looks at it
            self._happened(Woken(Step.HEARTBEAT))

    def _happened(self, event: Event) -> None:
        if event not in self._events:
            self._events.append(event)
        self._awake.set()

    def _drain(self) -> list[Event]:
        events, self._events = self._events, []
        self._awake.clear()
        return events

    async def _sleep(self, decision: Decision) -> None:
        seconds = (decision.until if isinstance(decision, Wait) else self._words_at) - self._tools.ticks()
        try:
            async with asyncio.timeout(None if math.isinf(seconds) else max(0.0, seconds)):
                await self._awake.wait()
        except TimeoutError:
            return

    async def _publish(self) -> None:
        state = self._state
        status = EngineStatus(
            link=state.link,
            reason=state.trouble,
            last_ack_at=self._steps.pusher.last_ack_at,
            queue=await self._gauge.read(),
            next_try_at=next_try(state, self._tools.ticks(), self._clock.now().at),
            pack=self._steps.pack,
            lane_errors=errors_of(self._ails),
            wall_clock=self._clock.wall_clock(),
            recovery=self._steps.pusher.testimony.recovery,
            resting=state.resting,
        )
        if status != self.status:
            self.status = status
            for callback in self._callbacks:
                callback(status)
