"""Which commit both sides had in common last: it tells a deletion from what was never here. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mentorlog.errors import AnotherHistory
from mentorlog.values import Value

NONE = "0" * 40
"""The commit of which a held record has no ancestor."""


class Commits(Protocol):
    """What is known of the commits here."""

    def has(self, commit: str) -> bool:
        """Return whether a commit is here."""

    def contains(self, commit: str, ancestor: str) -> bool:
        """Return whether a commit follows from another."""

    def merge_base(self, one: str, two: str) -> str | None:
        """Return the newest commit from which both follow; None if there is none."""


class Known(Value):
    """A commit that the files stood for, and the records held back from it, each with the commit it follows from."""

    commit: str
    held: Mapping[str, str]


class State(Value):
    """What the last sync left: the commit that the files stand for, and one whose arrival is not known.

    It counts only while the operation `seq`, the last one then, is in the log with the link `mark`.
    """

    base: Known | None
    offered: Known | None
    seq: int
    mark: str
    at: str
    """When a sync last succeeded; empty before the first."""
    problems: tuple[tuple[str, str], ...] = ()
    """The paths of what was held back, and why."""


def known(state: State | None, stands: bool, logged: Known | None) -> tuple[Known | None, Known | None]:
    """Return the commit that the files stood for last, and one that may have arrived on the remote since.

    `stands` says whether the log still has the operation beside which the state was written: if not, a backup came
    back, or another log lies there. `logged` is what the newest sync in the log left, of those after the state if that
    stands.
    """
    if state is None or not stands or logged is not None:
        return logged, None
    return state.base, state.offered


def arrived(known: Known | None, offered: Known | None, tip: str, commits: Commits) -> Known | None:
    """Return the commit that the files stand for: the one that was offered, if it did arrive."""
    if offered is not None and commits.has(offered.commit) and commits.contains(tip, offered.commit):
        return offered
    return known


def ancestor(known: Known | None, tip: str, commits: Commits) -> Known | None:
    """Return the last commit that both sides had in common, with the records held back since; None without any.

    Raises AnotherHistory if the remote holds no commit that the files ever stood for.
    """
    if known is None:
        return None
    base = commits.merge_base(known.commit, tip) if commits.has(known.commit) else None
    if base is None:
        hint = "add --rejoin to put both together: nothing is deleted"
        raise AnotherHistory("The remote holds another history.", hint)
    return known.but(commit=base)
