"""The demo county 广安区 511602 as records of a pack."""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum

from central.demo import billing, directory, government, scale
from central.demo.files import Record
from central.demo.goods import goods
from central.demo.places import COUNTY, places

DEARER, DROPPED = "lp-rice-5", "lp-duck"
"""What the renewed pack changes in the mall: one price, one good fewer."""

__all__ = ["COUNTY", "DEARER", "DROPPED", "DemoVariant", "records"]


class DemoVariant(Enum):
    FIRST = "first"
    RENEWED = "renewed"
    """The expired bill file came anew, one price rose, one good is gone: makes a small delta."""
    LARGE = "large"
    """The first pack and 100,000 goods more."""


def records(as_of: datetime, variant: DemoVariant = DemoVariant.FIRST) -> Iterator[Record]:
    """The county's pack, one record after the other; the same moment and variant give the same records."""
    yield from (place.record() for place in places())
    yield from directory.points()
    yield from directory.partners()
    yield from directory.services()
    yield from government.items()
    yield from directory.forms()
    yield from billing.billers()
    for file, bills in billing.bill_files(as_of, renewed=variant is DemoVariant.RENEWED):
        yield file.record()
        yield from (bill.record() for bill in bills)
    yield from directory.departments()
    yield from directory.coupon_kinds(as_of)
    yield from directory.notices(as_of)
    yield from _goods(variant)


def _goods(variant: DemoVariant) -> Iterator[Record]:
    for good in goods():
        if variant is not DemoVariant.RENEWED:
            yield good
        elif good["id"] == DEARER:
            yield {**good, "price_fen": good["price_fen"] + 200}
        elif good["id"] != DROPPED:
            yield good
    if variant is DemoVariant.LARGE:
        yield from scale.goods(100_000)
