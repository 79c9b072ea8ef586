"""Dates are judged by trusted time and its quality: what is surely over is refused, a doubt is named."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from central.demo import day
from kiosk.services import bills, catalogue
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.offline import Can
from sync.wire.operation import TimeQuality
from tests.services.point import START, Point

YEAR = timedelta(days=365)


def unsure(desk: Desk, least: datetime | None = None) -> Desk:
    return replace(desk, stamp=replace(desk.stamp, quality=TimeQuality.UNKNOWN.value, least=least))


def told(point: Point, desk: Desk, **dates: datetime) -> tuple[Can, Why | None]:
    service = replace(point.service(day.POWER_SERVICE), **dates)
    on = point.read(lambda conn: catalogue.board(conn, desk))
    found = point.cache(lambda cache: catalogue.availability(cache, desk, on, service))
    return found.can, found.reason.reason if found.reason else None


def test_a_service_is_open_within_its_dates_alone(point: Point) -> None:
    desk, tomorrow, yesterday = point.desk, START + timedelta(days=1), START - timedelta(days=1)
    assert told(point, desk, from_=yesterday, to=tomorrow) == (Can.NOW_RECORDED, None)
    assert told(point, desk, from_=tomorrow) == (Can.NOT_NOW, Why.SERVICE_NOT_YET)
    assert told(point, desk, to=yesterday) == (Can.NOT_NOW, Why.SERVICE_OVER)


@pytest.mark.parametrize("turned", [-10 * YEAR, 10 * YEAR])
def test_a_clock_in_doubt_stops_nobody_and_says_so(point: Point, turned: timedelta) -> None:
    point.now += turned
    desk = unsure(point.desk)
    dates = {"from_": START - timedelta(days=1), "to": START + timedelta(days=1)}
    assert told(point, desk, **dates) == (Can.NOW_RECORDED, Why.DATE_IN_DOUBT)
    assert told(point, desk) == (Can.NOW_RECORDED, None)


def test_setting_the_clock_back_opens_nothing_that_central_saw_end(point: Point) -> None:
    seen, ended = START + timedelta(days=2), START + timedelta(days=1)
    desk = unsure(point.desk, least=seen)
    assert told(point, desk, to=ended) == (Can.NOT_NOW, Why.SERVICE_OVER)


def test_a_bill_file_that_surely_expired_is_closed_before_an_account_is_typed(point: Point) -> None:
    of = point.cache(lambda cache: bills.biller(cache, day.EXPIRED_BILLER))
    reading = point.desk.reading
    why = point.cache(lambda cache: bills.closed(cache, reading, of))
    assert isinstance(why, Refused)
    assert why.reason is Why.BILL_FILE_EXPIRED
    doubt = unsure(point.desk).reading
    assert point.cache(lambda cache: bills.closed(cache, doubt, of)) is None
