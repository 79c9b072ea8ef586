"""What of a page is read aloud: from the page as it is seen, in its order, in words a voice can say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.bilingual import Lang, Text
from kiosk.services import spoken
from ui.seen import Part, Seen

ASKED = Text("请输入：{name}", "Please enter: {name}")
FILLED = Text("{name}，已经填了", "{name}: filled in")
TICKED = Text("{name}，已勾选", "{name}, ticked")
NOT_TICKED = Text("{name}，没有勾选", "{name}, not ticked")
CHOICES = Text("可以选：{names}", "You can choose: {names}")
MORE = Text("等等，一共 {count} 项", "and others, {count} in all")
CHOSEN = Text("{name}，已选", "{name}, chosen")
NOT_NOW = Text("{name}，现在不能选", "{name}, not possible now")
NOTICE = Text("请注意：{name}", "Please note: {name}")
GO_ON = Text("要继续，请按“{name}”", "To go on, press “{name}”")
NOT_YET = Text("“{name}”还不能按：{why}", "“{name}” is not possible yet: {why}")
NOT_READY = Text("填好以后，请按“{name}”", "When this is filled in, press “{name}”")

ASKS = ("请", "输入", "Enter", "Please", "Type")
"""A field's name that is a sentence of its own."""
MOST_CHOICES = 8
FEW = 6
"""So many choices are read with their notes."""
CLOSED = (Part.BUTTON, Part.RADIO, Part.ITEM, Part.NUMBER, Part.CHECK, Part.HEADING)
"""These are said with all that stands inside them."""
KEYS = ("key-", "letter-", "keyboard", "searchGo", "searchClear")
TOOLS = ("operator", "person", "signIn", "read", "elder", "display", "language")
FEET = ("back", "home", "retry", "primaryReason")
CHROME = frozenset("page." + name for name in (*TOOLS, *FEET))


def aloud(page: Seen, lang: Lang) -> tuple[str, ...]:
    """The sentences, first things first; a dialog that is open is all that counts."""
    dialogs = [each for each in page.all() if each.part is Part.DIALOG]
    seen = dialogs[-1] if dialogs else page
    return tuple(said for raw in _read(seen, lang) if (said := spoken.say(raw, lang)))


def _read(seen: Seen, lang: Lang) -> Iterator[str]:
    choices: list[Seen] = []
    last: Seen | None = None
    before: set[str] = set()
    for each in _parts(seen):
        if each.part in (Part.BUTTON, Part.RADIO):
            if each.key == "page.primary":
                last = each
            else:
                choices.append(each)
            continue
        if choices:
            yield _choices(choices, lang)
            choices = []
        for said in _one(each, lang).split("\n" if each.part is Part.GROUP else "\0"):
            if said and (said not in before or "¥" in said):
                before.add(said)
                yield said
    if choices:
        yield _choices(choices, lang)
    if last is not None:
        yield _onward(last, lang)


def _parts(seen: Seen) -> Iterator[Seen]:
    """What is read, without the frame around the page and the keys that only write."""
    for each in seen.inside:
        if each.key.startswith(KEYS) or each.key in CHROME:
            continue
        yield each
        if each.part not in CLOSED:
            yield from (one for one in _parts(each) if not _repeats(each, one))


def _repeats(group: Seen, one: Seen) -> bool:
    """The group is said whole, and this is a piece of it."""
    return bool(group.note) and one.part is Part.TEXT and (one.name in group.note or one.name == group.name)


def _one(each: Seen, lang: Lang) -> str:
    named = {"name": each.name}
    match each.part:
        case Part.FIELD:
            return _field(each, lang)
        case Part.CHECK:
            return (TICKED if each.chosen else NOT_TICKED).with_params(named).of(lang)
        case Part.NOTICE:
            return NOTICE.with_params(named).of(lang)
        case Part.OTHER | Part.PICTURE:
            return ""
        case _:
            return _whole(each) if each.note or each.part is not Part.GROUP else ""


def _field(each: Seen, lang: Lang) -> str:
    """What was typed is nobody's business but the person's; a secret is not even said to be there."""
    if each.secret:
        return ""
    if each.value:
        return FILLED.with_params({"name": each.name}).of(lang)
    whole = _whole(each)
    return whole if each.name.startswith(ASKS) else ASKED.with_params({"name": whole}).of(lang)


def _whole(each: Seen) -> str:
    """Name, note and what stands inside it, once."""
    inside = each.inside if each.part in CLOSED else ()
    texts = [each.name, each.note, *(one.name for one in inside if one.part is Part.TEXT)]
    return "，".join(dict.fromkeys(text for text in texts if text))


def _choices(among: Sequence[Seen], lang: Lang) -> str:
    few = len(among) <= FEW
    names = [_choice(each, few, lang) for each in among[:MOST_CHOICES]]
    if len(among) > MOST_CHOICES:
        names.append(MORE.with_params({"count": str(len(among))}).of(lang))
    return CHOICES.with_params({"names": "；".join(names) if lang is Lang.ZH else "; ".join(names)}).of(lang)


def _choice(each: Seen, whole: bool, lang: Lang) -> str:
    name = _whole(each) if whole else each.name
    if not each.enabled:
        return NOT_NOW.with_params({"name": name}).of(lang)
    return CHOSEN.with_params({"name": name}).of(lang) if each.chosen else name


def _onward(primary: Seen, lang: Lang) -> str:
    if primary.enabled:
        return GO_ON.with_params({"name": primary.name}).of(lang)
    words = NOT_YET if primary.note else NOT_READY
    return words.with_params({"name": primary.name, "why": primary.note}).of(lang)
