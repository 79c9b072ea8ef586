"""The people who work the demo county's terminals, and where each terminal stands."""

from dataclasses import dataclass
from enum import Enum

from central.demo.files import table


class Role(Enum):
    OPERATOR = "operator"
    STAFF = "staff"
    AGENT = "agent"


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    role: Role
    points: tuple[str, ...]
    """One: works only there; several: the whole county lets them in."""
    first_pin: str
    """For the demo alone; central keeps the verifier."""


@dataclass(frozen=True)
class Seat:
    """A terminal's place: its point and profile, and the cash it may take before it must settle."""

    point: str
    profile: str
    float_fen: int


PEOPLE = (
    Person("op-chen", "陈秀英", Role.OPERATOR, ("pt-xingguang",), "246810"),
    Person("op-shan", "单小㳇", Role.OPERATOR, ("pt-xingguang", "pt-paifang"), "135790"),
    Person("op-qiu", "仇建国", Role.STAFF, ("pt-branch", "pt-hall", "pt-stm"), "112358"),
    Person("op-zhou", "周雨涵", Role.AGENT, ("pt-field",), "314159"),
)
FLOATS = {"assisted": 500_000, "field": 300_000, "staff": 2_000_000, "public": 0}


def seats() -> tuple[Seat, ...]:
    return tuple(Seat(row["id"], row["profile"], FLOATS[row["profile"]]) for row in table("points.json"))
