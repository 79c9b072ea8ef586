"""A laptop that carries others' bundles: takes them along, hands them in when on a line, brings answers back.

Its pouch is a folder of its own. What lies in it is sealed to others; losing it costs nothing but time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sync.client import Client, SignedManifest
from sync.failures import CentralBusy, LinkError, Refusal
from sync.pieces import append, off_loop, sha256, size
from sync.transport import hostile
from sync.wire import bundle as wire_bundle
from sync.wire import bundlefile
from sync.wire.bundle import DOWN_SUFFIX, PACK_SUFFIX, UP_SUFFIX, Bundle, Way
from sync.wire.bundlefile import FoundBundle, FoundPack, Unreadable
from sync.wire.encoding import parse_instant
from sync.wire.errors import WireError, WrongAnswer

KEPT = timedelta(days=90)
PIECE = 256 * 1024
MOST = 512 * 1024 * 1024
"""Bytes of others' in the pouch: anybody may fill a stick, and the laptop's own ledger lives on this disk."""


@dataclass(frozen=True)
class Round:
    """What one visit to a folder did."""

    taken_along: tuple[str, ...]
    handed_in: tuple[str, ...]
    waiting: tuple[str, ...]  # in the pouch, not handed in yet
    given_back: tuple[str, ...]  # written to the folder: answers and packs
    unusable: tuple[tuple[str, str], ...]  # file and why
    trouble: LinkError | None = None  # why no more was handed in


@dataclass
class _Round:
    taken_along: list[str] = field(default_factory=list)
    handed_in: list[str] = field(default_factory=list)
    given_back: list[str] = field(default_factory=list)
    unusable: list[tuple[str, str]] = field(default_factory=list)
    packs: set[str] = field(default_factory=set)
    trouble: LinkError | None = None


class Carrier:
    def __init__(self, pouch: Path, now: Callable[[], datetime]) -> None:
        self._pouch = pouch
        self._now = now

    async def visit(self, folder: Path, client: Client | None, *, onward: bool = False) -> Round:
        """`onward` gives the folder also what is still to go up, for the next carrier. Raises StoreError."""
        done = _Round()
        await off_loop(lambda: self._take_along(folder, done))
        if client is not None:
            await self._hand_in(client, done)
        await off_loop(lambda: self._give_back(folder, done, onward=onward))
        return await off_loop(lambda: self._told(done))

    def _take_along(self, folder: Path, done: _Round) -> None:
        for found in bundlefile.look(folder):
            match found:
                case Unreadable(path, why):
                    done.unusable.append((path.name, why))
                case FoundPack():
                    continue  # to be had at central where it is wanted
                case FoundBundle(path, bundle, data):
                    if self._has(bundle):
                        continue
                    if self._carried() + len(data) > MOST:
                        done.unusable.append((path.name, "no room for more on this laptop"))
                        continue
                    bundlefile.write(self._pouch, bundle.head.name, data)
                    done.taken_along.append(bundle.head.name)

    def _carried(self) -> int:
        return sum(path.stat().st_size for path in self._pouch.glob("*")) if self._pouch.exists() else 0

    def _has(self, bundle: Bundle) -> bool:
        names = {bundle.head.name} | ({bundle.head.answer_name} if bundle.head.way is Way.UP else set())
        return any((self._pouch / name).exists() for name in names)

    async def _hand_in(self, client: Client, done: _Round) -> None:
        for found in await off_loop(lambda: list(self._bundles(UP_SUFFIX))):
            try:
                answer = await client.carry(found.data)
                reply = await asyncio.to_thread(_checked, answer.body, found.bundle, client)
            except LinkError as error:
                if not isinstance(error, Refusal) or isinstance(error, CentralBusy):
                    done.trouble = error
                    return
                done.unusable.append((found.path.name, str(error)))
                await off_loop(found.path.unlink)
                continue
            await off_loop(lambda: self._keep(found, reply, answer.body))  # noqa: B023
            done.handed_in.append(found.path.name)
            if pack := answer.headers.get("yz-pack"):
                done.packs.add(pack)
        try:
            for pack in sorted(done.packs):
                await self._fetch_pack(client, *pack.split("/", 1))
        except LinkError as error:
            done.trouble = error

    def _keep(self, found: FoundBundle, reply: Bundle, data: bytes) -> None:
        """First the answer, then the bundle goes: a cut between them hands it in once more."""
        bundlefile.write(self._pouch, reply.head.name, data)
        found.path.unlink()

    async def _fetch_pack(self, client: Client, county: str, version: str) -> None:
        """Piece by piece, going on where it broke off; another county's pack is for others to bring."""
        try:
            signed = await client.manifest(county)
        except Refusal as error:
            if isinstance(error, CentralBusy):
                raise
            return
        name = wire_bundle.pack_name(signed.manifest)
        if signed.manifest.version != version or await off_loop((self._pouch / name).exists):
            return
        part = self._pouch / f"{signed.manifest.sha256}{bundlefile.PART_SUFFIX}"
        while (got := await off_loop(lambda: size(part))) < signed.manifest.size:
            piece = await client.pack(signed.manifest, got, PIECE)
            await off_loop(lambda: append(part, piece))  # noqa: B023
        await off_loop(lambda: self._keep_pack(signed, part))

    def _keep_pack(self, signed: SignedManifest, part: Path) -> None:
        if sha256(part) == signed.manifest.sha256:
            for old in self._pouch.glob(f"yizhan-pack-{signed.manifest.county}-*{PACK_SUFFIX}"):
                old.unlink()
            bundlefile.write_pack(self._pouch, signed.token, signed.manifest, part)
        part.unlink()

    def _give_back(self, folder: Path, done: _Round, *, onward: bool) -> None:
        oldest = self._now() - KEPT
        for found in self._bundles(DOWN_SUFFIX):
            if parse_instant(found.bundle.head.made_at) < oldest:
                found.path.unlink()
        suffixes = (DOWN_SUFFIX, PACK_SUFFIX, *((UP_SUFFIX,) if onward else ()))
        for path in sorted(self._files()):
            if path.suffix in suffixes and not (folder / path.name).exists():
                bundlefile.write(folder, path.name, path.read_bytes())
                done.given_back.append(path.name)

    def _told(self, done: _Round) -> Round:
        waiting = tuple(found.path.name for found in self._bundles(UP_SUFFIX))
        return Round(
            tuple(done.taken_along),
            tuple(done.handed_in),
            waiting,
            tuple(done.given_back),
            tuple(done.unusable),
            done.trouble,
        )

    def _bundles(self, suffix: str) -> Iterator[FoundBundle]:
        if not self._pouch.is_dir():
            return
        for found in bundlefile.look(self._pouch):
            if isinstance(found, FoundBundle) and found.path.suffix == suffix:
                yield found

    def _files(self) -> Iterator[Path]:
        return self._pouch.iterdir() if self._pouch.is_dir() else iter(())


def _checked(data: bytes, asked: Bundle, client: Client) -> Bundle:
    """Raises HostileAnswer where it is not central's answer to this bundle."""
    try:
        reply = wire_bundle.parse(data)
        reply.verify(client.member.keys)
    except WireError as error:
        raise hostile(error) from error
    if reply.head.way is not Way.DOWN or reply.head.nonce != asked.head.nonce:
        raise hostile(WrongAnswer("an answer to another bundle"))
    return reply
