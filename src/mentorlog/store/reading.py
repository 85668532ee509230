"""The reading half of the journal: queries answered by the index, which never changes an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from mentorlog.domain.query import Query
from mentorlog.errors import BadDate, MentorlogError, ReadFailure, Reason, UnknownId, Unreadable
from mentorlog.models.views import View
from mentorlog.store.index import query as ask
from mentorlog.store.index.index import FreshIndex, Index
from mentorlog.store.layout import Layout, id_of, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from mentorlog.domain.reports import Linked, Problem, SearchHit
    from mentorlog.models.view_types import BlockView

    T = TypeVar("T")


class Reader:
    """The queries that a journal answers."""

    def __init__(self, layout: Layout, index: FreshIndex, first_weekday: Callable[[], int] = lambda: 0) -> None:
        self._layout = layout
        self._fresh = index
        self.first_weekday = first_weekday
        """Returns the day on which a week begins, 0 for Monday, once words for a day need it."""
        self.missed: ReadFailure | None = None
        """The disk failure that made a list incomplete, if any."""
        self.notices: list[str] = []
        """Whom a text was taken to mean, where it is a word of another's name too."""

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
                    self.problems.append(Problem(path, message, reason=Reason.SHARED_ID, copy_of=id))
        return views

    def view(self, id: str) -> View:
        """Return the record with exactly this id; raise UnknownId or NeedsDoctor if there is none."""
        from mentorlog.store.finding import by_id  # most lists look nothing up

        view = by_id(self.index, id, problems=self.problems)
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
        """Return the record that matches the text; see Finder."""
        from mentorlog.store.finding import Finder

        view = Finder(self.index, self.problems, self.notices).find(text, kinds, by_name=by_name)
        return self.profile() if view is None else view

    def is_name(self, text: str) -> bool:
        """Return whether a text is the name of a mentor, or whole words of it."""
        from mentorlog.domain import people

        return bool(people.named(text, ask.people(self.index), whole=True))

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

    def everything(self) -> list[View]:
        """Return the views of all records, by kind, day and id."""
        return ask.everything(self.index)

    def prefixes(self, ids: Sequence[str]) -> dict[str, int]:
        """Return the length of the shortest unique prefix of each id."""
        return ask.prefixes(self.index, ids)

    def belonging_to(self, view: View, wanted: Mapping[str, tuple[int, Sequence[str]]]) -> dict[str, Linked]:
        """Return of each kind the newest records that belong to a record, and how many there are.

        `wanted` says how many of a kind, and in which statuses (() is all).
        """
        from mentorlog.domain.reports import Linked

        found = {}
        linked = ask.linked_kinds(self.index, view["id"]) if wanted else ()
        for kind, (most, statuses) in wanted.items():
            self.missed = self.index.refused(kind) or self.missed
            is_linked = kind in linked
            found[kind] = ask.belonging_to(self.index, view, kind, most, statuses) if is_linked else Linked((), 0)
        return found

    def profile(self) -> View:
        """Return the profile, an empty one if there is none; raise NeedsDoctor if it is unreadable."""
        from mentorlog.store.finding import by_id, refusal

        for problem in self.problems:
            if id_of(problem.path) == "profile":
                raise refusal(problem)
        if view := by_id(self.index, "profile", ("profile",)):
            return view
        from mentorlog.models.profile import Profile
        from mentorlog.store.format.document import profile_view

        return profile_view(Profile())

    def day_ahead(self, text: str, today: date) -> date:
        """Return the date ahead for words, or for a day that follows from the profile: `end-of-block`, `pgy3`."""
        from mentorlog import date_words  # loaded only for a date that was typed

        try:
            return date_words.ahead(text, today, self.first_weekday())
        except BadDate:
            if day := self.named_day(text, today):
                return day
            raise

    def named_day(self, text: str, today: date) -> date | None:
        """Return the day ahead that follows from the profile and has this name; None for other words."""
        from mentorlog.domain.training import named_day

        return named_day(text, self.profile, today)

    # Queries of the domain

    def last_evidence(self, goals: Sequence[str], until: date) -> dict[str, str]:
        """Return the last day of evidence, up to a day, of each of the goals that has any."""
        return ask.last_evidence(self.index, goals, until)

    def meeting_days(self, mentors: Sequence[str], today: date) -> dict[str, tuple[str | None, str | None]]:
        """Return the days of the last held and the next planned meeting with each mentor."""
        return ask.meeting_days(self.index, mentors, today)

    def meetings_held(self, mentors: Sequence[str], since: str = "") -> dict[str, int]:
        """Return how many meetings were held with each of these mentors, since a day (inclusive)."""
        return ask.meetings_held(self.index, mentors, since)

    def days_and_mentors(self, ids: Sequence[str]) -> dict[str, tuple[str | None, tuple[str, ...]]]:
        """Return the day and the mentors of each of these meetings and goals."""
        return ask.days_and_mentors(self.index, ids)

    def blocks(self) -> list[BlockView]:
        """Return the blocks of the profile; none if it is unreadable."""
        return ask.blocks(self.index)

    def first_day(self) -> str | None:
        """Return the day of the first record."""
        return ask.first_day(self.index)

    def in_snapshot(self, work: Callable[[], T]) -> T:
        """Return what `work` returns; all its queries see one state."""
        return self.index.in_snapshot(work)

    def counts(self) -> tuple[dict[str, int], int]:
        """Return how many records of each kind can be read, and how many wait for a choice."""
        return ask.counts(self.index)

    def undecided(self) -> list[View]:
        """Return the records, and the profile, that wait for a choice, by kind and id."""
        return ask.undecided(self.index)
