"""A bundle: what goes up or comes down in a file, through whoever carries it (PROTOCOL.md §7).

Three lines: what it is, the signed head that its carrier may read, and the sealed contents that it may not.
A pack travels beside it, once for all terminals of a county: it is signed by central and nobody's secret.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sync.wire import canon, token
from sync.wire.encoding import parse_instant, sha256_hex, unb64, unhex
from sync.wire.errors import Malformed, NewerVersion
from sync.wire.keys import PublicKey, SigningKey
from sync.wire.manifest import Manifest
from sync.wire.place import Place
from sync.wire.sealing import DecryptionKey, EncryptionKey, Sealed, seal, unseal
from sync.wire.shape import Fields
from sync.wire.token import Typ
from sync.wire.zipped import pack, unpack

MEDIA_TYPE = "application/vnd.yizhan.bundle"
VERSION = 1
MAGIC = b"YZB1"
PACK_MAGIC = b"YZP1"
MAX_FILE = 8 * 1024 * 1024
MAX_HEAD = 16 * 1024  # of a file: what it is, signed
MAX_BATCHES = 64
MAX_PAGES = 16  # of evidence: each may have thousands of signatures to check
MAX_TERMINAL = 64
UP_SUFFIX, DOWN_SUFFIX, PACK_SUFFIX = ".yzb", ".yza", ".yzp"
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")


class Way(Enum):
    """Value: its name in the head."""

    UP = "up"
    DOWN = "down"

    @property
    def typ(self) -> Typ:
        return Typ.BUNDLE if self is Way.UP else Typ.BUNDLE_ANSWER

    @property
    def sealed(self) -> Sealed:
        return Sealed.BUNDLE if self is Way.UP else Sealed.ANSWER


@dataclass(frozen=True)
class Head:
    """Readable by whoever carries it. An answer repeats the nonce and the span of what it answers."""

    way: Way
    terminal: str
    incarnation: int
    to: str  # id of the key that opens it
    nonce: str
    first_seq: int
    last_seq: int  # first_seq - 1 when no operation is in it
    made_at: str
    size: int = 0
    sha256: str = ""  # of the sealed contents

    def payload(self) -> dict[str, Any]:
        return {**vars(self), "v": VERSION, "way": self.way.value}

    @classmethod
    def parse(cls, raw: Any) -> "Head":
        read = Fields(raw, "bundle")
        if read.integer("v") != VERSION:
            raise NewerVersion("unknown version of the bundle")
        way = read.text("way")
        if way not in {member.value for member in Way}:
            raise Malformed("a bundle goes up or down")
        unhex(read.text("sha256"), 32)
        terminal = read.text("terminal")
        if not 0 < len(terminal) <= MAX_TERMINAL:  # it names a file
            raise Malformed("name of the terminal")
        parse_instant(read.text("made_at"))
        return cls(
            way=Way(way),
            terminal=terminal,
            incarnation=read.integer("incarnation"),
            to=read.text("to"),
            nonce=read.text("nonce"),
            first_seq=read.integer("first_seq"),
            last_seq=read.integer("last_seq"),
            made_at=read.text("made_at"),
            size=read.integer("size"),
            sha256=read.text("sha256"),
        )

    @property
    def name(self) -> str:
        """The file's: safe on any file system, one for a bundle and its copies, and nobody's data in it."""
        short = hashlib.sha256(self.nonce.encode()).hexdigest()[:8]
        suffix = UP_SUFFIX if self.way is Way.UP else DOWN_SUFFIX
        return f"yizhan-{_UNSAFE.sub('_', self.terminal)}-{self.incarnation}-{self.last_seq}-{short}{suffix}"

    @property
    def answer_name(self) -> str:
        return self.name.removesuffix(UP_SUFFIX) + DOWN_SUFFIX


@dataclass(frozen=True)
class Bundle:
    """Whole as its head says; who made it is for `verify`."""

    head: Head
    token: str
    sealed: str = field(repr=False)

    def verify(self, keys: Mapping[str, PublicKey]) -> None:
        """Raises BadSignature, WrongAnswer, Malformed."""
        token.verify(self.token, keys, self.head.way.typ)

    def open(self, keys: Mapping[str, DecryptionKey]) -> bytes:
        """Raises what `unseal` raises; only after `verify`."""
        return unseal(self.sealed, keys, self.head.way.sealed)


def pack_name(manifest: Manifest) -> str:
    county, version = (_UNSAFE.sub("_", text)[:MAX_TERMINAL] for text in (manifest.county, manifest.version))
    return f"yizhan-pack-{county}-{version}{PACK_SUFFIX}"


def make(signer: SigningKey, to: EncryptionKey, head: Head, contents: bytes) -> bytes:
    sealed = seal(to, head.way.sealed, contents)
    data = sealed.encode("ascii")
    full = Head(**{**vars(head), "size": len(data), "sha256": sha256_hex(data)})
    return b"\n".join((MAGIC, token.sign(signer, full.way.typ, full.payload()).encode("ascii"), data, b""))


def head_of(begin: bytes, size: int) -> tuple[Head, str]:
    """With its token, from the first `MAX_HEAD` bytes of a bundle of `size` bytes. Raises Malformed."""
    if size > MAX_FILE:
        raise Malformed(f"{size} bytes, allowed are {MAX_FILE}")
    lines = begin.split(b"\n", 2)
    if lines[0] != MAGIC:
        raise Malformed("not a bundle")
    if len(lines) != 3:
        raise Malformed("the bundle is not whole")
    text = _ascii(lines[1])
    head = Head.parse(canon.decode_object(_claims(text), limit=4096))
    if size != len(lines[0]) + len(lines[1]) + head.size + 3:
        raise Malformed("the bundle is not whole")
    return head, text


def parse(data: bytes) -> Bundle:
    """Raises Malformed for what is no bundle, not whole, or altered by mishap."""
    head, text = head_of(data[:MAX_HEAD], len(data))
    sealed, end = data[-head.size - 1 : -1], data[-1:]
    if end != b"\n" or sha256_hex(sealed) != head.sha256:
        raise Malformed("the bundle is not whole")
    return Bundle(head, text, _ascii(sealed))


@dataclass(frozen=True)
class Upward:
    """What a terminal has to say: its batches in sequence, each exactly as it would be pushed."""

    batches: tuple[bytes, ...] = field(repr=False)
    cursor: int  # its place in its stream of changes
    reply_to: EncryptionKey
    pack: str | None = None  # the version it has
    evidence: tuple[bytes, ...] = field(default=(), repr=False)  # pages, for a central that asked for them
    mark: str | None = None  # of the item at `cursor`

    @property
    def place(self) -> Place:
        return Place(self.cursor, self.mark)

    def encode(self) -> bytes:
        preamble: dict[str, Any] = {
            "batches": [len(batch) for batch in self.batches],
            "cursor": self.cursor,
            "reply_to": self.reply_to.jwk(),
        }
        if self.mark is not None:
            preamble["mark"] = self.mark
        if self.pack is not None:
            preamble["pack"] = self.pack
        if self.evidence:
            preamble["evidence"] = [len(page) for page in self.evidence]
        return b"\n".join((canon.encode(preamble), b"".join((*self.evidence, *self.batches))))

    @classmethod
    def decode(cls, data: bytes) -> "Upward":
        """Raises Malformed."""
        line, _, rest = data.partition(b"\n")
        preamble = canon.decode_object(line, limit=16 * 1024)
        read = Fields(preamble, "bundle contents")
        pages, batches = read.items("evidence") if "evidence" in preamble else [], read.items("batches")
        sizes = [*pages, *batches]
        if not 0 < len(batches) <= MAX_BATCHES or len(pages) > MAX_PAGES:
            raise Malformed("how many batches")
        if not all(type(size) is int and size > 0 for size in sizes) or sum(sizes) != len(rest):
            raise Malformed("sizes of batches")
        if read.integer("cursor") < 0:
            raise Malformed("cursor below 0")
        starts = [sum(sizes[:n]) for n in range(len(sizes))]
        parts = tuple(rest[start : start + size] for start, size in zip(starts, sizes, strict=True))
        return cls(
            batches=parts[len(pages) :],
            cursor=read.integer("cursor"),
            reply_to=EncryptionKey.from_jwk(read.mapping("reply_to")),
            pack=read.optional_text("pack"),
            evidence=parts[: len(pages)],
            mark=read.optional_text("mark"),
        )


@dataclass(frozen=True)
class Downward:
    """Central's answers, each signed with the bundle's nonce: as they would have come over a line."""

    acks: tuple[str, ...]
    changes: tuple[str, ...]
    problem: str | None = None  # why it took no more of what came up
    pack: str | None = None  # manifest of a pack that the terminal does not have

    def encode(self) -> bytes:
        raw: dict[str, Any] = {"acks": list(self.acks), "changes": list(self.changes)}
        raw |= {k: v for k, v in (("problem", self.problem), ("pack", self.pack)) if v is not None}
        return pack(canon.encode(raw), 9)

    @classmethod
    def decode(cls, data: bytes) -> "Downward":
        """Raises Malformed."""
        read = Fields(canon.decode_object(unpack(data, MAX_FILE), limit=MAX_FILE), "answer contents")
        return cls(
            acks=read.texts("acks"),
            changes=read.texts("changes"),
            problem=read.optional_text("problem"),
            pack=read.optional_text("pack"),
        )


def _claims(text: str) -> bytes:
    parts = text.split(".")
    if len(parts) != 3:
        raise Malformed("not a token")
    return unb64(parts[1])


def _ascii(line: bytes) -> str:
    try:
        return line.decode("ascii")
    except UnicodeDecodeError as error:
        raise Malformed("not a token") from error
