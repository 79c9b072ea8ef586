"""The guide: real items found as people look for them, printed with what to bring."""

import pytest

from central.demo import day
from kiosk.devices.paper import Pair, SlipKind, Words
from kiosk.services import guide, slips
from kiosk.services.errors import Refused, Why
from tests.services.point import Point


@pytest.mark.parametrize("query", day.GUIDE_QUERIES)
def test_an_item_is_found_by_word_pinyin_and_initials(point: Point, query: str) -> None:
    found = point.cache(lambda cache: guide.search(cache, query, limit=50))
    assert day.GUIDE_ITEM in {hit.id for hit in found.items}


def test_no_words_list_everything_page_by_page(point: Point) -> None:
    first = point.cache(lambda cache: guide.search(cache, "", limit=20))
    second = point.cache(lambda cache: guide.search(cache, " ", offset=20, limit=20))
    assert first.total == 1135
    assert first.more
    assert not {hit.id for hit in first.items} & {hit.id for hit in second.items}


def test_a_department_narrows_both_list_and_search(point: Point) -> None:
    largest = point.cache(guide.departments)[0]
    listed = point.cache(lambda cache: guide.search(cache, "", largest.name))
    assert listed.total == largest.count
    found = point.cache(lambda cache: guide.search(cache, "许可", largest.name))
    assert {hit.department for hit in found.items} <= {largest.name}


def test_nonsense_finds_nothing(point: Point) -> None:
    assert point.cache(lambda cache: guide.search(cache, "㳇㮾𡓐龘")).items == ()
    assert point.cache(lambda cache: guide.search(cache, "\"' OR 1=1 --*")).total == 0


def test_the_guide_is_printed_with_its_materials_and_date(point: Point) -> None:
    item = point.cache(lambda cache: guide.item(cache, day.GUIDE_ITEM))
    slip = point.write(lambda conn: guide.print_guide(conn, point.desk, item))
    assert slip.kind is SlipKind.GUIDE
    assert slip.op_id is None
    said = [line.text.zh for line in slip.lines if isinstance(line, Words)]
    assert day.GUIDE_TITLE in said
    labels = [line.label.zh for line in slip.lines if isinstance(line, Pair)]
    assert all(any(one.name in label for label in labels) for one in item.materials)
    assert point.read(lambda conn: slips.by_number(conn, slip.number)) == slip
    assert point.operations() == []


def test_an_unknown_item_is_refused(point: Point) -> None:
    with pytest.raises(Refused) as caught:
        point.cache(lambda cache: guide.item(cache, "nothing"))
    assert caught.value.reason is Why.ITEM_UNKNOWN
