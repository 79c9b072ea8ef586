"""Enrol, record, push, ack, outcome: the shortest whole way."""

from sync import documents
from sync.outbox import State
from sync.policy import Link
from tests.support.central import POINT, RunningCentral
from tests.support.terminal import Terminal, settle

PLACE = {"t": "place", "id": "511602", "level": "county", "parent": None, "name": "广安区"}
CALL = {"service": "n3", "phone": "13800000000", "note": "㳇㮾𡓐", "wish": "any"}


async def test_from_enrolment_to_outcome(central: RunningCentral, terminal: Terminal) -> None:
    central.build_pack([PLACE])
    steps = terminal.set_up()
    offer = await steps.reach(central.url, central.code())
    assert [point.id for point in offer.points] == [POINT]
    here = await steps.enrol(POINT)
    assert here.county == offer.county

    noted = terminal.record("callback.request", **CALL)
    assert terminal.view(noted.op_id).state is State.RECORDED
    async with terminal.engine() as engine:
        await settle(engine)
        assert engine.status.link is Link.ONLINE
        assert engine.status.queue.open == 0
        assert engine.status.last_ack_at is not None
    assert terminal.view(noted.op_id).state is State.ACCEPTED
    assert terminal.db.read_sync(documents.operators)[0].name == "刘㮾"
    assert terminal.reports == []
    assert [version for version, _ in terminal.packs.installed] == ["20260308-1"]
