"""What ails a terminal: every state has its words, the worst comes first, an ordinary day says nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.bilingual import same
from kiosk.services import counsel, plight
from kiosk.services.plight import Seen, WayOut, Weight, notices
from sync.budget import Outlook
from sync.identity import IdentityState
from sync.lanes import Lane
from sync.linereport import LaneNow, LineReport
from sync.outbox import State
from sync.policy import HOSTILE, Link, Trouble
from sync.recovery import Recovery
from sync.wire.case import Reason
from sync.wire.operation import TimeQuality

ORDINARY = Seen(IdentityState.OPEN, Link.ONLINE, None, LineReport(), TimeQuality.ANCHORED)
REVIEWED = {
    Reason.UNKNOWN_SCHEMA, Reason.SCHEMA_TOO_OLD, Reason.PARENT_REJECTED, Reason.PARENT_REVIEW,
    Reason.LEASE_BREACH, Reason.CHAIN_FORK, Reason.CENTRAL_FAILURE, Reason.CENTRAL_RESTORED,
    Reason.OPERATOR_UNKNOWN,
}  # fmt: skip


def ids(seen: Seen) -> list[str]:
    return [one.id for one in notices(seen)]


def test_an_ordinary_day_says_nothing() -> None:
    assert notices(ORDINARY) == ()
    assert notices(replace(ORDINARY, link=Link.OFFLINE, trouble=Trouble.NO_LINK)) == ()


@pytest.mark.parametrize("state", [state for state in IdentityState if state is not IdentityState.OPEN])
def test_a_locked_terminal_says_why_what_stays_and_the_way_out(state: IdentityState) -> None:
    report = LineReport(recovery=Recovery.RECONCILING)  # which says elsewhere that business goes on
    seen = replace(ORDINARY, state=state, link=Link.LOCKED, trouble=Trouble.RESTORED, report=report)
    [found] = notices(seen)
    assert (found.weight, found.way_out) == (Weight.STOPS, WayOut.SET_UP_ANEW)
    assert "不能办新业务" in found.text.zh
    assert "一笔不少" in found.text.zh
    assert "向上级要一个新的登记码" in found.text.zh
    assert "stays on this disk" in found.text.en


@pytest.mark.parametrize("trouble", sorted(HOSTILE, key=lambda one: one.value))
def test_an_untrusted_line_says_what_to_do(trouble: Trouble) -> None:
    [found] = notices(replace(ORDINARY, link=Link.HOSTILE, trouble=trouble))
    assert (found.id, found.way_out) == ("line", WayOut.COURIER)
    assert found.text.zh
    assert found.text.en


@pytest.mark.parametrize("recovery", [one for one in Recovery if one is not Recovery.NONE])
def test_a_restored_central_is_told(recovery: Recovery) -> None:
    [found] = notices(replace(ORDINARY, report=LineReport(recovery=recovery)))
    assert found.id == "recovery"
    assert found.text.en


def test_the_worst_comes_first_and_all_is_told() -> None:
    resting = Outlook(9, 12, 10, frozenset({Lane.CONTENT, Lane.ATTACHMENTS}))
    seen = Seen(
        state=IdentityState.FORKED,
        link=Link.LOCKED,
        trouble=Trouble.CHAIN_FORK,
        report=LineReport(Recovery.EVIDENCE, resting),
        quality=TimeQuality.UNKNOWN,
        earlier=3,
        pack_expired=True,
        health=(same("disk"), same("clock turned")),
    )
    assert ids(seen) == ["locked", "health-0", "health-1", "clock", "pack", "earlier", "budget"]


@pytest.mark.parametrize("lane", Lane)
def test_a_lane_in_trouble_is_named_and_no_other(lane: Lane) -> None:
    lanes = tuple(LaneNow(one, error="no such pack" if one is lane else None) for one in Lane)
    [found] = notices(replace(ORDINARY, report=LineReport(lanes=lanes)))
    assert found.id == f"lane-{lane.value}"
    assert (found.weight is Weight.HINDERS) == (lane in (Lane.OPERATIONS, Lane.NEWS))
    assert found.title.en


def test_every_way_a_budget_holds_lanes_has_words() -> None:
    from sync.budget import RATIONED

    assert set(plight.BUDGET) == {frozenset(RATIONED[: n + 1]) for n in range(len(RATIONED))}


def test_every_state_and_every_reason_for_review_says_what_to_do() -> None:
    assert counsel.STATES.keys() == set(State)
    assert counsel.REVIEWS.keys() == REVIEWED
    assert counsel.about(State.REVIEW, "comet-impact", None, None) == counsel.STATES[State.REVIEW]
    assert "GA-1" in counsel.about(State.REJECTED, "sold-out", "c-1", "GA-1").zh
    assert "没有收走" not in counsel.about(State.REJECTED, "sold-out", "c-1", None).zh
