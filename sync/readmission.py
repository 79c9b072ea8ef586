"""A central that does not know this life any more is shown its own answer to the enrolment."""

from __future__ import annotations

from collections.abc import Callable

from sync import identity
from sync.client import Client
from sync.database import Database
from sync.failures import CentralBusy, Refusal
from sync.transfer import Chain
from sync.wire.problems import Problem

AGAIN = 600.0  # seconds: what was refused once is not asked at every knock


class Readmission:
    def __init__(self, db: Database, ticks: Callable[[], float], report: Callable[[str], None]) -> None:
        self._db = db
        self._ticks = ticks
        self._report = report
        self._answered: dict[Chain, float] = {}

    async def after(self, refused: Refusal, client: Client) -> bool:
        """Whether central knows the life of `client` again. Raises LinkError."""
        chain = Chain(client.member.terminal, client.member.incarnation)
        last = self._answered.get(chain)
        if refused.problem is not Problem.UNSIGNED or (last is not None and self._ticks() < last + AGAIN):
            return False
        who = (chain.terminal, chain.incarnation)
        token = await self._db.read(lambda conn: identity.enrolment(conn, *who))
        if token is None:
            return False
        try:
            await client.readmit(token)
        except CentralBusy:
            raise
        except Refusal as error:
            self._report(f"central does not know {chain.terminal}/{chain.incarnation}, nor its word: {error}")
            return False
        finally:
            self._answered[chain] = self._ticks()
        return True
