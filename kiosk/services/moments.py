"""Instants as the wire writes them and as people at a point read them (China has one time zone)."""

from datetime import UTC, date, datetime, timedelta, timezone

from kiosk.bilingual import Text

MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
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


def show(at: datetime) -> Text:
    local, of_day = at.astimezone(BEIJING), show_day(at)
    return Text(f"{of_day.zh} {local:%H:%M}", f"{of_day.en}, {local:%H:%M}")


def show_day(at: datetime) -> Text:
    return named_day(at.astimezone(BEIJING).date())


def named_day(of: date) -> Text:
    """As people write it: 2026年3月8日, 8 Mar 2026; figures only, for a column of a slip."""
    return Text(f"{of.year}年{of.month}月{of.day}日", f"{of.day} {MONTHS[of.month]} {of.year}")


def show_time(at: datetime) -> str:
    """With seconds, for waits of less than a minute."""
    return at.astimezone(BEIJING).strftime("%H:%M:%S")
