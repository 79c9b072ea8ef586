"""The tour's county: central, a cable for each terminal, and what happens at partners' desks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from central import ca, enrolment, service
from central.config import Folder, Parts
from central.demo import day
from central.service import Address
from sync.wire.answers import Profile
from tools.fault_proxy import FaultProxy
from tools.tour.clocks import Clocks


@dataclass
class County:
    """Terminals reach central through a cable; partners sit elsewhere and need none."""

    parts: Parts
    port: int
    clocks: Clocks
    cables: list[FaultProxy] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.parts.folder.root / "central.db"

    async def cable(self) -> FaultProxy:
        made = FaultProxy("127.0.0.1", self.port)
        await made.start()
        self.cables.append(made)
        return made

    async def code(self, profile: Profile) -> str:
        authority, at = ca.der(self.parts.folder), self.parts.clock()

        def issue(conn: Connection) -> str:
            return str(enrolment.issue_code(conn, authority, profile, day.COUNTY, at))

        return await asyncio.to_thread(self.parts.database.write, issue)

    async def happen(self, what: Callable[[Connection], None]) -> None:
        """Something at a partner's desk."""
        await asyncio.to_thread(self.parts.database.write, what)


@asynccontextmanager
async def open_county(data: Path, clocks: Clocks) -> AsyncIterator[County]:
    """A new central with the demo county, on a free port."""
    folder = Folder(data)

    def make() -> Parts:
        made = service.make(folder, None, ())
        service.plant_demo(made)
        made.database.close()
        return service.open_(folder, clocks.wall)

    parts = await asyncio.to_thread(make)
    with service.in_background(parts, Address("127.0.0.1", 0)) as serving:
        county = County(parts, serving.port, clocks)
        try:
            yield county
        finally:
            for cable in county.cables:
                await cable.close()
    parts.database.close()
