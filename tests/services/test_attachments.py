"""Attachments of an application: on the disk before it is recorded, named by it, wanted by the line after."""

import dataclasses
import io
from pathlib import Path

import pytest

from central.demo import day
from kiosk.services import attachments, forms
from kiosk.services.attachments import MOST
from kiosk.services.errors import Refused, Why
from kiosk.services.forms import Answers
from sync import attachments as rows
from sync.spool import Spool
from sync.wire.asset import MAX_ASSET
from tests.services.point import Point, new_op_id
from tests.services.test_forms import answers


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "attachments", bytes(32))


def filled(point: Point, spool: Spool, count: int) -> Answers:
    these = tuple(attachments.add(spool, io.BytesIO(b"photo %d" % n)) for n in range(count))
    return dataclasses.replace(answers(point, day.FAULT_ANSWERS), attachments=these)


def test_an_application_names_its_attachments_by_their_hashes(point: Point, spool: Spool) -> None:
    op_id, given = new_op_id(), filled(point, spool, 2)
    point.write(lambda conn: forms.submit(conn, point.desk, op_id, given))
    names = [one.sha256 for one in given.attachments]
    assert point.find(op_id).payload["attachments"] == names
    assert point.read(rows.named) == frozenset(names)
    again = point.write(lambda conn: forms.submit(conn, point.desk, op_id, given))
    assert again.again


def test_too_many_and_too_large_are_refused_with_their_limit(point: Point, spool: Spool) -> None:
    with pytest.raises(Refused) as many:
        point.write(lambda conn: forms.submit(conn, point.desk, new_op_id(), filled(point, spool, MOST + 1)))
    assert many.value.reason is Why.ATTACHMENTS_TOO_MANY
    assert point.read(rows.named) == frozenset()
    with pytest.raises(Refused) as large:
        attachments.add(spool, io.BytesIO(bytes(MAX_ASSET + 1)))
    assert large.value.reason is Why.ATTACHMENT_TOO_LARGE
    assert "16 MB" in large.value.text.en
