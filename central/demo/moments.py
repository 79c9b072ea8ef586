"""Dates of the demo county: all follow from the moment a pack is made as of."""

from datetime import UTC, datetime, timedelta

HOUSE_TIME = timedelta(hours=8)
FACTS_AS_OF = "2026-01-15T00:00:00Z"
"""When the guides' facts were last gone through; it does not move with the pack."""


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def morning(as_of: datetime) -> datetime:
    """The last six o'clock in the morning, county time: when partners send their files."""
    local = as_of.astimezone(UTC) + HOUSE_TIME
    start = local.replace(hour=6, minute=0, second=0, microsecond=0)
    return (start if start <= local else start - timedelta(days=1)) - HOUSE_TIME


def month_before(as_of: datetime) -> str:
    local = morning(as_of) + HOUSE_TIME
    last = local.replace(day=1) - timedelta(days=1)
    return last.strftime("%Y-%m")


def quarter(as_of: datetime) -> str:
    local = morning(as_of) + HOUSE_TIME
    return f"{local.year}-Q{(local.month + 2) // 3}"


def term(as_of: datetime) -> str:
    """The school term: spring from February to July, else autumn."""
    local = morning(as_of) + HOUSE_TIME
    if 2 <= local.month <= 7:
        return f"{local.year}-春"
    return f"{local.year if local.month > 7 else local.year - 1}-秋"


def day_after(as_of: datetime, days: int) -> str:
    return (morning(as_of) + HOUSE_TIME + timedelta(days=days)).strftime("%Y-%m-%d")
