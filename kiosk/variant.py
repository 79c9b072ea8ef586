"""The colours of the screen a person may choose; the size of type is chosen apart from them."""

from enum import Enum


class Variant(Enum):
    NORMAL = "normal"
    CONTRAST = "contrast"  # black on white, lines instead of shades
    NIGHT = "night"  # light on dark
