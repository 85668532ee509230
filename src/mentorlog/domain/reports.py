"""What the store reports and the screens show, as plain values: problems, findings, search results, changes."""

from __future__ import annotations

from mentorlog.errors import Reason, Unreadable
from mentorlog.models.views import heading
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from mentorlog.errors import ManyDeletions
    from mentorlog.models.views import View


class Problem(Value):
    """A file that cannot be used: its path, what is wrong and in which line, a reason code, the id that it shares."""

    path: str
    message: str
    line: int | None = None
    reason: str = Reason.INVALID
    copy_of: str | None = None

    @classmethod
    def of(cls, error: Unreadable) -> Problem:
        """Return what an error says of a file."""
        return cls(error.path, error.message, error.line, error.reason)

    def as_error(self) -> Unreadable:
        """Return it as an error for a command to raise."""
        return Unreadable(self.path, self.message, self.line, self.reason)


class Finding(Value):
    """One result of a check-up: `level` is error or warning; `fix` says whether `doctor --fix` repairs it."""

    level: str
    category: str
    path: str | None
    line: int | None
    message: str
    remedy: str
    fix: bool = False


class FileState(Value):
    """What a file is by the log (see store.checkup.states), and the number of the newest operation on its path.

    `message` and `line` say what is wrong with it, or how it differs from what that operation left.
    """

    path: str
    state: str
    message: str
    line: int | None = None
    change: int | None = None


class OperationFlaw(Value):
    """What is wrong with an operation of the log; `is_damage` says whether something was lost or replaced."""

    number: int
    path: str
    message: str
    is_damage: bool


class Verified(Value):
    """The result of a verification: the findings, and what was read.

    `counts` has the number of files in each state, `files` those that are not as the log left them; `records` is how
    many records can be read. The log begins at operation `first`, with 0 for an empty one. `backup` is the last backup:
    its file, the instant at which it was made, and the command that restores it beside the journal.
    """

    findings: tuple[Finding, ...]
    records: int
    counts: Mapping[str, int]
    files: tuple[FileState, ...]
    operations: int
    flaws: tuple[OperationFlaw, ...]
    bytes: int
    first: int = 0
    backup: tuple[str, str, str] | None = None

    @property
    def errors(self) -> int:
        """How many findings the user must act on."""
        return sum(finding.level == "error" for finding in self.findings)


class SearchHit(Value):
    """A search result; matches in the snippet are enclosed in \\x02 and \\x03."""

    view: View
    title: str
    snippet: str


class Linked(Value):
    """The records of one kind that are linked to another: the newest few, and the count of all."""

    records: Sequence[View]
    count: int


class ImportItem(Value):
    """A record in an import, and its kind in a sentence; `change` is `new`, `same`, `differs` or `replaced`."""

    record: str
    id: str
    title: str
    change: str
    noun: str


class Stay(Value):
    """What an import leaves in the foreign file, and why; `title` is empty where it must not be shown."""

    title: str
    why: str
    count: int = 1


class IncomingItem(Value):
    """A record of a foreign file and what an import does with it: `new`, `same`, `differs` or `replaced`.

    `view` is the record as the file has it, `fields` are those that differ, `kept` what no field of ours holds.
    """

    change: str
    id: str
    source: str
    view: View
    fields: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    title: str = ""
    """What it is called in the file, if the record has no title."""
    how: str = ""
    """How a new one was recognized as one for this journal."""


class IncomingReport(Value):
    """What an import from another program did, or would do.

    `noun` is what its records are called. `strangers` are the names that are no mentor's, `unclear` those that fit
    several, with their ids; both with how often they occur. `added` has the names of new mentors by id.
    """

    program: str
    noun: str
    items: tuple[IncomingItem, ...]
    stays: tuple[Stay, ...] = ()
    remarks: tuple[str, ...] = ()
    strangers: Mapping[str, int] = {}
    unclear: Mapping[str, tuple[int, Sequence[str]]] = {}
    added: Mapping[str, str] = {}
    dry_run: bool = False
    tasks: tuple[View, ...] = ()
    """Those made of action items."""
    noun_there: str = ""
    """What one that stays is called, if it is not the same."""

    def of(self, *changes: str) -> list[IncomingItem]:
        """Return the items with one of these changes."""
        return [item for item in self.items if item.change in changes]


