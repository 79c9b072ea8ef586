"""The line between a terminal and central: what happens to one exchange on it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from random import Random

from sync.failures import AnswerLost, NoLink
from sync.meter import Meter
from sync.transport import Answer, Asked
from tests.proof.sim.central import Central, Killed, problem_of
from tests.proof.sim.power import Power

PATIENCE = 20.0
HTML = Answer(200, "text/html", b"<html>welcome</html>", {"content-type": "text/html"})


class Fate(Enum):
    """Of one exchange."""

    WELL = "well"
    REFUSED = "refused"
    REQUEST_LOST = "request lost"
    ANSWER_LOST = "answer lost"
    DOUBLED = "doubled"
    LATE_TWIN = "given up, and delivered long after"
    SLOW = "slow"
    REQUEST_CUT = "request truncated"
    ANSWER_CUT = "answer truncated"
    PORTAL = "captive portal"
    STALE = "stale answer replayed"
    STRANGERS = "another terminal's answer"
    FLIPPED = "bits flipped"
    BUSY = "5xx"
    KILLED = "central killed"


Note = Callable[[str], None]
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass
class Sky:
    """What hangs over all lines: how likely each fate is now. Empty: all is well."""

    rng: Random
    odds: dict[Fate, float] = field(default_factory=dict)
    latest: dict[tuple[str, str], Answer] = field(default_factory=dict)  # by terminal and call
    seen: list[tuple[str, str, Answer]] = field(default_factory=list)

    def fate(self) -> Fate:
        dice = self.rng.random()
        for fate, odds in self.odds.items():
            dice -= odds
            if dice < 0:
                return fate
        return Fate.WELL

    def remember(self, terminal: str, call: str, answer: Answer) -> None:
        self.seen.append((terminal, call, answer))

    def stale(self, terminal: str, call: str) -> Answer | None:
        mine = [a for t, c, a in self.seen if t == terminal and c == call]
        return self.rng.choice(mine) if mine else None

    def strangers(self, terminal: str, call: str) -> Answer | None:
        others = [a for t, c, a in self.seen if t != terminal and c == call]
        return self.rng.choice(others) if others else None


@dataclass
class SimLine:
    """In the place of `sync.transport.Transport`."""

    owner: str
    central: Central
    sky: Sky
    power: Power
    note: Note
    is_down: Callable[[], bool]
    count: Callable[[Fate], None]
    meter: Meter = field(default_factory=Meter)

    @property
    def context(self) -> ssl.SSLContext:
        return _NO_TLS

    async def close(self) -> None:
        pass

    async def ask(self, asked: Asked) -> Answer:
        self.power.step("ask")
        call = _call(asked)
        fate = Fate.REFUSED if self.is_down() else self.sky.fate()
        await self._pass(0.02, 0.4)
        answer = await self._meet(fate, asked, call)
        self.power.step("answered")
        if 200 <= answer.status < 300 and asked.answered is not None:
            asked.answered()
        return answer

    async def _meet(self, fate: Fate, asked: Asked, call: str) -> Answer:
        self.note(f"{self.owner} {_named(call)} {fate.value}")
        self.count(fate)
        rng = self.sky.rng
        match fate:
            case Fate.REFUSED:
                raise NoLink("refused")
            case Fate.REQUEST_LOST:
                await self._wait()
                raise AnswerLost("no answer")
            case Fate.LATE_TWIN:
                self._later(asked, call)
                await self._wait()
                raise AnswerLost("no answer")
            case Fate.PORTAL:
                return HTML
            case Fate.BUSY:
                status = rng.choice((500, 502, 503, 504, 429))
                after = {"retry-after": str(rng.randrange(1, 90))} if rng.random() < 0.5 else {}
                return Answer(status, "text/plain", b"busy", after)
            case Fate.REQUEST_CUT if asked.body:
                return self._reach(replace(asked, body=asked.body[: rng.randrange(len(asked.body))]), call)
            case Fate.KILLED:
                self.central.kill_after(rng.randrange(1, 60))
            case Fate.DOUBLED:
                self._reach(asked, call)
            case Fate.SLOW:
                await self._pass(1.0, 18.0)
        answer = self._reach(asked, call)
        return await self._back(fate, answer, call)

    async def _back(self, fate: Fate, answer: Answer, call: str) -> Answer:
        await self._pass(0.02, 0.4)
        rng = self.sky.rng
        match fate:
            case Fate.ANSWER_LOST:
                await self._wait()
                raise AnswerLost("no answer")
            case Fate.ANSWER_CUT:
                if rng.random() < 0.5 or not answer.body:
                    raise AnswerLost("the line broke")
                return replace(answer, body=answer.body[: rng.randrange(len(answer.body))])
            case Fate.FLIPPED if answer.body:
                body = bytearray(answer.body)
                body[rng.randrange(len(body))] ^= 1 << rng.randrange(7)
                return replace(answer, body=bytes(body))
            case Fate.STALE:
                return self.sky.stale(self.owner, call) or answer
            case Fate.STRANGERS:
                return self.sky.strangers(self.owner, call) or answer
        return answer

    def _reach(self, asked: Asked, call: str) -> Answer:
        try:
            answer = self.central.answer(asked)
        except Killed as killed:
            self.note(f"central killed at {killed}")
            loop = asyncio.get_running_loop()
            self.central.down_until = loop.time() + self.sky.rng.uniform(1, 30)
            raise AnswerLost("the line broke") from killed
        self.note(f"  {answer.status} {len(answer.body)} {problem_of(answer)}")
        if answer.status == 200:
            self.sky.remember(self.owner, call, answer)
        return answer

    def _later(self, asked: Asked, call: str) -> None:
        """The line held it back: central hears it when nobody expects it any more."""

        def deliver() -> None:
            self.note(f"{self.owner} {_named(call)} comes late")
            if not self.is_down():
                try:
                    self._reach(asked, call)
                except AnswerLost:
                    return

        asyncio.get_running_loop().call_later(self.sky.rng.uniform(30, 300), deliver)

    async def _pass(self, low: float, high: float) -> None:
        await asyncio.sleep(self.sky.rng.uniform(low, high))
        self.power.step("line")

    async def _wait(self) -> None:
        await asyncio.sleep(PATIENCE)
        self.power.step("line")


def _call(asked: Asked) -> str:
    return asked.path.partition("?")[0].rpartition("/")[2]


def _named(call: str) -> str:
    """A sealed bundle has other bytes each time: seals are made by chance that no seed governs."""
    return call if len(call) < 64 else "bundle"
