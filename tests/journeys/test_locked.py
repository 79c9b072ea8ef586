"""A locked terminal shows the set-up page at its next start; enrolled again, it has all it had."""

import asyncio
import sys

import pytest

from central import ca, enrolment, service
from central.config import Folder, Parts
from central.demo import day
from kiosk.setting_up import SettingUp
from kiosk.terminal import Terminal
from sync import identity, outbox
from sync.identity import IdentityState
from sync.setup_steps import SetUpStep
from sync.wire.answers import Profile
from tests.journeys.machine import plan_of
from tests.journeys.newcomer import ANSWERED, set_up
from tests.journeys.test_setting_up import killed
from tests.journeys.world import World

PLACES = [
    pytest.param(place, marks=() if place == ANSWERED else pytest.mark.slow)
    for place in (SetUpStep.OFFER.value, SetUpStep.ENROL.value, ANSWERED, SetUpStep.CHANGES.value)
]


def code(parts: Parts, here: identity.Identity) -> str:
    authority, at = ca.der(parts.folder), parts.clock()
    wanted = (authority, Profile.ASSISTED, here.county, at)
    return parts.database.write(lambda conn: str(enrolment.issue_code(conn, *wanted, terminal=here.terminal)))


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("place", PLACES)
async def test_the_power_goes_while_it_is_set_up_anew(county: World, place: str) -> None:
    parts = service.open_(Folder(county.central))
    with county.serving() as central:
        terminal = await asyncio.to_thread(Terminal.open, plan_of(county.home))
        here = await terminal.data.read(identity.require)
        before = {one.op_id for one in await terminal.data.read(outbox.recent)}
        await terminal.data.run(lambda conn: identity.set_state(conn, IdentityState.FORKED))
        await terminal.close()
        one_time = code(parts, here)
        await asyncio.to_thread(killed, county.home, "set-up", central.url, one_time, place)
        terminal = await set_up(county.home, central.url, one_time)
        again = await terminal.data.read(identity.require)
        assert (again.terminal, again.incarnation, again.state) == (here.terminal, 2, IdentityState.OPEN)
        assert before <= {one.op_id for one in await terminal.data.read(outbox.recent)}
        assert [life.incarnation for life in await terminal.data.read(identity.earlier)] == [1]
        await terminal.close()
    parts.database.close()


async def test_it_is_set_up_anew_on_its_own_disk(county: World) -> None:
    parts = service.open_(Folder(county.central))
    with county.serving() as central:
        terminal = await asyncio.to_thread(Terminal.open, plan_of(county.home))
        here = await terminal.data.read(identity.require)
        before = await terminal.data.read(outbox.recent)
        await terminal.data.run(lambda conn: identity.set_state(conn, IdentityState.FORKED))
        await terminal.start()
        assert terminal.place() is None  # so the frame opens the set-up page
        one_time = code(parts, here)
        page = SettingUp(terminal, central.url, one_time)
        await page.enrol(central.url, one_time, day.MAIN_POINT, lambda _progress: None)
        assert terminal.place() is not None
        again = await terminal.data.read(identity.require)
        assert (again.terminal, again.incarnation, again.state) == (here.terminal, 2, IdentityState.OPEN)
        kept = {one.op_id for one in await terminal.data.read(outbox.recent)}
        assert {one.op_id for one in before} <= kept
        await terminal.close()
    parts.database.close()
