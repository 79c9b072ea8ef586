"""What the day uses is really in the pack, and really in the state the day needs."""

import re
from datetime import datetime
from typing import Any

from central.demo import day
from central.demo.billing import accounts, bills
from central.demo.coupons import coupon_blocks
from central.demo.goods import stocked
from central.demo.people import PEOPLE, Role, seats

ByType = dict[str, list[dict[str, Any]]]


def test_accounts_of_the_day(by_type: ByType, as_of: datetime) -> None:
    biller = next(one for one in by_type["biller"] if one["id"] == day.POWER_BILLER)
    assert biller["service"] == day.POWER_SERVICE
    assert biller["stated"]
    rule = biller["params"][0]["regex"]
    in_file = {bill.account for bill in bills(as_of) if bill.biller == day.POWER_BILLER}
    known = {one.account for one in accounts() if one.biller == day.POWER_BILLER}
    assert {day.ACCOUNT_IN_FILE, day.ACCOUNT_PAID_ELSEWHERE} <= in_file
    assert day.ACCOUNT_NOT_IN_FILE in known - in_file
    assert day.ACCOUNT_UNKNOWN not in known
    assert re.fullmatch(rule, day.ACCOUNT_UNKNOWN)
    assert not re.fullmatch(rule, day.ACCOUNT_MALFORMED)
    assert biller["min_fen"] <= day.STATED_FEN <= biller["max_fen"]
    assert day.bill_of(day.ACCOUNT_IN_FILE, as_of).payer == "*㳇"
    assert any(b.biller == day.EXPIRED_BILLER and b.account == day.EXPIRED_ACCOUNT for b in bills(as_of))


def test_services_goods_and_points_of_the_day(by_type: ByType) -> None:
    services = {service["id"]: service for service in by_type["service"]}
    assert services[day.FAULT_SERVICE]["shape"] == "application"
    assert services[day.DOOR_SERVICE]["offline"] == "online"
    assert services[day.COUPON_SERVICE]["offline"] == "allotted"
    assert services[day.MALL_SERVICE]["shape"] == services[day.RELIEF_SERVICE]["shape"] == "order"
    here = {one.good for one in stocked() if one.at_main_point}
    assert here == set(day.GOODS_HERE)
    assert day.GOOD_SOLD_HERE in here
    points = {point["id"] for point in by_type["point"]}
    assert {day.MAIN_POINT, day.BRANCH_POINT, day.FIELD_POINT, day.HALL_POINT} <= points
    item = next(one for one in by_type["item"] if one["id"] == day.GUIDE_ITEM)
    assert item["title"] == day.GUIDE_TITLE
    assert item["materials"]


def test_the_coupon_of_the_day_fits_the_order_of_the_day(by_type: ByType, as_of: datetime) -> None:
    kind = next(one for one in by_type["coupon_kind"] if one["id"] == day.COUPON_KIND)
    good = next(one for one in by_type["good"] if one["id"] == day.GOOD_RUNS_OUT)
    assert good["department"] in kind["scope"]["departments"]
    assert good["price_fen"] >= kind["min_spend_fen"]
    assert kind["from"] <= as_of.isoformat() <= kind["to"]
    block = next(one for one in coupon_blocks() if one.kind == day.COUPON_KIND)
    assert block.first <= day.COUPON_SERIAL < day.COUPON_SERIAL_EXPIRED <= block.last
    assert block.budget_fen == block.count * kind["face_fen"]


def test_people_work_where_there_are_seats() -> None:
    profiles = {seat.point: seat.profile for seat in seats()}
    assert profiles[day.MAIN_POINT] == "assisted"
    assert profiles[day.BRANCH_POINT] == "staff"
    assert profiles[day.FIELD_POINT] == "field"
    assert profiles[day.HALL_POINT] == "public"
    assert all(set(person.points) <= profiles.keys() for person in PEOPLE)
    assert {person.role for person in PEOPLE} == set(Role)
    pins = {person.id: person.first_pin for person in PEOPLE}
    assert pins[day.OPERATOR] == day.OPERATOR_PIN
    assert pins[day.STAFF] == day.STAFF_PIN
