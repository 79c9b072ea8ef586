"""What may hold something of a person who was here: how each is forgotten, and looked at again afterwards."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from kiosk.bilingual import Text
from sync.errors import WorldError

log = logging.getLogger(__name__)

TRIES = 2


@dataclass(frozen=True)
class Trace:
    """`forget` may be called at any time, again too; `residue` counts what is left of theirs, and looks by
    other means than those that forget. Both may raise WorldError and OSError."""

    name: Text
    forget: Callable[[], Awaitable[None]]
    residue: Callable[[], Awaitable[int]]
    last: bool = False  # forgets when all others have


@dataclass(frozen=True)
class Left:
    """Of one trace; `count` is None where nobody could look."""

    name: Text
    count: int | None


@dataclass(frozen=True)
class Clean:
    """Nothing of theirs is left anywhere we know of."""


@dataclass(frozen=True)
class Again:
    left: tuple[Left, ...]


@dataclass(frozen=True)
class Stuck:
    """Something stays: nobody new may use this terminal before a person has looked."""

    left: tuple[Left, ...]


Verdict = Clean | Again | Stuck


def judge(left: Sequence[Left], tries: int) -> Verdict:
    """After so many tries, this last one counted."""
    if not left:
        return Clean()
    return Again(tuple(left)) if tries < TRIES else Stuck(tuple(left))


async def sweep(traces: Sequence[Trace]) -> tuple[Left, ...]:
    """Forgets all, then looks at all: what one of them forgot may have been copied by another meanwhile."""
    await asyncio.gather(*(_forget(one) for one in traces if not one.last))
    for one in traces:
        if one.last:
            await _forget(one)
    found = [Left(one.name, await _count(one)) for one in traces]
    return tuple(one for one in found if one.count != 0)


async def _forget(trace: Trace) -> None:
    try:
        await trace.forget()
    except (WorldError, OSError) as error:  # its residue tells
        log.warning("%s not forgotten: %s", trace.name.en, type(error).__name__)


async def _count(trace: Trace) -> int | None:
    try:
        return await trace.residue()
    except (WorldError, OSError) as error:
        log.warning("nobody can see whether %s is forgotten: %s", trace.name.en, type(error).__name__)
        return None
