"""Writes what central signed into the ledger: changes with their cursor, acks with their grants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from sync import cases, central_keys, contradicted, documents, evidence, identity, leases, results, transfer
from sync.client import SignedAck, SignedChanges
from sync.membership import Membership
from sync.results import Applied
from sync.transfer import Chain
from sync.wire import token
from sync.wire.answers import Ack, Changes, Result
from sync.wire.errors import Malformed, WireError
from sync.wire.grant import Grant
from sync.wire.keys import PublicKey
from sync.wire.place import Place
from sync.wire.token import Typ

CURSOR, MARK = "changes", "changes-mark"
_ABOUT_KEYS = frozenset({"keys", "revocation"})


@dataclass(frozen=True)
class Taken:
    """What a transaction did that the engine must act on or report."""

    news: bool = False  # an outcome that was not known
    pack: bool = False
    conflicts: tuple[Result, ...] = ()
    refused: tuple[str, ...] = ()  # items that could not be read: reported, never in the way of the next
    keys: bool = False  # central's keys may be others now
    anew: bool = False  # central was heard in a new epoch: its stream is read from the beginning


def cursor(conn: Connection) -> int:
    return int(transfer.cursor(conn, CURSOR) or 0)


def place(conn: Connection) -> Place:
    return Place(cursor(conn), transfer.cursor(conn, MARK) or None)


def restart(conn: Connection) -> None:
    """Central no longer knows our place in the stream: read it all again, revisions keep what is newer."""
    _go_to(conn, Place(0))


def _go_to(conn: Connection, there: Place) -> None:
    transfer.set_cursor(conn, CURSOR, str(there.cursor))
    if (transfer.cursor(conn, MARK) or None) != there.mark:
        transfer.set_cursor(conn, MARK, there.mark or "")


def take_changes(conn: Connection, member: Membership, signed: SignedChanges, at: str) -> Taken:
    """The epoch is this life's only once central has heard it: see `take_ack`."""
    changes = signed.changes
    taken = _take_items(conn, member, changes, at)
    evidence.keep(conn, Chain(member.terminal, member.incarnation), changes, signed.token, at)
    here = cursor(conn)
    # Our place may have moved since we asked: by a courier, or back to the beginning.
    follows = changes.start is None or changes.start <= here < changes.cursor
    if follows and here != changes.cursor:
        _go_to(conn, changes.place)
    return taken


def merge_changes(conn: Connection, member: Membership, signed: SignedChanges, at: str) -> Taken:
    """A page of any age, come by courier: our place in the stream moves only on, and over no gap."""
    changes = signed.changes
    taken = _take_items(conn, member, changes, at)
    evidence.keep(conn, Chain(member.terminal, member.incarnation), changes, signed.token, at)
    here, epoch = cursor(conn), identity.require(conn).epoch
    if _start(changes) <= here < changes.cursor and changes.epoch >= epoch:
        _go_to(conn, changes.place)
    return taken


def _start(changes: Changes) -> int:
    """The place it follows; where an older central does not say it, its first item must be the very next."""
    if changes.start is not None:
        return changes.start
    return int(changes.items[0]["n"]) - 1 if changes.items else changes.cursor


def _take_items(conn: Connection, member: Membership, changes: Changes, at: str) -> Taken:
    found: list[Result] = []
    refused: list[str] = []
    pack = keys = False
    for item in changes.items:
        keys = keys or item["t"] in _ABOUT_KEYS
        try:
            match item["t"]:
                case "outcome":
                    found.append(Result.parse(item))
                case "pack":
                    pack = True
                case _:
                    _take_item(conn, member, item)
        except WireError as error:
            refused.append(f"{item['n']} {item['t']}: {error}")
    applied = results.apply_results(conn, found, at)
    return Taken(bool(applied.changed), pack, applied.conflicts, tuple(refused), keys)


