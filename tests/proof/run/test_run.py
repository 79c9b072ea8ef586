"""What the page says follows from what was tried: not run is not passed, a blind control is told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.proof.run import page
from tests.proof.run.figures import Figures, Run, as_json, gather
from tests.proof.run.lanes import SEEDS_A_TURN, Budget, Past, first_seed
from tests.proof.run.provers import PROVERS
from tests.proof.run.tally import Tally
from tests.proof.run.words import ACCOUNTS

RUN = Run(7, 2.0, 2, "2025-06-03T09:00:00+00:00", {"commit": "0123456789ab"})
TRIED: Mapping[str, Mapping[str, int]] = {
    "schedules": {"schedules": 300},
    "cuts": {"cuts": 1500, "recorded_lives": 3, "control_cuts": 60, "control_lost": 9},
    "mutants": {"mutants": 31, "mutants_killed": 31},
}


def _figures(tried: Mapping[str, Mapping[str, int]], *, violated: str = "") -> Figures:
    pasts = []
    for prover in PROVERS:
        past = Past(prover)
        if prover.name in tried:
            tally = Tally()
            tally.counts.update(tried[prover.name])
            tally.ran(5)
            if prover.name == violated:
                tally.found("seed 5: <lost>", "python -m again")
            past.turns.append(Tally.decode(tally.encode()))
        pasts.append(past)
    return gather(RUN, pasts, 120.0, is_whole=True)


def test_what_was_tried_and_clean_holds() -> None:
    found = _figures(TRIED)
    assert found.holds
    said = as_json(found)
    assert (said["schedules"], said["cuts"], said["control_lost"], said["violations"]) == (300, 1500, 9, 0)
    assert said["seeds"] == {"run": 7, "mutants": ((5, 5),), "cuts": ((5, 5),), "schedules": ((5, 5),)}


def test_what_was_not_run_is_not_passed() -> None:
    found = _figures(TRIED)
    assert as_json(found)["kills"] is None
    assert "kills" in found.not_run
    assert "Not run: " in page.render(found)


def test_a_violation_fails_and_is_shown_with_its_command() -> None:
    found = _figures(TRIED, violated="schedules")
    assert not found.holds
    assert "seed 5: &lt;lost&gt;<pre>python -m again</pre>" in page.render(found)


@pytest.mark.parametrize("lost", [0, 4])
def test_a_control_that_loses_nothing_is_blind(lost: int) -> None:
    found = _figures({"cuts": {**TRIED["cuts"], "control_lost": lost}})
    assert found.is_blind is (lost == 0)
    assert found.holds is (lost > 0)


def test_the_bound_counts_what_is_independent() -> None:
    """Three recordings bound nothing, however many cuts each had; 300 schedules say one in a hundred."""
    shown = page.render(_figures(TRIED))
    assert "3 段录制 recordings</td><td>太少，" in shown
    assert "300 日程 schedules</td><td>&lt; 0.01</td>" in shown


def test_a_short_run_still_gives_a_prover_its_least_or_leaves_it_out() -> None:
    names = {one.name: one for one in PROVERS}
    short = Budget(120, 1, 2)
    assert short.of(names["mutants"]) == names["mutants"].least
    assert short.of(names["journeys"]) < names["journeys"].least
    assert Budget(7200, 1, 2).of(names["mutants"]) == names["mutants"].most
    assert sum(one.share for one in PROVERS) == pytest.approx(1.0)


def test_turns_have_seeds_of_their_own() -> None:
    seeds = [first_seed(1, one.name, turn) for one in PROVERS for turn in range(60)]
    assert min(abs(a - b) for a, b in zip(sorted(seeds), sorted(seeds)[1:], strict=False)) >= SEEDS_A_TURN


def test_every_prover_has_words() -> None:
    assert [one.name for one in PROVERS if one.name not in ACCOUNTS] == []
