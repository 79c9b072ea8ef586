"""What a mutant is: a named bug as data, and how it is put into the product and taken out again."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

ROOMS = ("sync", "central", "kiosk", "tests")
"""Where a name may have been imported to."""


class DoesNotApply(Exception):
    """The product moved on: this mutant would break nothing, or break it by not fitting."""


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
        try:
            for one in owners:
                owner = getattr(owner, one)
            real = vars(owner)[name]
        except (AttributeError, KeyError) as error:
            raise DoesNotApply(f"there is no {self.where} any more") from error
        broken = self.make(real)
        if broken == real:
            raise DoesNotApply(f"{self.where} stays as it is")
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

    def make(real: Any) -> Any:
        _check_fits(where, _function(real), broken, 0)
        return broken

    return Change(where, make)


def around(where: str, broken: Callable[..., Any]) -> Change:
    """`broken` gets the real one before its own arguments; of a method: the real one, then self."""

    def make(real: Any) -> Any:
        function = _function(real)
        _check_fits(where, function, broken, 1)

        def call(*args: Any, **named: Any) -> Any:
            return broken(function, *args, **named)

        return call

    return Change(where, make)


def _function(real: Any) -> Callable[..., Any]:
    function: Callable[..., Any] = real.__func__ if isinstance(real, classmethod | staticmethod) else real
    return function


def _check_fits(where: str, real: Callable[..., Any], broken: Callable[..., Any], before: int) -> None:
    """It takes what the real one takes, after `before` more: else anything would see that it is there."""
    asked = inspect.signature(real).parameters.values()
    named = [one for one in asked if one.kind is one.KEYWORD_ONLY]
    listed = [one for one in asked if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    for every in (True, False):
        some = [one for one in (*listed, *named) if every or one.default is one.empty]
        words = {one.name: None for one in some if one in named}
        try:
            inspect.signature(broken).bind(*[None] * (before + len(some) - len(words)), **words)
        except TypeError as error:
            raise DoesNotApply(f"what is put in the place of {where} does not fit: {error}") from error
