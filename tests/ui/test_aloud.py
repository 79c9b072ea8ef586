"""Reading aloud: the button on every page, and what is said follows from what the page shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from central.demo import day
from kiosk.bilingual import Lang
from sync.policy import Link
from tests.support.everywhere import counter, make_past, visits, walk
from tests.support.stage import Scene, Stage
from ui.aloud import aloud
from ui.seen import Part, Seen, look

Perform = Callable[..., None]


def page(*inside: Seen) -> Seen:
    return Seen(Part.GROUP, "驿站", inside=inside)


def test_a_dialog_is_all_that_counts() -> None:
    dialog = Seen(
        Part.DIALOG, "您还在吗？", inside=(Seen(Part.TEXT, "您还在吗？"), Seen(Part.BUTTON, "继续使用"))
    )
    heard = aloud(page(Seen(Part.HEADING, "交电费"), dialog), Lang.ZH)
    assert heard == ("您还在吗？", "可以选：继续使用")


def test_what_was_typed_is_not_said() -> None:
    typed = Seen(Part.FIELD, "身份证号", value="511602194001011234")
    secret = Seen(Part.FIELD, "密码", secret=True)
    assert aloud(page(typed, secret), Lang.ZH) == ("身份证号，已经填了",)


def test_states_are_said_in_words() -> None:
    choices = (
        Seen(Part.RADIO, "路灯", chosen=True),
        Seen(Part.RADIO, "燃气", enabled=False),
        Seen(Part.RADIO, "别的"),
    )
    onward = Seen(Part.BUTTON, "下一步", "请先选一项", key="page.primary", enabled=False)
    heard = aloud(page(*choices, Seen(Part.CHECK, "我同意"), onward), Lang.EN)
    assert heard == (
        "You can choose: 路灯, chosen; 燃气, not possible now; 别的",
        "我同意, not ticked",
        "下一步 is not possible yet: 请先选一项",
    )


def test_of_a_long_list_the_first_are_said_and_how_many_there_are() -> None:
    [heard] = aloud(page(*(Seen(Part.BUTTON, f"第{n}家") for n in range(20))), Lang.ZH)
    assert heard.endswith("等等，一共二十项")


def test_keys_and_the_frame_around_the_page_are_left_out() -> None:
    keys = Seen(Part.GROUP, "数字键盘", inside=(Seen(Part.BUTTON, "1", key="key-1"),))
    assert aloud(page(keys, Seen(Part.BUTTON, "返回", key="page.back")), Lang.ZH) == ()


@pytest.mark.parametrize("lang", Lang)
def test_every_page_has_the_button_and_something_to_say(perform: Perform, lang: Lang) -> None:
    wrong: list[str] = []

    async def act(stage: Stage) -> None:
        async for name in walk(stage, visits(await make_past(stage))):
            if name in ("attract", "unclean"):  # these have no head, and say one thing
                continue
            heard = aloud(look(stage.screen.window), lang)
            if not stage.hand.sees("page.read") or not stage.hand.sees("page.elder"):
                wrong.append(f"{name}: no button")
            if stage.frame.current.title not in "".join(heard) and len(heard) < 2:
                wrong.append(f"{name}: says {heard}")
            wrong.extend(f"{name}: {said}" for said in heard if "¥" in said or "*" in said)

    perform(act, Scene(lang=lang))
    assert wrong == []


def test_a_bill_is_heard_step_by_step(perform: Perform) -> None:
    heard: dict[str, str] = {}

    async def act(stage: Stage) -> None:
        stage.wire.be(Link.OFFLINE)
        past = await make_past(stage)
        bills = tuple(visit for visit in counter(past) if visit.name == "bills")
        async for name in walk(stage, bills):
            await stage.hand.click("page.read")
            heard[name] = "\n".join(stage.voice.said[-1])
            await stage.hand.click("page.read")

    perform(act)
    assert "请注意：现在没有网络" in heard["bills"]
    assert "可以选：广安供电公司" in heard["bills"]
    assert "请输入户号" in heard["bills: account"]
    assert "应收现金\n一百三十二元六角二分" in heard["bills: confirm"]
    assert "还不能按：这张账单已在本点缴过" in heard["bills: confirm"]


def test_it_falls_silent_when_the_page_the_step_or_the_language_changes(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand, voice = stage.hand, stage.voice

        async def reads() -> None:
            await hand.click("page.read")
            assert voice.speaking()

        await reads()
        await hand.click("home.tile." + day.FAULT_SERVICE)
        await stage.quiet()
        assert not voice.speaking()
        await reads()
        await hand.click("page.language")
        assert not voice.speaking()
        await reads()
        assert voice.lang is Lang.EN
        await hand.click("page.read")
        assert not voice.speaking()
        await reads()
        stage.frame.current.answer("what", "lamp")  # type: ignore[attr-defined]
        await hand.click("page.primary")
        await hand.wait_for("form.whereInput")
        assert not voice.speaking()

    perform(act)


def test_who_listens_is_there(perform: Perform) -> None:
    """A long page is read for longer than a person may stay away."""

    async def act(stage: Stage) -> None:
        await stage.hand.click("page.read")
        for _ in range(10):
            stage.crank.forward(50)
            stage.frame.reader.check()
            stage.frame.idle.look()
        assert not stage.frame.property("idleWarning")

    perform(act)


def test_without_a_voice_there_is_no_button(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.voice.tongues = frozenset({Lang.ZH})
        await stage.hand.click("page.language")
        assert not stage.hand.sees("page.read")
        await stage.hand.click("page.language")
        assert stage.hand.sees("page.read")

    perform(act)
