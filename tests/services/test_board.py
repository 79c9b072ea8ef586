"""The board: for each service what can be done now, how, until when, why not, and what to do instead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from central.demo import day
from kiosk.services import board, catalogue
from kiosk.services.board import Answer, Line, Seen, Tap, Weight
from kiosk.services.instead import Way
from kiosk.services.offline import Offline
from sync import leases
from sync.leases import LeaseState
from sync.policy import Link
from tests.services.point import START, Point


def read(point: Point, line: Line | None = None) -> tuple[dict[str, Answer], Seen]:
    on = point.read(lambda conn: catalogue.board(conn, point.desk))
    now = line or Line(point.link)
    groups, seen = point.cache(lambda cache: board.read(cache, point.desk, on, now))
    return {one.tile.service: one for group in groups for one in group.answers}, seen


def ways(answer: Answer) -> list[Way]:
    return [one.way for one in answer.instead]


def fact(answer: Answer, label: str) -> str:
    return next((one.value.zh for one in answer.facts if one.label.zh == label), "")


def use_up_the_float(point: Point) -> None:
    def spend(conn: Connection) -> None:
        (lease,) = leases.for_right(conn, f"float:{day.MAIN_POINT}")
        leases.spend(conn, lease.id, lease.left)

    point.write(spend)


def test_every_service_says_how_it_is_done_and_how_the_line_stands(point: Point) -> None:
    answers, _ = read(point)
    assert answers.keys() == {one.id for one in point.cache(catalogue.services)}
    for one in answers.values():
        assert one.badge.zh
        assert one.badge.en
        assert one.how.zh != one.how.en
        assert fact(one, "网络")


def test_what_can_be_done_has_no_instead_and_what_cannot_has(point: Point) -> None:
    point.link = Link.OFFLINE
    for one in read(point)[0].values():
        assert bool(one.instead) is (one.weight in (Weight.NOT, Weight.NO_LINE)), one.tile.service


def test_what_needs_the_network_says_why_and_offers_the_call_first(point: Point) -> None:
    point.link = Link.OFFLINE
    door = read(point)[0][day.DOOR_SERVICE]
    assert door.weight is Weight.NO_LINE
    assert door.tap is Tap.CALL_BACK
    assert door.why is not None
    assert "住户身份" in door.why.zh
    assert ways(door)[0] is Way.CALL_BACK
    assert Way.COME_BACK not in ways(door)  # the network alone would not make it possible here


def test_a_float_that_is_used_up_names_all_the_ways_on(point: Point) -> None:
    use_up_the_float(point)
    point.link = Link.OFFLINE
    power = read(point, Line(Link.OFFLINE, next_try_at=START + timedelta(minutes=5)))[0][day.POWER_SERVICE]
    assert power.tap is Tap.WHY
    assert {Way.CALL_BACK, Way.OPERATOR, Way.COME_BACK, Way.GO_TO, Way.RING} == set(ways(power))
    back = next(one for one in power.instead if one.way is Way.COME_BACK)
    assert "今天 09:05" in back.text.zh
    assert "还可收 ¥0.00" in fact(power, "本点还剩")


def test_the_nearest_point_with_an_operator_lies_in_the_same_town(point: Point) -> None:
    use_up_the_float(point)
    power = read(point)[0][day.POWER_SERVICE]
    goes = [one.point for one in power.instead if one.way is Way.GO_TO]
    assert goes == ["pt-paifang", "pt-xiexing"]  # both of 协兴镇, as 星光村 is
    first = next(one for one in power.instead if one.way is Way.GO_TO)
    assert "协兴镇牌坊村委会一楼" in first.text.zh
    assert "现在开着" in first.text.zh


def test_a_service_done_in_person_sends_to_the_place_it_names(point: Point) -> None:
    point.link = Link.OFFLINE
    cash = read(point)[0]["b12-cash"]
    assert [one.point for one in cash.instead if one.way is Way.GO_TO] == ["pt-branch"]


def test_a_locked_terminal_records_no_call(point: Point) -> None:
    point.link = Link.LOCKED
    power = read(point)[0][day.POWER_SERVICE]
    assert Way.CALL_BACK not in ways(power)
    assert Way.GO_TO in ways(power)


def test_what_is_left_says_how_long_it_lasts_with_no_network(point: Point) -> None:
    power = read(point)[0][day.POWER_SERVICE]
    assert "还可收 ¥5,000.00，没有网络也能用到 " in fact(power, "本点还剩")
    assert "券" in fact(read(point)[0][day.COUPON_SERVICE], "本点还剩")


def test_old_data_say_so(point: Point) -> None:
    point.later(days=40)
    guide = read(point)[0]["g6-guide"]
    assert "过期" in fact(guide, "数据")


def test_the_operator_who_is_not_there_comes_at(point: Point) -> None:
    at_nine = read(point)[0][day.POWER_SERVICE]
    assert at_nine.tap is Tap.SIGN_IN
    assert "请叫一声" in fact(at_nine, "值守员")
    point.later(hours=12)
    assert "明天 08:30 上班" in fact(read(point)[0][day.POWER_SERVICE], "值守员")


def test_the_summary_counts_and_takes_the_worst(point: Point) -> None:
    answers, seen = read(point)
    whole = board.summary(answers.values(), seen)
    assert whole.can + whole.cannot == len(answers)
    bills = [one for one in answers.values() if one.tile.offline is Offline.ONLINE]
    assert board.summary(bills, seen).can == 0
    assert any("还可收" in one.zh for one in whole.facts)
    assert any("数据截至" in one.zh for one in whole.facts)
    assert whole.facts[-1].zh == "没有网络"
    later = Line(Link.OFFLINE, next_try_at=START + timedelta(minutes=5))
    assert board.summary(answers.values(), read(point, later)[1]).facts[-1].zh == "没有网络，今天 09:05 再试"


def test_without_a_float_at_all_the_operator_is_asked(point: Point) -> None:
    def freeze(conn: Connection) -> None:
        leases.set_state(conn, f"L-float:{day.MAIN_POINT}", LeaseState.FROZEN)

    point.write(freeze)
    assert Way.OPERATOR in ways(read(point)[0][day.POWER_SERVICE])


@pytest.mark.parametrize("link", Link)
def test_every_state_of_the_line_has_words(point: Point, link: Link) -> None:
    point.link = link
    for one in read(point)[0].values():
        assert fact(one, "网络")
