"""The panel: what the resident needs against the mentors they have. Pure.

What is needed are the needs and growth areas of the profile and the domains of open goals. A mentor covers it if all
words of it are in one of their domains or roles, or all words of one are in it, as words are compared; or if they share
an open goal in that domain. Nothing else is guessed.
"""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.fold import words
from mentorlog.models.views import noun

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypedDict

    from mentorlog.models.view_types import GoalView, MentorView, ProfileView

    class Cover(TypedDict):
        """A mentor who covers a need, and by what: `domain`, `role` or `goal`."""

        mentor: str
        by: list[str]

    class Need(TypedDict):
        """What is needed, where that is from (`need`, `growth_area`, `goal`), the goals in it, and who covers it."""

        text: str
        sources: list[str]
        goals: list[str]
        mentors: list[Cover]

    class Alone(TypedDict):
        """The texts of the needs that one mentor alone covers."""

        mentor: str
        needs: list[str]

    class Nearness(TypedDict):
        """The mentors of one proximity, None for those without one."""

        proximity: str | None
        mentors: list[str]

    class Panel(TypedDict):
        """All mentors together: the data of `mentor panel`; `nobody` has the texts of needs that nobody covers."""

        needs: list[Need]
        mentors: list[MentorView]
        nobody: list[str]
        one_person: list[Alone]
        one_department: str | None
        one_institution: str | None
        proximities: list[Nearness]


VIEWS = ("needs", "proximity")
"""What a panel can be viewed by."""


def gather(profile: ProfileView, goals: Sequence[GoalView], mentors: Iterable[MentorView]) -> Panel:
    """Return the panel of the mentors, who are all current, for the profile and the open goals of the resident."""
    people = sorted((one for one in mentors if noun(one) == "mentor"), key=_rank)
    needs = _needs(profile, goals)
    shared = {goal["id"]: {share["mentor"] for share in goal["mentors"]} for goal in goals}
    for need in needs:
        need["mentors"] = list(_covers(need, people, shared))
    alone = [(need["mentors"][0]["mentor"], need["text"]) for need in needs if len(need["mentors"]) == 1]
    return {
        "needs": needs,
        "mentors": people,
        "nobody": [need["text"] for need in needs if not need["mentors"]],
        "one_person": [{"mentor": who, "needs": [text for one, text in alone if one == who]} for who in dict(alone)],
        "one_department": _shared_place([mentor["department"] for mentor in people]),
        "one_institution": _shared_place([mentor["institution"] for mentor in people]),
        "proximities": list(_nearness(people)),
    }


def _rank(mentor: MentorView) -> tuple[int, str, str]:
    return vocabulary.LISTED_MENTORS.index(mentor["status"]), mentor["name"].casefold(), mentor["id"]


def _needs(profile: ProfileView, goals: Sequence[GoalView]) -> list[Need]:
    """Return what is needed, each once: what has the same words is the same."""
    found: dict[tuple[str, ...], Need] = {}
    mine = [goal for goal in goals if not goal["whose"]]
    named = [(text, "need", "") for text in profile["needs"]]
    named += [(text, "growth_area", "") for text in profile["growth_areas"]]
    named += [(goal["domain"].replace("_", " "), "goal", goal["id"]) for goal in mine if goal["domain"]]
    for text, source, goal in named:
        key = tuple(words(text)) or (text,)
        need = found.setdefault(key, {"text": text, "sources": [], "goals": [], "mentors": []})
        if source not in need["sources"]:
            need["sources"].append(source)
        if goal:
            need["goals"].append(goal)
    return list(found.values())


def _covers(need: Need, people: Sequence[MentorView], shared: dict[str, set[str]]) -> Iterator[Cover]:
    wanted = set(words(need["text"]))
    for mentor in people:
        by = [name for name, texts in (("domain", mentor["domains"]), ("role", mentor["roles"])) if _any(wanted, texts)]
        if any(mentor["id"] in shared[goal] for goal in need["goals"]):
            by.append("goal")
        if by:
            yield {"mentor": mentor["id"], "by": by}


def _any(wanted: set[str], texts: Iterable[str]) -> bool:
    offered = (set(words(text.replace("_", " "))) for text in texts)
    return any(wanted and one and (one <= wanted or wanted <= one) for one in offered)


def _shared_place(places: Sequence[str | None]) -> str | None:
    """Return the place of several people, if it is known of all of them and the same."""
    first = places[0] if len(places) > 1 else None
    return first if first and all(place and words(place) == words(first) for place in places) else None


def _nearness(people: Sequence[MentorView]) -> Iterator[Nearness]:
    for proximity in (*vocabulary.PROXIMITIES, None):
        ids = [mentor["id"] for mentor in people if mentor["proximity"] == proximity]
        if ids or proximity:
            yield {"proximity": proximity, "mentors": ids}
