"""Instants as the wire writes them and as people at a point read them (China has one time zone)."""

from datetime import UTC, date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "CST")


def parse(text: str) -> datetime:
    """An RFC 3339 instant, or a date, which begins at Beijing's midnight."""
    if len(text) == 10:
        return datetime.fromisoformat(text).replace(tzinfo=BEIJING)
    return datetime.fromisoformat(text)


def wire(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(at: datetime) -> date:
    return at.astimezone(BEIJING).date()


def day_start(of: date) -> datetime:
    return datetime(of.year, of.month, of.day, tzinfo=BEIJING)


def show(at: datetime) -> str:
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def show_day(at: datetime) -> str:
    return at.astimezone(BEIJING).strftime("%Y-%m-%d")


def show_time(at: datetime) -> str:
    """With seconds, for waits of less than a minute."""
    return at.astimezone(BEIJING).strftime("%H:%M:%S")
