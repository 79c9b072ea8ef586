"""Bugs in how central takes operations in: effect and result apart, twice, or not at all."""

from __future__ import annotations

from typing import Any

from central import apply
from central.database import Database
from central.handlers.base import Accepted, Rejected, Review
from central.handlers.bills import Bills
from central.judge import Judgement
from central.lease_moves import FloatMove, move_floats
from sync.wire.case import Reason
from tests.proof.mutants.model import Mutant, around, instead
from tests.proof.mutants.provers import Schedules
from tests.proof.sim.line import Fate


def _before_the_commit(database: Database, work: Any) -> Any:
    with database.engine.connect() as conn, conn.begin() as transaction:
        answer = work(conn)
        transaction.rollback()
        return answer


def _effect_kept(bench: Any, sheet: Any, one: Any, work: Any) -> bool:
    """No savepoint: what a handler did before it failed stays."""
    try:
        sheet.done.append(work(bench, sheet, one))
        sheet.flush(bench.conn)
    except Exception:  # noqa: BLE001  as the product has it
        del sheet.done[sheet.written :]
        return False
    return True


def _rejected_all_the_same(real: Any, bills: Bills, conn: Any, batch: Any) -> Any:
    verdicts = real(bills, conn, batch)
    late = Rejected(Reason.BILL_PAID_ELSEWHERE)
    return [late if payload.bill is None else one for one, (_, payload) in zip(verdicts, batch, strict=True)]


def _kept_ones_again(
    real: Any, conn: Any, desk: Any, batch: Any, life: Any, received: Any, *rest: Any
) -> Any:
    kept = [one for one in received if one.seq <= life.high_water and one.header is not None]
    moves = [
        FloatMove.of(apply.Incoming(life.terminal, one.header, one.payload or {}, desk.now)) for one in kept
    ]
    move_floats(conn, [move for move in moves if move is not None])
    return real(conn, desk, batch, life, received, *rest)


def _nobody_else(*_: Any) -> Any:
    raise LookupError("this batch cannot be taken")


def _unknown_raises(real: Any, conn: Any, handler: Any, op: Any, **more: Any) -> Any:
    if handler is None:
        raise LookupError(op.header.kind)
    return real(conn, handler, op, **more)


def _parents_forgotten(real: Any, conn: Any, op: Any) -> Judgement | None:
    found = real(conn, op)
    return None if found is not None and found.parent is not None else found


def _taken_as_told(real: Any, conn: Any, handler: Any, op: Any, **more: Any) -> Judgement:
    found = real(conn, handler, op, **more)
    if isinstance(found.verdict, Review) and op.header.kind == "callback.request":
        return Judgement(Accepted(), None)
    return found


MUTANTS = (
    Mutant(
        "acknowledged before the commit",
        "Central signs an ack for what is not committed, and then is gone.",
        (2,),
        Schedules(),
        (instead("central.database:Database.write", _before_the_commit),),
    ),
    Mutant(
        "result without effect",
        "A bill is answered as paid and not booked as paid.",
        (3,),
        Schedules(wishes=("bill", "stated")),
        (instead("central.handlers.bills:_Books.write", lambda *_: None),),
    ),
    Mutant(
        "effect without result",
        "A payment is booked, and its operation answered as rejected.",
        (3,),
        Schedules(wishes=("bill", "stated")),
        (around("central.handlers.bills:Bills.apply_together", _rejected_all_the_same),),
    ),
    Mutant(
        "half an effect kept",
        "What a handler wrote before it failed stays, and the operation goes to review.",
        (3,),
        Schedules(wishes=("choke", "bill")),
        (instead("central.apply:_attempt", _effect_kept),),
    ),
    Mutant(
        "effect of what came before done again",
        "Operations that central has already move the float once more when they are sent again.",
        (3,),
        Schedules(wishes=("stated", "order", "sell"), fates=(Fate.DOUBLED, Fate.ANSWER_LOST, Fate.LATE_TWIN)),
        (around("central.push:_answer", _kept_ones_again),),
    ),
    Mutant(
        "one bad operation blocks the batch",
        "A batch with an operation that cannot be judged is refused as a whole.",
        (8, 11),
        Schedules(wishes=("unknown kind", "bill", "stated")),
        (
            around("central.judge:_admit", _unknown_raises),
            instead("central.apply:_one_by_one", _nobody_else),
        ),
    ),
    Mutant(
        "follower of a rejected one accepted",
        "What an operation depends on is not looked at.",
        (2,),
        Schedules(wishes=("dependent", "bad bill", "redeem", "stated")),
        (around("central.judge:_bound", _parents_forgotten),),
    ),
    Mutant(
        "corrected twice",
        "A rejected operation may be superseded by as many others as come.",
        (4,),
        Schedules(wishes=("supersede", "bad bill"), tries=60),
        (instead("central.outcomes:is_superseded", lambda *_: False),),
    ),
    Mutant(
        "accepted without being judged",
        "What only a person could judge is answered as accepted.",
        (3,),
        Schedules(wishes=("unknown schema", "dependent")),
        (around("central.judge:judge", _taken_as_told),),
    ),
)
