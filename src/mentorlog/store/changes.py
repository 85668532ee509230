"""What an undo or redo has changed, as views before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mentorlog.domain.reports import RecordChange
from mentorlog.errors import Unreadable
from mentorlog.models.views import View
from mentorlog.store.format import document
from mentorlog.store.layout import KINDS, PROFILE, id_of, kind_of
from mentorlog.store.oplog.undo import Plan


class UndoResult(NamedTuple):
    """What was undone or done again, by the names of the operations, and what that changed."""

    names: list[str]
    changes: list[RecordChange]


def told(plan: Plan) -> UndoResult:
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
        return None if data is None else document.view_in(path, data)
    except Unreadable:
        return None
