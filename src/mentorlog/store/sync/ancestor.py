"""Which commit both sides had in common last: it tells a deletion from what was never here. Pure."""

from __future__ import annotations

from mentorlog.errors import AnotherHistory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.sync.ports import Commits
    from mentorlog.store.sync.state import Known, State


def known(state: State | None, stands: bool, logged: Known | None) -> Known | None:
    """Return the commit that the files stood for last, whether or not it arrived on the remote.

    `stands` says whether the log still has the operation beside which the state was written: if not, a backup came
    back, or another log lies there. `logged` is what the newest sync in the log left, of those after the state if that
    stands: a commit is in the log before it is sent.
    """
    return logged if state is None or not stands or logged is not None else state.base


def ancestor(known: Known | None, tip: str, commits: Commits, earlier: Known | None = None) -> Known | None:
    """Return the last commit that both sides had in common, with the records held back since; None without any.

    A commit that was lost before it was sent has been made of what the files stood for `earlier`.
    Raises AnotherHistory if the remote holds no commit that the files ever stood for.
    """
    if known is None:
        return None
    if earlier is not None and not commits.has(known.commit):
        known = earlier
    base = commits.merge_base(known.commit, tip) if commits.has(known.commit) else None
    if base is None:
        hint = "add --rejoin to put both together: nothing is deleted"
        raise AnotherHistory("The remote holds another history.", hint)
    return known.but(commit=base)
