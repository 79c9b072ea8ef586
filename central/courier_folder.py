"""`yizhan-central courier`: answers what lies on a stick at head office, with no line in between."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from central import courier, packs
from central.config import Parts
from central.errors import Refused
from sync.wire import bundlefile, token
from sync.wire.bundle import Way
from sync.wire.bundlefile import FoundBundle, FoundPack, Unreadable
from sync.wire.manifest import Manifest


@dataclass(frozen=True)
class Worked:
    answered: tuple[str, ...]
    packs: tuple[str, ...]
    unusable: tuple[tuple[str, str], ...]


def work_through(parts: Parts, source: Path, target: Path) -> Worked:
    """Every bundle of `source`, of one terminal the lower sequence first. Raises OSError."""
    answered: list[str] = []
    unusable: list[tuple[str, str]] = []
    lacking: dict[str, Manifest] = {}
    for found in bundlefile.look(source):
        match found:
            case Unreadable(path, why):
                unusable.append((path.name, why))
            case FoundPack():
                continue
            case FoundBundle(path, bundle) if bundle.head.way is Way.UP:
                try:
                    reply = courier.answer(parts, bundle)
                except Refused as error:
                    unusable.append((path.name, str(error)))
                    continue
                bundlefile.write(target, reply.name, reply.data)
                answered.append(reply.name)
                if reply.pack is not None:
                    lacking[reply.pack.county] = reply.pack
    written = tuple(_write_pack(parts, target, pack) for _, pack in sorted(lacking.items()))
    return Worked(tuple(answered), written, tuple(unusable))


def _write_pack(parts: Parts, target: Path, manifest: Manifest) -> str:
    proof = token.sign(parts.keys.answers, token.Typ.MANIFEST, manifest.payload())
    source = packs.file_of(parts.folder.packs, manifest.county, manifest.version)
    return bundlefile.write_pack(target, proof, manifest, source).name
