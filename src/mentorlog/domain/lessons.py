"""What mentorships taught by the time they ended. Pure."""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.models.views import called

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import TypedDict

    from mentorlog.models.view_types import MentorView

    class Ending(TypedDict):
        """One end of a mentorship: with whom, from when, and what its closure says."""

        mentor: str
        name: str
        my_role: str
        started: str | None
        on: str
        kind: str
        reasons: list[str]
        worked: str | None
        did_not: str | None
        lesson: str | None
        thanked_on: str | None

    class Lessons(TypedDict):
        """The ends by kind, how many there are of each, and the people by reason: the data of `mentor lessons`."""

        endings: list[Ending]
        kinds: dict[str, int]
        reasons: dict[str, list[str]]


def lessons(mentors: Iterable[MentorView], kinds: Collection[str] = (), reasons: Collection[str] = ()) -> Lessons:
    """Return the ends of mentorships by kind, the newest first, and the mentors by reason, the most frequent first."""
    found = [ending for mentor in mentors for ending in _endings(mentor)]
    found = [one for one in found if not kinds or one["kind"] in kinds]
    found = [one for one in found if not reasons or {*reasons} & {*one["reasons"]}]
    found.sort(key=lambda one: (one["on"], one["mentor"]), reverse=True)
    found.sort(key=lambda one: vocabulary.ENDINGS.index(one["kind"]))
    people: dict[str, list[str]] = {}
    for ending in found:
        for reason in ending["reasons"]:
            people.setdefault(reason, []).append(ending["mentor"])
    all_kinds = [ending["kind"] for ending in found]
    return {
        "endings": found,
        "kinds": {kind: all_kinds.count(kind) for kind in dict.fromkeys(all_kinds)},
        "reasons": dict(sorted(people.items(), key=lambda pair: (-len(pair[1]), pair[0]))),
    }


def _endings(mentor: MentorView) -> Iterator[Ending]:
    """Yield the ends of a mentorship: it starts when it was active first, or resumed after the end before."""
    log = mentor["status_log"]
    met = (one["on"] for one in log if one["status"] in vocabulary.MET_MENTORS)
    started = mentor["started"] or next(met, None)
    for closure in mentor["closure"]:
        yield {
            "mentor": mentor["id"],
            "name": called(mentor),
            "my_role": mentor["my_role"],
            "started": started,
            "on": closure["on"],
            "kind": closure["kind"],
            "reasons": closure["reasons"],
            "worked": closure["worked"],
            "did_not": closure["did_not"],
            "lesson": closure["lesson"],
            "thanked_on": closure["thanked_on"],
        }
        started = next((one["on"] for one in log if one["status"] == "active" and one["on"] >= closure["on"]), None)
