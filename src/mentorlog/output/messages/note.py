"""The sentences after a change of a note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mentorlog import dates
from mentorlog.models.views import heading, joined
from mentorlog.output.phrases import day, origin, sentence, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView, MeetingView, MentorView, NoteView


def added(
    note: NoteView, names: Mapping[str, str], goal: GoalView | None, meeting: MeetingView | None, on: date | None
) -> str:
    """Return that a note was added, in brackets what was understood, and its first line."""
    details = ["" if note["kind"] == "note" else note["kind"]]
    details += [f"with {joined([names[id] for id in note['mentors']])}"] if note["mentors"] else []
    about = ", ".join(filter(None, [*details, *origin(goal, meeting), day(on)]))
    return sentence(f"Added note {note['id']}{f' ({about})' if about else ''}: {shorten(heading(note))}")


def closed(note: NoteView, moved: bool, *, again: bool) -> str:
    """Return that a note was closed, or was so already and gained no more than what came of it."""
    text = shorten(heading(note))
    if moved and not again:
        return sentence(f"Closed note {note['id']}{day(note['closed_on'], ' on ')}: {text}")
    if moved:
        return sentence(f"Added what came of it to note {note['id']}: {text}")
    return sentence(f"Note {note['id']} is closed already{day(note['closed_on'], ', since ')}: {text}")


def told(note: NoteView, mentor: MentorView, moved: bool) -> str:
    """Return that a mentor was told of a note, or knew already."""
    on = dates.say(next(entry["on"] for entry in note["told"] if entry["mentor"] == mentor["id"]))
    text = shorten(heading(note))
    if moved:
        return sentence(f"Told {mentor['name']} of note {note['id']} on {on}: {text}")
    return sentence(f"{mentor['name']} knows of note {note['id']} already, since {on}: {text}")


def parked(question: NoteView, mentor: MentorView, goal: GoalView | None, meeting: str | None) -> list[str]:
    """Return that a question was parked, and when it can be asked where a meeting is planned."""
    whom = ", ".join([f"Parked question {question['id']} for {mentor['name']}", *origin(goal)])
    first = sentence(f"{whom}: {shorten(heading(question))}")
    return [first, *([f"Your next meeting is on {dates.say(meeting)}."] if meeting else [])]
