"""Who helped me and who led to whom, as a tree in a list. Pure."""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.domain.query import Query
from mentorlog.fold import words
from mentorlog.models.views import called, heading, is_mentee
from mentorlog.names import bare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypedDict

    from mentorlog.domain.ports import Questions
    from mentorlog.models.view_types import MentorView, NoteView

    class Introduction(TypedDict):
        """The note that records an introduction: when it was, whether it was followed up, and how."""

        note: str
        on: str
        status: str
        outcome: str | None

    class Person(TypedDict):
        """Who helped me and when, in what, and what I took along; below `introduced_by` if the depth is not 0.

        A person without an `id` is no mentor: somebody to whom a mentor introduced me.
        """

        depth: int
        id: str | None
        name: str
        introduced_by: str | None
        introduction: Introduction | None
        status: str | None
        started: str | None
        ended: str | None
        roles: list[str]
        domains: list[str]
        meetings: int
        goals: int
        lessons: list[str]


def lineage(ask: Questions) -> list[Person]:
    """Return my mentors, the first one first, each of them followed by those to whom they introduced me."""
    views = {one["id"]: one for one in ask.find(Query("mentor"))}
    notes = sorted(ask.find(Query("note", kinds=("introduction",))), key=lambda note: (note["on"], note["id"]))
    ids = {_name_key(one["name"]): id for id, one in reversed(views.items())}
    of: dict[str, NoteView] = {}  # by the id of the mentor to whom I was introduced
    strangers: dict[str, list[NoteView]] = {}  # by the id of the introducer
    for note in notes:
        by = next((id for id in note["mentors"] if id in views), None)
        to = note["to"] if note["to"] in views else ids.get(_name_key(note["to"] or ""))
        if to:
            of.setdefault(to, note)
        elif by:
            strangers.setdefault(by, []).append(note)
    introducers = {id: _introducer(one, of.get(id), views) for id, one in views.items()}
    named = {by for by in introducers.values() if by}
    shown = [
        id
        for id in sorted(views, key=lambda id: (_since(views[id]), id))
        if introducers[id] or id in named or id in strangers or _helped(views[id])
    ]
    facts = _Facts(ask, shown)
    people: list[Person] = []
    for depth, id in _tree(shown, introducers):
        people.append(facts.person(depth, views[id], introducers[id], of.get(id)))
        people += [_stranger(depth + 1, id, note) for note in strangers.get(id, ())]
    return people


def _name_key(name: str) -> str:
    return " ".join(words(" ".join(bare(name)))) if name else ""


def _helped(view: MentorView) -> bool:
    return not is_mentee(view) and view["status"] in vocabulary.BEGUN_MENTORS


def _introducer(view: MentorView, note: NoteView | None, views: Mapping[str, MentorView]) -> str | None:
    """Return who introduced somebody: as their record says, else as the note of the introduction does."""
    by = [view["introduced_by"], *(note["mentors"] if note else ())]
    return next((id for id in by if id in views and id != view["id"]), None)


def _since(view: MentorView) -> str:
    """Return the day on which a mentorship began, or of its first step."""
    first = view["status_log"][0]["on"] if view["status_log"] else view["created"][:10]
    return view["started"] or first


def _tree(ids: Sequence[str], introducers: Mapping[str, str | None]) -> Iterator[tuple[int, str]]:
    """Yield (depth, id) of everybody once, each below who introduced them; a ring is cut before its first one."""
    below: dict[str | None, list[str]] = {}
    for id in ids:
        below.setdefault(introducers[id], []).append(id)
    placed = set[str]()
    for root in [*below.get(None, ()), *ids]:
        branch = [(0, root)]
        while branch:
            depth, id = branch.pop()
            if id not in placed:
                placed.add(id)
                yield depth, id
                branch += [(depth + 1, other) for other in reversed(below.get(id, ()))]


class _Facts:
    """What is counted for everybody at once: meetings that were held, goals that were achieved."""

    def __init__(self, ask: Questions, ids: Sequence[str]) -> None:
        self._meetings = ask.meetings_held(ids) if ids else {}
        goals = [one for one in ask.find(Query("goal", statuses=("achieved",))) if not one["whose"]]
        self._goals = [share["mentor"] for goal in goals for share in goal["mentors"]]

    def person(self, depth: int, view: MentorView, by: str | None, note: NoteView | None) -> Person:
        """Return one mentor."""
        closure, is_past = view["closure"], view["status"] == "ended"
        return {
            "depth": depth,
            "id": view["id"],
            "name": called(view),
            "introduced_by": by,
            "introduction": _introduction(note) if note else None,
            "status": view["status"],
            "started": _since(view) if view["status"] in vocabulary.BEGUN_MENTORS else None,
            "ended": closure[-1]["on"] if closure and is_past else None,
            "roles": view["roles"],
            "domains": view["domains"],
            "meetings": self._meetings.get(view["id"], 0),
            "goals": self._goals.count(view["id"]),
            "lessons": [one["lesson"] for one in closure if one["lesson"]],
        }


def _stranger(depth: int, by: str, note: NoteView) -> Person:
    return {
        "depth": depth,
        "id": None,
        "name": note["to"] or heading(note),
        "introduced_by": by,
        "introduction": _introduction(note),
        "status": None,
        "started": None,
        "ended": None,
        "roles": [],
        "domains": [],
        "meetings": 0,
        "goals": 0,
        "lessons": [],
    }


def _introduction(note: NoteView) -> Introduction:
    return {"note": note["id"], "on": note["on"], "status": note["status"], "outcome": note["outcome"]}
