"""Bundles as files in a folder, often a stick's: written whole or not at all, read within bounds."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from sync.wire import bundle, canon
from sync.wire.bundle import DOWN_SUFFIX, MAX_HEAD, PACK_MAGIC, PACK_SUFFIX, UP_SUFFIX, Bundle, Head
from sync.wire.encoding import unb64
from sync.wire.errors import Malformed, NewerVersion
from sync.wire.files import FOLDER, sync_folder
from sync.wire.manifest import Manifest

CHUNK = 1024 * 1024
T = TypeVar("T")
PART_SUFFIX = ".part"  # no other program takes it for a bundle


@dataclass(frozen=True)
class FoundBundle:
    path: Path
    bundle: Bundle
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class FoundHead:
    """By its beginning and its size whole; who made it is not verified."""

    path: Path
    head: Head


@dataclass(frozen=True)
class FoundPack:
    """A pack beside the bundles; its bytes begin at `start`. The manifest is not verified yet."""

    path: Path
    token: str
    manifest: Manifest
    start: int


@dataclass(frozen=True)
class Unreadable:
    """By its name one of ours; not whole, altered, of a later version, or the stick does not give it."""

    path: Path
    why: str
    newer: bool = False


class Unread(OSError):
    """The file that was to be copied does not give its bytes: it, not the place it was to go to."""


Found = FoundBundle | FoundPack | Unreadable
Glimpse = FoundHead | FoundPack | Unreadable
_OURS = (UP_SUFFIX, DOWN_SUFFIX, PACK_SUFFIX)


def inside(place: Path) -> Path:
    """Where on a stick our files lie: in our folder, as the screen writes them, if it has one."""
    return place / FOLDER if (place / FOLDER).is_dir() else place


def names(place: Path) -> list[Path]:
    """Files by their names ours, in a folder, not below it; or the one file. Raises OSError."""
    if not place.is_dir():
        return [place]
    ours = (path for path in place.iterdir() if _is_our_name(path) and _is_file(path))
    return sorted(ours, key=_by_sequence)


def look(place: Path) -> Iterator[Found]:
    """One after the other, each whole. Raises OSError where the folder cannot be read at all."""
    return map(read, names(place))


def glance(path: Path) -> Glimpse:
    """Reads no more than its beginning."""
    return _guarded(path, _glance)


def read(path: Path) -> Found:
    return _guarded(path, _read)


def _guarded(path: Path, how: Callable[[Path], T]) -> T | Unreadable:
    try:
        return how(path)
    except Malformed as error:
        return Unreadable(path, str(error), isinstance(error, NewerVersion))
    except OSError as error:
        return Unreadable(path, error.strerror or type(error).__name__)


def _glance(path: Path) -> FoundHead | FoundPack:
    with path.open("rb") as file:
        begin, size = file.read(MAX_HEAD), os.fstat(file.fileno()).st_size
    if path.suffix.lower() == PACK_SUFFIX:
        return _pack(path, begin, size)
    return FoundHead(path, bundle.head_of(begin, size)[0])


def _read(path: Path) -> FoundBundle | FoundPack:
    """A bundle's beginning says how much of it there is to read."""
    found = _glance(path)
    if isinstance(found, FoundPack):
        return found
    with path.open("rb") as file:
        data = file.read(bundle.MAX_FILE + 1)
    return FoundBundle(path, bundle.parse(data), data)


def write(folder: Path, name: str, *parts: bytes) -> Path:
    """Under its name only when it is whole and on the disk. Raises OSError."""
    return _write(folder, name, parts)


def copy(path: Path, folder: Path) -> Path:
    """Raises OSError, Unread."""
    return _write(folder, path.name, _pieces(path))


def _write(folder: Path, name: str, parts: Iterable[bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    part = folder / f"{name}{PART_SUFFIX}"
    try:
        part.unlink(missing_ok=True)
        with part.open("xb") as file:  # never through a link that somebody left on the stick
            for piece in parts:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        error.filename = error.filename or str(path)  # a full disk names no file by itself
        raise
    sync_folder(folder)
    return path


def write_pack(folder: Path, token: str, manifest: Manifest, source: Path) -> Path:
    """A pack's file beside the bundles. Raises OSError, Unread."""
    head = b"\n".join((PACK_MAGIC, token.encode("ascii"), b""))
    return _write(folder, bundle.pack_name(manifest), chain([head], _pieces(source)))


def take_pack(found: FoundPack, target: Path) -> None:
    """Copies the pack out of its file. Raises Malformed where it is not what its manifest says, OSError."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as made:
        for piece in _pieces(found.path, found.start):
            digest.update(piece)
            size += len(piece)
            made.write(piece)
            if size > found.manifest.size:
                break
        made.flush()
        os.fsync(made.fileno())
    if (size, digest.hexdigest()) != (found.manifest.size, found.manifest.sha256):
        target.unlink()
        raise Malformed("the pack is not whole")


def _pieces(path: Path, start: int = 0) -> Iterator[bytes]:
    """Raises Unread."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            while piece := file.read(CHUNK):
                yield piece
    except OSError as error:
        raise Unread(error.errno, error.strerror, str(path)) from error


def _is_our_name(path: Path) -> bool:
    """One that no screen and no command line can show, or that would steer it, nobody wrote for us."""
    return path.suffix.lower() in _OURS and path.name.isprintable()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the stick does not even say: let it be named
        return True


def _pack(path: Path, head: bytes, size: int) -> FoundPack:
    lines = head.split(b"\n", 2)
    if len(lines) != 3 or lines[0] != PACK_MAGIC:
        raise Malformed("not a pack")
    try:
        text = lines[1].decode("ascii")
        claims: dict[str, Any] = canon.decode_object(unb64(text.split(".")[1]), limit=MAX_HEAD)
    except (UnicodeDecodeError, IndexError) as error:
        raise Malformed("not a manifest") from error
    manifest, start = Manifest.parse(claims), len(lines[0]) + len(lines[1]) + 2
    if size != start + manifest.size:
        raise Malformed("the pack is not whole")
    return FoundPack(path, text, manifest, start)


def _by_sequence(path: Path) -> tuple[str, int, str]:
    """Of one life the lower sequence first, as central takes them."""
    stem, _, rest = path.name.rpartition("-")
    life, _, last = stem.rpartition("-")
    return (life, int(last) if last.isdecimal() else 0, rest)
