"""Brings packs down in pieces, as changes where that is less, and hands over what its hash proves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Protocol

from sync import packplan, pieces
from sync.client import Client, SignedManifest
from sync.errors import BadPack, WrongHash
from sync.failures import Refusal, Resync
from sync.lanes import Lane
from sync.packplan import Fetch, Have, Holdings, Loaded, PackTrouble, Refuse, RefusedPack
from sync.pieces import off_loop
from sync.ranges import Piece
from sync.rate import LARGEST_CHUNK
from sync.wire.manifest import Manifest
from sync.wire.problems import Problem

PACK_PART = ".pack.part"
STRIKES = 3
"""So often may the bytes be other than signed; then nothing of this version is fetched any more."""
_NO_DELTA = frozenset({Problem.NOT_FOUND, Problem.RANGE})


class PackSink(Protocol):
    """Where packs go: the kiosk imports them into a new cache and switches over."""

    async def holdings(self) -> Holdings: ...

    async def install(self, loaded: Loaded) -> None:
        """The file is removed afterwards. Raises BadPack, StoreError; then what was installed stays."""

    async def refuse(self, refusal: RefusedPack) -> None:
        """Keeps in mind not to have this one, until another is installed."""


class Stage(Enum):
    CURRENT = "current"
    LOADING = "loading"
    LOADED = "loaded"
    INSTALLING = "installing"
    REFUSED = "refused"


@dataclass(frozen=True)
class PackProgress:
    stage: Stage
    version: str
    got: int
    size: int
    refusal: RefusedPack | None = None


@dataclass(frozen=True)
class _Wanted:
    """The pack to have; `base` while changes since that version are tried, `delta` once they are known."""

    signed: SignedManifest
    base: str | None = None
    delta: Manifest | None = None

    @property
    def file(self) -> Manifest:
        """Of the file that comes down."""
        return self.delta or self.signed.manifest


class PackFeed:
    """One county's pack; each `step` is at most one exchange with central."""

    def __init__(
        self, client: Client, county: str, folder: Path, sink: PackSink, largest: int = LARGEST_CHUNK
    ) -> None:
        self._client = client
        self._county = county
        self._largest = largest
        self._folder = folder
        self._sink = sink
        self._wanted: _Wanted | None = None
        self._installing: PackProgress | None = None
        self._is_newer = False  # one came while another was being installed
        self._strikes: Counter[str] = Counter()
        self._whole_only: set[str] = set()  # packs whose changes did not lead to them

    @property
    def lane(self) -> Lane:
        """Of the next exchange: what changed since our pack is news, a whole one is not."""
        whole = self._wanted is not None and self._wanted.base is None
        return Lane.CONTENT if whole else Lane.NEWS

    async def step(self, length: int) -> PackProgress:
        """LOADING: come again. LOADED: call `install`. Raises LinkError, WrongHash, StoreError."""
        if self._installing is not None:
            return self._installing
        wanted = self._wanted
        if wanted is None:
            chosen = await self._choose()
            if isinstance(chosen, PackProgress):
                return chosen
            wanted = self._wanted = chosen
        if wanted.base is not None and wanted.delta is None:
            return await self._first_changes(wanted, wanted.base, length)
        part = self._part(wanted)
        got = await off_loop(lambda: pieces.size(part))
        if got < wanted.file.size:
            piece = await self._load(wanted, got, length)
            got = await off_loop(lambda: pieces.append(part, piece))
        return await self._reached(wanted, got)

    async def install(self) -> PackProgress:
        """REFUSED: it could not be imported. LOADING: the changes could not, the whole is to be fetched.
        Raises StoreError."""
        wanted = self._wanted
        assert wanted is not None, "nothing was loaded"
        self._installing = _progress(Stage.INSTALLING, wanted, wanted.file.size)
        try:
            progress = await self._import(wanted)
        finally:
            self._installing = None
            is_newer, self._is_newer = self._is_newer, False
            if is_newer:
                self._wanted = None
        return replace(progress, stage=Stage.LOADING) if is_newer else progress

    def forget(self) -> None:
        """Asks for the manifest anew at the next step; what was loaded of the same pack is kept."""
        if self._installing is not None:
            self._is_newer = True
        else:
            self._wanted = None

    async def _choose(self) -> _Wanted | PackProgress:
        signed = await self._client.manifest(self._county)
        plan = packplan.plan(self._county, signed.manifest, await self._sink.holdings())
        match plan:
            case Have():
                await off_loop(lambda: pieces.sweep(self._folder, PACK_PART))
                return _progress(Stage.CURRENT, _Wanted(signed), signed.manifest.size)
            case Refuse(refusal):
                await off_loop(lambda: pieces.sweep(self._folder, PACK_PART))
                return _refused(signed.manifest, refusal)
            case Fetch(base):
                if await self._has_much_of(signed) or signed.manifest.sha256 in self._whole_only:
                    base = None
                if base is None:
                    await self._sweep(signed.manifest)
                return _Wanted(signed, base)

    async def _has_much_of(self, signed: SignedManifest) -> bool:
        """Half of the whole has come already: changes would hardly be less."""
        part = self._part(_Wanted(signed))
        return await off_loop(lambda: pieces.size(part)) * 2 > signed.manifest.size

    async def _first_changes(self, wanted: _Wanted, base: str, length: int) -> PackProgress:
        """The first piece says how much there is to come and whether it is worth it."""
        whole = wanted.signed.manifest
        try:
            answer = await self._client.delta(base, whole, 0, min(length, self._largest))
        except Refusal as error:
            if not isinstance(error, Resync) and error.problem not in _NO_DELTA:
                raise
            return self._take_whole(wanted)
        if answer.signed is None or not packplan.fits(answer.signed.manifest, base, whole):
            return self._take_whole(wanted)
        known = self._wanted = replace(wanted, delta=answer.signed.manifest)
        await self._sweep(known.file)
        part = self._part(known)
        got = await off_loop(lambda: pieces.size(part))
        if got < len(answer.piece.data):
            got = await off_loop(lambda: pieces.append(part, answer.piece))
        return await self._reached(known, got)

    async def _load(self, wanted: _Wanted, start: int, length: int) -> Piece:
        length = min(length, self._largest, wanted.file.size - start)
        try:
            if wanted.delta is None or wanted.base is None:
                return await self._client.pack(wanted.signed.manifest, start, length)
            return (await self._client.delta(wanted.base, wanted.signed.manifest, start, length)).piece
        except Refusal:
            self._wanted = None  # a newer pack has taken its place
            raise

    async def _reached(self, wanted: _Wanted, got: int) -> PackProgress:
        if got < wanted.file.size:
            return _progress(Stage.LOADING, wanted, got)
        part = self._part(wanted)
        if await off_loop(lambda: pieces.sha256(part)) == wanted.file.sha256:
            return _progress(Stage.LOADED, wanted, got)
        await off_loop(lambda: pieces.remove(part))
        if wanted.delta is not None:
            return self._take_whole(wanted)
        self._wanted = None
        await self._strike(wanted.signed.manifest)
        raise WrongHash(f"pack {wanted.signed.manifest.version}")

    async def _strike(self, whole: Manifest) -> None:
        self._strikes[whole.sha256] += 1
        if self._strikes[whole.sha256] >= STRIKES:
            times = f"{self._strikes[whole.sha256]} times"
            refusal = RefusedPack(whole.sha256, whole.version, PackTrouble.WRONG_HASH, times)
            await self._sink.refuse(refusal)

    def _take_whole(self, wanted: _Wanted) -> PackProgress:
        self._whole_only.add(wanted.signed.manifest.sha256)
        self._wanted = _Wanted(wanted.signed)
        return _progress(Stage.LOADING, self._wanted, 0)

    async def _import(self, wanted: _Wanted) -> PackProgress:
        part = self._part(wanted)
        try:
            await self._sink.install(Loaded(wanted.signed, part, wanted.delta))
        except BadPack as error:
            return await self._could_not(wanted, error)
        await off_loop(lambda: pieces.remove(part))
        self._wanted = None
        return _progress(Stage.CURRENT, wanted, wanted.file.size)

    async def _could_not(self, wanted: _Wanted, error: BadPack) -> PackProgress:
        part = self._part(wanted)
        await off_loop(lambda: pieces.remove(part))
        if wanted.delta is not None:
            return self._take_whole(wanted)
        whole = wanted.signed.manifest
        refusal = RefusedPack(whole.sha256, whole.version, PackTrouble.BAD, str(error))
        await self._sink.refuse(refusal)
        self._wanted = None
        return _refused(whole, refusal)

    async def _sweep(self, keep: Manifest) -> None:
        names = frozenset({f"{keep.sha256}{PACK_PART}"})
        await off_loop(lambda: pieces.sweep(self._folder, PACK_PART, names))

    def _part(self, wanted: _Wanted) -> Path:
        return self._folder / f"{wanted.file.sha256}{PACK_PART}"


def _progress(stage: Stage, wanted: _Wanted, got: int) -> PackProgress:
    return PackProgress(stage, wanted.signed.manifest.version, got, wanted.file.size)


def _refused(whole: Manifest, refusal: RefusedPack) -> PackProgress:
    return PackProgress(Stage.REFUSED, whole.version, 0, whole.size, refusal)
