"""Judges a drawn window as a person would: is every text readable, whole, every control large enough?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtQuick import QQuickWindow

from tools.look.colour import Colour, contrast, over
from tools.look.scenery import Drawn, drawn, number, painted

COVERS = 0.4  # a scrim this dense takes what is below it out of play
SLACK = 1.5  # pixels of rounding
LATIN = re.compile(r"[A-Za-z]{4,}")
IMAGE_ERROR = 3


@dataclass(frozen=True)
class Needs:
    """Least contrast, least side of a control and least size of type, in pixels at 96 dpi."""

    contrast: float
    target: int
    type: int


def needs(elder: bool, variant: str = "normal") -> Needs:
    strict = elder or variant == "contrast"
    return Needs(7.0 if strict else 4.5, 72 if elder else 48, 28 if elder else 20)


@dataclass(frozen=True)
class Findings:
    """What is wrong, each in words that name the item."""

    contrast: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.contrast + self.targets + self.cut


def inspect(window: QQuickWindow, least: Needs) -> Findings:
    scene = drawn(window)
    ground = Colour.of(window.color())
    reading = _uncovered(scene)
    return Findings(
        contrast=tuple(dict.fromkeys(_contrast(scene, reading, ground, least))),
        targets=tuple(dict.fromkeys(_targets(scene, least))),
        cut=tuple(dict.fromkeys((*_cut(scene, window, least), *_crowded(scene, reading)))),
    )


def _uncovered(scene: Sequence[Drawn]) -> list[tuple[int, Drawn]]:
    """Texts that can be seen, with their place in the order of painting."""
    covers = [(i, one) for i, one in enumerate(scene) if _alpha(one) >= COVERS and not one.hidden]
    found = []
    for i, one in enumerate(scene):
        if not one.text or one.hidden:
            continue
        middle = painted(one).intersected(one.seen).center()
        if not any(j > i and cover.seen.contains(middle) for j, cover in covers):
            found.append((i, one))
    return found


def _alpha(one: Drawn) -> float:
    if not one.item.inherits("QQuickRectangle"):
        return 0.0
    colour = one.item.property("color")
    return float(colour.alphaF()) * one.opacity if isinstance(colour, QColor) else 0.0


# --- contrast -----------------------------------------------------------------------------------------
def behind(scene: Sequence[Drawn], index: int, ground: Colour) -> Colour:
    """The colour a text stands on: all that was painted below its middle before it."""
    middle = painted(scene[index]).intersected(scene[index].seen).center()
    for one in scene[:index]:
        alpha = _alpha(one)
        if alpha > 0 and one.place.contains(middle):
            ground = over(ground, Colour.of(one.item.property("color")), alpha)
    return ground


def _contrast(
    scene: Sequence[Drawn], reading: Sequence[tuple[int, Drawn]], ground: Colour, least: Needs
) -> Iterator[str]:
    for index, one in reading:
        ink = one.item.property("color")
        below = behind(scene, index, ground)
        shown = over(below, Colour.of(ink), ink.alphaF() * one.opacity)
        found = contrast(shown, below)
        if found < least.contrast:
            yield f"{found:.1f} < {least.contrast:g} ({shown.name} on {below.name}): {one.text}"


# --- targets ------------------------------------------------------------------------------------------
def _targets(scene: Sequence[Drawn], least: Needs) -> Iterator[str]:
    for one in scene:
        item = one.item
        touched = item.inherits("QQuickAbstractButton") and item.property("tappable") is not False
        if not touched and not one.types:
            continue
        width, height = item.width(), item.height()
        if min(width, height) < least.target - SLACK * one.types * 4:
            yield f"{width:.0f}x{height:.0f} < {least.target}: {one.words}"


# --- cut ----------------------------------------------------------------------------------------------
def _cut(scene: Sequence[Drawn], window: QQuickWindow, least: Needs) -> Iterator[str]:
    whole = QRectF(0, 0, window.width(), window.height())
    for one in scene:
        if one.item.inherits("QQuickImage") and number(one.item, "status") == IMAGE_ERROR:
            yield f"no picture: {one.item.property('source').toString()}"
        if one.text:
            yield from (f"{fault}: {one.text}" for fault in _text_faults(one, whole, least))


def _text_faults(one: Drawn, whole: QRectF, least: Needs) -> Iterator[str]:
    item, letters = one.item, painted(one)
    if item.property("truncated"):
        yield "cut"
    font = item.property("font")
    if font.pixelSize() < least.type:
        yield f"type of {font.pixelSize()}"
    beside = letters.left() < -SLACK or letters.right() > whole.right() + SLACK
    beyond = letters.top() < -SLACK or letters.bottom() > whole.bottom() + SLACK
    if (beside and not one.across) or (beyond and not one.down):
        yield "outside"
    if one.types:
        return
    words = LATIN.findall(one.text) if (item.property("lineCount") or 1) > 1 else []
    metrics = QFontMetricsF(font)
    if any(metrics.horizontalAdvance(word) > item.width() + SLACK for word in words):
        yield "broken word"
    if one.button is not None and not _holds(one.button_place, letters):
        yield f"sticks out of {one.button.objectName() or 'its button'}"


def _holds(outer: QRectF, inner: QRectF) -> bool:
    return outer.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(inner)


def _crowded(scene: Sequence[Drawn], reading: Sequence[tuple[int, Drawn]]) -> Iterator[str]:
    """Texts over each other, and texts that something else has been painted over."""
    places = [(one, painted(one).intersected(one.seen)) for _, one in reading if not one.types]
    for n, (one, place) in enumerate(places):
        for other, there in (pair for pair in places[n + 1 :] if pair[0].raised == one.raised):
            both = place.intersected(there)
            if both.width() > SLACK and both.height() > 0.3 * min(place.height(), there.height()):
                yield f"over each other: {one.text} | {other.text}"
    seen = {id(one) for _, one in reading}
    raised = [one for one in scene if one.raised and _alpha(one) >= COVERS]
    for one in scene:
        if one.text and not one.hidden and id(one) not in seen:
            middle = painted(one).intersected(one.seen).center()
            if not any(cover.seen.contains(middle) for cover in raised):
                yield f"covered: {one.text}"
