"""Letters of recommendation: ask for one, record what became of it, and write the packet for its writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.domain import computed, letters, writing
from mentorlog.domain.query import Query
from mentorlog.errors import MentorlogError, Usage
from mentorlog.export import letters as layout
from mentorlog.flows import templates
from mentorlog.flows.lint import check_text
from mentorlog.flows.write_export import target, write_text
from mentorlog.flows.writing import Sources
from mentorlog.models.task import Letter, Task
from mentorlog.models.views import called
from mentorlog.output.messages import letter as messages
from mentorlog.output.messages import writing as writing_messages

if TYPE_CHECKING:
    from typing import Any

    from mentorlog.models.view_types import MentorView, TaskView
    from mentorlog.models.views import View


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


def mark_sent(app: App, task: TaskView, on: date | None, of_text: Sequence[str]) -> None:
    """Record the day on which a packet was sent; Usage names an option that is for writing one."""
    for option in of_text:
        raise Usage(f"--sent and {option} cannot be used together.", "--sent writes no packet; run the command twice")
    change(app, task, "packet", lambda one: letters.packet_sent(one, on=on, today=app.today))


def write_packet(
    app: App, task: TaskView, template: str | None, path: str | None, *, yes: bool, despite_lint: bool
) -> None:
    """Write the packet for the writer of a letter to a file or stdout."""
    file = target(app, path, yes=yes)  # a question about a file that exists comes before all work
    id, letter = task["id"], task["letter"]
    assert letter is not None
    if task["visibility"] == "private":
        hint = f"show it to its writer with: mentorlog share {id} --with mentor"
        raise MentorlogError(f"Letter {id} is private, so it has no packet.", hint)
    if task["owner"] == vocabulary.ME or not app.reading.titles([task["owner"]]):
        raise MentorlogError(f"Letter {id} has no writer.", f"set one with: mentorlog set {id} owner=MENTOR")
    sources = Sources(app, [task["owner"]])
    selection, others = sources.selections[0], sources.others
    work = writing.work(selection, others)
    profile, left_out = selection.profile, [*work.left_out]
    if others.are_in(profile["aims"]):
        profile, left_out = {**profile, "aims": None}, ["profile", *left_out]
    shown = task
    if others.are_in(task["instructions"]):
        shown, left_out = {**task, "instructions": None}, [id, *left_out]
    names = {**sources.people, **layout.of_work(work), **layout.of_letter(shown, letter, profile)}
    text = templates.filled(app, "letter-packet", template, names)
    parts = [("profile", "aims", profile["aims"] or ""), (id, "letter.for", letter["for"]), *work.texts]
    parts += [(id, "letter.to", letter["to"] or ""), (id, "instructions", shown["instructions"] or "")]
    if not despite_lint:
        check_text(app, text, parts, sources.known, template or "letter-packet")
    data = {"letter": id, "mentors": [task["owner"]], "template": template or "letter-packet", "text": text}
    write_text(app, file, text, f"the packet for letter {id}", {**data, "left_out": left_out})
    app.out.note(*writing_messages.left_out(left_out), *messages.packet_notes(task))


def listed(app: App, asked: Query, mentors: Sequence[str] | None) -> list[View]:
    """Return letters, each with its `state` and the `days` until it is due, None if it is closed or has no date."""
    tasks = [task for task in app.reading.find(asked) if task["letter"]]
    if mentors:
        tasks = [task for task in tasks if task["owner"] in mentors]
    full: list[View] = []
    for task in computed.tasks(tasks, app.reading, app.today):
        is_dated = task["due"] and task["status"] in vocabulary.OPEN_TASKS
        days = (date.fromisoformat(str(task["due"])) - app.today).days if is_dated else None
        full.append({**task, "state": letters.state(task), "days": days})
    return full


def purpose(app: App, text: str | None) -> str:
    """Return what a letter is for, asked for on a terminal."""
    given = app.texts.text(text)
    return given if given is not None else app.prompt.ask("What is the letter for?", option="FOR")


def refuse_fields(fields: dict[str, Any]) -> None:
    """Raise Usage if a planned letter is asked for with fields of a new one."""
    for name, given in fields.items():
        if given:
            hint = "change its task with: mentorlog set --help"
            raise Usage(f"A letter that exists and {name} cannot be used together.", hint)
