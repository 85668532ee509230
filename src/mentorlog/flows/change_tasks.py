"""Tasks are started, sent, done, dropped, put off: one operation, and a line for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mentorlog.app import App
from mentorlog.models.views import View
from mentorlog.output.messages import task as messages

if TYPE_CHECKING:
    from mentorlog.models.task import Task
    from mentorlog.models.view_types import TaskView
    from mentorlog.store.transaction import Transaction


def change_task(app: App, task: TaskView, command: str, change: Callable[[Task], Task]) -> None:
    """Change one task as one operation, and say what became of it."""
    lines, views = _changed(app, [task], command, change)
    app.out.say(lines, views[0])


def change_tasks(app: App, tasks: Sequence[TaskView], command: str, change: Callable[[Task], Task]) -> None:
    """Change tasks as one operation, and say what became of each."""
    app.out.say(*_changed(app, tasks, command, change))


def _changed(
    app: App, tasks: Sequence[TaskView], command: str, change: Callable[[Task], Task]
) -> tuple[list[str], list[View]]:
    """Change tasks as one operation; return what became of each, and its view."""
    from mentorlog.models.task import Task

    def work(transaction: Transaction) -> tuple[list[str], list[View]]:
        lines, views = [], []
        for task in tasks:
            old = transaction.get(Task, task["id"])
            new = change(old)
            views.append(transaction.put(new))
            lines.append(messages.outcome(views[-1], command, task["status"], changed=new is not old))
        return lines, views

    return app.journal.change(f"task {command}: {'; '.join(task['title'] for task in tasks)}", work)
