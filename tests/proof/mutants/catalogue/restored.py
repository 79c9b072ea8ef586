"""Bugs in what a central that lost its past makes of that, and those who knew it: shown to tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync import changes
from sync.wire.case import What
from sync.wire.encoding import instant
from tests.proof.mutants.model import Mutant, around, instead
from tests.proof.mutants.provers import Tests

DECIDED_TWICE = "tests/contract/test_decided_twice.py"
FORKS = "tests/contract/test_forks.py"
READMITTED = "tests/contract/test_readmitted.py"
PLACE = "tests/sync/test_stream_place.py"


def _nothing(*_: Any) -> None:
    return None


def _any_place(real: Any, conn: Any, member: Any, signed: Any, at: str) -> Any:
    taken = real(conn, member, signed, at)
    changes._go_to(conn, signed.changes.place)
    return taken


def _same_epoch(real: Any, steps: Any, taken: Any) -> None:
    real(steps, replace(taken, anew=False))


def _what_the_books_say(told: Any, row: Any) -> Any:
    return replace(told, outcome=row.outcome, case=row.case_id) if row.outcome.final else told


def _number_alone(_conn: Any, files: Any, biller: str) -> int:
    return max(files.numbers(biller), default=0)


def _counted_anew(conn: Any, case: str, at: Any) -> None:
    from central import cases

    row = cases._row(conn, case)
    kept = [item for item in row.owes if item["what"] == What.GOODS.value]
    cases._change(conn, row, at, owes=cases._owes(conn, case, kept))


MUTANTS = (
    Mutant(
        "stream not read anew",
        "An ack of a new epoch leaves the place in the stream, whose numbers may be given out again.",
        (2, 8),
        Tests(f"{PLACE}::test_an_ack_of_a_new_epoch_begins_it_anew"),
        (instead("sync.changes:restart", _nothing),),
    ),
    Mutant(
        "place in the stream jumps a gap",
        "A page counts as read up to its end, whatever it follows on: what lies between is never heard.",
        (2, 8),
        Tests(PLACE),
        (
            around("sync.changes:take_changes", _any_place),
            around("sync.changes:merge_changes", _any_place),
        ),
    ),
    Mutant(
        "earlier lives not heard in a new epoch",
        "A terminal's life is heard by a restored central, and those before it wait for a reason to speak.",
        (2,),
        Tests(
            "tests/contract/test_courier_faults.py"
            "::test_after_evidence_by_courier_earlier_lives_are_heard_by_line_too"
        ),
        (around("sync.steps:Steps._take", _same_epoch),),
    ),
    Mutant(
        "central's second word holds",
        "Of two words of central's for one operation the books keep the one that they know.",
        (2,),
        Tests(f"{DECIDED_TWICE}::test_a_person_decided_otherwise_after_the_restore"),
        (
            around(
                "central.contradictions:resolve",
                lambda real, conn, handlers, row, told, at: real(
                    conn, handlers, row, _what_the_books_say(told, row), at
                ),
            ),
        ),
    ),
    Mutant(
        "two words passed over",
        "A terminal that is told something else than before keeps to the first, and tells nobody.",
        (2,),
        Tests(f"{DECIDED_TWICE}::test_of_two_words_that_crossed_by_courier_the_first_one_stays"),
        (
            instead("sync.contradicted:by_result", _nothing),
            instead("central.changes:is_other", lambda *_: False),  # its stream tells it as well
        ),
    ),
    Mutant(
        "two grants passed over",
        "A terminal that is granted one request a second time takes both, and shows central neither.",
        (5,),
        Tests(f"{DECIDED_TWICE}::test_of_two_grants_that_crossed_by_courier_central_honours_both"),
        (instead("sync.contradicted:by_grant", _nothing),),
    ),
    Mutant(
        "number of a life given away",
        "A restored central counts lives by its books alone, and gives a number out a second time.",
        (2, 9),
        Tests(f"{READMITTED}::test_what_the_database_forgot_the_folder_knows"),
        (instead("central.numbers:GivenNumbers.last", lambda *_: 0),),
    ),
    Mutant(
        "life whose number went away not heard",
        "Who shows that a number was given away is refused as a stranger, with all that it recorded.",
        (2,),
        Tests(
            f"{READMITTED}::test_what_a_life_recorded_whose_number_went_to_another_machine_waits_for_a_person"
        ),
        (instead("central.readmission:_displace", _nothing),),
    ),
    Mutant(
        "fork shown once for all",
        "A terminal does not offer again what it had shown beside its chain, and central lost it.",
        (2,),
        Tests(f"{FORKS}::test_a_fork_that_central_lost_is_shown_anew_and_is_what_it_was"),
        (instead("sync.forks:offer_anew", _nothing),),
    ),
    Mutant(
        "what was said before a fork not shown",
        "Where a fork lies below an ack of central's, nobody wonders whether central lost its past.",
        (2,),
        Tests(f"{FORKS}::test_a_clone_took_the_place_of_what_central_lost"),
        (instead("sync.forks:is_testified", lambda *_: True),),
    ),
    Mutant(
        "central's words dropped by the calendar",
        "What central signed goes after its days, though it may have been restored since it last spoke.",
        (6,),
        Tests("tests/store/test_upkeep.py::test_earlier_lives_are_tidied_too"),
        (instead("kiosk.store.upkeep:_in_every_backup", lambda _conn, _life, _newest, now: instant(now)),),
    ),
    Mutant(
        "case told closed owes again",
        "A case that was closed before the loss is counted anew from what the books still know.",
        (10,),
        Tests("tests/central/test_case_close.py"),
        (instead("central.cases:revise", _counted_anew),),
    ),
    Mutant(
        "reversed though its biller was told",
        "A payment is reversed by the books alone; the file that its biller has outlived them.",
        (3, 7),
        Tests("tests/central/test_reversals.py"),
        (
            instead("central.postings:catch_up", _number_alone),
            instead("central.postings:is_told", lambda *_: False),
        ),
    ),
)
