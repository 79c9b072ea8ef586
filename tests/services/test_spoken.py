"""Amounts, dates, numbers and codes in words that can be said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.bilingual import Lang
from kiosk.services import spoken

VALUES = {ch: n for n, ch in enumerate(spoken.DIGITS)}
PLACES = {"十": 10, "百": 100, "千": 1000}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (10_010, "一万零一十"),
        (20_030_004, "二千零三万零四"),
        (-7, "负七"),
    ],
)
def test_a_number_in_chinese(value: int, words: str) -> None:
    assert spoken.number(value) == words


@given(st.integers(0, 10**12 - 1))
def test_a_number_means_what_it_says(value: int) -> None:
    """Read back by the rule that every reader of Chinese knows."""
    total = group = digit = 0
    for ch in spoken.number(value):
        if ch in VALUES:
            digit = VALUES[ch]
        elif ch in PLACES:
            group += (digit or 1) * PLACES[ch]
            digit = 0
        else:
            total = (
                (total + group + digit) * {"万": 10_000, "亿": 10**8}[ch]
                if ch == "亿"
                else total + (group + digit) * 10_000
            )
            group = digit = 0
    assert total + group + digit == value


@pytest.mark.parametrize(
    ("shown", "zh", "en"),
    [
        ("¥132.62", "一百三十二元六角二分", "132.62 yuan"),
        ("¥1,000.05", "一千元零五分", "1000.05 yuan"),
        ("-¥68.00", "负六十八元", "minus 68 yuan"),
        ("¥0.00", "零元", "0 yuan"),
        ("2026-03-08 10:05", "二零二六年三月八日十点零五分", "8 March 2026, 10:05"),
        ("2026-03-08", "二零二六年三月八日", "8 March 2026"),
        ("2026年3月8日 10:05", "二零二六年三月八日十点零五分", "2026年3月8日 10:05"),
        ("2026-02", "二零二六年二月", "February 2026"),
        ("t-demo-1-00001", "T D E M O一零零零零一", "T D E M O 1 0 0 0 0 1"),
        ("5102102216001", "五一零二一零二二一六零零一", "5 1 0 2 1 0 2 2 1 6 0 0 1"),
        ("511602********1234", "尾号一二三四", "ending 1 2 3 4"),
        ("138****1234", "尾号一二三四", "ending 1 2 3 4"),
    ],
)
def test_what_a_person_hears(shown: str, zh: str, en: str) -> None:
    assert (spoken.say(shown, Lang.ZH), spoken.say(shown, Lang.EN)) == (zh, en)


@pytest.mark.parametrize(
    ("shown", "heard"),
    [
        ("2 笔等待送出", "两笔等待送出"),
        ("第 2 步，共 4 步 交给哪个单位？", "第二步，共四步，交给哪个单位？"),
        ("龙安柚礼盒 × 1", "龙安柚礼盒，数量一"),
        ("张*", "张某"),
        ("现在可受理 · 先记后办", "现在可受理，先记后办"),
        ("¥58.00/瓶", "每瓶五十八元"),
    ],
)
def test_how_it_is_said_in_chinese(shown: str, heard: str) -> None:
    assert spoken.say(shown, Lang.ZH) == heard


def test_a_short_month_is_said_whole() -> None:
    assert spoken.say("8 Mar 2026, 10:05", Lang.EN) == "8 March 2026, 10:05"


@pytest.mark.parametrize("shown", ["13908260002", "511602194001011234", "51160219400101123X"])
@pytest.mark.parametrize("lang", Lang)
def test_whose_number_it_is_nobody_in_the_hall_hears(shown: str, lang: Lang) -> None:
    said = spoken.say(f"回电号码 {shown}", lang)
    told = [ch for ch in said if ch in spoken.DIGITS or ch.isdigit() or ch == "X"]
    assert len(told) == 4
