"""A slip on the screen: printed, saved, and replaced when the outcome is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader
from sqlalchemy import Connection

from central.demo import day
from kiosk.devices.paper import Slip
from kiosk.services import callbacks, catalogue, slips
from sync import outbox
from sync.results import apply_results
from sync.wire.answers import Outcome, Profile, Result
from sync.wire.operation import new_op_id
from tests.support.stage import Scene, Stage
from tests.ui.test_bills import to_account
from ui.routes import SlipRoute

Perform = Callable[..., None]


async def pay(stage: Stage) -> None:
    await to_account(stage, day.ACCOUNT_IN_FILE)
    await stage.hand.click("page.primary")
    await stage.hand.wait_for("slip.paper")


def test_a_slip_is_printed_once_and_then_as_a_copy(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await pay(stage)
        await stage.hand.click("page.primary")
        await stage.hand.wait_text("已打印")
        await stage.hand.click("page.primary")
        await stage.quiet()
        papers = sorted((tmp_path / "printed").glob("*.txt"), key=lambda p: len(p.name))
        assert len(papers) == 2
        first, second = (p.read_text(encoding="utf-8") for p in papers)
        assert "补打" not in first
        assert "补打" in second

    perform(act)


def test_no_paper_is_said_and_can_be_tried_again(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await pay(stage)
        (tmp_path / "printed").mkdir()
        empty = tmp_path / "printed" / "paper-out"
        empty.touch()
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("page.retry")
        assert "没有纸" in stage.hand.text_of("page.problem")
        assert "办的事不受影响" in stage.hand.text_of("slip.notice")
        await stage.hand.click("slip.pdf")
        await stage.hand.wait_text("PDF 已保存")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("page.retry")
        empty.unlink()
        await stage.hand.click("page.retry")
        await stage.hand.wait_text("已打印")
        assert await stage.ledger(slips.unprinted) == ()

    perform(act)


def test_on_a_public_terminal_no_file_is_left_and_the_number_is_to_be_noted(
    perform: Perform, tmp_path: Path
) -> None:
    async def act(stage: Stage) -> None:
        slip = await ask_back(stage)
        (tmp_path / "printed").mkdir()
        (tmp_path / "printed" / "paper-out").touch()
        stage.frame.go(SlipRoute(number=slip.number, fresh=slip))
        await stage.hand.wait_for("slip.paper")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("slip.notice")
        assert slip.number in stage.hand.text_of("slip.notice")
        assert not stage.hand.sees("slip.pdf")

    perform(act, Scene(profile=Profile.PUBLIC))


async def ask_back(stage: Stage) -> Slip:
    about = await stage.data.read_cache(lambda cache: catalogue.service(cache, day.FAULT_SERVICE))
    wanted, desk = callbacks.Request(about, "13812345678", "问社保"), stage.frame.desk()
    return (await stage.data.run(lambda conn: callbacks.request(conn, desk, new_op_id(), wanted))).slip


def test_the_pdf_says_what_the_slip_says(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await pay(stage)
        await stage.hand.click("slip.pdf")
        await stage.hand.wait_text("PDF 已保存")
        (file,) = (tmp_path / "paper").glob("*.pdf")
        (page,) = PdfReader(file).pages
        text = page.extract_text().replace(" ", "")
        assert "业务受理记录" in text
        assert "¥132.62" in text
        assert float(page.mediabox.width) < 240

    perform(act)


def test_when_the_outcome_arrives_the_page_offers_the_true_slip(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await pay(stage)
        await stage.data.run(accept_all)
        await stage.hand.wait_for("slip.newer")
        assert stage.hand.reads("中心已确认，缴费成功")
        await stage.hand.click("slip.newer")
        await stage.hand.until(lambda: stage.hand.text_of("page.title") == "办结凭证", "the receipt")
        assert not stage.hand.sees("slip.newer")

    perform(act)


def accept_all(conn: Connection) -> None:
    """As if central's signed acknowledgement had been verified."""
    results = [Result(view.seq, view.op_id, Outcome.ACCEPTED, 1) for view in outbox.recent(conn)]
    apply_results(conn, results, "2026-03-08T02:01:00Z")
