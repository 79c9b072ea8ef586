"""What stands at the head of a new life's stream: operators, cases, the pack, lost cards, the settings."""

from __future__ import annotations

from sqlalchemy import Connection

from central import cases, members, operators, packs, terminals
from central.changes import Item
from central.handlers.base import TerminalRow
from sync.wire.answers import Profile


def items(conn: Connection, terminal: TerminalRow) -> list[Item]:
    county = terminals.county_of(conn, terminal.county)
    assert county is not None, "a terminal stands in a county"
    found = [operators.item(one) for one in operators.at_point(conn, terminal.county, terminal.point)]
    if terminal.profile is Profile.STAFF:
        found += [{"t": "case", **case} for case in cases.county_cases(conn, terminal.county)]
    newest = packs.newest(conn, terminal.county)
    if newest is not None:
        found.append(packs.item(newest))
    found += members.revocations(conn, terminal.county)
    return [*found, terminals.settings_item(county.settings)]
