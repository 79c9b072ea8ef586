"""What a terminal needs on the line and nowhere else: the connection to central, the engine that uses it."""

from __future__ import annotations

import logging
import random
import shutil
from collections.abc import Mapping
from typing import Any

from kiosk.terminal import Terminal
from sync.attachmentfeed import AttachmentFeed
from sync.client import Client
from sync.engine import Engine
from sync.feed import PackFeed
from sync.membership import Membership
from sync.picturefeed import PictureFeed
from sync.steps import Feeds, Tools

log = logging.getLogger(__name__)


async def connect(terminal: Terminal, member: Membership) -> tuple[Client, Engine]:
    """Asks nothing of the network yet."""
    client = await Client.connect(member, terminal.clock.proven, terminal.plan.patience)
    return client, _engine(terminal, client)


def _engine(terminal: Terminal, client: Client) -> Engine:
    here, plan = terminal.identity, terminal.plan
    assert here is not None, "only an enrolled terminal has a line"
    pack = terminal.catalogue(lambda _done, _all: None)
    feeds = Feeds(
        PackFeed(client, here.county, terminal.downloads, pack),
        PictureFeed(client, terminal.downloads, terminal.pictures),
        AttachmentFeed(client, terminal.data, terminal.spool, log.warning),
    )

    def facts() -> Mapping[str, Any]:
        usage = shutil.disk_usage(plan.folders.data)
        return {"storage": {"free": usage.free, "total": usage.total}, "versions": dict(terminal.versions)}

    tools = Tools(plan.machine.ticks, random.random, plan.probe, log.warning, facts)
    return Engine(terminal.data, client, terminal.clock, feeds, tools, plan.pace)