def _take_item(conn: Connection, member: Membership, item: Mapping[str, Any]) -> None:
    """Kinds of a later version of the wire pass by."""
    body = dict(item)
    match item["t"]:
        case "case":
            cases.apply_case(conn, body)
        case "grant":
            take_grants(conn, member, [_text(body, "token")])
        case "operator":
            documents.put_operator(conn, body)
        case "settings":
            if not isinstance(body.get("values"), dict):
                raise Malformed("settings without values")
            documents.put_settings(conn, body["values"], body["n"])
        case "keys":
            if not isinstance(body.get("keys"), list):
                raise Malformed("keys without a list")
            central_keys.replace(conn, body["keys"], body["n"])
        case "lease":
            if body.get("state") == leases.LeaseState.CLOSED.value:
                leases.end(conn, _text(body, "lease"), leases.LeaseState.CLOSED)
        case "revocation":
            documents.put_revocation(conn, body)
            _revoke(conn, body)


def take_ack(conn: Connection, member: Membership, signed: SignedAck, at: str) -> Taken:
    """Raises ChainFork. In a new epoch numbers below our place in the stream may have been given out anew."""
    applied = transfer.apply_ack(conn, signed.ack, signed.token, at)
    life = (member.terminal, member.incarnation)
    anew = signed.ack.epoch > identity.epoch_of(conn, *life)
    identity.set_epoch(conn, *life, signed.ack.epoch)
    if anew:
        restart(conn)
    return replace(_with_grants(conn, member, signed.ack, applied), anew=anew)


def merge_ack(conn: Connection, member: Membership, signed: SignedAck, at: str) -> Taken:
    """One of any age, come by courier. Raises ChainFork."""
    applied = transfer.merge_ack(conn, signed.ack, signed.token, at)
    if signed.ack.epoch > identity.epoch_of(conn, member.terminal, member.incarnation):
        identity.set_epoch(conn, member.terminal, member.incarnation, signed.ack.epoch)
    return _with_grants(conn, member, signed.ack, applied)


def _with_grants(conn: Connection, member: Membership, ack: Ack, applied: Applied) -> Taken:
    refused = []
    for grant in ack.grants:
        try:
            fresh = take_grants(conn, member, [grant])
        except WireError as error:
            refused.append(f"grant: {error}")
            continue
        for one in fresh:
            if _was_answered(ack, one, applied):
                contradicted.by_grant(conn, one.lease)
    return Taken(bool(applied.changed), False, applied.conflicts, tuple(refused))


def _was_answered(ack: Ack, grant: Grant, applied: Applied) -> bool:
    """Whether the operation that this lease, new here, was granted to had its answer before."""
    asked = [one.op for one in ack.results if one.seq == grant.start_seq - 1]
    return not applied.changed if not asked else asked[0] not in applied.changed


def take_grants(conn: Connection, member: Membership, tokens: Sequence[str]) -> list[Grant]:
    """Those of leases new here. Raises WireError; one to an earlier life of this terminal passes by."""
    fresh = []
    for text in tokens:
        grant = read_grant(text, member.keys)
        if (grant.terminal, grant.incarnation) == (member.terminal, member.incarnation):
            if leases.by_id(conn, grant.lease) is None:
                fresh.append(grant)
            elif leases.is_granted_otherwise(conn, grant):
                contradicted.by_raise(conn, grant.lease, grant.rev)
            leases.apply_grant(conn, grant, text)
            if documents.revocation(conn, documents.Revoked.LEASE, grant.lease) is not None:
                leases.end(conn, grant.lease, leases.LeaseState.REVOKED)
    return fresh


def read_grant(text: str, keys: Mapping[str, PublicKey]) -> Grant:
    return Grant.parse(token.verify(text, keys, Typ.GRANT))


def _revoke(conn: Connection, body: Mapping[str, Any]) -> None:
    if body["what"] == documents.Revoked.LEASE.value:
        leases.end(conn, str(body["id"]), leases.LeaseState.REVOKED)
    if body["what"] == documents.Revoked.KEY.value:
        central_keys.revoke(conn, str(body["id"]))


def _text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str):
        raise Malformed(f"{key} is not text")
    return value
