"""SIGKILL at a moment that nobody chose, of the terminal or of central."""

import random
import subprocess
import sys

import pytest

from tests.journeys.witness import Shown, started_again, victim, whole_lines
from tests.journeys.world import World

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
IN_EVERY_RUN, IN_PROOF = 8, 60
LONGEST_LIFE = 0.8  # seconds from the first deed on; the whole visit takes about as long


def _seeds() -> list[object]:
    later = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(IN_EVERY_RUN, IN_PROOF)]
    return [*range(IN_EVERY_RUN), *later]


@pytest.mark.parametrize("seed", _seeds())
async def test_killed_whenever(county: World, seed: int) -> None:
    errand = county.errand()
    life = random.Random(seed).uniform(0.0, LONGEST_LIFE)
    with county.serving() as central:
        county.point_to(central.port)
        process = victim(county, errand)
        assert process.stdout is not None
        begun = [process.stdout.readline().strip() for _ in ("opened", "passed input pay")]
        try:
            process.wait(life)
        except subprocess.TimeoutExpired:
            process.kill()
        rest, _ = process.communicate()
        await started_again(county, errand, Shown((*begun, *whole_lines(rest))))
