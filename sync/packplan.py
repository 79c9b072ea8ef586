"""Decides what to do about the pack that central offers: have it, refuse it, fetch it whole or as changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sync.wire.manifest import Manifest

if TYPE_CHECKING:  # what asks central comes with it: no start waits for it
    from sync.client import SignedManifest


class PackTrouble(Enum):
    """Why a pack that central offers is not taken; the one that is installed goes on."""

    BAD = "bad"  # it came whole and could not be imported
    WRONG_HASH = "wrong-hash"  # what comes is again and again not what was signed
    OLDER = "older"  # than the one installed
    OTHER_COUNTY = "other-county"


@dataclass(frozen=True)
class Installed:
    county: str
    version: str
    sha256: str
    as_of: str
    number: int | None = None


@dataclass(frozen=True)
class RefusedPack:
    sha256: str
    version: str
    trouble: PackTrouble
    detail: str = ""


@dataclass(frozen=True)
class Holdings:
    """What the sink has, and what it would not have again."""

    installed: Installed | None
    refused: tuple[RefusedPack, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """On the disk, its hash checked: the pack, or with `delta` what changed since the installed one."""

    signed: SignedManifest  # of the whole pack
    path: Path
    delta: Manifest | None = None


@dataclass(frozen=True)
class Have:
    pass


@dataclass(frozen=True)
class Refuse:
    refusal: RefusedPack


@dataclass(frozen=True)
class Fetch:
    base: str | None  # the version to ask for changes since; None: the whole


Plan = Have | Refuse | Fetch


def plan(county: str, offered: Manifest, held: Holdings) -> Plan:
    if offered.county != county:
        return _refuse(offered, PackTrouble.OTHER_COUNTY, offered.county)
    here = held.installed if held.installed and held.installed.county == county else None
    if here is not None and here.sha256 == offered.sha256:
        return Have()
    if here is not None and is_older(offered, here):
        return _refuse(offered, PackTrouble.OLDER, f"{here.version} is installed")
    for known in held.refused:
        if known.sha256 == offered.sha256:
            return Refuse(known)
    return Fetch(here.version if here is not None and offered.records_sha256 is not None else None)


def is_older(offered: Manifest, here: Installed) -> bool:
    """By its date and by its number: central set back has lower numbers and later dates, central whose clock
    was put right has earlier dates and higher numbers; only who replays an old manifest has neither."""
    if offered.number is not None and here.number is not None and offered.number > here.number:
        return False
    return datetime.fromisoformat(offered.as_of) < datetime.fromisoformat(here.as_of)


def fits(delta: Manifest, base: str, whole: Manifest) -> bool:
    """Whether the changes lead from `base` to `whole`, and are worth it."""
    leads = (delta.county, delta.base, delta.version) == (whole.county, base, whole.version)
    return leads and delta.records_sha256 == whole.records_sha256 and delta.size < whole.size


def _refuse(offered: Manifest, trouble: PackTrouble, detail: str) -> Refuse:
    return Refuse(RefusedPack(offered.sha256, offered.version, trouble, detail))
