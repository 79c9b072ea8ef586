"""The layout: nothing wider than the paper, nothing lost, copies marked at both ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.bilingual import Lang
from kiosk.devices.slip_text import amount, lines, width_of, wrap
from tests.devices.samples import CODE, RARE, slip


@pytest.mark.parametrize("width", [32, 42, 48])
def test_no_line_is_wider_than_the_paper(width: int) -> None:
    assert all(width_of(line) <= width for line in lines(slip(), width))


def test_both_languages_the_chinese_first() -> None:
    text = "\n".join(lines(slip(), 48))
    assert text.index("业务受理记录") < text.index("RECORD OF REQUEST")
    assert "业务受理记录" not in "\n".join(lines(slip(), 48, (Lang.EN,)))


def test_nothing_is_lost_in_the_folding() -> None:
    text = "".join(line.strip() for line in lines(slip(), 32))
    assert RARE in text
    assert CODE in text
    assert "协兴镇星光村委会旁便民服务室东侧第三间向阳的那一间屋子" in text


def test_amounts_stand_at_the_right_with_the_yuan_sign() -> None:
    row = next(line for line in lines(slip(), 48) if "￥" in line)
    assert row.endswith("￥12,345.67")
    assert width_of(row) == 48
    assert amount(-5) == "-￥0.05"


def test_a_copy_says_so_first_and_last() -> None:
    told = lines(slip().as_copy(), 48)
    assert "补打" in told[0]
    assert "COPY" in told[-1]
    assert not any("补打" in line for line in lines(slip(), 48))


def test_no_line_begins_with_a_full_stop() -> None:
    assert all(not row.startswith(("，", "。")) for row in wrap("甲乙丙丁，戊己庚辛。壬癸", 8))


@given(st.text(alphabet="ab ，。村路𡓐é1-", max_size=80), st.integers(min_value=8, max_value=48))
def test_wrapping_keeps_every_character_within_the_width(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert all(width_of(row) <= width for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())
