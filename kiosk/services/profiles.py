"""What each profile of terminal allows, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kiosk.services.desk import Place
from kiosk.services.offline import ChapterId
from kiosk.services.presence import How, IdleRule, Patience
from sync.wire.answers import Profile

ALL = frozenset(ChapterId)


@dataclass(frozen=True)
class ProfileRule:
    """`operated`: somebody answers for the place: staff's rows and what was done here may be shown.

    `may_cache_personal`: drafts, answers and what an operation says of a person may stay readable after
    the person has gone. `touch`: people touch the screen: keyboard on it, one question at a time.
    """

    chapters: frozenset[ChapterId]
    identities: frozenset[How]
    operated: bool
    may_cache_personal: bool
    patience: Patience
    touch: bool


RULES: Mapping[Profile, ProfileRule] = MappingProxyType(
    {
        Profile.PUBLIC: ProfileRule(
            chapters=ALL,
            identities=frozenset({How.CARD, How.MEMBER}),
            operated=False,
            may_cache_personal=False,
            patience=Patience(IdleRule(60, 90), IdleRule(45, 60)),
            touch=True,
        ),
        Profile.ASSISTED: ProfileRule(
            chapters=ALL,
            identities=frozenset(How),
            operated=True,
            may_cache_personal=True,
            patience=Patience(IdleRule(60, 90), IdleRule(60, 90), locked_for=300),
            touch=True,
        ),
        Profile.FIELD: ProfileRule(
            chapters=ALL,
            identities=frozenset(How),
            operated=True,
            may_cache_personal=True,
            patience=Patience(IdleRule(90, 120), IdleRule(150, 180), locked_for=900),
            touch=False,
        ),
        Profile.STAFF: ProfileRule(
            chapters=ALL,
            identities=frozenset(How),
            operated=True,
            may_cache_personal=True,
            patience=Patience(IdleRule(90, 120), IdleRule(240, 300), locked_for=1800),
            touch=False,
        ),
    }
)


SETTING = "chapters"
"""Central's: the chapters a point offers, by the point's id; of a point without it, those of its profile."""


def rule_of(profile: Profile) -> ProfileRule:
    return RULES[profile]


def chapters(place: Place, settings: Mapping[str, Any]) -> frozenset[ChapterId]:
    """What this place offers: a government hall is a public terminal with its own chapter alone."""
    allowed, told = rule_of(place.profile).chapters, settings.get(SETTING)
    named = told.get(place.point) if isinstance(told, Mapping) else None
    if not isinstance(named, list):
        return allowed
    return frozenset(chapter for chapter in allowed if chapter.value in named)
