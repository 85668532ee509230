"""The messages about a changed note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mentorlog import dates
from mentorlog.models.views import called, counted, heading, joined
from mentorlog.output.phrases import ADVICE_RESULTS, day, origin, ref, result, shorten, unchanged
from mentorlog.vocabulary import CV_SECTION_MEANINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView, MeetingView, MentorView, NoteView


def added(
    note: NoteView, names: Mapping[str, str], goal: GoalView | None, meeting: MeetingView | None, on: date | None
) -> str:
    """Return that a note was added, its first line, and in brackets what was understood."""
    details = ["" if note["kind"] == "note" else note["kind"]]
    details += [f"to {note['to']}"] if note["to"] else []
    details += [f"with {joined([names[id] for id in note['mentors']])}"] if note["mentors"] else []
    details += [counted(len(note["options"]), "option")] if note["options"] else []
    details += [f"on decision {ref(note['decision'], names[note['decision']])}"] if note["decision"] else []
    details += [*origin(goal, meeting), day(on)]
    return result(f"Added note {note['id']}", shorten(heading(note)), details)


def win_saved(win: NoteView, names: Mapping[str, str], goal: GoalView | None, on: date | None) -> str:
    """Return that a win was saved, and its section of the CV if it has one."""
    details = [f"in the CV under {CV_SECTION_MEANINGS[win['cv']['section']]}"] if win["cv"] else []
    details += [f"with {joined([names[id] for id in win['mentors']])}"] if win["mentors"] else []
    return result(f"Saved win {win['id']}", shorten(heading(win)), [*details, *origin(goal), day(on)])


def closed(note: NoteView, moved: bool, *, again: bool) -> str:
    """Return that a note was closed, or that it already was; then at most its outcome is new."""
    text = shorten(heading(note))
    if moved and not again:
        outcome = ADVICE_RESULTS[note["result"]] if note["result"] else ""
        if note["kind"] == "decision":
            outcome = shorten(note["outcome"] or "")
        return result(f"Closed note {note['id']}", text, [outcome, day(note["closed_on"])])
    if moved:
        return result(f"Recorded the outcome of note {note['id']}", text)
    return unchanged(f"Note {note['id']} was already closed{day(note['closed_on'], ' on ')}")


def reopened(note: NoteView, moved: bool) -> str:
    """Return that a note was reopened, or that it already was open."""
    if moved:
        return result(f"Reopened note {note['id']}", shorten(heading(note)))
    return unchanged(f"Note {note['id']} is already open")


def told(note: NoteView, mentor: MentorView, moved: bool) -> str:
    """Return that a mentor was told about a note, or already had been."""
    on = dates.say(next(entry["on"] for entry in note["told"] if entry["mentor"] == mentor["id"]))
    if moved:
        return result(f"Told {called(mentor)} about note {note['id']}", shorten(heading(note)), [on])
    return unchanged(f"{called(mentor)} was already told about note {note['id']} on {on}")


def question_saved(question: NoteView, mentor: MentorView, goal: GoalView | None, meeting: str | None) -> list[str]:
    """Return that a question was saved, and when the next meeting is if one is planned."""
    first = result(f"Saved question {question['id']} for {called(mentor)}", shorten(heading(question)), origin(goal))
    return [first, *([f"Your next meeting is on {dates.say(meeting)}."] if meeting else [])]
