"""What a person can do, with whom and where: partners, points, services, forms, departments, coupons."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from central.demo.files import Record, both, table
from central.demo.moments import instant, morning
from central.demo.pictures import sha256_of


def _titled(kind: str, row: Record, *bilingual: str) -> Record:
    return {"t": kind, **{k: both(v) if k in bilingual else v for k, v in row.items()}}


def partners() -> Iterator[Record]:
    return (_titled("partner", row, "name") for row in table("partners.json"))


def points() -> Iterator[Record]:
    opening = {row["id"]: row["hours"] for row in table("hours.json")}
    for row in table("points.json"):
        hours = {"hours": opening[row["hours"]]} if "hours" in row else {}
        yield {**_titled("point", row, "name"), **hours}


def services() -> Iterator[Record]:
    for order, row in enumerate(table("services.json"), start=1):
        picture = {"picture": sha256_of(row["picture"])}
        yield {**_titled("service", row, "title", "brief", "why"), **picture, "order": order * 10}


def forms() -> Iterator[Record]:
    return (_titled("form", row) for row in table("forms.json"))


def departments() -> Iterator[Record]:
    for order, row in enumerate(table("departments.json"), start=1):
        yield {**_titled("department", row, "name"), "order": order * 10}


def coupon_kinds(as_of: datetime) -> Iterator[Record]:
    """Every kind says from when to when it holds; central's own block sizes stay at central."""
    for row in table("coupon_kinds.json"):
        record = _titled("coupon_kind", row, "title")
        del record["block"]
        yield _dated(record, as_of)


def notices(as_of: datetime) -> Iterator[Record]:
    """What points show to whoever comes by, campaigns after notices; one of them is over."""
    for kind in ("notice", "campaign"):
        for order, row in enumerate(table(f"{kind}s.json"), start=1):
            record = _titled(kind, row, "title", "text")
            picture = {"picture": sha256_of(record.pop("picture"))}
            yield {**_dated(record, as_of), **picture, "order": order * 10}


def _dated(record: Record, as_of: datetime) -> Record:
    start = morning(as_of) + timedelta(days=record.pop("from_days"))
    end = morning(as_of) + timedelta(days=record.pop("to_days"))
    return {**record, "from": instant(start), "to": instant(end)}
