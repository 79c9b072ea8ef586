"""A wipe forgets everything before it looks, looks at everything, and gives up aloud."""

import asyncio
from dataclasses import dataclass, field

import pytest

from kiosk.bilingual import same
from kiosk.services.traces import Again, Clean, Left, Stuck, Trace, judge, sweep
from sync.errors import WorldError

THING = Left(same("thing"), 1)


@dataclass
class Drawer:
    """`stiff` things do not come out; `broken` cannot even be opened."""

    name: str
    held: int = 1
    stiff: int = 0
    broken: bool = False
    looked: list[str] = field(default_factory=list)
    last: bool = False

    async def forget(self) -> None:
        self.looked.append(f"forget {self.name}")
        if self.broken:
            raise WorldError(self.name)
        self.held = self.stiff

    async def residue(self) -> int:
        self.looked.append(f"look {self.name}")
        if self.broken:
            raise OSError(self.name)
        return self.held

    @property
    def trace(self) -> Trace:
        return Trace(same(self.name), self.forget, self.residue, self.last)


def swept(*drawers: Drawer) -> tuple[Left, ...]:
    return asyncio.run(sweep([one.trace for one in drawers]))


def test_all_is_forgotten_before_anything_is_looked_at() -> None:
    looked: list[str] = []
    assert swept(Drawer("z", looked=looked, last=True), Drawer("a", looked=looked)) == ()
    assert looked == ["forget a", "forget z", "look z", "look a"]


def test_what_stays_is_counted_and_the_others_are_done_all_the_same() -> None:
    last = Drawer("last")
    assert swept(Drawer("stiff", held=3, stiff=2), last) == (Left(same("stiff"), 2),)
    assert last.held == 0


def test_what_cannot_be_looked_at_counts_as_left() -> None:
    last = Drawer("last")
    assert swept(Drawer("broken", broken=True), last) == (Left(same("broken"), None),)
    assert last.held == 0


@pytest.mark.parametrize(
    ("left", "tries", "verdict"),
    [
        ((), 1, Clean()),
        ((), 9, Clean()),
        ((THING,), 1, Again((THING,))),
        ((THING,), 2, Stuck((THING,))),
        ((Left(same("dark"), None),), 2, Stuck((Left(same("dark"), None),))),
    ],
)
def test_it_is_tried_again_once_then_a_person_has_to_come(
    left: tuple[Left, ...], tries: int, verdict: object
) -> None:
    assert judge(left, tries) == verdict
