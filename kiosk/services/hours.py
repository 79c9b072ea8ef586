"""When somebody is at a point: its hours as the pack says them, whether it is open, when it opens next."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from kiosk.bilingual import Text
from kiosk.services import moments
from kiosk.services.moments import BEIJING

MOST = 21
"""Spans of one point that are read: three a day."""
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)
_DAYS = ("一", "二", "三", "四", "五", "六", "日")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Span:
    """Of every week: ISO days (1 is Monday), from one minute of the day to another, Beijing's time."""

    days: frozenset[int]
    start: int
    end: int


Hours = tuple[Span, ...]


def read(raw: Any) -> Hours:
    """As a pack says them; what cannot be read is no hours, and shown as none."""
    if not isinstance(raw, list) or not 0 < len(raw) <= MOST:
        return ()
    spans = tuple(_span(one) for one in raw)
    return tuple(span for span in spans if span is not None) if all(spans) else ()


def is_open(hours: Hours, at: datetime) -> bool:
    here = at.astimezone(BEIJING)
    minute = here.hour * 60 + here.minute
    return any(here.isoweekday() in one.days and one.start <= minute < one.end for one in hours)


def next_opening(hours: Hours, at: datetime) -> datetime | None:
    """The first moment after `at` when it opens; None where no hours are known."""
    return next((moment for moment in _openings(hours, at.astimezone(BEIJING).date()) if moment > at), None)


def when(at: datetime, now: datetime) -> Text:
    """A near moment as people say it: the time today, tomorrow's, else the day."""
    clock = at.astimezone(BEIJING).strftime("%H:%M")
    days = (at.astimezone(BEIJING).date() - now.astimezone(BEIJING).date()).days
    if days == 0:
        return Text(f"今天 {clock}", f"today {clock}")
    if days == 1:
        return Text(f"明天 {clock}", f"tomorrow {clock}")
    if 1 < days < 7:
        weekday = at.astimezone(BEIJING).weekday()
        return Text(f"周{_DAYS[weekday]} {clock}", f"{_DAYS_EN[weekday]} {clock}")
    return moments.show(at)


def day(at: datetime, now: datetime) -> Text:
    """`3月7日`, with its year where that is another than now."""
    on = at.astimezone(BEIJING)
    if on.year != now.astimezone(BEIJING).year:
        return moments.show_day(at)
    return Text(f"{on.month}月{on.day}日", f"{on.day} {_MONTHS[on.month - 1]}")


def show(hours: Hours) -> Text:
    """`周一至周五 8:30–12:00，14:00–17:30；周六 9:00–12:00`."""
    by_days = groupby(sorted(hours, key=lambda one: (sorted(one.days), one.start)), key=lambda one: one.days)
    parts = [(days, [(_clock(one.start), _clock(one.end)) for one in spans]) for days, spans in by_days]
    zh = "；".join(f"{_named(d, '周', '至', _DAYS)} {'，'.join(f'{a}–{b}' for a, b in s)}" for d, s in parts)
    en = "; ".join(f"{_named(d, '', '–', _DAYS_EN)} {', '.join(f'{a}–{b}' for a, b in s)}" for d, s in parts)
    return Text(zh, en)


def _span(raw: Any) -> Span | None:
    if not isinstance(raw, Mapping):
        return None
    days, start, end = raw.get("days"), _minute(raw.get("from")), _minute(raw.get("to"))
    if not isinstance(days, list) or not days or any(type(day) is not int for day in days):
        return None
    if not set(days) <= set(range(1, 8)) or start is None or end is None or start >= end:
        return None
    return Span(frozenset(days), start, end)


def _minute(raw: Any) -> int | None:
    found = _CLOCK.fullmatch(raw) if isinstance(raw, str) else None
    return None if found is None else int(raw[:2]) * 60 + int(raw[3:])


def _openings(hours: Hours, first: date) -> Iterator[datetime]:
    for days in range(8):
        day = first + timedelta(days=days)
        midnight = datetime.combine(day, time(), BEIJING)
        starts = sorted(one.start for one in hours if day.isoweekday() in one.days)
        yield from (midnight + timedelta(minutes=start) for start in starts)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def _named(days: frozenset[int], before: str, to: str, names: tuple[str, ...]) -> str:
    ordered = sorted(days)
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{before}{names[ordered[0] - 1]}{to}{before}{names[ordered[-1] - 1]}"
    joint = "、" if before else ", "
    return joint.join(f"{before}{names[day - 1]}" for day in ordered)
