"""Central's signed answers (PROTOCOL.md §4): `payload()` to sign, `parse()` of what was verified."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sync.wire.encoding import unhex
from sync.wire.errors import Malformed
from sync.wire.operation import LINK_BYTES
from sync.wire.place import Place
from sync.wire.shape import Fields


class Outcome(Enum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REVIEW = "review"

    @property
    def final(self) -> bool:
        return self is not Outcome.REVIEW


class Profile(Enum):
    PUBLIC = "public"
    ASSISTED = "assisted"
    FIELD = "field"
    STAFF = "staff"


def _enum(kind: type[Enum], value: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        raise Malformed(f"unknown {kind.__name__} {value[:32]!r}") from error


@dataclass(frozen=True)
class Result:
    seq: int
    op: str
    outcome: Outcome
    rev: int
    reason: str | None = None
    case: str | None = None

    def payload(self) -> dict[str, Any]:
        raw = {"seq": self.seq, "op": self.op, "outcome": self.outcome.value, "rev": self.rev}
        return raw | {k: v for k, v in (("reason", self.reason), ("case", self.case)) if v is not None}

    @classmethod
    def parse(cls, raw: Any) -> "Result":
        read = Fields(raw, "result")
        return cls(
            seq=read.integer("seq"),
            op=read.text("op"),
            outcome=_enum(Outcome, read.text("outcome")),
            rev=read.integer("rev"),
            reason=read.optional_text("reason"),
            case=read.optional_text("case"),
        )


@dataclass(frozen=True)
class Ack:
    terminal: str
    epoch: int
    incarnation: int
    nonce: str
    high_water: int
    chain: bytes
    results: tuple[Result, ...]
    prune: int
    grants: tuple[str, ...]
    server_time: str
    receipt: str | None = None  # to be shown instead of a long ack

    def payload(self) -> dict[str, Any]:
        raw = {
            **vars(self),
            "chain": self.chain.hex(),
            "results": [result.payload() for result in self.results],
            "grants": list(self.grants),
        }
        return {name: value for name, value in raw.items() if value is not None}

    @classmethod
    def parse(cls, raw: Any) -> "Ack":
        read = Fields(raw, "ack")
        return cls(
            terminal=read.text("terminal"),
            epoch=read.integer("epoch"),
            incarnation=read.integer("incarnation"),
            nonce=read.text("nonce"),
            high_water=read.integer("high_water"),
            chain=unhex(read.text("chain"), LINK_BYTES),
            results=tuple(Result.parse(item) for item in read.items("results")),
            prune=read.integer("prune"),
            grants=read.texts("grants"),
            server_time=read.text("server_time"),
            receipt=read.optional_text("receipt"),
        )


@dataclass(frozen=True)
class Receipt:
    """How far central was when it signed an ack: all of the ack that it needs to be shown again."""

    terminal: str
    epoch: int
    incarnation: int
    high_water: int

    def payload(self) -> dict[str, Any]:
        return dict(vars(self))

    @classmethod
    def parse(cls, raw: Any) -> "Receipt":
        """Of a receipt, or of the ack itself."""
        read = Fields(raw, "receipt")
        return cls(
            terminal=read.text("terminal"),
            epoch=read.integer("epoch"),
            incarnation=read.integer("incarnation"),
            high_water=read.integer("high_water"),
        )


@dataclass(frozen=True)
class Status:
    terminal: str
    epoch: int
    incarnation: int
    nonce: str
    high_water: int
    chain: bytes
    server_time: str
    reconciling: bool = False  # central lost a part of its past and grants nothing until it has it again

    def payload(self) -> dict[str, Any]:
        raw = {**vars(self), "chain": self.chain.hex()}
        return raw if self.reconciling else {k: v for k, v in raw.items() if k != "reconciling"}

    @classmethod
    def parse(cls, raw: Any) -> "Status":
        read = Fields(raw, "status")
        return cls(
            terminal=read.text("terminal"),
            epoch=read.integer("epoch"),
            incarnation=read.integer("incarnation"),
            nonce=read.text("nonce"),
            high_water=read.integer("high_water"),
            chain=unhex(read.text("chain"), LINK_BYTES),
            server_time=read.text("server_time"),
            reconciling=raw.get("reconciling") is True,
        )


@dataclass(frozen=True)
class Changes:
    terminal: str
    epoch: int
    nonce: str
    items: tuple[dict[str, Any], ...]  # each has `n` and `t`
    cursor: int
    more: bool
    server_time: str
    start: int | None = None  # `from` on the wire: the cursor it follows; older centrals do not say it
    mark: str | None = None  # of the item at `cursor`; of a page without items, and of older centrals, none

    @property
    def place(self) -> Place:
        return Place(self.cursor, self.mark)

    def payload(self) -> dict[str, Any]:
        raw = {**vars(self), "items": list(self.items), "from": self.start}
        return {name: value for name, value in raw.items() if name != "start" and value is not None}

    @classmethod
    def parse(cls, raw: Any) -> "Changes":
        read = Fields(raw, "changes")
        items = read.items("items")
        for item in items:
            entry = Fields(item, "change")
            entry.integer("n")
            entry.text("t")
        return cls(
            terminal=read.text("terminal"),
            epoch=read.integer("epoch"),
            nonce=read.text("nonce"),
            items=tuple(items),
            cursor=read.integer("cursor"),
            more=read.boolean("more"),
            server_time=read.text("server_time"),
            start=read.optional_integer("from"),
            mark=read.optional_text("mark"),
        )


@dataclass(frozen=True)
class Forks:
    """What became of operations of a chain that left central's."""

    terminal: str
    incarnation: int
    nonce: str
    results: tuple[Result, ...]
    server_time: str

    def payload(self) -> dict[str, Any]:
        return {**vars(self), "results": [result.payload() for result in self.results]}

    @classmethod
    def parse(cls, raw: Any) -> "Forks":
        read = Fields(raw, "forks")
        return cls(
            terminal=read.text("terminal"),
            incarnation=read.integer("incarnation"),
            nonce=read.text("nonce"),
            results=tuple(Result.parse(item) for item in read.items("results")),
            server_time=read.text("server_time"),
        )


