"""A terminal's dealings with a courier's folder: writes what is to go up, takes in what came down for it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from sync import central_keys, courier, identity, packplan, transfer
from sync.anchors import TimeKeeper
from sync.carried import Contents, Fate, Handled, Written
from sync.client import SignedManifest
from sync.courier import Answer, Merged
from sync.database import Database
from sync.disk import store_error
from sync.errors import BadPack, ChainFork, NoSealingKey
from sync.feed import PackSink
from sync.identity import Identity
from sync.keystore import KeyStore
from sync.membership import Membership, load
from sync.packplan import Fetch, Have, Loaded, Refuse
from sync.pieces import CARRIED, off_loop
from sync.policy import Step
from sync.transfer import Chain
from sync.troubles import LOCKS, trouble_of
from sync.wire import bundlefile, token
from sync.wire.bundle import Head, Way
from sync.wire.bundlefile import FoundBundle, FoundHead, FoundPack, Glimpse, Unread, Unreadable
from sync.wire.errors import BadSignature, Malformed, WireError, WrongAnswer
from sync.wire.manifest import Manifest
from sync.wire.token import Typ


@dataclass(frozen=True)
class Bag:
    """`folder` keeps a pack while it is taken in."""

    db: Database
    keys: KeyStore
    time: TimeKeeper = field(repr=False)
    packs: PackSink
    folder: Path
    report: Callable[[str], None] = field(repr=False)

    async def fill(self, folder: Path) -> tuple[Written, ...]:
        """A bundle for this life, and for each ended one with something to say.
        Raises NotEnrolled, NoSealingKey, StoreError."""
        member, held = await load(self.db, self.keys), await self.packs.holdings()
        version = held.installed.version if held.installed else None
        ended = await self.db.read(lambda conn: [one for one in member.earlier if _has_to_say(conn, one)])
        return tuple([await self._write(one, folder, version) for one in (*ended, member)])

    async def empty(self, places: Sequence[Path]) -> tuple[Handled, ...]:
        """Takes in what is for this terminal, from folders or files. Raises NotEnrolled, StoreError."""
        member = await load(self.db, self.keys)
        handled: list[Handled] = []
        for place in places:
            for path in await off_loop(lambda: bundlefile.names(place)):  # noqa: B023
                found: Glimpse = await off_loop(lambda: bundlefile.glance(path))  # noqa: B023
                handled.append(await self._handle(member, found))
        return tuple(handled)

    async def _write(self, member: Membership, folder: Path, pack: str | None) -> Written:
        chain = Chain(member.terminal, member.incarnation)
        parcel, to, last = await self.db.read(
            lambda conn: (
                courier.gather(conn, chain),
                central_keys.encryption(conn),
                transfer.last_seq(conn, chain),
            )
        )
        if to is None:
            raise NoSealingKey("central has told no key to seal to")
        letter = await asyncio.to_thread(courier.seal, parcel, member, to, self.time.now(), pack)
        await self.db.run(lambda conn: courier.posted(conn, letter.head, letter.evidence))
        path = await off_loop(lambda: bundlefile.write(folder, letter.head.name, letter.data))
        return Written(path.name, letter.head, len(letter.data), letter.head.last_seq < last)

    async def _handle(self, member: Membership, found: Glimpse) -> Handled:
        """Only what is for this terminal is read further than its head."""
        match found:
            case Unreadable(path, why, newer):
                return Handled(path.name, Fate.NEWER if newer else Fate.DAMAGED, why)
            case FoundPack():
                return await self._take_pack(member, found)
            case FoundHead(path, head) if head.way is Way.UP:
                return Handled(path.name, Fate.UPWARD)
            case FoundHead(path, head):
                life = next((one for one in _lives(member) if _is_to(head, one)), None)
                if life is None and head.terminal == member.terminal:
                    return Handled(path.name, Fate.KNOWN)  # to a life of ours that has nothing open any more
                if life is None:
                    return Handled(path.name, Fate.FOR_ANOTHER, head.terminal)
                return await self._take(life, path)

    async def _take(self, life: Membership, path: Path) -> Handled:
        name, at = path.name, self.time.now()
        try:
            answer = await asyncio.to_thread(_read, path, life)
            if answer.server_time is not None:
                await self.time.heard_late(answer.server_time)
            merged = await self.db.run(lambda conn: courier.merge(conn, life, answer, at))
        except BadSignature as error:
            return Handled(name, Fate.FOREIGN, str(error))
        except WrongAnswer as error:
            return Handled(name, Fate.UNASKED, str(error))
        except WireError as error:
            return Handled(name, Fate.DAMAGED, str(error))
        except ChainFork as error:
            verdict = LOCKS[trouble_of(Step.PUSH, error)]
            await self.db.run(lambda conn: identity.lock(conn, life.terminal, life.incarnation, verdict))
            return Handled(name, Fate.LOCKED, str(error))
        self._tell(name, merged)
        if merged.locked is not None:
            return Handled(name, Fate.LOCKED, merged.locked.value, merged.news)
        return Handled(name, Fate.TAKEN if merged.first_time else Fate.KNOWN, "", merged.news)

    def _tell(self, name: str, merged: Merged) -> None:
        for text in (*merged.refused, *(f"contradicts: {result}" for result in merged.conflicts)):
            self.report(f"{name}: {text}")

    async def _take_pack(self, member: Membership, found: FoundPack) -> Handled:
        name = found.path.name
        try:
            manifest = Manifest.parse(token.verify(found.token, member.keys, Typ.MANIFEST))
        except WireError as error:
            return Handled(name, Fate.FOREIGN, str(error))
        here: Identity = await self.db.read(identity.require)
        match packplan.plan(here.county, manifest, await self.packs.holdings()):
            case Have():
                return Handled(name, Fate.PACK_KNOWN, manifest.version)
            case Refuse(refusal):
                return Handled(name, Fate.PACK_REFUSED, refusal.trouble.value)
            case Fetch():
                return await self._install(found, manifest)

    async def _install(self, found: FoundPack, manifest: Manifest) -> Handled:
        name, target = found.path.name, self.folder / f"{secrets.token_hex(8)}{CARRIED}"

        def copy() -> None:
            target.parent.mkdir(parents=True, exist_ok=True)
            bundlefile.take_pack(found, target)

        try:
            await asyncio.to_thread(copy)
            await self.packs.install(Loaded(SignedManifest(manifest, found.token), target))
        except (WireError, Unread) as error:
            return Handled(name, Fate.DAMAGED, str(error))
        except BadPack as error:
            return Handled(name, Fate.PACK_REFUSED, str(error))
        except OSError as error:
            raise store_error(error, str(target)) from error
        finally:
            await off_loop(lambda: target.unlink(missing_ok=True))
        return Handled(name, Fate.PACK_TAKEN, manifest.version)


def _read(path: Path, life: Membership) -> Answer:
    """Raises WireError."""
    found = bundlefile.read(path)
    if not isinstance(found, FoundBundle):
        raise Malformed(found.why if isinstance(found, Unreadable) else "not a bundle")
    return courier.read_answer(found.bundle, life)


def contents(folder: Path, terminal: str) -> Contents:
    """What a look tells, nothing verified. Raises OSError."""
    found = [bundlefile.glance(path) for path in bundlefile.names(folder)] if folder.exists() else []
    heads = [one.head for one in found if isinstance(one, FoundHead)]
    ways = [(head.way, head.terminal == terminal) for head in heads]
    return Contents(
        ours_up=ways.count((Way.UP, True)),
        others_up=ways.count((Way.UP, False)),
        ours_down=ways.count((Way.DOWN, True)),
        others_down=ways.count((Way.DOWN, False)),
        packs=sum(isinstance(one, FoundPack) for one in found),
        unreadable=sum(isinstance(one, Unreadable) for one in found),
    )


def _has_to_say(conn: Connection, ended: Membership) -> bool:
    """It lacks outcomes, or central's leave to erase, or was not heard since central lost its past."""
    chain = Chain(ended.terminal, ended.incarnation)
    heard = identity.epoch_of(conn, ended.terminal, ended.incarnation) == identity.require(conn).epoch
    kept = transfer.prune_mark(conn, chain) < transfer.last_seq(conn, chain)
    return kept or not heard or transfer.first_unanswered(conn, chain) is not None


def _lives(member: Membership) -> Iterator[Membership]:
    yield member
    yield from member.earlier


def _is_to(head: Head, member: Membership) -> bool:
    return (head.terminal, head.incarnation) == (member.terminal, member.incarnation)
