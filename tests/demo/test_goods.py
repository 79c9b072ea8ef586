"""Goods: priced to the fen, pictured, and the junk rows of the source left out with a reason."""

from typing import Any

from PIL import Image

from central.demo import pictures, scale
from central.demo.files import read_bytes
from central.demo.goods import Fault, fen, goods, skipped, stocked, tidy

ByType = dict[str, list[dict[str, Any]]]


def test_551_units_and_our_own_produce(by_type: ByType) -> None:
    own = [good for good in by_type["good"] if good["id"].startswith("lp-")]
    assert len(by_type["good"]) - len(own) == 551
    assert len(own) >= 40
    assert all("origin" in good for good in own)
    assert {good["department"] for good in own} == {"relief", "vegetables"}


def test_junk_rows_are_left_out_with_the_reason() -> None:
    assert [(one.source_id, one.title, one.fault) for one in skipped()] == [
        ("macrozheng/mall:22", "test", Fault.NO_PRICE),
        ("macrozheng/mall:24", "xxx", Fault.NO_PRICE),
    ]
    assert {"test", "xxx"}.isdisjoint(good["title"] for good in goods())


def test_prices_are_exact_to_the_fen() -> None:
    assert [fen(text) for text in ("8.9", "0.01", "2100.12", "56390.0", "19.99")] == [
        890,
        1,
        210012,
        5639000,
        1999,
    ]
    prices = {good["id"]: good["price_fen"] for good in goods()}
    assert min(prices.values()) >= 1
    assert prices["sx-1"] == 210012
    assert prices["ys-37"] == 1


def test_a_list_price_is_above_the_price() -> None:
    assert all(good["list_fen"] > good["price_fen"] for good in goods() if "list_fen" in good)


def test_text_is_tidy_and_short() -> None:
    for good in goods():
        assert good["title"] == tidy(good["title"])
        assert 0 < len(good["title"]) <= 80
        assert 0 < len(good["spec"]) <= 40


def test_every_good_has_a_picture_that_is_there() -> None:
    there = pictures.pictures()
    assert {good["picture"] for good in goods()} <= there.keys()
    assert len({good["picture"] for good in goods()}) >= 90


def test_pictures_are_small_and_colourful() -> None:
    for name in ("pomelo", "quilt", "phone", "eggs"):
        assert len(read_bytes("pictures", f"{name}.png")) <= 12 * 1024
    assert sum(len(image) for image in pictures.pictures().values()) < 1024 * 1024


def test_a_picture_is_what_the_good_is() -> None:
    shown = {
        "日式色织水洗条纹抱枕": "cushion",
        "简约知性全棉四件套 胭脂粉": "bedding_pink",
        "华为笔记本电脑MateBook 14": "laptop",
        "趣味粉彩系列笔记本": "notebook",
        "20寸 铝镁合金登机箱": "suitcase_silver",
        "蔓越莓曲奇 200克": "cookies",
        "宠物不锈钢圆形倾斜餐碗": "pet_bowl",
    }
    assert {title: pictures.picture_of(title, ["居家"]) for title in shown} == shown
    assert pictures.picture_of("说不清的东西", ["说不清"]) == "parcel"


def test_picture_files_are_320_square() -> None:
    from importlib import resources

    folder = resources.files("central.demo").joinpath("pictures")
    with folder.joinpath("honey.png").open("rb") as file, Image.open(file) as image:
        assert image.size == (320, 320)
        assert len(image.convert("RGB").getcolors(100_000) or []) >= 16


def test_stock_lies_at_the_main_point_for_five_goods() -> None:
    found = list(stocked())
    here = [one for one in found if one.at_main_point]
    assert len(here) == 5
    assert all(one.pieces >= one.at_main_point for one in here)
    assert len({one.good for one in found}) == len(found)


def test_goods_for_measuring_are_all_different_and_the_same_each_time() -> None:
    some = list(scale.goods(5_000))
    assert len({(good["title"], good["spec"]) for good in some}) == 5_000
    assert some[:50] == list(scale.goods(50))
    assert scale.most() >= 1_000_000
    assert set(some[0]) <= {*next(goods()), "list_fen", "brief", "origin"}
