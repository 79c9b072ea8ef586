"""Words of `yizhan courier` at the command line: what was written, taken in, handed on."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk import couriers
from kiosk.services import words
from kiosk.terminal import Plan
from sync.carried import Fate, Handled, Written
from sync.errors import RefusedError, WorldError
from ui.troubles import trouble_text

BAD = frozenset({Fate.DAMAGED, Fate.NEWER, Fate.FOREIGN, Fate.UNASKED, Fate.LOCKED, Fate.PACK_REFUSED})


@dataclass(frozen=True)
class Said:
    code: int
    out: tuple[str, ...]
    err: tuple[str, ...] = ()


def run(options: argparse.Namespace, plan: Plan) -> Said:
    try:
        return _ERRANDS[options.errand](options, plan)
    except (WorldError, RefusedError) as error:
        return Said(2, (), _trouble(error))


def _export(options: argparse.Namespace, plan: Plan) -> Said:
    return Said(0, tuple(_written(one) for one in couriers.export(plan, options.folder)))


def _written(written: Written) -> str:
    rest = "；其余的等答复后再带 / the rest after the answer" if written.more else ""
    return f"{written.file}: {written.operations} 笔 / operations{rest}"


def _import(options: argparse.Namespace, plan: Plan) -> Said:
    for place in options.places:
        if not place.exists():
            return _missing(place)
    handled = couriers.take(plan, options.places)
    if not handled:
        return Said(1, (), ("没有找到文件 / nothing found",))
    bad = tuple(_handled(one) for one in handled if one.fate in BAD)
    return Said(1 if bad else 0, tuple(_handled(one) for one in handled if one.fate not in BAD), bad)


def _handled(one: Handled) -> str:
    said = words.of(one.fate)
    return f"{one.file}: {said.zh} / {said.en}{f' ({one.detail})' if one.detail else ''}"


def _carry(options: argparse.Namespace, plan: Plan) -> Said:
    if not options.folder.is_dir():
        return _missing(options.folder)
    done = couriers.carry(plan, options.folder, onward=options.onward, offline=options.offline)
    counted = (
        ("带上 / taken along", done.taken_along),
        ("交给中心 / handed in", done.handed_in),
        ("还没交 / still to hand in", done.waiting),
        ("写回 / written back", done.given_back),
    )
    trouble = () if done.trouble is None else _trouble(done.trouble)
    err = (*(f"{file}: {why}" for file, why in done.unusable), *trouble)
    return Said(1 if err else 0, tuple(f"{what}: {len(files)}" for what, files in counted), err)


def _missing(place: Path) -> Said:
    return Said(2, (), (f"没有这个文件或目录 / no such file or folder: {place}",))


def _trouble(error: WorldError | RefusedError) -> tuple[str, ...]:
    text = trouble_text(error)
    return (text.zh, text.en)


_ERRANDS: Mapping[str, Callable[[argparse.Namespace, Plan], Said]] = {
    "export": _export,
    "import": _import,
    "carry": _carry,
}
