"""Cash over the counter: what is likely handed over, and what goes back."""

from __future__ import annotations

import pytest

from kiosk.bilingual import Lang
from ui.viewmodels import tender
from ui.viewmodels.tender import Tender


@pytest.mark.parametrize(
    ("due", "notes"),
    [
        (247_00, (247_00, 250_00, 300_00)),
        (58_00, (58_00, 60_00, 100_00)),
        (100_00, (100_00,)),
        (4_50, (4_50, 10_00, 50_00, 100_00)),
        (113_00, (113_00, 120_00, 150_00, 200_00)),
    ],
)
def test_likely_sums_are_the_exact_one_and_round_ones_above(due: int, notes: tuple[int, ...]) -> None:
    assert tender.likely(due) == notes


@pytest.mark.parametrize(
    ("text", "change", "short"),
    [("", None, False), ("57.99", None, True), ("58", 0, False), ("100", 42_00, False), ("5x", None, True)],
)
def test_change_is_only_given_on_enough(text: str, change: int | None, short: bool) -> None:
    shown = tender.show(Tender(58_00, text), Lang.ZH)
    assert (shown.enough, shown.change) == (change is not None, change or 0)
    assert bool(shown.short) is short