@dataclass(frozen=True)
class OfferedPoint:
    id: str
    name: dict[str, str]
    address: str


@dataclass(frozen=True)
class Offer:
    nonce: str
    county: str
    county_name: str
    profile: Profile
    points: tuple[OfferedPoint, ...]
    keys: tuple[dict[str, Any], ...]  # JWKs; the first signs this very answer

    def payload(self) -> dict[str, Any]:
        points = [vars(point) for point in self.points]
        return {**vars(self), "profile": self.profile.value, "points": points, "keys": list(self.keys)}

    @classmethod
    def parse(cls, raw: Any) -> "Offer":
        read = Fields(raw, "offer")
        points = [Fields(item, "point") for item in read.items("points")]
        return cls(
            nonce=read.text("nonce"),
            county=read.text("county"),
            county_name=read.text("county_name"),
            profile=_enum(Profile, read.text("profile")),
            points=tuple(OfferedPoint(p.text("id"), p.mapping("name"), p.text("address")) for p in points),
            keys=tuple(read.items("keys")),
        )


@dataclass(frozen=True)
class EnrolAnswer:
    nonce: str
    terminal: str
    incarnation: int
    epoch: int
    county: str
    profile: Profile
    point: dict[str, Any]  # the pack's `point` record
    keys: tuple[dict[str, Any], ...]  # JWKs of central
    settings: dict[str, Any]
    grants: tuple[str, ...]
    server_time: str
    public_key: dict[str, Any] | None = None  # of the life; by it a central that forgot it knows it again

    def payload(self) -> dict[str, Any]:
        raw = {
            **vars(self),
            "profile": self.profile.value,
            "keys": list(self.keys),
            "grants": list(self.grants),
        }
        return {name: value for name, value in raw.items() if value is not None}

    @classmethod
    def parse(cls, raw: Any) -> "EnrolAnswer":
        read = Fields(raw, "enrolment")
        return cls(
            nonce=read.text("nonce"),
            terminal=read.text("terminal"),
            incarnation=read.integer("incarnation"),
            epoch=read.integer("epoch"),
            county=read.text("county"),
            profile=_enum(Profile, read.text("profile")),
            point=read.mapping("point"),
            keys=tuple(read.items("keys")),
            settings=read.mapping("settings"),
            grants=read.texts("grants"),
            server_time=read.text("server_time"),
            public_key=read.mapping("public_key") if "public_key" in raw else None,
        )
