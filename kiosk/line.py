"""The line to central as the rest of the kiosk sees it: an engine once enrolled, nothing before."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sync.database import Unsubscribe
from sync.linereport import LineReport
from sync.policy import Link, Trouble
from sync.wire.encoding import parse_instant

if TYPE_CHECKING:
    from sync.client import Client
    from sync.engine import Engine, EngineStatus
    from sync.packplan import RefusedPack
    from sync.wire.keys import PublicKey

OnChange = Callable[[], None]


class Line:
    def __init__(self) -> None:
        self._callbacks: tuple[OnChange, ...] = ()
        self._client: Client | None = None
        self._engine: Engine | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def status(self) -> EngineStatus | None:
        """None until enrolled."""
        return self._engine.status if self._engine else None

    @property
    def link(self) -> Link:
        return self._engine.status.link if self._engine else Link.UNKNOWN

    @property
    def last_ack_at(self) -> datetime | None:
        at = self._engine.status.last_ack_at if self._engine else None
        return None if at is None else parse_instant(at)

    @property
    def trouble(self) -> Trouble | None:
        return self._engine.status.reason if self._engine else None

    @property
    def next_try_at(self) -> datetime | None:
        return self._engine.status.next_try_at if self._engine else None

    def report(self) -> LineReport:
        return self._engine.report() if self._engine else LineReport()

    @property
    def refused_pack(self) -> RefusedPack | None:
        pack = self._engine.status.pack if self._engine else None
        return pack.refusal if pack else None

    def on_change(self, callback: OnChange) -> Unsubscribe:
        self._callbacks = (*self._callbacks, callback)

        def unsubscribe() -> None:
            self._callbacks = tuple(known for known in self._callbacks if known is not callback)

        return unsubscribe

    def wake(self) -> None:
        """A person asked to try now."""
        if self._engine is not None:
            self._engine.nudge()

    @property
    def client(self) -> Client | None:
        """For a courier who is at this machine; None until enrolled."""
        return self._client

    def trust(self, keys: Mapping[str, PublicKey]) -> None:
        """Central's keys came by another way than the line."""
        if self._client is not None:
            self._client.trust(keys)

    def begin(self, client: Client, engine: Engine) -> None:
        assert self._engine is None, "the line has begun"
        self._client, self._engine = client, engine
        engine.on_status(lambda _status: self._tell())
        self._running = asyncio.get_running_loop().create_task(engine.run(), name="engine")
        self._tell()

    async def end(self) -> None:
        """What the engine died of comes out here, once; the line can begin again all the same."""
        running, client = self._running, self._client
        try:
            if running is not None:
                running.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await running
        finally:
            self._engine = self._client = self._running = None
            if client is not None:
                await client.close()

    def _tell(self) -> None:
        for callback in self._callbacks:
            callback()
