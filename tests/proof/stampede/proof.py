"""`prove(seed)`: everybody comes back within a minute; when does the last one have its first ack?"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random

from central.slots import Limits
from sync.policy import Do, Done, Failed, Nudged, Step, Trouble, Wait
from tests.proof.stampede.crowd import Habit, Terminal
from tests.proof.stampede.house import Costs, House, Kind, Reply, Request

TERMINALS = 20_000
WITHIN = 60.0
ENOUGH = 1500.0  # virtual seconds after which who has no ack is lost


@dataclass(frozen=True)
class StampedeReport:
    seed: int
    terminals: int
    max_first_ack_s: float  # from the moment its line came back
    refused: int
    peak_waiting: int  # requests in central's house at a time
    peak_promised: int  # turns in its book
    second_wave: int  # pushes in the busiest second after the minute
    lost: int  # terminals that live, and have something without an ack in the end
    took_s: float  # until all have their acks


@dataclass
class Stampede:
    terminals: list[Terminal]
    house: House
    now: float = 0.0
    knocks: Counter[int] = field(default_factory=Counter)
    _events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    def run(self) -> None:
        self._left = sum(one.waits_for_ack for one in self.terminals)
        for one in self.terminals:
            self._at(one.back_at, lambda one=one: self._comes_back(one))  # type: ignore[misc]
        while self._events and self._left and self.now < ENOUGH:
            self.now, _, happens = heapq.heappop(self._events)
            happens()

    def _at(self, moment: float, happens: Callable[[], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._numbers), happens))

    def _comes_back(self, one: Terminal) -> None:
        one.hear(Nudged(), self.now)
        self._go_on(one)

    def _go_on(self, one: Terminal) -> None:
        """Until the next answer, or the next thing that its policy waits for."""
        one.serial += 1
        serial = one.serial
        match one.decide(self.now):
            case Do(Step.PUSH) if not one.batches:
                one.hear(Done(Step.PUSH), self.now)
                self._go_on(one)
            case Do(step):
                self._send(one, step)
            case Wait(until):
                self._at(max(self.now, one.true_time(until)), lambda: self._wakes(one, serial))

    def _wakes(self, one: Terminal, serial: int) -> None:
        if serial == one.serial:
            self._go_on(one)

    def _send(self, one: Terminal, step: Step) -> None:
        serial, connects = one.serial, one.connects(self.now)
        kind = Kind.KNOCK if step is Step.PUSH else Kind.QUESTION
        request = Request(one.number, serial, step, one.batches[0] if one.batches else 0, one.trip / 2, kind)
        request.connects = connects
        there = self.now + one.trip * (2.5 if connects else 0.5)
        self._at(there, lambda: self._arrives(request))
        self._at(self.now + one.patience(step), lambda: self._gives_up(one, step, serial))

    def _gives_up(self, one: Terminal, step: Step, serial: int) -> None:
        if serial == one.serial and not one.gone:
            one.used_at = -1e9
            one.hear(Failed(step, Trouble.ANSWER_LOST), self.now)
            self._go_on(one)

    def _arrives(self, request: Request) -> None:
        if request.kind is Kind.KNOCK:
            self.knocks[int(self.now)] += 1
        self._reply(self.house.arrive(request, self.now))
        self._serve()

    def _serve(self) -> None:
        seconds = self.house.begin()
        if seconds is not None:
            self._at(self.now + seconds, self._served)

    def _served(self) -> None:
        self._reply(self.house.end(self.now))
        self._serve()

    def _reply(self, reply: Reply | None) -> None:
        if reply is not None:
            self._at(reply.at, lambda: self._hears(self.terminals[reply.request.terminal], reply))

    def _hears(self, one: Terminal, reply: Reply) -> None:
        step = reply.request.step
        if reply.request.serial != one.serial or one.gone:
            return  # it gave up waiting for this one
        if reply.retry_after is not None:
            away = one.refused(step, reply.retry_after, self.now)
            if away is not None:
                one.serial += 1
                self._at(away, lambda: self._comes_back(one))
            elif not one.gone:
                self._go_on(one)
            return
        if step is Step.PUSH:
            self._acked(one)
        one.hear(Done(step, more=step is Step.PUSH and bool(one.batches)), self.now)
        self._go_on(one)

    def _acked(self, one: Terminal) -> None:
        one.batches.popleft()
        if one.first_ack is None:
            one.first_ack = self.now - one.back_at
        if not one.batches and one.habit is not Habit.DIES:
            self._left -= 1


def prove(
    seed: int, scale: int = 1, limits: Limits | None = None, costs: Costs | None = None
) -> StampedeReport:
    """At scale 10 a tenth of the terminals comes to a tenth of central: a tenth of the work to show it."""
    terminals, fit = TERMINALS // scale, limits or Limits()
    fit = replace(
        fit, door=fit.door // scale, per_second=fit.per_second / scale, room=max(4, fit.room // scale)
    )
    rng = Random(seed)
    crowd = [Terminal.of(number, rng, WITHIN) for number in range(terminals)]
    run = Stampede(crowd, House(fit, (costs or Costs()).times(scale)))
    run.run()
    living = [one for one in crowd if one.habit is not Habit.DIES]
    later = [pushes for second, pushes in run.knocks.items() if second > WITHIN + 1]
    return StampedeReport(
        seed=seed,
        terminals=terminals,
        max_first_ack_s=max(one.first_ack or ENOUGH for one in living),
        refused=run.house.refused,
        peak_waiting=run.house.peak,
        peak_promised=run.house.peak_promised,
        second_wave=max(later, default=0),
        lost=sum(bool(one.batches) for one in living),
        took_s=run.now,
    )
