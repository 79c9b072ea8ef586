"""A scanner's burst is a scan; whatever a person types arrives, all of it and in order."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.scanner import Scan, Symbology
from kiosk.devices.wedge import ENDS, Ending, Held, Step, Stroke, WedgeRule, other, pause, press

RULE = WedgeRule()
SCANNER, PERSON = 0.008, 0.09


class Page:
    """What reaches the page, and what was scanned, of strokes as they come."""

    def __init__(self, rule: WedgeRule = RULE) -> None:
        self.rule = rule
        self.held: Held = ()
        self.typed = ""
        self.scans: list[Scan] = []
        self.now = 0.0

    def key(self, text: str, after: float) -> None:
        if self.held and after > self.rule.gap:
            self._take(pause(self.held, self.rule), "")
        self.now += after
        self._take(press(self.held, Stroke(text, self.now), self.rule), text)

    def arrow(self) -> None:
        self._take(other(self.held), "→")

    def rest(self) -> None:
        self._take(pause(self.held, self.rule), "")

    def _take(self, step: Step, text: str) -> None:
        self.typed += "".join(stroke.text for stroke in self.held[: step.released])
        self.typed += text if step.passes else ""
        self.held = step.held
        if step.scan is not None:
            self.scans.append(step.scan)

    def keys(self, texts: Iterable[str], after: float) -> Page:
        for text in texts:
            self.key(text, after)
        return self


def test_a_burst_with_enter_is_a_scan_and_reaches_no_field() -> None:
    page = Page().keys("6901234567892\r", SCANNER)
    assert (page.scans, page.typed) == ([Scan("6901234567892")], "")


def test_tab_ends_a_scan_too_and_the_mark_is_understood() -> None:
    assert Page().keys("]Q1yz1.token\t", SCANNER).scans == [Scan("yz1.token", Symbology.QR)]


def test_a_person_typing_reaches_the_page_with_enter() -> None:
    page = Page().keys("138123\r", PERSON)
    assert (page.typed, page.scans) == ("138123\r", [])


def test_too_short_a_burst_is_typing() -> None:
    assert Page().keys("12345\r", SCANNER).typed == "12345\r"


def test_a_late_enter_is_a_person_s() -> None:
    page = Page().keys("123456", SCANNER).keys("\r", PERSON)
    assert (page.typed, page.scans) == ("123456\r", [])


def test_a_scan_after_typing_takes_only_its_own_keys() -> None:
    page = Page().keys("ab", PERSON)
    page.key("6", PERSON)
    page.keys("90123\r", SCANNER)
    assert (page.typed, page.scans) == ("ab", [Scan("690123")])


def test_what_is_held_goes_on_when_nothing_comes() -> None:
    page = Page().keys("7", PERSON)
    assert page.typed == ""
    page.rest()
    assert page.typed == "7"


def test_an_arrow_comes_after_what_was_typed_before_it() -> None:
    page = Page().keys("12", SCANNER)
    page.arrow()
    assert page.typed == "12→"


def test_a_scanner_without_an_end_key_ends_by_a_pause() -> None:
    page = Page(WedgeRule(ending=Ending.PAUSE)).keys("690123", SCANNER)
    page.rest()
    assert (page.scans, page.typed) == ([Scan("690123")], "")


def test_a_flood_is_not_kept_for_ever() -> None:
    page = Page(WedgeRule(most=10)).keys("x" * 25, SCANNER)
    assert len(page.held) <= 10
    page.rest()
    assert page.typed == "x" * 25


def test_a_clock_that_went_back_makes_no_scan() -> None:
    step = press(tuple(Stroke("1", 50.0) for _ in range(8)), Stroke("\r", 40.0), RULE)
    assert step == Step(released=8, passes=True)


strokes = st.lists(st.tuples(st.sampled_from("ab1]Q\r\t"), st.sampled_from((SCANNER, PERSON))), max_size=60)


@given(strokes, st.sampled_from(Ending))
def test_every_key_is_typed_or_scanned_once(keys: list[tuple[str, float]], ending: Ending) -> None:
    page = Page(WedgeRule(ending=ending))
    for text, after in keys:
        page.key(text, after)
    page.rest()
    assert page.held == ()
    typed = sum(text not in ENDS for text in page.typed)
    scanned = sum(len(scan.text) + (3 if scan.symbology else 0) for scan in page.scans)
    assert typed + scanned == sum(text not in ENDS for text, _ in keys)
