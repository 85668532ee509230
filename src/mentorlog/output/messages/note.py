"""The sentences after a change of a note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mentorlog import dates
from mentorlog.models.views import heading, joined
from mentorlog.output.phrases import origin, sentence, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView, MeetingView, MentorView, NoteView


def added(
    note: NoteView, names: Mapping[str, str], goal: GoalView | None, meeting: MeetingView | None, on: date | None
) -> str:
    """Return that a note was added, what was understood in brackets, and its first line.

    `names` are those of its mentors; the day is said where it was given.
    """
    details = [note["kind"]] if note["kind"] != "note" else []
    details += [f"with {joined([names[id] for id in note['mentors']])}"] if note["mentors"] else []
    details += [*origin(goal, meeting), *([dates.say(on)] if on else [])]
    about = f" ({', '.join(details)})" if details else ""
    return sentence(f"Added note {note['id']}{about}: {shorten(heading(note))}")


def closed(note: NoteView, moved: bool, *, again: bool) -> str:
    """Return that a note was closed, or was so already and gained no more than what came of it."""
    text = shorten(heading(note))
    since = dates.say(note["closed_on"]) if note["closed_on"] else None
    if moved and not again:
        return sentence(f"Closed note {note['id']} on {since}: {text}")
    if moved:
        return sentence(f"Added what came of it to note {note['id']}: {text}")
    return sentence(f"Note {note['id']} is closed already{f', since {since}' if since else ''}: {text}")


def told(note: NoteView, mentor: MentorView, moved: bool) -> str:
    """Return that a mentor was told of a note, or knew already."""
    day = dates.say(next(entry["on"] for entry in note["told"] if entry["mentor"] == mentor["id"]))
    text = shorten(heading(note))
    if moved:
        return sentence(f"Told {mentor['name']} of note {note['id']} on {day}: {text}")
    return sentence(f"{mentor['name']} knows of note {note['id']} already, since {day}: {text}")


def parked(question: NoteView, mentor: MentorView, goal: GoalView | None, meeting: str | None) -> list[str]:
    """Return that a question was parked, and when it can be asked where a meeting is planned."""
    whom = ", ".join([f"Parked question {question['id']} for {mentor['name']}", *origin(goal)])
    first = sentence(f"{whom}: {shorten(heading(question))}")
    return [first, *([f"Your next meeting is on {dates.say(meeting)}."] if meeting else [])]
