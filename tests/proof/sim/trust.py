"""What a terminal may believe: an ack that central signed, once, and no more erased than it says."""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.wire.encoding import instant, unb64
from tests.proof.sim.central import Central
from tests.proof.sim.machine import Machine


def faults(machine: Machine, central: Central) -> Iterator[str]:
    ask = machine.ledger.raw.execute
    for (times,) in ask("SELECT count(*) FROM acks GROUP BY token HAVING count(*) > 1"):
        yield f"trust: one ack was taken {times} times, and only the first answered a question"
    keys = [Ed25519PublicKey.from_public_bytes(key.raw) for key in central.parts.keys.ring.values()]
    query = "SELECT terminal, incarnation, high_water, token FROM acks"
    for terminal, incarnation, water, token in ask(query).fetchall():
        if not _made_by_one(keys, token):
            yield f"trust: an ack up to {water} that central never signed"
        lives = "SELECT count(*) FROM identity WHERE terminal = ? AND incarnation = ?"
        if not ask(lives, (terminal, incarnation)).fetchone()[0]:
            yield f"trust: an ack to {terminal}/{incarnation}"
    for seq, op in ask(_ERASED):
        yield f"6 kept: {op} ({seq}) was erased above the prune mark"
    yield from _erased_early(machine, central)


def erased(machine: Machine) -> int:
    """How many payloads this machine let go."""
    found = machine.ledger.raw.execute("SELECT count(*) FROM operations WHERE payload IS NULL")
    return int(found.fetchone()[0])


def _erased_early(machine: Machine, central: Central) -> Iterator[str]:
    """6, by central's books alone: final there, and in every backup that somebody may restore."""
    limit = instant(central.clock() - central.parts.horizon)
    erased_here = "SELECT terminal, incarnation, seq, op_id FROM operations WHERE payload IS NULL"
    there = "SELECT outcome, received_at FROM operations WHERE terminal = ? AND incarnation = ? AND seq = ?"
    for *place, op in machine.ledger.raw.execute(erased_here).fetchall():
        row = central.file.raw.execute(there, place).fetchone()
        if row is None or row[0] == "review" or row[1] > limit:
            yield f"6 kept: {op} was erased, and central says {row}"


_ERASED = """
SELECT o.seq, o.op_id FROM operations o WHERE o.payload IS NULL AND (o.seq >
  (SELECT coalesce(max(prune), 0) FROM acks a WHERE a.terminal = o.terminal AND a.incarnation = o.incarnation)
  OR NOT EXISTS (SELECT 1 FROM outcomes r WHERE r.op_id = o.op_id AND r.outcome <> 'review'))
"""


def _made_by_one(keys: list[Ed25519PublicKey], token: str) -> bool:
    """By hand: the product's own check may be what is broken."""
    signed, _, signature = token.rpartition(".")
    for key in keys:
        try:
            key.verify(unb64(signature), signed.encode())
        except InvalidSignature:
            continue
        return True
    return False
