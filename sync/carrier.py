"""A laptop that carries others' bundles: takes them along, hands them in when on a line, brings answers back.

Its pouch is a folder of its own. What lies in it is sealed to others; losing it costs nothing but time.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sync import handing
from sync.client import Client, SignedManifest
from sync.failures import CentralBusy, LinkError, Refusal
from sync.handing import Rest
from sync.lanes import Lane
from sync.pieces import append, off_loop, sha256, size
from sync.transport import hostile
from sync.wire import bundle as wire_bundle
from sync.wire import bundlefile
from sync.wire.bundle import DOWN_SUFFIX, PACK_SUFFIX, UP_SUFFIX, Bundle, Head, Way
from sync.wire.bundlefile import Found, FoundBundle, FoundHead, FoundPack, Unread, Unreadable
from sync.wire.encoding import parse_instant
from sync.wire.errors import WireError, WrongAnswer
from sync.wire.problems import Problem

_ITS_OWN = frozenset({Problem.UNSIGNED, Problem.MALFORMED, Problem.TOO_LARGE, Problem.FAILURE})
KEPT = timedelta(days=90)
PIECE = 256 * 1024
MOST, MOST_ANSWERS = 512 * 1024 * 1024, 128 * 1024 * 1024
"""Bytes of others' in the pouch: anybody may fill a stick, and the laptop's own ledger lives on this disk.
What somebody passes off as answers takes no room from bundles: central alone can tell who made those."""
MOST_FILES = 2000
"""Of each: every one is written through to the disk, and two calls to central."""


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


@dataclass
class _Room:
    """For what goes one way."""

    size: int
    files: int

    def take(self, size: int) -> bool:
        """Whether there was room."""
        if size > self.size or not self.files:
            return False
        self.size, self.files = self.size - size, self.files - 1
        return True


class Carrier:
    """`rest` passes the time until our turn at central."""

    def __init__(self, pouch: Path, now: Callable[[], datetime], rest: Rest = asyncio.sleep) -> None:
        self._pouch = pouch
        self._now = now
        self._rest = rest

    async def visit(self, folder: Path, client: Client | None, *, onward: bool = False) -> Round:
        """`onward` gives the folder also what is still to go up, for the next carrier. Raises StoreError."""
        done = _Round()
        await off_loop(lambda: self._take_along(folder, done))
        if client is not None:
            await self._hand_in(client, done)
        await off_loop(lambda: self._give_back(folder, done, onward=onward))
        return await off_loop(lambda: self._told(done))

    def _take_along(self, folder: Path, done: _Round) -> None:
        """What the pouch holds already is not read further than its head."""
        room = {Way.UP: self._room(UP_SUFFIX, MOST), Way.DOWN: self._room(DOWN_SUFFIX, MOST_ANSWERS)}
        for path in bundlefile.names(folder):
            glimpse = bundlefile.glance(path)
            if isinstance(glimpse, FoundPack):
                continue  # to be had at central where it is wanted
            if isinstance(glimpse, FoundHead) and self._has(glimpse.head):
                continue
            found = bundlefile.read(path) if isinstance(glimpse, FoundHead) else glimpse
            match found:
                case Unreadable(_, why):
                    done.unusable.append((path.name, why))
                case FoundBundle(_, bundle, data) if room[bundle.head.way].take(len(data)):
                    self._put(bundle.head, data)
                    done.taken_along.append(bundle.head.name)
                case FoundBundle():
                    done.unusable.append((path.name, "no room for more on this laptop"))

    def _put(self, head: Head, data: bytes) -> None:
        """How long it lies here is not for its head to say."""
        path, moment = bundlefile.write(self._pouch, head.name, data), self._now().timestamp()
        os.utime(path, (moment, moment))

    def _room(self, suffix: str, most: int) -> _Room:
        there = [path.stat().st_size for path in self._of(suffix)]
        return _Room(most - sum(there), max(0, MOST_FILES - len(there)))

    def _has(self, head: Head) -> bool:
        names = {head.name} | ({head.answer_name} if head.way is Way.UP else set())
        return any((self._pouch / name).exists() for name in names)

    async def _hand_in(self, client: Client, done: _Round) -> None:
        """One that central cannot take, or fails at, is named; the others go on."""
        for path in await off_loop(lambda: self._of(UP_SUFFIX)):
            found = await off_loop(lambda: bundlefile.read(path))  # noqa: B023
            if not isinstance(found, FoundBundle):
                await off_loop(lambda: self._drop(path, found, done))  # noqa: B023
                continue
            try:
                name = await handing.bring(client, found.data)
            except LinkError as error:  # of this laptop or its line, not of what it carries
                done.trouble = error
                return
            try:
                reply = await handing.answer(client, name, self._rest)
                kept = await asyncio.to_thread(_checked, reply.body, found.bundle, client)
            except LinkError as error:
                if not _is_its_own(error):
                    done.trouble = error
                    return
                done.unusable.append((path.name, str(error)))
                if not isinstance(error, CentralBusy):
                    await off_loop(lambda: path.unlink(missing_ok=True))  # noqa: B023
                continue
            await off_loop(lambda: self._keep(found, kept, reply.body))  # noqa: B023
            done.handed_in.append(path.name)
            if pack := reply.headers.get("yz-pack"):
                done.packs.add(pack)
        try:
            for pack in sorted(done.packs):
                await self._fetch_pack(client, *pack.split("/", 1))
        except LinkError as error:
            done.trouble = error

    def _drop(self, path: Path, found: Found, done: _Round) -> None:
        """A copy that lies broken in the pouch: taken along once more where it is still whole."""
        done.unusable.append((path.name, found.why if isinstance(found, Unreadable) else "not a bundle"))
        path.unlink(missing_ok=True)

    def _keep(self, found: FoundBundle, reply: Bundle, data: bytes) -> None:
        """First the answer, then the bundle goes: a cut between them hands it in once more."""
        self._put(reply.head, data)
        found.path.unlink(missing_ok=True)

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
            await client.way.clear_for(Lane.CONTENT)
            piece = await client.pack(signed.manifest, got, min(PIECE, client.meter.speed.down.chunk))
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
        for path in self._of(DOWN_SUFFIX):
            found = bundlefile.glance(path)
            made = parse_instant(found.head.made_at) if isinstance(found, FoundHead) else oldest
            if made < oldest or path.stat().st_mtime < oldest.timestamp():
                path.unlink(missing_ok=True)
        for path in self._of(DOWN_SUFFIX, PACK_SUFFIX, *((UP_SUFFIX,) if onward else ())):
            if (folder / path.name).exists():
                continue
            try:
                bundlefile.copy(path, folder)
            except Unread as error:
                done.unusable.append((path.name, str(error.strerror)))
                continue
            done.given_back.append(path.name)

    def _told(self, done: _Round) -> Round:
        return Round(
            tuple(done.taken_along),
            tuple(done.handed_in),
            tuple(path.name for path in self._of(UP_SUFFIX)),
            tuple(done.given_back),
            tuple(done.unusable),
            done.trouble,
        )

    def _of(self, *suffixes: str) -> list[Path]:
        """The pouch's files with these endings."""
        if not self._pouch.is_dir():
            return []
        return [path for path in bundlefile.names(self._pouch) if path.suffix in suffixes]


def _is_its_own(error: LinkError) -> bool:
    """Central's no to this one bundle, where it had just taken its bytes from this carrier; or its failure
    over it."""
    return isinstance(error, Refusal) and error.problem in _ITS_OWN


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
