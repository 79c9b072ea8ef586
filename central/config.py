"""Central's data folder: where everything lies, its configuration and its keys."""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from central.assets import AssetStore
from central.database import Database
from central.errors import SetupError
from central.handlers.base import Handler
from central.numbers import GivenNumbers
from central.slots import Limits
from central.staging import Staging
from sync.wire.files import sync_folder
from sync.wire.keys import PublicKey, SigningKey, keyring
from sync.wire.sealing import DecryptionKey, openers

BACKUP_HORIZON = timedelta(days=35)  # a month's backups and some days to notice
MOST_BACKUP_DAYS = 90  # terminals keep central's answers no longer than this


@dataclass(frozen=True)
class Folder:
    root: Path

    @property
    def config(self) -> Path:
        return self.root / "central.toml"

    @property
    def ca_cert(self) -> Path:
        return self.root / "ca.pem"

    @property
    def ca_key(self) -> Path:
        return self.root / "ca.key"

    @property
    def server_cert(self) -> Path:
        return self.root / "server.pem"

    @property
    def server_key(self) -> Path:
        return self.root / "server.key"

    @property
    def packs(self) -> Path:
        return self.root / "packs"

    @property
    def assets(self) -> Path:
        return self.root / "assets"

    @property
    def attachments(self) -> Path:
        return self.root / "attachments"

    @property
    def bundles(self) -> Path:
        """Of others, while a carrier brings them; not worth a backup."""
        return self.root / "bundles"

    @property
    def partner(self) -> Path:
        """What partners were told; belongs to the backup of files, not to the database's."""
        return self.root / "partner"

    @property
    def numbers(self) -> Path:
        """Numbers of lives that were given out; backed up like what partners were told."""
        return self.root / "numbers.ndjson"

    @property
    def port(self) -> Path:
        """Written while serving: the port that was really taken."""
        return self.root / "port"

    def seed(self, name: str) -> Path:
        return self.root / f"{name}.seed"

    def sealing_seeds(self) -> list[Path]:
        """Oldest first."""
        return sorted(self.root.glob("sealing-*.seed"))


@dataclass(frozen=True)
class Keys:
    answers: SigningKey
    coupons: SigningKey
    sealing: tuple[DecryptionKey, ...]  # the newest first: terminals seal to it, the older ones still open

    @property
    def ring(self) -> dict[str, PublicKey]:
        """Whose acks and grants central honours as its own."""
        return keyring(self.answers.public)

    @property
    def openers(self) -> dict[str, DecryptionKey]:
        return openers(*self.sealing)

    @property
    def public_jwks(self) -> tuple[dict[str, str], ...]:
        return (self.answers.public.jwk(), self.sealing[0].public.jwk())


@dataclass(frozen=True)
class Config:
    database_url: str
    hosts: tuple[str, ...]
    horizon: timedelta = BACKUP_HORIZON
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Parts:
    """Everything the calls work with."""

    database: Database
    folder: Folder
    keys: Keys
    handlers: Mapping[str, Handler]
    clock: Callable[[], datetime]
    horizon: timedelta = BACKUP_HORIZON
    limits: Limits = field(default_factory=Limits)
    ticks: Callable[[], float] = time.monotonic

    @property
    def assets(self) -> AssetStore:
        return AssetStore(self.folder.assets)

    @property
    def numbers(self) -> GivenNumbers:
        return GivenNumbers(self.folder.numbers)

    @property
    def attachments(self) -> AssetStore:
        return AssetStore(self.folder.attachments)

    @property
    def bundles(self) -> Staging:
        return Staging(self.folder.bundles)


@dataclass(frozen=True)
class Ground:
    """What a demo county is planted with."""

    coupon_key: SigningKey
    member_key: SigningKey
    assets: AssetStore
    now: datetime


def write_secret(path: Path, data: bytes) -> None:
    """Whole or not at all, after a power cut too; raises FileExistsError."""
    part = path.with_name(path.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)  # against a rename it never takes the place of what is there
    finally:
        part.unlink()
    sync_folder(path.parent)


def make_keys(folder: Folder) -> Keys:
    write_secret(folder.seed("answers"), SigningKey.generate().seed)
    write_secret(folder.seed("coupons"), SigningKey.generate().seed)
    return read_keys(folder)


def read_keys(folder: Folder) -> Keys:
    """A folder made before anything was sealed gets its first sealing key."""
    answers, coupons = (folder.seed(name).read_bytes() for name in ("answers", "coupons"))
    if not folder.sealing_seeds():
        new_sealing_key(folder)
    sealing = (DecryptionKey(path.read_bytes()) for path in reversed(folder.sealing_seeds()))
    return Keys(SigningKey(answers), SigningKey(coupons), tuple(sealing))


def member_key(folder: Folder) -> SigningKey:
    """What signs member cards, made when the first is issued."""
    if not folder.seed("members").exists():
        write_secret(folder.seed("members"), SigningKey.generate().seed)
    return SigningKey(folder.seed("members").read_bytes())


def new_sealing_key(folder: Folder) -> None:
    """From the next start on terminals seal to it."""
    write_secret(folder.seed(f"sealing-{len(folder.sealing_seeds()) + 1:04d}"), DecryptionKey.generate().seed)


def write_config(folder: Folder, config: Config) -> None:
    hosts = ", ".join(f'"{host}"' for host in config.hosts)
    lines = (
        f'database_url = "{config.database_url}"',
        f"hosts = [{hosts}]",
        "# How old the oldest backup may be that you would restore; terminals keep as long what it may lack.",
        f"backup_days = {config.horizon.days}",
        "",
        "# How many pushes come in at once, and how the others are spread; for two cores.",
        "[pushes]",
        *(f"{one.name} = {getattr(config.limits, one.name)}" for one in fields(Limits)),
    )
    text = "\n".join(lines) + "\n"
    write_secret(folder.config, text.encode())


def read_config(folder: Folder) -> Config:
    if not folder.config.exists():
        raise SetupError(f"{folder.root} 里没有中心数据，请先运行 init · no central here, run init first")
    raw = tomllib.loads(folder.config.read_text("utf-8"))
    days = raw.get("backup_days", BACKUP_HORIZON.days)
    if not isinstance(days, int) or not 0 <= days <= MOST_BACKUP_DAYS:
        raise SetupError(
            f"backup_days 应为 0 到 {MOST_BACKUP_DAYS} 的整数 · backup_days: 0 to {MOST_BACKUP_DAYS}"
        )
    limits = _limits(raw.get("pushes", {}))
    return Config(str(raw["database_url"]), tuple(raw["hosts"]), timedelta(days=days), limits)


def _limits(said: Any) -> Limits:
    """What is not said stays as it is for two cores."""
    known = {one.name: type(one.default) for one in fields(Limits)}
    right = isinstance(said, dict) and all(
        name in known and type(value) in (int, known[name]) and value > 0 for name, value in said.items()
    )
    if not right or said.get("share", 1) > 1:
        names = ", ".join(known)
        raise SetupError(f"[pushes] {names}: 大于零，share 不超过 1 · numbers above 0, share at most 1")
    return Limits(**said)
