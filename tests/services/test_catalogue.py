"""Home: each tile says what can be done now, and why not if not."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from central.demo import day
from kiosk.services import bills, catalogue, pack
from kiosk.services.catalogue import Availability, Can, ChapterId, Tile
from kiosk.services.errors import Refused, Why
from kiosk.services.shapes import SHAPES
from kiosk.store import tables
from kiosk.store.tables import active_pack
from sync import documents, leases
from sync.leases import Advice, LeaseState
from sync.policy import Link
from tests.services.point import START, Point, build_cache, pack_row


def tiles(point: Point) -> dict[str, Tile]:
    on = point.read(lambda conn: catalogue.board(conn, point.desk))
    chapters = point.cache(lambda cache: catalogue.home(cache, point.desk, on))
    return {tile.service: tile for chapter in chapters for tile in chapter.tiles}


def now(point: Point, service: str) -> Availability:
    return tiles(point)[service].availability


def reason(availability: Availability) -> Why | None:
    return availability.reason.reason if availability.reason else None


def test_chapters_stand_in_their_order_and_hold_every_service(point: Point) -> None:
    on = point.read(lambda conn: catalogue.board(conn, point.desk))
    chapters = point.cache(lambda cache: catalogue.home(cache, point.desk, on))
    order = list(ChapterId)
    assert [c.id for c in chapters] == sorted((c.id for c in chapters), key=order.index)
    listed = {tile.service for chapter in chapters for tile in chapter.tiles}
    assert listed == {one.id for one in point.cache(catalogue.services)}


def test_a_government_hall_offers_its_own_chapter_alone(point: Point) -> None:
    told = {"chapters": {day.MAIN_POINT: ["government", "of-a-later-version"], "pt-other": ["mall"]}}
    point.write(lambda conn: documents.put_settings(conn, told, 7))
    on = point.read(lambda conn: catalogue.board(conn, point.desk))
    chapters = point.cache(lambda cache: catalogue.home(cache, point.desk, on))
    assert [chapter.id for chapter in chapters] == [ChapterId.GOVERNMENT]
    power = point.cache(lambda cache: catalogue.service(cache, day.POWER_SERVICE))
    answer = point.cache(lambda cache: catalogue.availability(cache, point.desk, on, power))
    assert (answer.can, reason(answer)) == (Can.NOT_NOW, Why.NOT_ON_THIS_TERMINAL)


def test_every_shape_of_the_demo_is_known(point: Point) -> None:
    assert {one.shape for one in point.cache(catalogue.services)} <= SHAPES.keys()


@pytest.mark.parametrize(
    ("service", "can"),
    [
        ("g6-guide", Can.NOW),
        (day.FAULT_SERVICE, Can.NOW_RECORDED),
        (day.POWER_SERVICE, Can.NOW_RECORDED),
        (day.MALL_SERVICE, Can.NOW_RECORDED),
        (day.COUPON_SERVICE, Can.NOW),
        (day.DOOR_SERVICE, Can.NOT_NOW),
        ("g2-question", Can.NOW_RECORDED),
    ],
)
def test_what_each_offline_class_can_do_with_no_network(point: Point, service: str, can: Can) -> None:
    point.link = Link.OFFLINE
    assert now(point, service).can is can


def test_the_online_tile_says_why_in_its_own_words_and_offers_a_call(point: Point) -> None:
    door = now(point, day.DOOR_SERVICE)
    assert door.callback
    assert door.why is not None
    assert "住户身份" in door.why.zh
    assert reason(door) is Why.NEEDS_LINK
    point.link = Link.ONLINE
    assert reason(now(point, day.DOOR_SERVICE)) is Why.NEEDS_PERSON


def test_cash_services_show_the_float_and_ask_for_the_operator(point: Point) -> None:
    power = now(point, day.POWER_SERVICE)
    assert power.needs_operator
    assert power.left is not None
    assert (power.left.amount, power.left.unit, power.left.advice) == (500_000, "fen", Advice.FREE)


def test_without_a_float_nothing_takes_cash(point: Point) -> None:
    def freeze(conn: object) -> None:
        leases.set_state(conn, f"L-float:{day.MAIN_POINT}", LeaseState.FROZEN)  # type: ignore[arg-type]

    point.write(freeze)
    assert now(point, day.POWER_SERVICE).can is Can.NOT_NOW
    assert now(point, day.MALL_SERVICE).can is Can.NOT_NOW
    assert now(point, "g6-guide").can is Can.NOW


def test_a_bill_tile_is_as_fresh_as_its_file(point: Point) -> None:
    fresh = now(point, day.POWER_SERVICE).freshness
    assert fresh is not None
    assert fresh.as_of < START
    assert not fresh.expired
    point.later(days=20)
    assert now(point, "b6-property").can is Can.NOW_RECORDED
    point.later(days=10)
    stale = now(point, "b6-property")
    assert stale.can is Can.NOT_NOW
    assert reason(stale) is Why.BILL_FILE_EXPIRED


def test_an_expired_pack_may_be_read_but_not_ordered_from(point: Point, cache_file: Path) -> None:
    def expire(conn: object) -> None:
        row = pack_row(START - timedelta(seconds=1), cache_file)
        conn.execute(delete(active_pack))  # type: ignore[attr-defined]
        conn.execute(active_pack.insert(), row)  # type: ignore[attr-defined]

    point.write(expire)
    guide, mall = now(point, "g6-guide"), now(point, day.MALL_SERVICE)
    assert (guide.can, reason(guide)) == (Can.NOW, Why.CATALOGUE_EXPIRED)
    assert guide.freshness is not None
    assert guide.freshness.expired
    assert (mall.can, reason(mall)) == (Can.NOT_NOW, Why.CATALOGUE_EXPIRED)


def test_a_locked_terminal_reads_and_drafts_only(point: Point) -> None:
    point.link = Link.LOCKED
    assert now(point, "g6-guide").can is Can.NOW
    assert now(point, day.FAULT_SERVICE).can is Can.DRAFT_ONLY
    for service in (day.POWER_SERVICE, day.MALL_SERVICE, day.COUPON_SERVICE, "g2-question"):
        assert reason(now(point, service)) is Why.TERMINAL_LOCKED


def test_coupons_stop_when_their_block_is_spent(point: Point) -> None:
    lease = f"L-coupon:{day.COUPON_KIND}"
    point.write(lambda conn: leases.spend(conn, lease, 6))
    gone = now(point, day.COUPON_SERVICE)
    assert (gone.can, reason(gone)) == (Can.NOT_NOW, Why.COUPON_STOPPED)


def record(point: Point, table: Any, one: str) -> dict[str, Any]:
    found = point.cache(lambda cache: pack.record(cache, table, one))
    assert found is not None
    return found


@pytest.fixture
def later(tmp_path: Path, point: Point) -> Iterator[Point]:
    """A point whose pack comes from a central of a later version."""
    guide = record(point, tables.services, "g6-guide")
    power = record(point, tables.billers, day.POWER_BILLER)
    (tmp_path / "later").mkdir()
    file = build_cache(
        tmp_path / "later",
        guide | {"id": "x-chapter", "chapter": "space"},
        guide | {"id": "x-offline", "offline": "telepathic"},
        power | {"id": "x-exactness", "exactness": "roughly"},
        power | {"id": "x-input", "params": [power["params"][0] | {"input": "voice"}]},
    )
    (tmp_path / "later" / "point").mkdir()
    made = Point(tmp_path / "later" / "point", file)
    yield made
    made.close()


def test_what_a_later_version_offers_costs_nothing_of_the_rest(point: Point, later: Point) -> None:
    assert tiles(later) == tiles(point)
    for service in ("x-chapter", "x-offline"):
        with pytest.raises(Refused) as refused:
            later.service(service)
        assert refused.value.reason is Why.SERVICE_UNKNOWN
    of_power = later.cache(lambda cache: bills.billers(cache, day.POWER_SERVICE))
    assert of_power == point.cache(lambda cache: bills.billers(cache, day.POWER_SERVICE))
    for biller in ("x-exactness", "x-input"):
        with pytest.raises(Refused) as caught:
            later.cache(partial(bills.biller, biller_id=biller))
        assert caught.value.reason is Why.BILLER_UNKNOWN
