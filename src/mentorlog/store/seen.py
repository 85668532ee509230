"""What this machine last saw of a journal, in the user's state folder: its last operation, and its last backup.

It tells a journal that was rolled back behind our back: the files and the log of an earlier state fit together, so
nothing within the journal shows it. All of it is best effort: without a home folder, or where the folder cannot be
read or written, nothing is known, and that is never an error.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from mentorlog.errors import DiskFailure, MentorlogError
from mentorlog.store.disk import files
from mentorlog.store.layout import JOURNAL, Layout
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mentorlog.store.oplog.history import History
    from mentorlog.store.oplog.links import Link

HEAD, _BACKUP = "head", "backup.json"
_LIMIT = 64 * 1024
_BROKEN = (MentorlogError, OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError)
WHY = "a backup or a sync program may have brought back an earlier state"


class Head(Value):
    """The last operation that was seen of a journal, and how many were seen before that are no longer in its log."""

    journal: str
    number: int
    link: str | None = None
    missing: int = 0


class Backup(Value):
    """The last backup of a journal: its file, when it was made, of which change, and when it was last mentioned."""

    journal: str
    path: str
    at: str
    change: int
    shown_on: str | None = None

    @property
    def made_on(self) -> date:
        """The day on which it was made."""
        return date.fromisoformat(self.at[:10])

    @property
    def mentioned_on(self) -> date:
        """The day on which it was last mentioned, or made."""
        return date.fromisoformat(self.shown_on or self.at[:10])


class Seen:
    """What was seen of one journal; `state` is the user's state folder, None without a home folder."""

    def __init__(self, layout: Layout, state: Path | None) -> None:
        self._layout = layout
        self.folder = None if state is None else state / "journals" / key(layout.root)

    def head(self) -> Head | None:
        """Return the last operation that was seen; None if none was."""
        with suppress(*_BROKEN):
            data = self._read(HEAD)
            link = data.get("link")
            return Head(str(data["journal"]), int(data["number"]), link and str(link), int(data.get("missing", 0)))
        return None

    def older(self, last: int) -> list[str]:
        """Return what to say if the log ends before what was seen, with its last number as the index knows it."""
        head = self.head()
        if head is None or head.number <= last:
            return []
        from mentorlog.store.oplog.history import History

        with suppress(MentorlogError):  # doctor says why the log cannot be read
            history = History(self._layout)
            last = _last(history)  # another process may have made a change since the index was read
            if head.number > last:
                new, notice = self._compared(history, head, last)
                self._write(HEAD, new)
                return notice
        return []

    def missing(self, history: History) -> int:
        """Return how many operations were seen that are no longer in the log, at least."""
        head = self.head()
        if head is None:
            return 0
        last = _last(history)
        here = history.link_of(head.number) if head.number <= last else None
        if head.number > last or here != head.link:
            new, _ = self._compared(history, head, last, here)
            if new != head:
                self._write(HEAD, new)
                head = new
        return head.missing

    def accept(self, history: History) -> int:
        """Take the log as it is from now on; return how many operations were missing."""
        missing = self.missing(history)
        if missing and (head := self.head()):
            self._write(HEAD, head.but(missing=0))
        return missing

    def committed(self, number: int, link: Link | None, history: History) -> list[str]:
        """Record an operation that was just committed; return what to say if the log before it is not as it was."""
        head, notice, last = self.head(), list[str](), number - 1
        if head is None:
            head = Head(self._journal() or "", last)
        else:
            here = history.link_of(head.number) if head.number < last else None
            if head.number == last and link is not None:
                here = link.previous
            if here is None or here != head.link:  # else it is surely the journal that was seen
                head, notice = self._compared(history, head, last, here)
        self._write(HEAD, head.but(number=number, link=link.own if link else None))
        return notice

    def _compared(self, history: History, head: Head, last: int, here: str | None = None) -> tuple[Head, list[str]]:
        """Return the head of the log as it is now, and what to say if operations are missing.

        `last` is the number of its last operation, `here` the link of the one with the number that was seen.
        """
        journal = self._journal()
        if journal is None:
            return head, []
        now = Head(journal, last, history.link_of(last) if last else None)
        if journal != head.journal:
            return now, []
        gone = head.number - last
        if gone <= 0:
            gone = int(None not in (here, head.link) and here != head.link)
        return (now.but(missing=head.missing + gone), _notice(head.number, last)) if gone else (head, [])

    def _journal(self) -> str | None:
        """Return the id of the journal; None if it cannot be read."""
        from mentorlog.store.format import document

        try:
            return str(document.journal_data(JOURNAL, files.read(self._layout.journal)).get("id", ""))
        except (MentorlogError, FileNotFoundError):
            return None

    # The last backup

    def backup(self) -> Backup | None:
        """Return the last backup that was made of the journal here; None if there is none."""
        with suppress(*_BROKEN):
            data = self._read(_BACKUP)
            journal, path, at = (str(data[field]) for field in ("journal", "path", "at"))
            found = Backup(journal, path, at, int(data["change"]), data.get("shown_on"))
            head = self.head()
            is_here = head is None or head.journal == found.journal
            return found if is_here and found.made_on <= found.mentioned_on else None
        return None

    def put_backup(self, path: Path, at: datetime, change: int) -> None:
        """Record a backup: its file, the instant, and the number of the last change in it."""
        self._write(_BACKUP, Backup(self._journal() or "", str(path), at.isoformat(timespec="seconds"), change))

    def restored(self) -> None:
        """Record that a backup was restored here by the user, who knows that it may be older than what was seen."""
        if self.folder is not None:
            files.discard(self.folder / HEAD)

    def mentioned(self, backup: Backup, today: date) -> None:
        """Record that the last backup was mentioned."""
        self._write(_BACKUP, backup.but(shown_on=today.isoformat()))

    # The files

    def _read(self, name: str) -> Mapping[str, Any]:
        data = json.loads(files.read(self.folder / name, _LIMIT)) if self.folder else None
        if not isinstance(data, dict):
            raise ValueError("nothing that was recorded here")
        return data

    def _write(self, name: str, value: Value) -> None:
        """Replace a file, if possible; the folder is created when the first one is written."""
        if self.folder is None:
            return
        path, data = self.folder / name, (json.dumps(vars(value)) + "\n").encode()
        with suppress(MentorlogError):
            try:
                files.put_for_now(path, data)
            except DiskFailure:
                if may_make(self.folder):
                    files.private_folder(self.folder, parents=True)
                    files.put_for_now(path, data)


