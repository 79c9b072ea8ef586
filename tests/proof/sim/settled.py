"""Whether a terminal and central have nothing left to tell each other."""

from __future__ import annotations

from sync.policy import Link
from tests.proof.sim.central import Central
from tests.proof.sim.machine import Machine

_HERE = """
SELECT i.terminal,
       (SELECT count(*) FROM operations WHERE transfer <> 'answered'),
       (SELECT value FROM cursors WHERE name = 'changes'),
       i.state
FROM identity i ORDER BY rowid DESC LIMIT 1
"""


def settled(machine: Machine, central: Central) -> bool:
    terminal = machine.terminal
    if terminal is None or terminal.line.link is not Link.ONLINE or terminal.data.journal_fault is not None:
        return False
    row = machine.ledger.raw.execute(_HERE).fetchone()
    if row is None or row[1] or row[3] != "open":
        return False
    last = central.file.raw.execute("SELECT last_change FROM terminals WHERE id = ?", (row[0],)).fetchone()
    return bool(last and int(row[2] or 0) >= last[0])


def state_of(machine: Machine) -> str:
    row = machine.ledger.raw.execute("SELECT state FROM identity ORDER BY rowid DESC LIMIT 1").fetchone()
    return str(row[0]) if row else "none"
