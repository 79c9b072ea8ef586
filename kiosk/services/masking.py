"""The masks of `sync.wire.masking`, for texts in two languages too."""

from kiosk.bilingual import Text
from sync.wire.masking import name, number, phone, within

__all__ = ["both", "name", "number", "phone", "within"]


def both(text: Text) -> Text:
    """`within` of each language."""
    return Text(within(text.zh), within(text.en))
