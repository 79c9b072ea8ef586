"""The demo county has the shapes of the wire, is whole, and is the same every time."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from central.demo import pictures
from central.demo.county import DEARER, DROPPED, DemoVariant, records
from sync.wire import canon
from sync.wire.announcement import Announcement

Record = dict[str, Any]
Pack = list[Record]
ByType = dict[str, list[Record]]

NEEDED = {
    "place": "id level name",
    "point": "id place name address",
    "partner": "id name type",
    "service": "id scene chapter shape offline title brief icon order",
    "item": "id department type title materials as_of",
    "form": "id version schema",
    "biller": "id service name params exactness min_fen max_fen step_fen stated phone",
    "bill_file": "id biller as_of expires_at count",
    "bill": "id file account payer place period amount_fen due",
    "good": "id title spec department category price_fen unit attributes supplier pickup_days",
    "department": "id name icon order",
    "coupon_kind": "id title face_fen min_spend_fen scope from to",
    "notice": "id title text from to order picture",
    "campaign": "id title text service from to order picture",
}
ALLOWED = {
    "place": "parent",
    "partner": "phone",
    "point": "profile phone hours",
    "service": "partner ref why from to points picture",
    "item": "keywords hours address phone fee days",
    "notice": "points",
    "bill": "group usage",
    "good": "list_fen brief origin picture stock",
}
CHAPTERS = {
    "government",
    "bills",
    "mall",
    "rights",
    "campaigns",
    "community",
    "health",
    "housing",
    "learning",
}
ICONS = {path.stem for path in (Path(__file__).parents[2] / "resources" / "icons").glob("*.svg")}


def test_every_record_has_the_shape_of_the_wire(pack: Pack) -> None:
    for record in pack:
        kind, names = record["t"], set(record) - {"t"}
        needed = set(NEEDED[kind].split())
        assert needed <= names <= needed | set(ALLOWED.get(kind, "").split()), record
        assert canon.decode(canon.encode(record)) == record
        assert None not in record.values()


def test_the_numbers_of_the_county(by_type: ByType) -> None:
    levels = Counter(place["level"] for place in by_type["place"])
    assert levels == {"county": 1, "town": 25, "village": 332}
    assert len(by_type["item"]) == 1135
    assert len(by_type["point"]) == 30
    assert len(by_type["biller"]) == 15
    assert len(by_type["service"]) >= 24


def test_ids_are_unique_within_their_kind(pack: Pack) -> None:
    ids = Counter((record["t"], record["id"]) for record in pack)
    assert [one for one, count in ids.items() if count > 1] == []


def test_the_same_moment_gives_the_same_records(pack: Pack, as_of: datetime) -> None:
    assert list(records(as_of)) == pack


def test_within_one_day_nothing_moves(pack: Pack, as_of: datetime) -> None:
    assert list(records(as_of + timedelta(hours=3))) == pack


@pytest.mark.parametrize("moment", [datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 2, 29, 23, tzinfo=UTC)])
def test_any_moment_gives_a_pack(moment: datetime) -> None:
    assert sum(record["t"] == "bill" for record in records(moment)) > 6000


def test_the_renewed_pack_differs_a_little(pack: Pack, as_of: datetime) -> None:
    old = {(record["t"], record["id"]): record for record in pack}
    new = {(r["t"], r["id"]): r for r in records(as_of, DemoVariant.RENEWED)}
    changed = {key for key in old.keys() & new.keys() if old[key] != new[key]}
    assert old.keys() - new.keys() == {("good", DROPPED)}
    assert new.keys() <= old.keys()
    assert {kind for kind, _ in changed} == {"good", "bill_file"}
    assert ("good", DEARER) in changed
    file = next(r for (kind, _), r in new.items() if kind == "bill_file" and r["biller"] == "sw-huaqiao")
    assert file["expires_at"] > "2026-11-22"


def test_every_reference_leads_somewhere(by_type: ByType) -> None:
    ids = {kind: {record["id"] for record in found} for kind, found in by_type.items()}
    places, departments = ids["place"], ids["department"]
    assert all(place.get("parent", "511602") in places for place in by_type["place"])
    assert all(point["place"] in places for point in by_type["point"])
    for service in by_type["service"]:
        assert service["partner"] in ids["partner"]
        refs = {"application": ids["form"], "order": departments}.get(service["shape"], set())
        assert service.get("ref") in (refs if service["shape"] == "application" else refs | {None})
    bill_services = {s["id"] for s in by_type["service"] if s["shape"] == "bill"}
    assert {biller["service"] for biller in by_type["biller"]} == bill_services
    assert all(bill["file"] in ids["bill_file"] and bill["place"] in places for bill in by_type["bill"])
    for good in by_type["good"]:
        assert good["department"] in departments
        assert good["supplier"] in ids["partner"]
        assert good.get("origin", "511602") in places
    for told in (*by_type["notice"], *by_type["campaign"]):
        assert set(told.get("points", ())) <= ids["point"]
        assert told.get("service", "r1-coupon") in ids["service"]
        assert Announcement.parse(told).id == told["id"]
    for kind in by_type["coupon_kind"]:
        assert set(kind["scope"].get("departments", [])) <= departments


def test_home_is_rich_and_short_worded(by_type: ByType) -> None:
    services = by_type["service"]
    assert {service["chapter"] for service in services} == CHAPTERS
    shapes = {service["shape"] for service in services}
    assert shapes == {"guide", "application", "bill", "order", "redemption", "callback"}
    offline = {service["offline"] for service in services}
    assert offline == {"cached", "draft", "queued", "allotted", "online"}
    for service in services:
        assert len(service["title"]["zh"]) <= 8
        assert service["icon"] in ICONS
        assert service["picture"] in pictures.pictures()
        assert ("why" in service) == (service["offline"] == "online")
    assert {department["icon"] for department in by_type["department"]} <= ICONS


def test_everyday_items_have_a_whole_guide(by_type: ByType) -> None:
    whole = [item for item in by_type["item"] if item["materials"]]
    assert len(whole) >= 25
    for item in whole:
        assert {"keywords", "hours", "address", "phone", "fee", "days"} <= item.keys(), item["title"]
        for material in item["materials"]:
            assert material["name"]
            assert material["copies"] >= 1
    assert all({"hours", "address", "phone"} <= item.keys() for item in by_type["item"])
