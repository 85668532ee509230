"""The messages about what a meeting settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentorlog import dates
from mentorlog.domain.unsettled import LISTS
from mentorlog.models.views import counted, heading, joined
from mentorlog.output.messages import note as note_messages
from mentorlog.output.messages import task as task_messages
from mentorlog.output.phrases import day, result, shorten, unchanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.follow_up import Settled
    from mentorlog.domain.unsettled import Unsettled
    from mentorlog.models.view_types import MeetingView

_NOUNS = {
    "questions": "question",
    "to_tell": "thing to tell",
    "promises": "promise",
    "assignments": "task",
    "agenda": "agenda point",
}


def settled(one: Settled, on: str, names: Mapping[str, str]) -> str:
    """Return what happened to a record at a meeting on a day, or that nothing changed."""
    if one.verb == "tell":
        return _told(one, on, joined([names.get(id, id) for id in one.mentors]))
    if one.verb != "answer":
        return task_messages.outcome(one.view, one.verb, one.before, changed=one.changed)
    if one.changed and one.before == "open" and one.view["kind"] == "question":
        return result(f"Answered question {one.view['id']}", shorten(heading(one.view)), [day(one.view["closed_on"])])
    return note_messages.closed(one.view, one.changed, again=one.before == "closed")


def _told(one: Settled, on: str, people: str) -> str:
    kind, id = one.view["record"], one.view["id"]
    if one.changed:
        return result(f"Told {people} about {kind} {id}", shorten(heading(one.view)), [dates.say(on)])
    were = "were" if len(one.mentors) > 1 else "was"
    return unchanged(f"{people} {were} already told about {kind} {id}")


def discussed(numbers: Sequence[int], meeting: MeetingView) -> list[str]:
    """Return a line for each of these points of the agenda, which are done."""
    return [f"Discussed: {meeting['agenda'][number - 1]['text']}" for number in dict.fromkeys(numbers)]


def nothing_open(title: str) -> str:
    """Return that there is nothing to go through after a meeting."""
    return f"Nothing is open after {title}."


def open_counts(sheet: Unsettled) -> str:
    """Return what there is to go through: `2 questions, 1 task and 1 agenda point`."""
    counts = {name: len(sheet[name]) for name in LISTS}  # type: ignore[literal-required]
    several = {"to_tell": "things to tell"}
    nouns = _NOUNS
    if sheet["mentoring"]:
        nouns, several = _NOUNS | {"promises": "task of theirs"}, several | {"promises": "tasks of theirs"}
    return joined([counted(count, nouns[name], several.get(name, "")) for name, count in counts.items() if count])
