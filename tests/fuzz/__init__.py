"""Everything that parses bytes from outside, under fire: one harness a parser, run three ways.

By changes to valid samples under a seed (`prove`, CI), guided by coverage (`guided`, where atheris runs), and
over the kept corpus, which holds every finding there ever was.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzz.running import FuzzReport


def prove(budget_seconds: float, seed: int, names: Iterable[str] = (), *, guide: bool = True) -> FuzzReport:
    """Half of the time by changes to samples, half guided by coverage where that can be had."""
    from tests.fuzz import running  # atheris must be there before what it instruments

    return running.prove(budget_seconds, seed, names, guide=guide)
