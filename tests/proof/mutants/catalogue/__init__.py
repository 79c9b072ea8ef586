"""All mutants, by what they break."""

from tests.proof.mutants.catalogue import (
    asked,
    beside,
    chain,
    disk,
    judging,
    leases,
    line,
    lost,
    money,
    restored,
    transfer,
)
from tests.proof.mutants.model import Mutant

MUTANTS: tuple[Mutant, ...] = (
    *disk.MUTANTS,
    *line.MUTANTS,
    *chain.MUTANTS,
    *transfer.MUTANTS,
    *judging.MUTANTS,
    *money.MUTANTS,
    *leases.MUTANTS,
    *lost.MUTANTS,
    *asked.MUTANTS,
    *restored.MUTANTS,
    *beside.MUTANTS,
)
assert len({one.name for one in MUTANTS}) == len(MUTANTS), "two mutants of one name"
