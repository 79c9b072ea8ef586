"""Bugs beside the chain: packs, locks, counters, keys, uploads, sticks; shown to tests."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any

from sync.identity import IdentityState
from sync.policy import Dropped, Nudged, Trouble
from tests.proof.mutants.catalogue.chain import _text
from tests.proof.mutants.model import Change, Mutant, around, instead
from tests.proof.mutants.provers import Tests

TWO_IMPORTS = "tests/store/test_two_imports.py"
USES = "tests/sync/test_leases.py::test_the_counters_are_what_the_spends_add_up_to_after_a_rebuild_too"


async def _at_once(catalogue: Any, loaded: Any) -> None:
    import threading

    await catalogue._import(loaded, threading.Event())


async def _never(*_: Any) -> bool:
    return False


async def _no_marks(_steps: Any) -> tuple[()]:
    return ()


async def _as_if_by_line(keeper: Any, server_time: str) -> None:
    await keeper.heard(server_time, keeper._ticks())


async def _at_once_too(_way: Any, _lane: Any) -> None:
    return None


def _alone_is_told(client: Any, keys: Any) -> None:
    from dataclasses import replace

    client.member = replace(client.member, keys=keys)


def _one_for_all(staging: Any, owner: str, sha256: str, total: int) -> Any:
    return staging.parts / f"{'anybody' if owner else owner}-{sha256}-{total}"


@contextmanager
def _whoever_comes(_folder: Any) -> Any:
    yield


MUTANTS = (
    Mutant(
        "half a transaction in the journal",
        "Each line is a record of its own: a cut tears a transaction in two, and a rebuilt ledger has half.",
        (1, 5),
        Tests("tests/store/test_opening.py::test_of_a_transaction_that_a_cut_tore_nothing_is_rebuilt"),
        (instead("sync.lines:join", lambda _conn, _after: None),),
    ),
    Mutant(
        "ledger without tables not rebuilt",
        "A cut in the middle of a rebuild leaves a file that no start can go on from.",
        (1, 8),
        Tests(
            "tests/store/test_opening.py"
            "::test_a_ledger_lost_twice_is_rebuilt_over_the_file_that_a_cut_left_without_tables"
        ),
        (_text("kiosk.store.repair:_HAS_LINES", "count(*)", "1 + count(*)"),),
    ),
    Mutant(
        "two packs imported at once",
        "A pack that comes by courier is built while one by line is: each discards the other's file.",
        (8,),
        Tests(f"{TWO_IMPORTS}::test_the_second_waits_for_the_first"),
        (instead("kiosk.store.catalogue:Catalogue.install", _at_once),),
    ),
    Mutant(
        "older pack over a newer one",
        "A pack that waited for another takes its place, though it is the older one.",
        (8,),
        Tests(f"{TWO_IMPORTS}::test_an_older_one_that_waited_does_not_take_the_newer_ones_place"),
        (instead("kiosk.store.catalogue:Catalogue._is_overtaken", _never),),
    ),
    Mutant(
        "blind uses counted for good",
        "Uses with no time known before the last grant count again after a rebuild.",
        (5,),
        Tests(USES),
        (_text("sync.leases:_RECOUNT", "max(s.blind = l.rev)", "max(s.blind > 0)"),),
    ),
    Mutant(
        "uses counted by things",
        "An operation that takes several single things counts as so many uses after a rejection.",
        (5,),
        Tests(USES),
        (_text("sync.leases:_RELEASE", "max(s.amount > 0)", "sum(s.amount > 0)"),),
    ),
    Mutant(
        "locked by the wrong table",
        "A clone is locked as one whose life is over: nobody shows central what it recorded.",
        (2, 9),
        Tests("tests/contract/test_courier.py::test_a_clone_gets_the_same_verdict_by_courier_and_by_line"),
        (Change("sync.troubles:LOCKS", lambda real: {**real, Trouble.CHAIN_FORK: IdentityState.CLOSED}),),
    ),
    Mutant(
        "ended life never given free",
        "A life that is over asks no more how much of it every backup has: nothing of it is ever erased.",
        (12,),
        Tests("tests/contract/test_ended_lives.py"),
        (instead("sync.steps:Steps._ask_for_marks", _no_marks),),
    ),
    Mutant(
        "new keys told to this life alone",
        "What proves an answer to this life does not prove one to those before it.",
        (8,),
        Tests("tests/contract/test_keys.py::test_new_keys_prove_answers_to_earlier_lives_too"),
        (instead("sync.client:Client.trust", _alone_is_told),),
    ),
    Mutant(
        "carried answer sets the clock",
        "The time of an answer that lay on a stick for days is taken as the time of now.",
        (2,),
        Tests("tests/contract/test_courier.py::test_a_carried_answer_says_that_it_is_not_earlier"),
        (instead("sync.anchors:TimeKeeper.heard_late", _as_if_by_line),),
    ),
    Mutant(
        "dropped line frees every lane",
        "An idle connection that ends counts as a person who says: now.",
        (8,),
        Tests("tests/sync/test_policy.py::test_a_dropped_idle_line_only_raises_a_question"),
        (
            around(
                "sync.policy:after",
                lambda real, state, event, now, chance, pace: real(
                    state, Nudged() if isinstance(event, Dropped) else event, now, chance, pace
                ),
            ),
        ),
    ),
    Mutant(
        "others' bundles before the line's own work",
        "What a courier brought goes up whatever the engine is about.",
        (8,),
        Tests("tests/contract/test_carried_up.py::test_it_lets_the_lines_own_work_go_first"),
        (instead("sync.way:RightOfWay.clear_for", _at_once_too),),
    ),
    Mutant(
        "uploads of two owners in one file",
        "Who sends the same bytes goes on where another stopped, and with what another sent.",
        (3,),
        Tests("tests/central/test_assets.py::test_two_terminals_do_not_spoil_each_other"),
        (instead("central.staging:Staging.part", _one_for_all),),
    ),
    Mutant(
        "two processes serve one central",
        "A second process on the same folder is let in, with a book of turns of its own.",
        (3,),
        Tests("tests/central/test_alone.py::test_a_second_process_on_the_same_folder_is_refused"),
        (instead("central.alone:_in_folder", _whoever_comes),),
    ),
)
