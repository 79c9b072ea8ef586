"""Whether a terminal and central have nothing left to tell each other."""

from __future__ import annotations

from sync.policy import Link
from tests.proof.sim.central import Central
from tests.proof.sim.machine import Machine

_HERE = """
SELECT i.terminal, i.incarnation, i.state,
       (SELECT count(*) FROM operations WHERE transfer <> 'answered'),
       (SELECT value FROM cursors WHERE name = 'changes'),
       (SELECT coalesce(max(seq), 0) FROM operations o
        WHERE o.terminal = i.terminal AND o.incarnation = i.incarnation),
       (SELECT count(*) FROM cursors WHERE name LIKE 'contradicted/%' AND value = 'owed'),
       (SELECT link FROM operations o
        WHERE o.terminal = i.terminal AND o.incarnation = i.incarnation ORDER BY seq DESC LIMIT 1)
FROM identity i ORDER BY rowid DESC LIMIT 1
"""
_LIVES = """
SELECT i.terminal, i.incarnation,
       (SELECT coalesce(max(seq), 0) FROM operations o
        WHERE o.terminal = i.terminal AND o.incarnation = i.incarnation)
FROM identity i
"""
_HEARD = """
SELECT count(*) FROM incarnations, central_state WHERE terminal = ? AND incarnation = ? AND vouched >= epoch
AND (high_water >= ? OR quarantined_at IS NOT NULL)
"""
_THERE = """
SELECT t.last_change, i.high_water, i.chain FROM terminals t JOIN incarnations i ON i.terminal = t.id
WHERE t.id = ? AND i.incarnation = ?
"""


def settled(machine: Machine, central: Central) -> bool:
    terminal = machine.terminal
    if terminal is None or terminal.line.link is not Link.ONLINE or terminal.data.journal_fault is not None:
        return False
    row = machine.ledger.raw.execute(_HERE).fetchone()
    if row is None or row[2] != "open" or row[3] or row[6]:
        return False
    lives = machine.ledger.raw.execute(_LIVES).fetchall()
    if not all(central.file.raw.execute(_HEARD, life).fetchone()[0] for life in lives):
        return False
    there = central.file.raw.execute(_THERE, row[:2]).fetchone()
    if there is None or int(row[4] or 0) < there[0] or row[5] != there[1]:
        return False
    return not row[5] or bytes(row[7]) == bytes(there[2])


def state_of(machine: Machine) -> str:
    row = machine.ledger.raw.execute("SELECT state FROM identity ORDER BY rowid DESC LIMIT 1").fetchone()
    return str(row[0]) if row else "none"
