"""Words: every member of every enum that people meet has them, in both languages."""

from enum import Enum

import pytest

from kiosk.bilingual import Text
from kiosk.devices.paper import SlipKind
from kiosk.devices.printer import PrinterState
from kiosk.services import business, callbacks, reversals, words
from kiosk.services.errors import Refused, Why
from kiosk.services.offline import Can, ChapterId, Offline
from kiosk.services.permissions import Permission
from sync.carried import Fate
from sync.lanes import Lane
from sync.leases import Advice, LeaseState, Limit
from sync.outbox import State
from sync.policy import Link, Trouble
from sync.wire.answers import Profile
from sync.wire.case import Reason
from sync.wire.kinds import Kind
from sync.wire.operation import TimeQuality

WORDED: tuple[type[Enum], ...] = (
    State, SlipKind, Kind, Offline, Can, ChapterId, Permission, Advice, Limit, Link, Trouble, Profile,
    PrinterState, Fate, Lane, LeaseState, TimeQuality,
)  # fmt: skip


@pytest.mark.parametrize("kind", WORDED)
def test_every_member_has_words(kind: type[Enum]) -> None:
    for member in kind:
        said = words.of(member)
        assert said.zh
        assert said.en


def test_every_reason_of_central_has_words() -> None:
    assert set(Reason) == words.REASONS.keys()


def test_an_unknown_reason_is_shown_as_it_is() -> None:
    assert "comet-impact" in words.reason("comet-impact").zh
    assert words.reason(None).zh


def test_every_outcome_of_every_kind_has_words() -> None:
    assert all(words.outcome(kind, state).zh for kind in Kind for state in State)


def test_small_tables_are_complete() -> None:
    assert business.FILTERS.keys() == set(business.Filter)
    assert business.STATES.keys() == set(business.Filter)
    assert business.TONES.keys() == set(State)
    assert callbacks.WISHES.keys() == set(callbacks.Wish)
    assert reversals.REASONS.keys() == set(reversals.ReverseReason)


def test_refusals_fill_their_places_in_both_languages() -> None:
    refused = Refused(Why.ACCOUNT_EMPTY, label=Text("户号", "Account number"))
    assert refused.text == Text("请输入户号", "Enter the Account number")
    assert refused == Refused(Why.ACCOUNT_EMPTY, label=Text("户号", "Account number"))
    assert refused != Refused(Why.ACCOUNT_EMPTY, label=Text("卡号", "Card"))


@pytest.mark.parametrize("why", Why)
def test_no_reason_is_wordless(why: Why) -> None:
    assert why.value.zh
    assert why.value.en
    assert set(why.value.zh) - set(why.value.en), "the Chinese is Chinese"
