"""The reading half of the journal: every question goes through the index, which never changes an answer."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from mentorlog.domain.query import Query
from mentorlog.domain.reports import Linked, Problem
from mentorlog.errors import MentorlogError, NeedsDoctor, ReadFailure, Reason, SeveralMatch, UnknownId, Unreadable
from mentorlog.models.views import View
from mentorlog.store.disk import files
from mentorlog.store.index import query as ask
from mentorlog.store.index.index import Index
from mentorlog.store.index.query import Finds
from mentorlog.store.index.scan import RACY_NS
from mentorlog.store.layout import FOLDERS, KINDS, PROFILE, REVIEW_DRAFT, Layout, id_of
from mentorlog.store.oplog.position import LogPosition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from mentorlog.store.oplog.history import History
    from mentorlog.store.oplog.log import Log

    T = TypeVar("T")
    LogSeen = tuple[int, ...] | None


RESCAN_GRACE = 2.0
"""For so many seconds after it a look at the folders may serve the change that follows, however long it took."""


class Reader:
    """What can be asked of a journal."""

    def __init__(self, root: Path, *, now: datetime, progress: Callable[[int, int], None] | None = None) -> None:
        self.layout = Layout(root)
        self.root = root
        self.now = now
        self._index = Index(self.layout, watch=LogPosition(self.layout), progress=progress)
        self._fresh = False
        self._seen: tuple[float, LogSeen] = (0.0, None)
        self._missed: ReadFailure | None = None

    @cached_property
    def _log(self) -> Log:
        """The log of operations: a reader needs it only where one of them was left unfinished."""
        from mentorlog.store.oplog.log import Log

        return Log(self.layout, on_forget=self._index.discard)

    @property
    def history(self) -> History:
        """The operations of the log."""
        return self._log.history

    def _overlay(self) -> dict[str, Path | None]:
        return self.history.overlay()

    @property
    def exists(self) -> bool:
        """Whether the folder holds a journal."""
        return files.look(self.layout.journal) is not None

    @property
    def index(self) -> Index:
        """The index, refreshed once."""
        if not self._fresh:
            log = self._log_seen()
            self._index.refresh(self._overlay)
            self._fresh, self._seen = True, (time.monotonic(), log)
        return self._index

    def _log_seen(self) -> LogSeen:
        """Return how the folder of the log stands: every operation of ours writes a name into it.

        None where it is too young to tell one writing from the next; () where it is not there yet.
        """
        found = files.look(self.layout.operations)
        young = found is not None and time.time_ns() - found.st_mtime_ns < RACY_NS
        return None if young else () if found is None else files.stamp(found)

    def _just_seen(self) -> bool:
        """Whether the folders were looked at a moment ago, and no mentorlog has changed a file since.

        Others may have, as they may a moment after any look; what an operation writes over, it compares itself.
        """
        then, log = self._seen
        return self._fresh and log is not None and log == self._log_seen() and time.monotonic() - then < RESCAN_GRACE

    @cached_property
    def problems(self) -> list[Problem]:
        """The files that cannot be served."""
        return self.index.problems()

    def find(self, query: Query) -> list[View]:
        """Return the views that a query asks for, in the order that CONTRACT gives each kind."""
        self._missed = self.index.refused(query.record) or self._missed
        found = ask.find(self.index, query)
        if len({view["id"] for view in found}) < len(found):
            self._report_shared_ids()
        return found

    def _report_shared_ids(self) -> None:
        """Count among what needs a person the files that hold one id: each of them would be shown, none changed."""
        known = {problem.path for problem in self.problems}
        for path, id in ask.shared_ids(self.index):
            if path not in known:
                self.problems.append(Problem(path, f"another file holds the same id {id}", reason=Reason.SHARED_ID))

    def view(self, id: str) -> View:
        """Return the record with exactly this id; UnknownId where there is none, NeedsDoctor where it is unreadable."""
        found = self._by_id(id)
        if found is None:
            raise UnknownId(id, ())
        return found

    def titles(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the title or name of each id that is there, or that it is unreadable; a deleted one is left out."""
        found = ask.titles(self.index, ids)
        if len(found) < len(ids) and self.problems:
            unread = {id_of(problem.path) for problem in self.problems}
            found |= {id: "(unreadable)" for id in ids if id not in found and id in unread}
        return found

    def never_seen(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those ids that no operation of this machine's log ever touched: nothing of them was deleted here."""
        return frozenset(id for id in ids if not ask.was_used(self.index, id))

    def resolve(self, text: str, *kinds: str, by_name: bool = False) -> View:
        """Return the record that the text means: exact id, unique prefix of two or more letters, word of a name.

        UnknownId where nothing answers; SeveralMatch names the candidates.
        """
        if any("\ud800" <= sign <= "\udfff" for sign in text):  # bytes that are no text: SQLite would refuse them
            raise UnknownId(text, kinds)
        start = text.lower()
        found = self.profile() if start == "profile" and not kinds else self._by_id(start, kinds)
        if found:
            return found
        unread = {id_of(problem.path): problem for problem in self._unreadable(start, kinds)}
        if start in unread:
            raise self._refusal(unread[start])
        rows = ask.starting_with(self.index, start, kinds) if len(start) > 1 else []
        rows += [(id, "cannot be read") for id in unread]
        if not rows and by_name:
            rows = self._named(text)
        if len({row[0] for row in rows}) > 1:
            raise SeveralMatch(text, [(id, title) for id, title in rows])
        if not rows:
            raise self._unknown(text, kinds)
        if rows[0][0] in unread:
            raise self._refusal(unread[rows[0][0]])
        return self.view(rows[0][0])

    def _by_id(self, id: str, kinds: Sequence[str] = ()) -> View | None:
        found = ask.by_id(self.index, id)
        if kinds:
            found = [view for view in found if view["record"] in kinds]
        if len(found) > 1:
            raise NeedsDoctor(f"Several files hold the id {id}.")
        return found[0] if found else None

    def _named(self, text: str) -> list[tuple[str, str]]:
        """Return (id, name) of the mentors with this name, else of those with a word in it that begins so."""
        wanted = text.casefold().strip()
        if len(wanted) < 2:
            return []
        starts = [row for row in ask.mentor_names(self.index) if f" {wanted}" in f" {row[1].casefold()}"]
        return [row for row in starts if row[1].casefold() == wanted] or starts

    def _unreadable(self, start: str, kinds: Sequence[str]) -> list[Problem]:
        """Return the records that the text means or begins, and that cannot be read: they are not unknown."""
        folders = {FOLDERS[kind] for kind in kinds if kind in FOLDERS} if kinds else set(KINDS)
        there = [p for p in self.problems if p.path.partition("/")[0] in folders and "/" in p.path]
        exact = [problem for problem in there if id_of(problem.path) == start]
        return exact or [problem for problem in there if len(start) > 1 and id_of(problem.path).startswith(start)]

    def _refusal(self, problem: Problem) -> Unreadable:
        """Return what is wrong with a file, and how it is mended: what can be read at all in the editor."""
        wrong = problem.as_error()
        if problem.reason not in (Reason.NOT_A_FILE, Reason.REFUSED):
            wrong.hint = f"mend it with: mentorlog edit {id_of(problem.path)}"
        return wrong

    def _unknown(self, text: str, kinds: Sequence[str]) -> MentorlogError:
        """Return that there is no such record; where a folder of records is none, that this cannot be known."""
        folders = {FOLDERS[kind] for kind in kinds if kind in FOLDERS} or set(KINDS)
        for problem in self.problems:
            if problem.path in folders:
                return problem.as_error()
        wrong = UnknownId(text, kinds)
        named = [] if kinds else self._named(text)
        if len(named) == 1:
            wrong.hint = f"did you mean {named[0][0]} ({named[0][1]})?"
        if not kinds and ask.was_used(self._index, text.lower()):
            wrong.hint = f"it was there once; see: mentorlog history {text.lower()}"
        return wrong

    def search(self, text: str, kinds: Sequence[str] = (), limit: int | None = None) -> Finds:
        """Return the records that hold every word (or its beginning), best first, and how many there are."""
        from mentorlog.store.index.search import search

        return self.index.in_snapshot(lambda: search(self._index, text, kinds, limit))

    def completions(self, start: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
        """Return (id, title) of what begins with the text, newest first for ids, for the shell's completion."""
        return ask.completions(self.index, start, kinds)

    def everything(self) -> list[View]:
        """Return the views of all records, by kind, day and id."""
        return ask.everything(self.index)

    def prefixes(self, ids: Sequence[str]) -> dict[str, int]:
        """Return the length of the shortest prefix that tells each id from all others."""
        return ask.prefixes(self.index, ids)

    def belonging_to(self, view: View, kind: str, most: int, statuses: Sequence[str] = ()) -> Linked:
        """Return the newest records of a kind that belong to a record, and how many there are."""
        self._missed = self.index.refused(kind) or self._missed
        return ask.belonging_to(self.index, view, kind, most, statuses)

    def profile(self) -> View:
        """Return the resident's profile, empty where none was written; NeedsDoctor where it cannot be read."""
        for problem in self.problems:
            if problem.path == PROFILE:
                raise self._refusal(problem)
        if found := self._by_id("profile", ("profile",)):
            return found
        from mentorlog.models.profile import Profile
        from mentorlog.store.format.document import profile_view

        return profile_view(Profile())

    # What the domain asks

    def last_evidence(self, goals: Sequence[str], until: date) -> dict[str, str]:
        """Return the last day of evidence, up to a day, of each of the goals that has any."""
        return ask.last_evidence(self.index, goals, until)

    def meeting_days(self, mentors: Sequence[str], today: date) -> dict[str, tuple[str | None, str | None]]:
        """Return the days of the last held and the next planned meeting with each mentor who has one."""
        return ask.meeting_days(self.index, mentors, today)

    def days_and_mentors(self, ids: Sequence[str]) -> dict[str, tuple[str | None, tuple[str, ...]]]:
        """Return the day and the mentors of each of these meetings and goals."""
        return ask.days_and_mentors(self.index, ids)

    def first_day(self) -> str | None:
        """Return the day of the first record."""
        return ask.first_day(self.index)

    def in_snapshot(self, work: Callable[[], T]) -> T:
        """Return what the work returns; all its questions are answered by one state of the journal."""
        return self.index.in_snapshot(work)

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind can be read."""
        return ask.counts(self.index)

    @property
    def review_begun(self) -> bool:
        """Whether the draft of a review was left behind."""
        return os.path.lexists(self.layout.drafts / REVIEW_DRAFT)
