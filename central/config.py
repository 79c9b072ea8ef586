"""Central's data folder: where everything lies, its configuration and its keys."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from central.assets import AssetStore
from central.database import Database
from central.errors import SetupError
from central.handlers.base import Handler
from sync.wire.keys import PublicKey, SigningKey, keyring


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
    def port(self) -> Path:
        """Written while serving: the port that was really taken."""
        return self.root / "port"

    def seed(self, name: str) -> Path:
        return self.root / f"{name}.seed"


@dataclass(frozen=True)
class Keys:
    answers: SigningKey
    coupons: SigningKey

    @property
    def ring(self) -> dict[str, PublicKey]:
        """Whose acks and grants central honours as its own."""
        return keyring(self.answers.public)

    @property
    def public_jwks(self) -> tuple[dict[str, str], ...]:
        return (self.answers.public.jwk(),)


@dataclass(frozen=True)
class Config:
    database_url: str
    hosts: tuple[str, ...]


@dataclass(frozen=True)
class Parts:
    """Everything the calls work with."""

    database: Database
    folder: Folder
    keys: Keys
    handlers: Mapping[str, Handler]
    clock: Callable[[], datetime]

    @property
    def assets(self) -> AssetStore:
        return AssetStore(self.folder.assets)


@dataclass(frozen=True)
class Ground:
    """What a demo county is planted with."""

    coupon_key: SigningKey
    assets: AssetStore
    now: datetime


def write_secret(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def make_keys(folder: Folder) -> Keys:
    keys = Keys(SigningKey.generate(), SigningKey.generate())
    write_secret(folder.seed("answers"), keys.answers.seed)
    write_secret(folder.seed("coupons"), keys.coupons.seed)
    return keys


def read_keys(folder: Folder) -> Keys:
    answers, coupons = (folder.seed(name).read_bytes() for name in ("answers", "coupons"))
    return Keys(SigningKey(answers), SigningKey(coupons))


def write_config(folder: Folder, config: Config) -> None:
    hosts = ", ".join(f'"{host}"' for host in config.hosts)
    text = f'database_url = "{config.database_url}"\nhosts = [{hosts}]\n'
    write_secret(folder.config, text.encode())


def read_config(folder: Folder) -> Config:
    if not folder.config.exists():
        raise SetupError(f"{folder.root} 里没有中心数据，请先运行 init · no central here, run init first")
    raw = tomllib.loads(folder.config.read_text("utf-8"))
    return Config(str(raw["database_url"]), tuple(raw["hosts"]))
