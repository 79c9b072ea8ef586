"""Some 3,000 households over the county's real villages."""

from collections.abc import Iterator
from dataclasses import dataclass

from central.demo.draws import between
from central.demo.names import masked
from central.demo.places import Place, villages

XIEXING, HUAQIAO = "511602102", "511602107"
GROUPS = "一二三四五六七八九"
NAMED = {"102216001": "*㳇", "102216002": "*小明", "102216003": "*建𡓐"}
"""Households of the day that must carry these names."""


@dataclass(frozen=True)
class Household:
    village: Place
    serial: int

    @property
    def town(self) -> str:
        return self.village.code[:9]

    @property
    def digits(self) -> str:
        """Three digits of the town, three of the village, three of the household."""
        return f"{self.village.code[6:]}{self.serial:03d}"

    @property
    def payer(self) -> str:
        return NAMED.get(self.digits) or masked(self.village.code, self.serial)

    @property
    def group(self) -> str | None:
        """The villagers' group; a neighbourhood of the county town has none."""
        if self.village.in_city:
            return None
        return GROUPS[between(0, 5, self.digits, "group")] + "组"


def households() -> Iterator[Household]:
    for village in villages():
        for serial in range(1, _how_many(village) + 1):
            yield Household(village, serial)


def _how_many(village: Place) -> int:
    if village.code.startswith(XIEXING):
        return 24
    return 12 if village.in_city else 8
