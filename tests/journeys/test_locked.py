"""A locked terminal shows the set-up page at its next start; enrolled again, it has all it had."""

import asyncio

from central import ca, enrolment, service
from central.config import Folder
from central.demo import day
from kiosk.setting_up import SettingUp
from kiosk.terminal import Terminal
from sync import identity, outbox
from sync.identity import IdentityState
from sync.wire.answers import Profile
from tests.journeys.machine import plan_of
from tests.journeys.world import World


async def test_it_is_set_up_anew_on_its_own_disk(county: World) -> None:
    parts = service.open_(Folder(county.central))
    with county.serving() as central:
        terminal = await asyncio.to_thread(Terminal.open, plan_of(county.home))
        here = await terminal.data.read(identity.require)
        before = await terminal.data.read(outbox.recent)
        await terminal.data.run(lambda conn: identity.set_state(conn, IdentityState.FORKED))
        await terminal.start()
        assert terminal.place() is None  # so the frame opens the set-up page
        authority, at = ca.der(parts.folder), parts.clock()
        one_time = parts.database.write(
            lambda conn: str(
                enrolment.issue_code(
                    conn, authority, Profile.ASSISTED, here.county, at, terminal=here.terminal
                )
            )
        )
        page = SettingUp(terminal, central.url, one_time)
        await page.enrol(central.url, one_time, day.MAIN_POINT, lambda _progress: None)
        assert terminal.place() is not None
        again = await terminal.data.read(identity.require)
        assert (again.terminal, again.incarnation, again.state) == (here.terminal, 2, IdentityState.OPEN)
        kept = {one.op_id for one in await terminal.data.read(outbox.recent)}
        assert {one.op_id for one in before} <= kept
        await terminal.close()
    parts.database.close()
