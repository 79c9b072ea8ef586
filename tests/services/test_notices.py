"""Notices and campaigns that hold here and now; what cannot be read costs nothing of the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services import catalogue, notices
from kiosk.services.notices import Notice
from sync.wire.announcement import Announcement, Sort
from sync.wire.encoding import instant
from sync.wire.errors import Malformed
from tests.services.point import START, Point, build_cache

Stand = Callable[..., Point]
NOTICE: dict[str, Any] = {
    "t": "notice",
    "id": "x-1",
    "title": {"zh": "㳇口停水", "en": "No water at Fukou"},
    "text": {"zh": "明天停水。", "en": "No water tomorrow."},
    "order": 1,
}
CAMPAIGN = NOTICE | {"t": "campaign", "id": "x-2", "service": "m1-mall", "from": instant(START)}
CAMPAIGN |= {"to": "2026-04-01T00:00:00Z"}


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    """A point whose pack says these things besides."""
    made: list[Point] = []

    def build(*more: dict[str, Any]) -> Point:
        folder = tmp_path / str(len(made))
        (folder / "point").mkdir(parents=True)
        made.append(Point(folder / "point", build_cache(folder, *more)))
        return made[-1]

    yield build
    for point in made:
        point.close()


def shown(point: Point) -> dict[str, Notice]:
    return {one.id: one for one in point.cache(lambda cache: notices.current(cache, point.desk))}


def test_notices_come_first_and_what_is_over_is_gone(point: Point) -> None:
    found = list(shown(point).values())
    assert [one.sort for one in found] == sorted((one.sort for one in found), key=list(Sort).index)
    assert "n-no-pin" in shown(point)
    assert "c-spring" not in shown(point)
    campaign = shown(point)["c-relief"]
    assert (campaign.service, campaign.icon) == ("m2-relief", "leaf")
    point.later(days=50)
    assert "c-relief" not in shown(point)


def test_what_is_told_to_some_points_is_not_shown_at_others(stand: Stand) -> None:
    elsewhere = NOTICE | {"id": "x-far", "points": ["pt-baima"]}
    here = NOTICE | {"id": "x-here", "points": ["pt-baima", "pt-xingguang"]}
    assert shown(stand(elsewhere, here)).keys() & {"x-far", "x-here"} == {"x-here"}


def test_a_campaign_without_a_service_of_the_pack_is_none(stand: Stand) -> None:
    nowhere = CAMPAIGN | {"id": "x-nowhere", "service": "z9-none"}
    assert shown(stand(CAMPAIGN, nowhere)).keys() & {"x-2", "x-nowhere"} == {"x-2"}


BAD: dict[str, dict[str, Any]] = {
    "no title": {"title": None},
    "a title of numbers": {"title": {"zh": 1, "en": 2}},
    "an empty title": {"title": {"zh": " ", "en": "x"}},
    "a long title": {"title": {"zh": "长" * 25, "en": "x"}},
    "a long text": {"text": {"zh": "长" * 101, "en": "x"}},
    "no English": {"text": {"zh": "好"}},
    "two lines": {"text": {"zh": "一\n二", "en": "x"}},
    "turned reading": {"text": {"zh": "一\u202e二", "en": "x"}},
    "no order": {"order": "1"},
    "an order without end": {"order": 10**9},
    "a date that is none": {"from": "2026-13-01T00:00:00Z"},
    "ends before it begins": {"from": "2026-03-02T00:00:00Z", "to": "2026-03-01T00:00:00Z"},
    "points that are no list": {"points": "pt-xingguang"},
    "a service of no name": {"service": ""},
    "a point of no name": {"points": [""]},
    "a picture that is no hash": {"picture": "../../etc/passwd"},
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_one_is_named_by_its_fault(name: str) -> None:
    assert Announcement.parse(NOTICE).id == "x-1"
    with pytest.raises(Malformed):
        Announcement.parse(NOTICE | BAD[name])


@pytest.mark.parametrize("member", ["service", "from", "to"])
def test_a_campaign_has_a_service_and_its_days(member: str) -> None:
    assert Announcement.parse(CAMPAIGN).service == "m1-mall"
    with pytest.raises(Malformed):
        Announcement.parse({k: v for k, v in CAMPAIGN.items() if k != member})


def test_bad_ones_in_a_pack_cost_nothing_of_the_rest(point: Point, stand: Stand) -> None:
    bad = [NOTICE | change | {"id": f"bad-{n}"} for n, change in enumerate(BAD.values())]
    other = stand(*bad, NOTICE)
    assert shown(other).keys() == shown(point).keys() | {"x-1"}
    assert other.cache(catalogue.services) == point.cache(catalogue.services)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("zh", "en", "x")), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted({*CAMPAIGN, "points", "picture"})), JSON))
def test_anything_at_all_is_read_or_malformed(changes: dict[str, Any]) -> None:
    try:
        made = Announcement.parse(CAMPAIGN | changes)
    except Malformed:
        return
    assert all(0 < len(text) <= 250 for text in (*made.title, *made.text))
