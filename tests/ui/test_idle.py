"""The idle rule is a pure function of the quiet time."""

from __future__ import annotations

import pytest

from ui.idle import IdleRule, IdleView, look

RULE = IdleRule(warn_after=60, wipe_after=90)


@pytest.mark.parametrize(
    ("quiet", "view"),
    [
        (0, IdleView()),
        (59.9, IdleView()),
        (60, IdleView(warning=True, left=30)),
        (89.2, IdleView(warning=True, left=1)),
        (90, IdleView(over=True)),
        (900, IdleView(over=True)),
    ],
)
def test_warn_count_down_wipe(quiet: float, view: IdleView) -> None:
    assert look(RULE, quiet) == view
