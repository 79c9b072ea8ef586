"""Mutants are killed; a few in every run, all of them in the long one."""

from __future__ import annotations

import pytest

from sync import leases
from tests.proof.mutants.catalogue import MUTANTS
from tests.proof.mutants.catalogue.chain import _text
from tests.proof.mutants.model import Change, DoesNotApply, around, instead
from tests.proof.mutants.provers import Cuts
from tests.proof.mutants.runner import prove

AT_LEAST = 40
A_FEW = (
    "shown before the journal",
    "lost answer taken for a no",
    "tried again with a new id",
    "known by its id alone",
    "spent without a counter",
    "allotted sale refused",
)


def test_there_are_many() -> None:
    assert len(MUTANTS) >= AT_LEAST
    assert {number for one in MUTANTS for number in one.breaks} >= {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13}


def test_each_breaks_something_that_is_there() -> None:
    for one in MUTANTS:
        assert one.changes or isinstance(one.prover, Cuts), one.name
        with one.installed():
            pass


@pytest.mark.parametrize(
    "change",
    [
        instead("sync.leases:no_such_name", lambda *_: None),
        instead("sync.client:NoSuchClass.trust", lambda *_: None),
        instead("sync.leases:draw", lambda _conn: None),
        around("sync.leases:draw", lambda _real, _conn: None),
        _text("sync.leases:_SPEND", "state = 'open'", "state = 'open'"),
        Change("sync.leases:draw", lambda real: real),
    ],
)
def test_one_that_breaks_nothing_says_so(change: Change) -> None:
    before = dict(vars(leases))
    with pytest.raises(DoesNotApply), change.made():
        pass
    assert dict(vars(leases)) == before


def test_a_few_are_killed() -> None:
    report = prove(60, seed=1, mutants=[one for one in MUTANTS if one.name in A_FEW])
    assert (report.survivors, report.false_alarms, report.untried) == ((), (), ())
    assert report.killed == len(A_FEW)


@pytest.mark.slow
def test_all_are_killed() -> None:
    report = prove(1800, seed=1)
    assert (report.survivors, report.false_alarms) == ((), ())
    assert report.killed >= AT_LEAST
