"""The lanes of a thin link: which bytes go first, and so also whose they are."""

from enum import Enum


class Lane(Enum):
    OPERATIONS = 1
    NEWS = 2  # status, outcomes, changes, deltas
    ATTACHMENTS = 3  # up
    CONTENT = 4  # pictures and packs, down
