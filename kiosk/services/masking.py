"""The masks of `sync.wire.masking`, for texts in two languages too."""

from kiosk.bilingual import Text
from sync.wire.masking import name, number, phone, unless_masked, within

__all__ = ["both", "name", "number", "phone", "unless_masked", "within"]


def both(text: Text) -> Text:
    """`within` of each language."""
    return Text(within(text.zh), within(text.en))
