"""Forgets whoever has gone and looks whether anything is left of them; holds the terminal where it is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from kiosk.bilingual import Text
from kiosk.services.traces import Again, Clean, Left, Stuck, Trace, Verdict, judge, sweep

log = logging.getLogger(__name__)

LEFT_BEHIND = Text(
    "有人离开后，这些地方没有清干净：{places}；已锁住，请重新清理，仍不行就重新启动",
    "After somebody left, not all was wiped: {places}. The terminal is held: wipe again, or restart it",
)
WAS_LEFT = Text(
    "有人离开后第一次没有清干净（{places}），再清一次后已干净；请报告上级",
    "After somebody left, a second wipe was needed ({places}); all is clean now. Report it",
)


class Wipe:
    """`hold` and `release` keep everybody from what comes next; called from the loop, `hold` also where it
    is held already."""

    def __init__(self, hold: Callable[[], None], release: Callable[[], None]) -> None:
        self._hold, self._release = hold, release
        self._traces: list[Trace] = []
        self._turn = asyncio.Lock()
        self._then: Callable[[], None] | None = None
        self._running = 0
        self.verdict: Verdict = Clean()
        self.was_left: tuple[Left, ...] = ()

    def add(self, *traces: Trace) -> None:
        self._traces += traces

    @property
    def busy(self) -> bool:
        return self._running > 0

    @property
    def stuck(self) -> bool:
        return isinstance(self.verdict, Stuck)

    @property
    def notices(self) -> tuple[Text, ...]:
        """For whoever answers for the terminal."""
        match self.verdict:
            case Stuck(left):
                return (_worded(LEFT_BEHIND, left),)
            case _:
                return (_worded(WAS_LEFT, self.was_left),) if self.was_left else ()

    def puts_off(self, coming: Callable[[], None]) -> bool:
        """Whoever comes while the one before is being forgotten comes in when that is done; nobody comes in
        where something is left."""
        if self._running:
            self._then = coming
        return self._running > 0 or self.stuck

    def after(self, hooks: Awaitable[None]) -> Coroutine[Any, Any, None]:
        """From this call on nobody comes in; the work ends when all is clean, or is known not to get so."""
        self._running += 1
        return self._run(hooks)

    async def _run(self, hooks: Awaitable[None]) -> None:
        try:
            await hooks
        finally:
            async with self._turn:
                await self._until_known()
            self._running -= 1
        self._let_in()

    def _let_in(self) -> None:
        coming, self._then = self._then, None
        if coming is not None and not self._running and not self.stuck:
            coming()

    async def _until_known(self) -> None:
        was_stuck, tries = self.stuck, 0
        self.verdict = Stuck(())  # whatever breaks on the way: nobody comes in on an unknown state
        try:
            while True:
                tries += 1
                verdict = judge(await sweep(self._traces), tries)
                if not isinstance(verdict, Again):
                    break
                self.was_left = verdict.left
                log.warning("left behind after a wipe: %s", said(verdict.left))
            self.verdict = verdict
        finally:
            self._act(was_stuck)

    def _act(self, was_stuck: bool) -> None:
        if isinstance(self.verdict, Stuck):
            log.error("cannot be wiped: %s", said(self.verdict.left))
            self._hold()
        elif was_stuck:
            log.warning("wiped clean after all")
            self._release()


def said(left: tuple[Left, ...]) -> str:
    return ", ".join(f"{one.name.en} {'?' if one.count is None else one.count}" for one in left)


def _worded(words: Text, left: tuple[Left, ...]) -> Text:
    places = Text(
        "、".join(one.name.zh for one in left) or "未知", ", ".join(one.name.en for one in left) or "unknown"
    )
    return Text(words.zh.format(places=places.zh), words.en.format(places=places.en))
