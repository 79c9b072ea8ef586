"""What a terminal and a central that lost a part of its past have to clear up."""

from enum import Enum


class Recovery(Enum):
    """What this terminal and a restored central have to clear up before all is as usual."""

    NONE = "none"
    EVIDENCE = "evidence"  # central lost a part of its past: it is shown what it had said
    RESENDING = "resending"  # what it lost is sent again
    ERASED = "erased"  # it asked for what was erased here with its leave: header and hash were shown
    RECONCILING = "reconciling"  # others have still to show theirs: nothing is allotted yet
