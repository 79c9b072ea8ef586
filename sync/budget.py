"""What the line has cost this month and will have cost at its end; decides which lanes must rest for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sync.lanes import Lane

BEIJING = timezone(timedelta(hours=8))  # a provider's month is the local one
RATIONED = (Lane.CONTENT, Lane.ATTACHMENTS)  # in this order; the first two lanes are never held
SHORTEST = timedelta(days=1)  # nothing less is taken for the rate of a month


@dataclass(frozen=True)
class Outlook:
    """Bytes in both directions; `limit` is None where the line costs nothing by the byte."""

    used: int = 0
    forecast: int = 0
    limit: int | None = None
    resting: frozenset[Lane] = frozenset()


NOTHING_USED = Outlook()


@dataclass(frozen=True)
class Month:
    begin: datetime
    end: datetime

    @classmethod
    def of(cls, at: datetime) -> Month:
        here = at.astimezone(BEIJING)
        begin = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return cls(begin, (begin + timedelta(days=32)).replace(day=1))

    @property
    def days(self) -> tuple[str, str]:
        """The first day, and the first of the next month."""
        return day_of(self.begin), day_of(self.end)


def day_of(at: datetime) -> str:
    return at.astimezone(BEIJING).strftime("%Y-%m-%d")


def outlook(used: Mapping[Lane, int], now: datetime, limit: int | None) -> Outlook:
    """The forecast is what was used and, for the rest of the month, the rate of the month so far."""
    month = Month.of(now)
    share = (month.end - now) / max(SHORTEST, now - month.begin)
    total = sum(used.values())

    def forecast(resting: frozenset[Lane]) -> int:
        return total + int(sum(size for lane, size in used.items() if lane not in resting) * share)

    resting: frozenset[Lane] = frozenset()
    for lane in RATIONED:
        if limit is None or forecast(resting) <= limit:
            break
        resting |= {lane}
    return Outlook(total, forecast(frozenset()), limit, resting)
