"""The queue by what each of it waits for: only what is there can be chosen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kiosk.bilingual import Lang, Text
from kiosk.services.business import Entry, QueueView
from sync.outbox import State

ALL = "all"
EVERYTHING = Text("全部 {count}", "All {count}")
WAITS: dict[State, Text] = {
    State.RECORDED: Text("待发送 {count}", "To be sent {count}"),
    State.SENT: Text("已送出 {count}", "Sent {count}"),
    State.UNKNOWN: Text("核对中 {count}", "Being checked {count}"),
    State.REVIEW: Text("复核中 {count}", "Under review {count}"),
}


@dataclass(frozen=True)
class FilterRow:
    id: str
    title: str
    chosen: bool


def picked(view: QueueView | None, wanted: State | None) -> tuple[Entry, ...]:
    """All of them once nothing is left of what was wanted."""
    entries = view.entries if view else ()
    return tuple(one for one in entries if one.state is wanted) or entries


def rows(view: QueueView | None, wanted: State | None, lang: Lang) -> tuple[FilterRow, ...]:
    """None where all waits for the same."""
    entries = view.entries if view else ()
    counts = Counter(one.state for one in entries)
    if len(counts) < 2:
        return ()
    there = wanted if wanted in counts else None
    found = [FilterRow(ALL, _said(EVERYTHING, len(entries), lang), there is None)]
    found += [
        FilterRow(state.value, _said(text, counts[state], lang), state is there)
        for state, text in WAITS.items()
        if counts[state]
    ]
    return tuple(found)


def _said(text: Text, count: int, lang: Lang) -> str:
    return text.with_params({"count": str(count)}).of(lang)
