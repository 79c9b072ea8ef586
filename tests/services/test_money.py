"""Money as people write it: whole fen or a refusal, never a float."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services import money
from kiosk.services.errors import Refused, Why


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("5.3", 530), ("5.30", 530), ("5", 500), ("5.", 500), ("￥5", 500), ("¥1,234.50", 123_450),
        ("５．３元", 530), (" 12 元", 1200), ("0", 0), ("-3.20", -320), ("0.01", 1), ("5。5", 550),
    ],
)  # fmt: skip
def test_amounts_are_read(text: str, fen: int) -> None:
    assert money.parse(text) == fen


@pytest.mark.parametrize(
    "text", ["", " ", ".", "5.345", "1,2345", "12a", "五元", "1e3", "--5", "9" * 21, "5.3.0", "NaN", "∞"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        money.parse(text)
    assert caught.value.reason is Why.NOT_MONEY


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_what_is_shown_can_be_read(fen: int) -> None:
    assert money.parse(money.plain(fen)) == fen
    assert money.parse(money.show(fen)) == fen


def test_nothing_and_less_than_nothing_are_not_paid() -> None:
    for fen, why in ((0, Why.AMOUNT_ZERO), (-1, Why.AMOUNT_NEGATIVE)):
        with pytest.raises(Refused) as caught:
            money.positive(fen)
        assert caught.value.reason is why
