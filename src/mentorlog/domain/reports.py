"""What the store reports and the screens lay out, as plain values: problems, findings, finds, changes."""

from __future__ import annotations

from mentorlog.errors import Reason, Unreadable
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mentorlog.models.views import View


class Problem(Value):
    """A file that cannot be served: where it is, what is wrong, in which line, and a code for the reason."""

    path: str
    message: str
    line: int | None = None
    reason: str = Reason.INVALID

    def as_error(self) -> Unreadable:
        """Return it as the failure that a command ends with."""
        return Unreadable(self.path, self.message, self.line, self.reason)


class Finding(Value):
    """One result of a check-up: `level` is error or notice; `fix` says whether `doctor --fix` repairs it."""

    level: str
    category: str
    path: str | None
    line: int | None
    message: str
    remedy: str
    fix: bool = False


class SearchHit(Value):
    """A record that a search found; in the snippet matches stand between \\x02 and \\x03."""

    view: View
    title: str
    snippet: str


class Linked(Value):
    """The records of one kind that belong to another record: the newest few, and how many there are."""

    records: Sequence[View]
    count: int


class ImportItem(Value):
    """A record that an import brings; `change` is `new`, `same`, `differs` or `replaced`."""

    record: str
    id: str
    title: str
    change: str


class RecordChange(Value):
    """A file that an undo or redo changed: its record before and after, None where unreadable."""

    record: str
    id: str
    path: str
    existed: bool
    exists: bool
    before: View | None
    after: View | None


class OperationEntry(Value):
    """One change as the log has it; `undoes`: the numbers of what it undid or did again."""

    seq: int
    changed_at: str
    name: str
    operation: str
    undoes: tuple[int, ...]
    paths: tuple[str, ...]


class ForgetPlan(Value):
    """What is held of a record that is to be erased, beside its own file."""

    record: str
    id: str
    operations: int
    other_files: tuple[str, ...]
    git: Path | None
    is_empty: bool = False
