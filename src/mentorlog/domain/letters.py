"""Letters of recommendation: tasks that their writers own, from the question to the letter that was received. Pure."""

from __future__ import annotations

from dataclasses import replace

from mentorlog import dates, vocabulary
from mentorlog.errors import BadValue, MentorlogError, RecordClosed
from mentorlog.fold import folded
from mentorlog.models.task import Letter, Task
from mentorlog.models.views import called, is_mentee

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Any

    from mentorlog.models.view_types import MentorView, TaskView

_DECLINED = "declined"


def must_be_writer(mentor: MentorView) -> None:
    """Raise MentorlogError if somebody cannot be asked for a letter: who is not, and never was, a mentor of mine."""
    id, name = mentor["id"], called(mentor)
    if is_mentee(mentor):
        hint = f"if they mentor you too: mentorlog set {id} my_role=both"
        raise MentorlogError(f"{name} is your mentee, so you cannot ask them for a letter.", hint)
    if mentor["status"] not in vocabulary.BEGUN_MENTORS:
        state = {"candidate": "a candidate", "invited": "invited, without an answer"}.get(mentor["status"], _DECLINED)
        hint = f"if they are your mentor now: mentorlog mentor activate {id}"
        raise MentorlogError(f"{name} is {state}, not a mentor, so you cannot ask them for a letter.", hint)


def same(tasks: Iterable[TaskView], mentor: str, purpose: str) -> TaskView | None:
    """Return the open letter of a mentor for the same purpose."""
    theirs = (task for task in tasks if task["letter"] and task["owner"] == mentor)
    return next((task for task in theirs if task["letter"] and folded(task["letter"]["for"]) == folded(purpose)), None)


def letter(purpose: str, *, to: str | None, asked_on: date | None) -> Letter:
    """Return a letter for a purpose."""
    fields: dict[str, Any] = {"for": purpose, "to": to, "asked_on": asked_on}
    return Letter(**fields)


def title(purpose: str) -> str:
    """Return the title of the task."""
    return f"Letter for {purpose}"


def letter_of(task: Task) -> Letter:
    """Return the letter of a task; MentorlogError if it is another task."""
    if task.letter is None:
        raise not_a_letter(task.id)
    return task.letter


def not_a_letter(id: str) -> MentorlogError:
    """Return the error that a task is not a letter."""
    return MentorlogError(f"Task {id} is not a letter.", "see: mentorlog letter list")


def asked(task: Task, *, on: date | None, today: date) -> Task:
    """Return the task with the day on which its writer was asked; the first stays unless another is given."""
    letter = _open(task)
    day = on or letter.asked_on or today
    later = [one for one in (letter.packet_on, *letter.reminded) if one and one < day]
    if later:
        sentence = f"Letter {task.id} cannot be asked for on {dates.say(day)}: the packet or a reminder came before."
        raise BadValue("asked_on", sentence, f"use {min(later)} or an earlier date")
    return _with(task, replace(letter, asked_on=day))


def agreed(task: Task, *, on: date | None, today: date, later: bool) -> Task:
    """Return the task with a yes, or with `later` if the writer will answer later; see `_answered` for the day."""
    return _with(task, _answered(task, "later" if later else "yes", on, today))


def declined(task: Task, *, on: date | None, today: date, reason: str | None) -> Task:
    """Return the task dropped, as its writer said no; see `_answered` for the day."""
    letter = letter_of(task)
    if letter.answer != "no" or task.is_open:
        return replace(task, letter=_answered(task, "no", on, today)).dropped(on=today, reason=reason)
    return _with(task, replace(letter, answered_on=on or letter.answered_on)).dropped(on=today, reason=reason)


def packet_sent(task: Task, *, on: date | None, today: date) -> Task:
    """Return the task with the day on which the packet was sent; the first stays unless another is given."""
    letter = _open(task)
    return _with(task, replace(letter, packet_on=on or letter.packet_on or today))


def reminded(task: Task, *, on: date) -> Task:
    """Return the task with a reminder on a day, each day once."""
    letter = _asked(task)
    if on in letter.reminded:
        return task
    _not_before(task, letter, on, "reminded")
    return _with(task, replace(letter, reminded=tuple(sorted((*letter.reminded, on)))))


def received(task: Task, *, on: date, outcome: str | None) -> Task:
    """Return the task done, as the letter is there."""
    if task.status != "done":
        _asked(task)
    return task.done(on=on, outcome=outcome)


def _open(task: Task) -> Letter:
    letter = letter_of(task)
    if not task.is_open:
        raise RecordClosed(task.KIND, task.id, task.status)
    return letter


def _asked(task: Task) -> Letter:
    """Return the letter of an open task for which its writer was asked."""
    letter = _open(task)
    if letter.asked_on is None:
        hint = f"record when you asked: mentorlog letter ask {task.id}"
        raise MentorlogError(f"You have not asked for letter {task.id} yet.", hint)
    return letter


def _answered(task: Task, answer: str, on: date | None, today: date) -> Letter:
    """Return the letter with an answer and its day; of the same answer, the first stays unless another is given."""
    letter = _asked(task)
    day = on or (letter.answered_on if letter.answer == answer else None) or today
    _not_before(task, letter, day, "answered")
    return replace(letter, answer=answer, answered_on=day)


def _not_before(task: Task, letter: Letter, on: date, what: str) -> None:
    if letter.asked_on and on < letter.asked_on:
        asked = dates.say(letter.asked_on)
        sentence = f"Letter {task.id} cannot be {what} on {dates.say(on)}: it was asked for on {asked}."
        raise BadValue(what, sentence, f"use {letter.asked_on} or a later date")


def _with(task: Task, letter: Letter) -> Task:
    before = letter_of(task)
    return task if vars(letter) == vars(before) else replace(task, letter=letter)
