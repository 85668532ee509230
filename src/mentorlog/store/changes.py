"""What an undo or redo has changed, as views before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mentorlog.errors import Unreadable
from mentorlog.models.views import View
from mentorlog.store.format import document
from mentorlog.store.layout import KINDS, PROFILE, id_of, kind_of
from mentorlog.store.oplog.undo import Plan


class RecordChange(NamedTuple):
    """One file that changed: its record as it was and as it is now, None where it is absent.

    A record that cannot be read has neither, but only says whether its file was there and is.
    """

    record: str
    id: str
    path: str
    was_there: bool
    is_there: bool
    before: View | None
    after: View | None


class UndoResult(NamedTuple):
    """What was undone or done again, by the names of the operations, and what that changed."""

    names: list[str]
    moved: list[RecordChange]


def result(plan: Plan) -> UndoResult:
    """Return what a plan, once it is carried out, has done."""
    return UndoResult(list(plan.names), list(_moved(plan)))


def _moved(plan: Plan) -> Iterator[RecordChange]:
    for path, before, after in plan.changes:
        if path == PROFILE:  # one that is not there is an empty one
            yield RecordChange(
                "profile", "profile", path, True, True, _view(path, before or b""), _view(path, after or b"")
            )
        elif path.partition("/")[0] in KINDS:
            views = _view(path, before), _view(path, after)
            yield RecordChange(kind_of(path), id_of(path), path, before is not None, after is not None, *views)


def _view(path: str, data: bytes | None) -> View | None:
    try:
        return None if data is None else document.read(path, data, "").view
    except Unreadable:
        return None
