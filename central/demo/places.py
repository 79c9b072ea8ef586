"""The county, its towns and villages, with their official codes."""

from dataclasses import dataclass
from functools import cache

from central.demo.files import Record, lines

COUNTY = "511602"
LEVELS = {6: "county", 9: "town", 12: "village"}


@dataclass(frozen=True)
class Place:
    code: str
    parent: str | None
    name: str

    @property
    def level(self) -> str:
        return LEVELS[len(self.code)]

    @property
    def in_city(self) -> bool:
        """Streets of the county town have codes 001 to 099."""
        return len(self.code) > 6 and self.code[6:9] < "100"

    def record(self) -> Record:
        parent = {"parent": self.parent} if self.parent else {}
        return {"t": "place", "id": self.code, "level": self.level, **parent, "name": self.name}


@cache
def places() -> tuple[Place, ...]:
    rows = (line.split("\t") for line in lines("places.tsv"))
    return tuple(Place(code, parent or None, name) for code, parent, name in rows)


def villages() -> tuple[Place, ...]:
    return tuple(place for place in places() if place.level == "village")
