"""What a prover has tried and found so far, as it goes from its process to the one that counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Violation:
    what: str
    again: str  # the command that shows it again, or where it is kept


@dataclass
class Tally:
    counts: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)  # how often what befell the product, by name
    seeds: list[tuple[int, int]] = field(default_factory=list)  # from, to; both were run
    violations: list[Violation] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)  # one line for each thing tried that has a name

    def ran(self, seed: int) -> None:
        if self.seeds and self.seeds[-1][1] == seed - 1:
            self.seeds[-1] = (self.seeds[-1][0], seed)
        elif not self.seeds or self.seeds[-1][1] != seed:
            self.seeds.append((seed, seed))

    def found(self, what: str, again: str) -> None:
        self.violations.append(Violation(what, again))

    def add(self, other: Tally) -> None:
        self.counts.update(other.counts)
        self.seen.update(other.seen)
        self.seeds += other.seeds
        self.violations += other.violations
        self.rows += other.rows

    def encode(self) -> str:
        said = {
            "counts": dict(self.counts),
            "seen": dict(self.seen),
            "seeds": self.seeds,
            "violations": [asdict(one) for one in self.violations],
            "rows": self.rows,
        }
        return json.dumps(said, ensure_ascii=False)

    @classmethod
    def decode(cls, text: str) -> Tally:
        raw: dict[str, Any] = json.loads(text)
        return cls(
            Counter(raw["counts"]),
            Counter(raw["seen"]),
            [(first, last) for first, last in raw["seeds"]],
            [Violation(**one) for one in raw["violations"]],
            raw["rows"],
        )


def total(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for one in tallies:
        whole.add(one)
    return whole
