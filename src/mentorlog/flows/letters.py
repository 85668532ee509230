"""Letters of recommendation: ask for one, and record what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.domain import letters
from mentorlog.domain.query import Query
from mentorlog.errors import MentorlogError, UnknownId
from mentorlog.flows.exclusive import refuse_with
from mentorlog.models.task import Letter, Task
from mentorlog.models.views import called
from mentorlog.output.messages import letter as messages

if TYPE_CHECKING:
    from typing import Any

    from mentorlog.models.view_types import MentorView, TaskView
    from mentorlog.models.views import View


def found(app: App, text: str) -> View:
    """Return the letter for the text."""
    try:
        task = app.reading.resolve(text, "task", by_name=True)
    except UnknownId:
        raise UnknownId(text, ("letter",)) from None
    if task["letter"] is None:
        raise letters.not_a_letter(task["id"])
    return task


def writer_or_letter(app: App, text: str) -> View:
    """Return the mentor for the text, or the letter; where there is neither, the hint shows how to add the person."""
    try:
        view = app.reading.resolve(text, "mentor", "task", by_name=True)
    except UnknownId as error:
        error.hint = lookup.adding(text)
        raise
    return view if view["record"] == "mentor" else found(app, view["id"])


def ask_for(app: App, writer: MentorView, letter: Letter, fields: dict[str, Any], *, private: bool) -> None:
    """Add a letter that a mentor is asked for, or will be, and print it."""
    known = app.reading.find(Query("task", statuses=vocabulary.OPEN_TASKS, owners=(writer["id"],)))
    if other := letters.same(known, writer["id"], letter.for_):
        hint = f"see: mentorlog show {other['id']}"
        if other["letter"] and not other["letter"]["asked_on"]:
            hint = f"record that you asked: mentorlog letter ask {other['id']}"
        raise MentorlogError(f"{called(writer)} already has an open letter for that: {other['id']}.", hint)
    id, title = app.journal.new_id("task"), letters.title(letter.for_)
    fields |= {"visibility": "private"} if private else {}
    task = Task(id=id, created=app.now, title=title, owner=writer["id"], letter=letter, **fields)
    view = app.journal.add(task, name=f"letter ask: {task.title}")
    app.out.say(messages.asked(view, called(writer), is_new=True), view)


def change(app: App, task: TaskView, command: str, work: Callable[[Task], Task]) -> None:
    """Change a letter as one operation, and print what happened."""
    view, changed = app.journal.update(Task, task["id"], f"letter {command}: {task['title']}", work)
    lines = [messages.outcome(view, command, _writer(app, view), changed=changed)]
    app.out.say([*lines, *(messages.after_yes(view) if command == "agreed" and changed else [])], view)


def _writer(app: App, task: TaskView) -> str:
    return app.reading.titles([task["owner"]]).get(task["owner"], task["owner"])


def mark_sent(app: App, task: TaskView, on: date | None, of_text: Mapping[str, object]) -> None:
    """Record the day on which a packet was sent; Usage names an option that is for writing one."""
    refuse_with("--sent", of_text, "--sent writes no packet; run the command twice")
    change(app, task, "packet", lambda one: letters.packet_sent(one, on=on, today=app.today))


def purpose(app: App, text: str | None) -> str:
    """Return what a letter is for, asked for on a terminal."""
    given = app.texts.text(text)
    return given if given is not None else app.prompt.ask("What is the letter for?", option="FOR")


def refuse_fields(fields: dict[str, Any]) -> None:
    """Raise Usage if a planned letter is asked for with fields of a new one."""
    refuse_with("A letter that exists", fields, "change its task with: mentorlog set --help")
