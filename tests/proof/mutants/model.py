"""What a mutant is: a named bug as data, and how it is put into the product and taken out again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

ROOMS = ("sync", "central", "kiosk", "tests")
"""Where a name may have been imported to."""


@dataclass(frozen=True)
class Change:
    """`where` is `module:name` or `module:Class.name`; `make` gets what is there, returns what is to be."""

    where: str
    make: Callable[[Any], Any] = field(compare=False)

    @contextmanager
    def made(self) -> Iterator[None]:
        module_name, _, path = self.where.partition(":")
        *owners, name = path.split(".")
        owner: Any = import_module(module_name)
        for one in owners:
            owner = getattr(owner, one)
        real = vars(owner)[name]
        broken = self.make(real)
        places = [(owner, name)] if owners else list(_imported(real))
        for place, known_as in places:
            setattr(place, known_as, broken)
        try:
            yield
        finally:
            for place, known_as in places:
                setattr(place, known_as, real)


def _imported(real: object) -> Iterator[tuple[Any, str]]:
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ROOMS:
            for known_as, value in list(vars(module).items()):
                if value is real:
                    yield module, known_as


class Prover(Protocol):
    """A part of the proof that can be asked many times."""

    name: str
    tries: int  # until it is said to be blind

    def seeds(self, first: int) -> Iterator[int]:
        """Those worth trying, the same ones each time."""
        ...

    def faults(self, seed: int, mutant: Mutant | None) -> tuple[str, ...]:
        """What the oracles say; without a mutant they must have nothing to say."""
        ...


@dataclass(frozen=True)
class Mutant:
    name: str
    bug: str
    breaks: tuple[int, ...]  # invariants of the design, by number
    prover: Prover = field(compare=False)
    changes: tuple[Change, ...] = field(compare=False)

    @contextmanager
    def installed(self) -> Iterator[None]:
        with ExitStack() as stack:
            for change in self.changes:
                stack.enter_context(change.made())
            yield


def instead(where: str, broken: Callable[..., Any]) -> Change:
    """`broken` takes the place of it."""
    return Change(where, lambda _real: broken)


def around(where: str, broken: Callable[..., Any]) -> Change:
    """`broken` gets the real one before its own arguments; of a method: the real one, then self."""

    def make(real: Any) -> Any:
        function = real.__func__ if isinstance(real, classmethod | staticmethod) else real

        def call(*args: Any, **named: Any) -> Any:
            return broken(function, *args, **named)

        return call

    return Change(where, make)
