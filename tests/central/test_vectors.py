"""Central answers the golden requests for an attachment's parts as they are pinned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.central.conftest import Central

PINNED: dict[str, Any] = json.loads((Path(__file__).parents[1] / "wire" / "vectors.json").read_text("utf-8"))[
    "attachment"
]


def test_parts_of_an_attachment_are_answered_as_pinned(central: Central) -> None:
    driver = central.terminal()
    driver.push_one("application.later", {"attachments": [PINNED["sha256"]]}, op=PINNED["op"])
    for asked in PINNED["puts"]:
        headers = {"Content-Range": asked["content_range"]}
        answer = driver.ask("PUT", PINNED["path"], bytes.fromhex(asked["body"]), headers)
        assert (answer.status_code, answer.headers.get("range")) == (asked["status"], asked["range"]), asked
    assert central.parts.attachments.path(PINNED["sha256"]).read_bytes() == bytes.fromhex(PINNED["file"])
