"""The arguments and options that verbs of `mentorlog task` share."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.models.views import View
from mentorlog.output.messages import task as messages

if TYPE_CHECKING:
    from mentorlog.models.task import Task
    from mentorlog.store.journal import Transaction


TasksArg = Annotated[list[str], opt.argument("TASK...", "The tasks: ids, or beginnings of them", opt.ids("task"))]


Owner = Annotated[
    str | None,
    opt.option("--owner", metavar="me|MENTOR", help="Who is to do it, me or a mentor", completion=opt.ids("mentor")),
]


def person(app: App, text: str | None) -> str | None:
    """Return me or the id of the mentor that the text means."""
    return text if text in (None, vocabulary.ME) else str(app.lookup.mentor(str(text))["id"])


def found_tasks(app: App, words: Sequence[str]) -> dict[str, View]:
    """Return the tasks that the words mean by id, each once; before anything is asked or written."""
    return {view["id"]: view for view in map(app.lookup.task, words)}


def change(app: App, found: Mapping[str, View], command: str, change: "Callable[[Task], Task]") -> None:
    """Change tasks as one operation and say what became of each: what is as it was already is said to be so."""
    from mentorlog.models.task import Task

    def work(transaction: "Transaction") -> list[tuple[View, str]]:
        pairs = [(old, change(old)) for old in (transaction.get(Task, id) for id in found)]
        return [(view := transaction.put(new), _said(view, command, old, new)) for old, new in pairs]

    name = f"task {command}: {'; '.join(view['title'] for view in found.values())}"
    changed = app.journal.change(name, work)
    lines = [line for _, line in changed]
    views = [view for view, _ in changed]
    app.out.say(lines, views if len(views) > 1 else views[0])


def _said(view: View, command: str, old: "Task", new: "Task") -> str:
    """Return what became of one task."""
    if new is old:
        return messages.unchanged(view, command)
    again = command in ("done", "drop") and new.status == old.status
    return messages.added(view) if again else messages.changed(view, command)
