"""How far setting a terminal up has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class SetUpStep(Enum):
    REACH = "reach"
    OFFER = "offer"
    ENROL = "enrol"
    CHANGES = "changes"
    PACK = "pack"
    INSTALL = "install"


@dataclass(frozen=True)
class SetUpProgress:
    """`total` is None where the end is not known yet; a step is over when the next one reports."""

    step: SetUpStep
    done: int = 0
    total: int | None = None


Report = Callable[[SetUpProgress], None]
