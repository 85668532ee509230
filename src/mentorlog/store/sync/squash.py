"""Replacing the history of a remote by one commit: after a record was erased, or with a new key.

The commit names those that it replaces, so that a machine which knows one of them keeps its ancestor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from mentorlog.errors import AnotherHistory
from mentorlog.store.sync.encrypted_trees import EncryptedTrees
from mentorlog.store.sync.state import Known, State

if TYPE_CHECKING:
    from mentorlog.store.sync.courier import Courier
    from mentorlog.store.sync.place import Place
    from mentorlog.store.sync.ports import Trees

_MOST = 2000
"""How many commits are named by the one that replaces them."""
_REPLACES = re.compile(r"^Replaces: ([0-9a-f]{40})$", re.MULTILINE)


def replace_history(
    courier: Courier, place: Place, trees: Trees, commit: Callable[[str, str], str], sent: Callable[[], object]
) -> bool:
    """Replace the history of the remote if its newest commit is what the files here stand for; return whether it was.

    `commit` makes the commit, from that one and the lines that name what it replaces; `sent` is called once it is on
    the remote.
    """
    tip, state = courier.fetch(), place.state()
    if tip is None or state is None or state.base is None:
        raise AnotherHistory("The remote does not hold a journal.", "send it first: mentorlog sync")
    trees.check(tip)
    if tip != state.base.commit:
        return False
    new = commit(tip, replaced_by(courier, tip))
    if not courier.push(new, tip):
        return False
    sent()
    place.write(state.but(base=Known(new, state.base.held)))
    return True


def replace_unread(
    courier: Courier,
    place: Place,
    trees: EncryptedTrees,
    contents: Mapping[str, bytes],
    mark: tuple[int, str],
    at: datetime,
) -> bool:
    """Replace all that is on a remote, which cannot be read, by the files of this machine; return whether it was.

    `mark` is the number and the link of the last operation here.
    """
    tip, state = courier.fetch(), place.state()
    base = state.base.commit if state is not None and state.base is not None else None
    known = replaced_by(courier, base) if base is not None and courier.has(base) else ""
    new = trees.commit(contents, onto=None, parents=[], at=at, trailer=known)
    if not (courier.push(new) if tip is None else courier.push(new, tip)):
        return False
    place.write(State(Known(new, {}), *mark, at.isoformat(timespec="seconds")))
    return True


def replaced_by(courier: Courier, tip: str) -> str:
    """Return the lines that name a commit and those before it, as many as a machine may still know."""
    ids = dict.fromkeys([*_history(courier, tip), *_replaces(courier, tip)])
    return "\n".join(f"Replaces: {id}" for id in [*ids][:_MOST])


def replaced(courier: Courier, commit: str, tip: str) -> str | None:
    """Return the newest commit in the history of one that the beginning of another's history replaced."""
    before = {*_history(courier, commit)}
    return next((id for id in _replaces(courier, tip) if id in before), None)


def _replaces(courier: Courier, tip: str) -> list[str]:
    """Return the commits that the beginning of a history replaced, each before those that it follows from."""
    first = (courier.read(id) for id in _history(courier, tip))
    return [id for one in first if not one.parents for id in _REPLACES.findall(one.message)]


def _history(courier: Courier, commit: str) -> list[str]:
    """Return a commit and all before it that are here, each before those that it follows from."""
    parents: dict[str, list[str]] = {}
    waiting = [commit]
    for one in waiting:
        if one not in parents:
            parents[one] = [parent for parent in courier.read(one).parents if courier.has(parent)]
            waiting += parents[one]
    following = Counter(parent for ones in parents.values() for parent in ones)
    ready, ordered = [commit], list[str]()
    while ready:
        ordered.append(ready.pop())
        for parent in parents[ordered[-1]]:
            following[parent] -= 1
            if not following[parent]:
                ready.append(parent)
    return ordered
