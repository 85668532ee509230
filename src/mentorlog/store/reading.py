"""The reading half of the journal: queries answered by the index, which never changes an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from mentorlog.domain.query import Query
from mentorlog.errors import MentorlogError, NeedsDoctor, ReadFailure, Reason, SeveralMatch, UnknownId, Unreadable
from mentorlog.models.views import View
from mentorlog.store.index import query as ask
from mentorlog.store.index.index import FreshIndex, Index
from mentorlog.store.layout import FOLDERS, KINDS, Layout, id_of, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from mentorlog.domain.reports import Linked, Problem, SearchHit

    T = TypeVar("T")


class Reader:
    """The queries that a journal answers."""

    def __init__(self, layout: Layout, index: FreshIndex) -> None:
        self._layout = layout
        self._fresh = index
        self.missed: ReadFailure | None = None
        """The disk failure that made a list incomplete, if any."""

    @property
    def index(self) -> Index:
        """The index, refreshed once."""
        return self._fresh.refreshed()

    @property
    def problems(self) -> list[Problem]:
        """The files that cannot be read as records."""
        return self._fresh.problems

    def find(self, query: Query) -> list[View]:
        """Return the views that a query asks for, in the order that CONTRACT gives each kind."""
        self.missed = self.index.refused(query.record) or self.missed
        views = ask.find(self.index, query)
        if len({view["id"] for view in views}) < len(views):  # all are shown, but none can be changed
            from mentorlog.domain.reports import Problem

            known = {problem.path for problem in self.problems}
            for path, id in ask.shared_ids(self.index):
                if path not in known:
                    message = f"another file has the same id {id}"
                    self.problems.append(Problem(path, message, reason=Reason.SHARED_ID))
        return views

    def view(self, id: str) -> View:
        """Return the record with exactly this id; raise UnknownId or NeedsDoctor if there is none."""
        view = self._by_id(id)
        if view is None:
            raise UnknownId(id, ())
        return view

    def titles(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the title of each existing id, or "(unreadable)"; deleted ones are left out."""
        titles = ask.titles(self.index, ids)
        if len(titles) < len(ids) and self.problems:
            unread = {id_of(problem.path) for problem in self.problems}
            titles |= {id: "(unreadable)" for id in ids if id not in titles and id in unread}
        return titles

    def named(self, *ids: str) -> dict[str, set[str]]:
        """Return the ids that each of these records links to (of all records if none is given)."""
        return ask.named(self.index, ids)

    def never_seen(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those ids that no operation in this log touched; they were not deleted here."""
        return frozenset(id for id in ids if not ask.was_used(self.index, id))

    def resolve(self, text: str, *kinds: str, by_name: bool = False) -> View:
        """Return the record that matches the text: an id, a unique prefix of two or more letters, a word of a name.

        Raise UnknownId if nothing matches, and SeveralMatch with the candidates.
        """
        if any("\ud800" <= sign <= "\udfff" for sign in text):  # not valid UTF-8: SQLite would refuse it
            raise UnknownId(text, kinds)
        start = text.lower()
        view = self.profile() if start == "profile" and not kinds else self._by_id(start, kinds)
        if view:
            return view
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
        views = [view for view in ask.by_id(self.index, id) if not kinds or view["record"] in kinds]
        if len(views) > 1:
            raise NeedsDoctor(f"Several files have the id {id}.")
        return views[0] if views else None

    def _named(self, text: str) -> list[tuple[str, str]]:
        """Return (id, name) of the mentors with this name, or with a word in it that starts with the text."""
        wanted = text.casefold().strip()
        if len(wanted) < 2:
            return []
        starts = [row for row in ask.mentor_names(self.index) if f" {wanted}" in f" {row[1].casefold()}"]
        return [row for row in starts if row[1].casefold() == wanted] or starts

    def _unreadable(self, start: str, kinds: Sequence[str]) -> list[Problem]:
        """Return the unreadable records whose id matches the text or starts with it."""
        folders = {FOLDERS[kind] for kind in kinds if kind in FOLDERS} if kinds else set(KINDS)
        problems = [p for p in self.problems if "/" in p.path and p.path.partition("/")[0] in folders]
        exact = [problem for problem in problems if id_of(problem.path) == start]
        return exact or [p for p in problems if len(start) > 1 and id_of(p.path).startswith(start)]

    def _refusal(self, problem: Problem) -> Unreadable:
        """Return the error for an unreadable file, with the command that opens it in the editor."""
        wrong = problem.as_error()
        if problem.reason not in (Reason.NOT_A_FILE, Reason.REFUSED, Reason.ELSEWHERE):
            wrong.hint = f"repair it with: mentorlog edit {id_of(problem.path)}"
        return wrong

    def _unknown(self, text: str, kinds: Sequence[str]) -> MentorlogError:
        """Return the error for an unknown id, or for a folder that might contain it but is not a folder."""
        folders = {FOLDERS[kind] for kind in kinds if kind in FOLDERS} or set(KINDS)
        for problem in self.problems:
            if problem.path in folders:
                return problem.as_error()
        wrong = UnknownId(text, kinds)
        if other := kinds and self._by_id(text.lower()):
            wrong.hint = f"{other['id']} is a {other['record']}; see: mentorlog show {other['id']}"
        named = [] if kinds else self._named(text)
        if len(named) == 1:
            wrong.hint = f"did you mean: {named[0][0]} ({named[0][1]})"
        if not kinds and ask.was_used(self.index, text.lower()):
            wrong.hint = f"it no longer exists; see: mentorlog history {text.lower()}"
        return wrong

    def resolve_id(self, text: str, *kinds: str) -> tuple[str, Unreadable | None]:
        """Return the id of the record that matches the text, and the error if it cannot be read."""
        try:
            return str(self.resolve(text, *kinds)["id"]), None
        except Unreadable as wrong:
            return id_of(wrong.path), wrong

    def deletable(self, text: str, *kinds: str) -> View:
        """Return the record that matches the text; for an unreadable one its id, path and problem."""
        try:
            view = self.resolve(text, *kinds)
        except Unreadable as wrong:
            if (id := id_of(wrong.path)) != "profile":
                return {"record": kind_of(wrong.path), "id": id, "path": wrong.path, "unreadable": wrong.message}
            raise
        if view["record"] == "profile":
            hint = "clear its fields with: mentorlog edit profile"
            raise MentorlogError("The profile cannot be deleted.", hint)
        return view

    def references(self, id: str) -> list[View]:
        """Return the records that refer to an id."""
        return list({view["id"]: view for view in ask.references(self.index, id)}.values())

    def search(self, text: str, kinds: Sequence[str] = (), limit: int | None = None) -> tuple[list[SearchHit], int]:
        """Return the records that match every word or prefix, best first, and their count."""
        from mentorlog.store.index.search import search

        return self.index.in_snapshot(lambda: search(self.index, text, kinds, limit))

    def completions(self, start: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
        """Return (id, title) of the records whose id starts with the text, newest first, for completion."""
        return ask.completions(self.index, start, kinds)

    def everything(self) -> list[View]:
        """Return the views of all records, by kind, day and id."""
        return ask.everything(self.index)

    def prefixes(self, ids: Sequence[str]) -> dict[str, int]:
        """Return the length of the shortest unique prefix of each id."""
        return ask.prefixes(self.index, ids)

    def belonging_to(self, view: View, kind: str, most: int, statuses: Sequence[str] = ()) -> Linked:
        """Return the newest records of a kind that belong to a record, and how many there are."""
        self.missed = self.index.refused(kind) or self.missed
        return ask.belonging_to(self.index, view, kind, most, statuses)

    def profile(self) -> View:
        """Return the profile, an empty one if there is none; raise NeedsDoctor if it is unreadable."""
        for problem in self.problems:
            if id_of(problem.path) == "profile":
                raise self._refusal(problem)
        if view := self._by_id("profile", ("profile",)):
            return view
        from mentorlog.models.profile import Profile
        from mentorlog.store.format.document import profile_view

        return profile_view(Profile())

    # Queries of the domain

    def last_evidence(self, goals: Sequence[str], until: date) -> dict[str, str]:
        """Return the last day of evidence, up to a day, of each of the goals that has any."""
        return ask.last_evidence(self.index, goals, until)

    def meeting_days(self, mentors: Sequence[str], today: date) -> dict[str, tuple[str | None, str | None]]:
        """Return the days of the last held and the next planned meeting with each mentor."""
        return ask.meeting_days(self.index, mentors, today)

    def days_and_mentors(self, ids: Sequence[str]) -> dict[str, tuple[str | None, tuple[str, ...]]]:
        """Return the day and the mentors of each of these meetings and goals."""
        return ask.days_and_mentors(self.index, ids)

    def first_day(self) -> str | None:
        """Return the day of the first record."""
        return ask.first_day(self.index)

    def in_snapshot(self, work: Callable[[], T]) -> T:
        """Return what `work` returns; all its queries see one state."""
        return self.index.in_snapshot(work)

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind can be read."""
        return ask.counts(self.index)
