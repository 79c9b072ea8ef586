"""A fresh store on real files with an enrolled terminal, for tests of everything above it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.store import keystore
from kiosk.store.database import KioskDatabase
from kiosk.store.opening import Folders, Opened, open_store
from sync import identity
from sync.identity import Identity, IdentityState
from sync.keystore import KeyStore
from sync.outbox import Stamp
from sync.points import Probe, unobserved
from sync.transfer import Chain
from sync.wire.answers import Profile
from sync.wire.encoding import instant
from sync.wire.grant import Grant
from sync.wire.keys import SigningKey

TERMINAL = "T-0001"
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
POINT = {
    "id": "P-511602-001",
    "place": "511602100201",
    "name": {"zh": "协兴镇便民驿站", "en": "Xiexing point"},
    "address": "协兴镇协兴街 1 号",
}


@dataclass
class Ledger:
    """An open store; `reopen()` closes it and opens the same files again."""

    folders: Folders
    keys: KeyStore
    signer: SigningKey
    opened: Opened
    now: datetime = START
    chain: Chain = field(default=Chain(TERMINAL, 1))

    @property
    def db(self) -> KioskDatabase:
        return self.opened.database

    def stamp(self) -> Stamp:
        """The hand-cranked clock: each stamp is one second after the one before."""
        self.now += timedelta(seconds=1)
        return Stamp(instant(self.now), "anchored", self.signer, self.chain.terminal, self.chain.incarnation)

    def reopen(self, probe: Probe = unobserved) -> None:
        self.db.close()
        self.opened = open_store(self.folders, self.keys, probe)


def new_identity(
    signer: SigningKey, terminal: str = TERMINAL, profile: Profile = Profile.ASSISTED
) -> Identity:
    return Identity(
        terminal=terminal,
        incarnation=1,
        state=IdentityState.OPEN,
        kid=signer.kid,
        epoch=1,
        county="511602",
        profile=profile,
        point=POINT,
        central_url="https://127.0.0.1:8443",
        central_ca="",
        central_keys=(),
        high_water=0,
        enrolled_at=instant(START),
    )


def open_ledger(folder: Path, profile: Profile = Profile.ASSISTED, probe: Probe = unobserved) -> Ledger:
    keys = keystore.obfuscated(folder / "keys.json")
    signer = SigningKey.generate()
    who = new_identity(signer, profile=profile)
    keys.put(who.secret_name, signer.seed)
    folders = Folders.of(folder)
    ledger = Ledger(folders, keys, signer, open_store(folders, keys, probe))
    ledger.db.run_sync(lambda conn: identity.enrol(conn, who))
    return ledger


def new_grant(right: str, amount: int, unit: str = "piece", **changes: object) -> Grant:
    values: dict[str, object] = {
        "lease": f"L-{right}",
        "right": right,
        "unit": unit,
        "amount": amount,
        "rev": 1,
        "terminal": TERMINAL,
        "incarnation": 1,
        "start_seq": 1,
        "soft": amount * 7 // 10,
        "hard": amount,
        "max_age_days": 30,
        "detail": {},
        "issued": instant(START),
    }
    return Grant(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = open_ledger(tmp_path / "data")
    yield made
    made.db.close()
