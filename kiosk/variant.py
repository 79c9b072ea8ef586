"""What is set for the screen: its colours (the size of type is chosen apart), and whether it is held."""

from enum import Enum


class Variant(Enum):
    NORMAL = "normal"
    CONTRAST = "contrast"  # black on white, lines instead of shades
    NIGHT = "night"  # light on dark


class LockUse(Enum):
    """Whether nobody but staff gets out of the program; `auto`: at a full screen that people touch."""

    AUTO = "auto"
    NEVER = "never"