def may_make(folder: Path) -> bool:
    """Return whether a folder is missing in one of our own: what `sudo` created there, its user could not enter."""
    above = next((status for parent in folder.parents if (status := files.look(parent))), None)
    return files.look(folder) is None and above is not None and above.st_uid == os.geteuid()


def key(root: Path) -> str:
    """Return what stands for the path of a journal in names in the state folder, whatever links lead to it."""
    return files.fingerprint(os.fsencode(os.path.realpath(root)))[:16]


def _last(history: History) -> int:
    """Return the last number of a log; NeedsDoctor if something else is in its place."""
    files.real_folder(history.layout.operations)
    return history.last()


def _notice(seen: int, last: int) -> list[str]:
    """Return the sentences about a log whose operation `seen` is not the last one that was seen."""
    from mentorlog.models.views import counted

    if last == 0:
        changes = counted(seen, "change")
        what = f"The change history of this journal is empty; this machine last saw {changes} in it (a copy without"
        return [f"{what} its history may have taken its place).", _CHECK]
    if seen > last:
        what = f"This journal is {counted(seen - last, 'change')} older than when this machine last saw it"
    else:
        what = f"Change {seen} of this journal is not the one that this machine saw"
    return [f"{what} ({WHY}).", _CHECK]


_CHECK = "Check it with: mentorlog doctor --verify"
