"""After a meeting: answers to questions, who was told what, tasks done, points of the agenda discussed. Pure.

Each comes from the walk, from an option, or from a line of the notes that begins with an id.
"""

from __future__ import annotations

from mentorlog import ids, vocabulary
from mentorlog.domain import id_lines, loop
from mentorlog.domain.complaints import Complaints
from mentorlog.errors import BadValue, MentorlogError, UnknownId
from mentorlog.models.goal import Goal
from mentorlog.models.note import Note
from mentorlog.models.record import view
from mentorlog.models.task import Task
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from mentorlog.domain.ports import RecordWriter, Resolve
    from mentorlog.models.meeting import Meeting
    from mentorlog.models.views import View


class FollowUp(Value):
    """What a meeting settled: answers by the id of the question, ids, and numbers of points on the agenda."""

    answered: Mapping[str, str] = {}
    told: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    discussed: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not any(getattr(self, name) for name in self._fields)


class Settled(Value):
    """One record after the meeting: what was done with it, its view, its status before, and whether it changed.

    `mentors` are those who were told about it.
    """

    verb: str
    view: View
    before: str
    changed: bool
    mentors: tuple[str, ...] = ()


def apply(writer: RecordWriter, meeting: Meeting, what: FollowUp) -> tuple[Meeting, tuple[Settled, ...]]:
    """Save what a meeting settled in other records; return the meeting, which is not saved yet, and the others."""
    settled = [_answer(writer, id, text, meeting.on) for id, text in what.answered.items()]
    settled += [_tell(writer, id, meeting) for id in dict.fromkeys(what.told)]
    settled += [_keep(writer, id, meeting.on) for id in dict.fromkeys(what.kept)]
    settled += [_finish(writer, id, meeting.on) for id in dict.fromkeys(what.done)]
    return meeting.discussed(what.discussed), tuple(settled)


def _answer(writer: RecordWriter, id: str, text: str | None, on: date) -> Settled:
    """Close a question with its answer, or another open note with its outcome."""
    old = writer.get(Note, id)
    if old.status == "closed" and old.kind not in vocabulary.OPENING_NOTES:
        hint = "see your open questions: mentorlog note list --kind question"
        raise BadValue("answered", f"Note {id} is not a question ({old.kind}).", hint)
    new = old.closed(on=on, outcome=text)
    return Settled("answer", writer.put(new), old.status, new is not old)


def _tell(writer: RecordWriter, id: str, meeting: Meeting) -> Settled:
    """Record that those at the meeting whom a goal or note concerns, else all of them, were told about it."""
    if not meeting.mentors:
        hint = f"add who was there with: mentorlog set {meeting.id} mentors=MENTOR"
        raise MentorlogError(f"Meeting {meeting.id} names no mentor, so nobody was told.", hint)
    if ids.kind_of(id) == "goal":
        return _tell_goal(writer, id, meeting)
    old = new = writer.get(Note, id)
    concerned = tuple(one for one in meeting.mentors if one in old.mentors) or meeting.mentors
    for mentor in concerned:
        new = new.known_to(mentor, on=meeting.on)
    return Settled("tell", writer.put(new), old.status, new is not old, tuple(concerned))


def _tell_goal(writer: RecordWriter, id: str, meeting: Meeting) -> Settled:
    old = new = writer.get(Goal, id)
    known = {share.mentor: share.told_on for share in old.mentors}
    concerned = tuple(one for one in meeting.mentors if one in known) or meeting.mentors
    for mentor in concerned:
        if (known.get(mentor) or meeting.on) <= meeting.on:  # who was told later knows more
            new = new.told(mentor, on=meeting.on)
    return Settled("tell", writer.put(new), old.status, new is not old, tuple(concerned))


def _keep(writer: RecordWriter, id: str, on: date) -> Settled:
    """Mark a promise of theirs as done, or a draft that was with them as returned."""
    old = writer.get(Task, id)
    if old.owner != vocabulary.ME:
        return _finish(writer, id, on)
    if old.is_open and not _is_out(old):
        hint = f"for a task of yours, pass: --done {id}"
        raise BadValue("kept", f"Task {id} is yours, and no draft of it is with them.", hint)
    return _return(writer, old, on)


def _return(writer: RecordWriter, old: Task, on: date, comment: str | None = None) -> Settled:
    new = old.returned(on=on, comment=comment)
    return Settled("return", writer.put(new), old.status, new is not old)


def _finish(writer: RecordWriter, id: str, on: date, outcome: str | None = None) -> Settled:
    old = writer.get(Task, id)
    new = old.done(on=on, outcome=outcome)
    return Settled("done", writer.put(new), old.status, new is not old)


def _is_out(task: Task) -> bool:
    full: Any = view(task)
    return loop.is_out(full)


# The lines of the notes.


def from_lines(
    writer: RecordWriter, meeting: Meeting, *, resolve: Resolve, before: str | None
) -> tuple[tuple[Settled, ...], tuple[str, ...]]:
    """Save what the new lines in the notes of a meeting settle; return that, and why others settle nothing."""
    notes, settled = meeting.notes or "", list[Settled]()
    complaints = Complaints(notes, before, one="changed nothing", several="changed nothing")
    for line in id_lines.find(notes):
        if complaints.known(line.first, line.last):
            continue
        try:
            settled.append(_settle(writer, meeting, line, resolve))
        except UnknownId as error:
            if line.is_ticked or line.text is not None:  # else it is a word that looks like an id
                complaints.add(error, line.first, line.last)
        except MentorlogError as error:
            complaints.add(error, line.first, line.last)
    return tuple(settled), complaints.sentences()


def _settle(writer: RecordWriter, meeting: Meeting, line: id_lines.IdLine, resolve: Resolve) -> Settled:
    """Save what a line settles: an answer, that somebody was told, that a task is done or a draft came back."""
    id, text = line.id, line.text or None
    kind = str(resolve(id, *ids.LETTERS)["record"])
    if kind == "note":
        return _settle_note(writer, meeting, line)
    if kind not in ("goal", "task"):
        raise BadValue("id", f"{id} is a {kind}.", "use the id of a question, a change, a goal or a task")
    if not line.is_ticked:
        raise BadValue("id", f"{id} is not ticked.", f"write it like: x {id}")
    if kind == "goal":
        return _tell(writer, id, meeting)
    task = writer.get(Task, id)
    if task.owner == vocabulary.ME and _is_out(task):
        return _return(writer, task, meeting.on, text)
    return _finish(writer, id, meeting.on, text)


def _settle_note(writer: RecordWriter, meeting: Meeting, line: id_lines.IdLine) -> Settled:
    note = writer.get(Note, line.id)
    is_told = note.kind == "change" or note.kind not in vocabulary.OPENING_NOTES
    if is_told and (line.is_ticked or (line.text and note.kind == "change")):
        return _tell(writer, line.id, meeting)
    if is_told:
        raise BadValue("id", f"{line.id} is not ticked.", f"to record that you told them: x {line.id}")
    if not (line.text or line.is_ticked):
        missing = "a colon" if line.text is None else "an answer"
        raise BadValue("id", f"{line.id} is not followed by {missing}.", f"write it like: {line.id}: Yes, in May")
    return _answer(writer, line.id, line.text or None, meeting.on)
