"""Bugs in what a terminal believes of what comes over the line."""

from __future__ import annotations

from typing import Any

from sync.client import SignedAck
from sync.failures import HostileAnswer
from sync.wire.answers import Ack
from sync.wire.token import peek
from tests.proof.mutants.model import Mutant, around, instead
from tests.proof.mutants.provers import Schedules
from tests.proof.sim.line import Fate

STALE = Schedules(fates=(Fate.STALE,))


def _nothing(*_: Any) -> None:
    return None


def _unverified(text: str, _keys: Any, _typ: Any) -> Any:
    return peek(text)


async def _any_200(real: Any, client: Any, batch: Any, answered: Any = None) -> SignedAck:
    try:
        signed: SignedAck = await real(client, batch, answered)
    except HostileAnswer:
        last = batch.first_seq + len(batch.operations) - 1
        from sync.wire.batch import check_chain

        links = check_chain(batch, client.member.key.public)
        chain = links[-1] if links else batch.prev
        now = "2025-06-03T12:00:00Z"
        who = (batch.terminal, 1, batch.incarnation, batch.nonce)
        return SignedAck(Ack(*who, last, chain, (), 0, (), now), "none.none.bm9uZQ", 1)
    return signed


def _lower_water(conn: Any, chain: Any, known: int) -> None:
    conn.exec_driver_sql(
        "UPDATE identity SET high_water = ? WHERE terminal = ? AND incarnation = ?",
        (known, chain.terminal, chain.incarnation),
    )


NO_NONCE = instead("sync.signedproblem:check_nonce", _nothing)

MUTANTS = (
    Mutant(
        "nonce forgotten",
        "An answer that central signed for an earlier question is taken for this one's.",
        (2, 8),
        STALE,
        (NO_NONCE,),
    ),
    Mutant(
        "another terminal's ack accepted",
        "Neither the nonce nor the terminal that an answer is for is looked at.",
        (2,),
        Schedules(fates=(Fate.STRANGERS,), seats=2, tries=100),
        (NO_NONCE, instead("sync.client:Client._check_terminal", _nothing)),
    ),
    Mutant(
        "stale ack taken as progress",
        "An older ack counts, and the water falls to what it says.",
        (2, 8),
        STALE,
        (NO_NONCE, instead("sync.transfer:_raise_high_water", _lower_water)),
    ),
    Mutant(
        "unsigned answer accepted",
        "Signatures of central are not checked; whatever can be read counts.",
        (2,),
        Schedules(fates=(Fate.FLIPPED,)),
        (instead("sync.signedproblem:verified", _unverified),),
    ),
    Mutant(
        "any 200 is an ack",
        "What a captive portal says to a push counts as central having it all.",
        (2, 6),
        Schedules(fates=(Fate.PORTAL,)),
        (around("sync.client:Client.push", _any_200),),
    ),
)
