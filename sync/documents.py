"""Documents central keeps for this terminal: operators, settings, revocations; the newest revision counts."""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection, bindparam, select

from sync import lines
from sync.tables import documents
from sync.wire.errors import Malformed
from sync.wire.shape import Fields

# Asked at every record: building a statement costs more than asking it.
_BODY = select(documents.c.body).where(
    documents.c.kind == bindparam("of_kind"), documents.c.id == bindparam("named")
)


class DocumentKind(Enum):
    OPERATOR = "operator"
    SETTINGS = "settings"
    REVOCATION = "revocation"
    KEYS = "keys"


class Revoked(Enum):
    LEASE = "lease"
    COUPON = "coupon"
    MEMBER = "member"  # one card
    KEY = "key"


@dataclass(frozen=True)
class Operator:
    id: str
    name: str
    roles: tuple[str, ...]
    verifier: str | None  # argon2id; None: no PIN yet
    must_change: bool
    active: bool
    rev: int


def operators(conn: Connection) -> list[Operator]:
    """Active ones, by name."""
    found = [_operator(body) for body in _bodies(conn, DocumentKind.OPERATOR)]
    return sorted((item for item in found if item.active), key=lambda item: (item.name, item.id))


def operator(conn: Connection, operator_id: str) -> Operator | None:
    body = _body(conn, DocumentKind.OPERATOR, operator_id)
    return None if body is None else _operator(body)


def settings(conn: Connection) -> dict[str, Any]:
    """What central set for this terminal."""
    return _body(conn, DocumentKind.SETTINGS, "terminal") or {}


def revocation(conn: Connection, what: Revoked, target: str) -> str | None:
    """Why it is revoked, or None."""
    body = _body(conn, DocumentKind.REVOCATION, f"{what.value}/{target}")
    return None if body is None else str(body["reason"])


def put_operator(conn: Connection, raw: dict[str, Any]) -> bool:
    """The `operator` item of the wire; whether it was news. Raises Malformed."""
    read = Fields(raw, "operator")
    operator_id, rev = read.text("id"), read.integer("rev")
    body = {
        "id": operator_id,
        "name": read.text("name"),
        "roles": list(read.texts("roles")),
        "verifier": read.optional_text("verifier"),
        "must_change": read.boolean("must_change"),
        "active": read.boolean("active"),
        "rev": rev,
    }
    return put(conn, DocumentKind.OPERATOR, operator_id, rev, body)


def set_local_verifier(conn: Connection, operator_id: str, verifier: str) -> None:
    """A PIN set at this point holds at once; central's next revision of the operator replaces it."""
    body = _body(conn, DocumentKind.OPERATOR, operator_id)
    assert body is not None, "a PIN for an unknown operator"
    changed = body | {"verifier": verifier, "must_change": False}
    lines.put(conn, documents, _row(DocumentKind.OPERATOR, operator_id, body["rev"], changed))


def put_settings(conn: Connection, values: dict[str, Any], rev: int) -> bool:
    return put(conn, DocumentKind.SETTINGS, "terminal", rev, values)


def put_revocation(conn: Connection, raw: dict[str, Any]) -> bool:
    """The `revocation` item of the wire; it is never taken back. Raises Malformed."""
    read = Fields(raw, "revocation")
    try:
        what = Revoked(read.text("what"))
    except ValueError as error:
        raise Malformed(str(error)) from error
    body = {"what": what.value, "id": read.text("id"), "reason": read.text("reason")}
    return put(conn, DocumentKind.REVOCATION, f"{what.value}/{body['id']}", 1, body)


def put(conn: Connection, kind: DocumentKind, doc_id: str, rev: int, body: dict[str, Any]) -> bool:
    query = select(documents.c.rev).where(documents.c.kind == kind.value, documents.c.id == doc_id)
    known = conn.execute(query).scalar_one_or_none()
    if known is not None and known >= rev:
        return False
    lines.put(conn, documents, _row(kind, doc_id, rev, body))
    return True


def _row(kind: DocumentKind, doc_id: str, rev: int, body: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return {"kind": kind.value, "id": doc_id, "rev": rev, "body": text}


def _body(conn: Connection, kind: DocumentKind, doc_id: str) -> dict[str, Any] | None:
    text = conn.execute(_BODY, {"of_kind": kind.value, "named": doc_id}).scalar_one_or_none()
    if text is None:
        return None
    body: dict[str, Any] = json.loads(text)
    return body


def _bodies(conn: Connection, kind: DocumentKind) -> list[dict[str, Any]]:
    query = select(documents.c.body).where(documents.c.kind == kind.value)
    return [json.loads(text) for text in conn.execute(query).scalars()]


def _operator(body: dict[str, Any]) -> Operator:
    return Operator(
        id=body["id"],
        name=body["name"],
        roles=tuple(body["roles"]),
        verifier=body["verifier"],
        must_change=body["must_change"],
        active=body["active"],
        rev=body["rev"],
    )
