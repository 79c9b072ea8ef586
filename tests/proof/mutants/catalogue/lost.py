"""Bugs of a central that was restored from a backup and does not live up to what it had signed."""

from __future__ import annotations

from typing import Any

from central import epoch
from tests.proof.mutants.model import Mutant, instead
from tests.proof.mutants.provers import Schedules

RESTORED = Schedules(blows=("central restored",), tries=60)


def _nothing(*_: Any) -> None:
    return None


MUTANTS = (
    Mutant(
        "no new epoch after a loss",
        "An ack above central's own water does not make it wonder.",
        (2, 5),
        RESTORED,
        (instead("central.epoch:raise_above", lambda conn, _lost, _at: epoch.current(conn)),),
    ),
    Mutant(
        "leases granted right after a restore",
        "Central grants from pools of which it does not know what it gave out.",
        (5,),
        Schedules(blows=("central restored",), wishes=("lease request", "sell"), tries=60),
        (instead("central.epoch:is_reconciling", lambda _conn: False),),
    ),
    Mutant(
        "own results forgotten",
        "What terminals show of central's results is read and not kept: all is judged anew.",
        (2,),
        Schedules(blows=("central restored",), wishes=("bad bill", "stated", "bill", "choke"), tries=60),
        (instead("central.told:among", lambda *_: {}),),
    ),
    Mutant(
        "own grants forgotten",
        "What terminals show of central's grants is read and not honoured.",
        (5,),
        Schedules(blows=("central restored",), wishes=("lease request", "sell", "stated"), tries=60),
        (instead("central.evidence:_honour", _nothing),),
    ),
    Mutant(
        "numbers of the lost stream used again",
        "The stream goes on at the backup's end, and nobody reads anew what now has numbers read before.",
        (2, 8),
        Schedules(blows=("central restored",), wishes=("bad bill", "choke", "lease request"), tries=60),
        (
            instead("central.evidence:_begin_stream_above", _nothing),
            instead("sync.changes:restart", _nothing),
        ),
    ),
    Mutant(
        "cases of the lost days forgotten",
        "A case that a terminal shows is not opened again under its number.",
        (10,),
        Schedules(blows=("central restored",), wishes=("bad bill", "choke", "dependent"), tries=60),
        (instead("central.old_cases:take", _nothing),),
    ),
)
