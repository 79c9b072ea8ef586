"""Bundles as files in a folder, often a stick's: written whole or not at all, read within bounds."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sync.wire import bundle, canon
from sync.wire.bundle import DOWN_SUFFIX, PACK_MAGIC, PACK_SUFFIX, UP_SUFFIX, Bundle
from sync.wire.encoding import unb64
from sync.wire.errors import Malformed, NewerVersion
from sync.wire.files import sync_folder
from sync.wire.manifest import Manifest

CHUNK = 1024 * 1024
MAX_HEAD = 16 * 1024
PART_SUFFIX = ".part"  # no other program takes it for a bundle


@dataclass(frozen=True)
class FoundBundle:
    path: Path
    bundle: Bundle
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class FoundPack:
    """A pack beside the bundles; its bytes begin at `start`. The manifest is not verified yet."""

    path: Path
    token: str
    manifest: Manifest
    start: int


@dataclass(frozen=True)
class Unreadable:
    """A file by its name one of ours that is not whole, was altered, or is of a later version."""

    path: Path
    why: str
    newer: bool = False


Found = FoundBundle | FoundPack | Unreadable


def look(place: Path) -> Iterator[Found]:
    """In a folder, not below it, or one file; other files pass by. Raises OSError where none can be read."""
    if not place.is_dir():
        yield read(place)
        return
    for path in sorted(place.iterdir(), key=_by_sequence):
        if path.suffix.lower() in (UP_SUFFIX, DOWN_SUFFIX, PACK_SUFFIX) and path.is_file():
            yield read(path)


def read(path: Path) -> Found:
    """Raises OSError."""
    try:
        with path.open("rb") as file:
            if path.suffix.lower() == PACK_SUFFIX:
                return _pack(path, file.read(MAX_HEAD))
            data = file.read(bundle.MAX_FILE + 1)
        return FoundBundle(path, bundle.parse(data), data)
    except Malformed as error:
        return Unreadable(path, str(error), isinstance(error, NewerVersion))


def write(folder: Path, name: str, *parts: bytes) -> Path:
    """Under its name only when it is whole and on the disk. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    part = folder / f"{name}{PART_SUFFIX}"
    try:
        with part.open("wb") as file:
            for piece in parts:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    sync_folder(folder)
    return path


def write_pack(folder: Path, token: str, manifest: Manifest, source: Path) -> Path:
    """A pack's file beside the bundles. Raises OSError."""
    head = b"\n".join((PACK_MAGIC, token.encode("ascii"), b""))
    return write(folder, bundle.pack_name(manifest), head, source.read_bytes())


def take_pack(found: FoundPack, target: Path) -> None:
    """Copies the pack out of its file. Raises Malformed when it is not what its manifest says, OSError."""
    digest, size = hashlib.sha256(), 0
    with found.path.open("rb") as source, target.open("wb") as copy:
        source.seek(found.start)
        while (piece := source.read(CHUNK)) and size <= found.manifest.size:
            digest.update(piece)
            size += len(piece)
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    if (size, digest.hexdigest()) != (found.manifest.size, found.manifest.sha256):
        target.unlink()
        raise Malformed("the pack is not whole")


def _pack(path: Path, head: bytes) -> FoundPack:
    lines = head.split(b"\n", 2)
    if len(lines) != 3 or lines[0] != PACK_MAGIC:
        raise Malformed("not a pack")
    try:
        text = lines[1].decode("ascii")
        claims: dict[str, Any] = canon.decode_object(unb64(text.split(".")[1]), limit=MAX_HEAD)
    except (UnicodeDecodeError, IndexError) as error:
        raise Malformed("not a manifest") from error
    return FoundPack(path, text, Manifest.parse(claims), len(lines[0]) + len(lines[1]) + 2)


def _by_sequence(path: Path) -> tuple[str, int, str]:
    """Of one life the lower sequence first, as central takes them."""
    stem, _, rest = path.name.rpartition("-")
    life, _, last = stem.rpartition("-")
    return (life, int(last) if last.isdecimal() else 0, rest)
