"""Words of `yizhan courier` at the command line: what was written, taken in, handed on."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk import couriers
from kiosk.bilingual import Text
from kiosk.services import words
from kiosk.terminal import Plan
from sync.carried import Fate, Handled, Written
from sync.errors import RefusedError, StoreError, WorldError
from sync.wire.bundlefile import inside
from ui.troubles import stick_text, trouble_text

NO_FILE, NO_FOLDER = "没有这个文件或目录 / no such file or folder", "没有这个目录 / no such folder"
NOTHING = "没有找到驿站的文件 / nothing found"
KEPT = "本机照样保存，直到收到中心的答复 / kept here until central's answer is back"
ONLY_ASKS = "没有待发的业务，只取答复 / nothing to send, asks for answers"
UNUSABLE = "不完整、被改动，或中心没有收 / not whole, altered, or not taken by central"
BAD = frozenset({Fate.DAMAGED, Fate.NEWER, Fate.FOREIGN, Fate.UNASKED, Fate.LOCKED, Fate.PACK_REFUSED})


@dataclass(frozen=True)
class Said:
    code: int
    out: tuple[str, ...]
    err: tuple[str, ...] = ()


def run(options: argparse.Namespace, plan: Plan) -> Said:
    places: list[Path] = options.places if options.errand == "import" else [options.folder]
    try:
        if missing := next((one for one in places if not _is_there(one, options.errand)), None):
            said = NO_FILE if options.errand == "import" else NO_FOLDER
            return Said(2, (), (f"{said}: {missing}",))
        return _ERRANDS[options.errand](options, plan, [inside(one) for one in places])
    except StoreError as error:
        return Said(2, (), _both(stick_text(error, places)))
    except (WorldError, RefusedError) as error:
        return Said(2, (), _trouble(error))


def _is_there(place: Path, errand: str) -> bool:
    """A mistyped stick is not made: what is written there would stay on this machine's disk."""
    return place.exists() if errand == "import" else place.is_dir()


def _export(options: argparse.Namespace, plan: Plan, places: Sequence[Path]) -> Said:  # noqa: ARG001
    written = couriers.export(plan, places[0])
    return Said(0, (*(_written(one) for one in written), KEPT))


def _written(written: Written) -> str:
    what = f"{written.operations} 笔 / operations" if written.operations else ONLY_ASKS
    rest = "；其余的等答复后再带 / the rest after the answer" if written.more else ""
    return f"{written.file}: {what}{rest}"


def _import(options: argparse.Namespace, plan: Plan, places: Sequence[Path]) -> Said:  # noqa: ARG001
    handled = couriers.take(plan, places)
    if not handled:
        return Said(1, (), (NOTHING,))
    bad = tuple(_handled(one) for one in handled if one.fate in BAD)
    return Said(1 if bad else 0, tuple(_handled(one) for one in handled if one.fate not in BAD), bad)


def _handled(one: Handled) -> str:
    said = words.of(one.fate)
    return f"{one.file}: {said.zh} / {said.en}{f' ({one.detail})' if one.detail else ''}"


def _carry(options: argparse.Namespace, plan: Plan, places: Sequence[Path]) -> Said:
    done = couriers.carry(plan, places[0], onward=options.onward, offline=options.offline)
    counted = (
        ("带上 / taken along", done.taken_along),
        ("交给中心 / handed in", done.handed_in),
        ("还没交 / still to hand in", done.waiting),
        ("写回 / written back", done.given_back),
    )
    trouble = () if done.trouble is None else _trouble(done.trouble)
    err = (*(f"{file}: {UNUSABLE} ({why})" for file, why in done.unusable), *trouble)
    if not err and not any(files for _, files in counted):
        return Said(1, (), (NOTHING,))
    return Said(1 if err else 0, tuple(f"{what}: {len(files)}" for what, files in counted), err)


def _trouble(error: WorldError | RefusedError) -> tuple[str, ...]:
    return _both(trouble_text(error))


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


_ERRANDS: Mapping[str, Callable[[argparse.Namespace, Plan, Sequence[Path]], Said]] = {
    "export": _export,
    "import": _import,
    "carry": _carry,
}
