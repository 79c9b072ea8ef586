"""One measured value beside the limit it is judged by."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROUNDS = 5


@dataclass(frozen=True)
class Figure:
    """`ratio` is value / limit; `target` says what it must keep, `met` whether it did."""

    name: str
    value: float
    unit: str
    limit: float | None
    ratio: float | None
    target: str
    met: bool


def at_most(name: str, value: float, unit: str, limit: float, factor: float) -> Figure:
    """value ≤ factor × limit."""
    ratio = value / limit
    return Figure(name, value, unit, limit, ratio, f"≤ {factor:g} × limit", ratio <= factor)


def at_least(name: str, value: float, unit: str, limit: float, factor: float) -> Figure:
    """value ≥ factor × limit."""
    ratio = value / limit
    return Figure(name, value, unit, limit, ratio, f"≥ {factor:g} × limit", ratio >= factor)


def below(name: str, value: float, unit: str, ceiling: float) -> Figure:
    return Figure(name, value, unit, ceiling, value / ceiling, f"≤ {ceiling:g} {unit}", value <= ceiling)


def above(name: str, value: float, unit: str, floor: float) -> Figure:
    return Figure(name, value, unit, floor, value / floor, f"≥ {floor:g} {unit}", value >= floor)


def reported(name: str, value: float, unit: str, beside: float | None = None) -> Figure:
    """A figure with no promise; `beside` is what it may be compared with."""
    return Figure(name, value, unit, beside, None if not beside else value / beside, "reported", True)


def interleaved(
    ours: Callable[[], float], limit: Callable[[], float], rounds: int = ROUNDS
) -> tuple[float, float]:
    """Medians of rounds run turn by turn, so that a busy machine disturbs both alike."""
    pairs = [(ours(), limit()) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def write(figures: Sequence[Figure], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1))


def table(figures: Sequence[Figure]) -> str:
    rows = []
    for one in figures:
        limit = "–" if one.limit is None else f"{one.limit:,.4g}"
        ratio = "–" if one.ratio is None else f"{one.ratio:.2f}"
        mark = "ok " if one.met else "NOT"
        rows.append(
            f"{mark} {one.name:<58} {one.value:>12,.4g} {one.unit:<8} {limit:>12} {ratio:>7}  {one.target}"
        )
    return "\n".join(rows)
