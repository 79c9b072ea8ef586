"""One parser under fire: what it is fed, what it may answer, and what counts as a finding."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.fuzz.mutations import mutate

CORPUS = Path(__file__).parent / "corpus"
SLOW = 3.0
"""Seconds of one thread's own work on one input: more is a finding."""


@dataclass(frozen=True)
class Finding:
    harness: str
    what: str
    data: bytes = field(repr=False)

    def __str__(self) -> str:
        return f"{self.harness}: {self.what} on {self.data[:120]!r}"


def as_it_is(data: bytes) -> bytes:
    return data


@dataclass(frozen=True)
class Harness:
    """`parse` may raise `refusals` and nothing else; `wrap` packs or signs a plain sample, so that changes
    get behind the seal."""

    name: str
    samples: tuple[bytes, ...] = field(repr=False)
    parse: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
    wrap: Callable[[bytes], bytes] = as_it_is

    def try_(self, data: bytes) -> Finding | None:
        began = time.thread_time()
        try:
            self.parse(data)
        except self.refusals:
            pass
        except Exception as error:  # noqa: BLE001 - what any parser lets through is what is looked for
            place = traceback.extract_tb(error.__traceback__)[-1]
            return Finding(
                self.name, f"{type(error).__name__}: {error!s:.200} ({place.name}:{place.lineno})", data
            )
        spent = time.thread_time() - began
        return Finding(self.name, f"took {spent:.1f} s", data) if spent > SLOW else None

    def changed(self, rng: Random) -> bytes:
        sample = rng.choice(self.samples)
        if self.wrap is as_it_is or rng.randrange(8):
            return self.wrap(mutate(sample, rng))
        return mutate(self.wrap(sample), rng)

    def of_bytes(self, data: bytes) -> bytes:
        """What a coverage-guided fuzzer made: its first byte says whether it goes behind the seal."""
        return data[1:] if data[:1] == b"\0" else self.wrap(data[1:])

    def corpus(self) -> Iterator[Path]:
        """Samples worth keeping, every past finding among them; as they reach the parser."""
        folder = CORPUS / self.name
        yield from sorted(folder.iterdir()) if folder.is_dir() else ()
