"""What one sync leaves for the next one."""

from __future__ import annotations

from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

NONE = "0" * 40
"""The commit of which a held record has no ancestor."""


class Known(Value):
    """A commit that the files stood for, and the records held back from it, each with the commit it follows from."""

    commit: str
    held: Mapping[str, str]


class State(Value):
    """What the last sync left: the commit that the files stand for.

    It counts only while the operation `seq`, the last one then, is in the log with the link `mark`.
    """

    base: Known | None
    seq: int
    mark: str
    at: str
    """When a sync last succeeded; empty before the first."""
    problems: tuple[tuple[str, str], ...] = ()
    """The paths of what was held back, and why."""
    listing: str = ""
    """What the index said of all files when nothing was to do."""
    onto: str = ""
    """While it is not known whether the commit arrived: the one that the remote held before, or NONE."""