TEMPLATE = "template"
"""What stands for the kind of record where a template was changed."""


class RecordChange(Value):
    """A file that an operation changed: its record before and after, None if unreadable or missing.

    A template is shown as a record with one field. `missing` says why a text is not available: "erased", or "unknown"
    to the log.
    """

    record: str
    id: str
    path: str
    existed: bool
    exists: bool
    before: View | None
    after: View | None
    missing: str = ""

    @property
    def title(self) -> str | None:
        """What the record is called after the change, or was before it; None if neither is known."""
        view = self.after or self.before
        if self.record == "profile":
            return "Your profile"
        return heading(view) if view and self.record != TEMPLATE else None

    def differing(self) -> list[tuple[str, Any, Any]]:
        """Return (field, old, new) for each field that differs; a view that is not there has no fields."""
        before, after = self.before or {}, self.after or {}
        pairs = ((key, before.get(key), after.get(key)) for key in dict.fromkeys([*after, *before]))
        return [(key, old, new) for key, old, new in pairs if old != new]


class OperationEntry(Value):
    """One operation in the log; `undoes` has the numbers of those that it undid or redid."""

    seq: int
    changed_at: str
    name: str
    operation: str
    undoes: tuple[int, ...]
    paths: tuple[str, ...]


class Restorable(Value):
    """A damaged file that `doctor --fix` can restore from the log, with the record that it then holds.

    If `is_exact`, as its newest `change` left it; otherwise as it was before that change, and what the changes `lost`
    did to it is lost. `copy` is where the damaged text is saved, None if it holds nothing of its own.
    """

    path: str
    record: str
    id: str
    title: str | None
    problem: Problem
    is_exact: bool
    change: OperationEntry
    lost: tuple[int, ...]
    copy: str | None


class ChangeMade(Value):
    """One operation, what it changed, the number of the one that undid it, and whether it can be undone now."""

    entry: OperationEntry
    changes: Sequence[RecordChange]
    undone_by: int | None
    can_be_undone: bool


class ForgetPlan(Value):
    """What would be erased with a record, besides its own file, and what would not: the `remote`, git, old versions."""

    record: str
    id: str
    operations: int
    other_files: tuple[str, ...]
    git: Path | None
    versions: tuple[Path, ...] = ()
    is_empty: bool = False
    remote: str | None = None


class SyncedRecords(Value):
    """The ids of the records that a sync received or sent; the profile is one of them."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many records these are."""
        return len(self.new) + len(self.changed) + len(self.deleted)


class SyncConflict(Value):
    """A field of a record that has two values after a sync; `field` is empty where it is a whole entry."""

    id: str
    title: str
    field: str


class KeptRecord(Value):
    """A record that was deleted on one side, `where` is `here` or `there`, and stays, as the other had changed it."""

    id: str
    title: str
    where: str


class Renamed(Value):
    """A record of this machine that has a new id, as the remote had another record with its own."""

    old: str
    new: str


class SyncReport(Value):
    """What a sync did, or would do: see also the operations of the journal that it committed.

    `merged` are the ids of records that both sides had changed, `held` the files that were neither sent nor replaced,
    `erased` the ids that another machine erased from the history of the remote and that are still in the history here.
    `comments` are the files whose comments were dropped. `first` says whether it was the first with this remote,
    `again` whether all that is there was encrypted again, for a recipient who could not read it.
    `asks` is what a sync that is no dry run would ask first.
    `place` is the host of the remote or its folder, for a sentence.
    """

    remote: str
    place: str
    received: SyncedRecords = SyncedRecords()
    sent: SyncedRecords = SyncedRecords()
    merged: tuple[str, ...] = ()
    conflicts: tuple[SyncConflict, ...] = ()
    kept: tuple[KeptRecord, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    held: tuple[Problem, ...] = ()
    erased: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    first: bool = False
    again: bool = False
    asks: tuple[ManyDeletions, ...] = ()


class RemoteStatus(Value):
    """The remote of a journal: its address without a password, `none` or `age-1`, the last sync, what is not sent yet.

    `synced_at` is None before the first sync that succeeded; `held` are the files that the last one did not send.
    `unsent` is None if that is not known without the remote.
    """

    remote: str
    cipher: str
    synced_at: str | None
    unsent: SyncedRecords | None
    held: tuple[Problem, ...]
