"""Who goes first where a courier's bundles share the terminal's line: what the engine is about."""

from __future__ import annotations

import asyncio

from sync.lanes import Lane


class RightOfWay:
    def __init__(self) -> None:
        self._lane: Lane | None = None
        self._changed = asyncio.Event()

    def about(self, lane: Lane | None) -> None:
        """What is being done now, or comes next without a pause; None: at rest."""
        self._lane = lane
        self._changed.set()

    async def clear_for(self, lane: Lane) -> None:
        """Until nothing of a better lane is at hand."""
        while self._lane is not None and self._lane.value < lane.value:
            self._changed.clear()
            await self._changed.wait()
