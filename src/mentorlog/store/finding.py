"""Finding the record that a text refers to."""

from __future__ import annotations

from mentorlog.errors import MentorlogError, NeedsDoctor, Reason, SeveralMatch, UnknownId, Unreadable
from mentorlog.models.views import noun
from mentorlog.store.index import query as ask
from mentorlog.store.layout import FOLDERS, KINDS, id_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorlog.domain.people import Person
    from mentorlog.domain.reports import Problem
    from mentorlog.models.views import View
    from mentorlog.store.index.index import Index

_SHORTEST_TITLE = 3


def by_id(index: Index, id: str, kinds: Sequence[str] = (), problems: Sequence[Problem] = ()) -> View | None:
    """Return the record of one of the kinds (default: any) with exactly this id."""
    views = [view for view in ask.by_id(index, id) if not kinds or view["record"] in kinds]
    if len(views) > 1 or (views and any(one.copy_of == id for one in problems)):
        raise NeedsDoctor(f"Several files have the id {id}.")
    return views[0] if views else None


def refusal(problem: Problem) -> Unreadable:
    """Return the error for an unreadable file, with the command that opens it in the editor."""
    wrong = problem.as_error()
    if problem.reason not in (Reason.NOT_A_FILE, Reason.REFUSED, Reason.ELSEWHERE, Reason.BAD_ID):
        wrong.hint = f"repair it with: mentorlog edit {id_of(problem.path)}"
    return wrong


class Finder:
    """Finds records: by the exact id, by a mentor's nickname, by a unique prefix of two or more letters.

    What follows an id and a hyphen is not read, as in the names of files. By name, a mentor is also found by their
    name or words of it, and another record, if it is open, by words of its title. A note says whom a text was taken to
    mean where it is a word of another mentor's name too.
    """

    def __init__(self, index: Index, problems: Sequence[Problem], notices: list[str]) -> None:
        self._index, self._problems, self._notices = index, problems, notices

    def find(self, text: str, kinds: Sequence[str], *, by_name: bool) -> View | None:
        """Return the record, or None for the profile; raise UnknownId, or SeveralMatch with the candidates."""
        if any("\ud800" <= sign <= "\udfff" for sign in text):  # not valid UTF-8: SQLite would refuse it
            raise UnknownId(text, kinds)
        start = text.lower()
        if start == "profile" and not kinds:
            return None
        if text != start:  # a file with this very id that no record may have
            for problem in self._unreadable(start, kinds):
                if id_of(problem.path) == text:
                    raise refusal(problem)
        people = ask.people(self._index) if by_name and "mentor" in kinds else []
        known = self._problems
        exact = by_id(self._index, text, kinds, known) if text != start else None
        found = exact or by_id(self._index, start, kinds, known)
        if view := found or self._nicknamed(text, kinds, people, by_name):
            self._note_others(text, view["id"], people)
            return view
        unread = {id_of(problem.path): problem for problem in self._unreadable(start, kinds)}
        for id, problem in unread.items():
            if id.lower() == start:
                raise refusal(problem)
        rows = ask.starting_with(self._index, start, kinds) if len(start) > 1 else []
        rows += [(id, "cannot be read") for id in unread]
        if len({row[0] for row in rows}) == 1:
            self._note_others(text, rows[0][0], people)
        elif by_name:
            rows = self._named(text, people, whole=bool(rows)) or rows or self._titled(text, kinds)
        if len({row[0] for row in rows}) > 1:
            raise SeveralMatch(text, rows)
        if not rows:
            from mentorlog.ids import kind_of as kind_of_id

            head, hyphen, _ = start.partition("-")
            if hyphen and kind_of_id(head):
                return self.find(head, kinds, by_name=False)
            raise self._unknown(text, kinds)
        if rows[0][0] in unread:
            raise refusal(unread[rows[0][0]])
        return by_id(self._index, rows[0][0], problems=self._problems)

    def _nicknamed(self, text: str, kinds: Sequence[str], people: Sequence[Person], by_name: bool) -> View | None:
        if by_name and not kinds:  # any record: a mentor is found by the nickname, but not by words of the name
            people = ask.people(self._index)
        if not any(one.nickname for one in people):
            return None
        from mentorlog.domain.people import nicknamed

        known = nicknamed(text, people)
        if len(known) > 1:
            raise SeveralMatch(text, [(one.id, one.name) for one in known])
        return by_id(self._index, known[0].id) if known else None

    def _named(self, text: str, people: Sequence[Person], *, whole: bool = False) -> list[tuple[str, str]]:
        """Return (id, name) of the mentors whose names the text fits best."""
        if not people:
            return []
        from mentorlog.domain.people import named

        return [(one.id, one.name) for one in named(text, people, whole=whole)]

    def _note_others(self, text: str, id: str, people: Sequence[Person]) -> None:
        """Note whom the text means, and how others are called whose name has that word too."""
        if len(people) < 2:
            return
        from mentorlog.domain.people import also_called

        note = also_called(text, id, people)
        if note and note not in self._notices:
            self._notices.append(note)

    def _titled(self, text: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
        """Return (id, title) of the open records whose titles have all words of a text."""
        from mentorlog.fold import words

        wanted = set(words(text))
        if len("".join(wanted)) < _SHORTEST_TITLE:
            return []
        return [row for row in ask.open_titles(self._index, kinds) if wanted <= set(words(row[1]))]

    def _unreadable(self, start: str, kinds: Sequence[str]) -> list[Problem]:
        """Return the unreadable records whose id matches the text or starts with it."""
        folders = {FOLDERS[kind] for kind in kinds if kind in FOLDERS} if kinds else set(KINDS)
        problems = [p for p in self._problems if p.path.partition("/")[0] in folders and p.path not in folders]
        problems = [problem for problem in problems if problem.copy_of is None]
        exact = [problem for problem in problems if id_of(problem.path).lower() == start]
        return exact or [p for p in problems if len(start) > 1 and id_of(p.path).lower().startswith(start)]

    def _unknown(self, text: str, kinds: Sequence[str]) -> MentorlogError:
        """Return the error for an unknown id, or for a folder that might contain it but is not a folder."""
        folders = {FOLDERS[kind] for kind in kinds if kind in FOLDERS} or set(KINDS)
        for problem in self._problems:
            if problem.path in folders:
                return problem.as_error()
        wrong, id = UnknownId(text, kinds), text.lower()
        if other := kinds and by_id(self._index, id):
            wrong.hint = f"{other['id']} is a {noun(other)}; see: mentorlog show {other['id']}"
        named = [] if kinds else self._named(text, ask.people(self._index))
        if len(named) == 1:
            wrong.hint = f"did you mean: {named[0][0]} ({named[0][1]})"
        if not kinds and ask.was_used(self._index, id):
            wrong.hint = f"it no longer exists; see: mentorlog history {id}"
        return wrong
