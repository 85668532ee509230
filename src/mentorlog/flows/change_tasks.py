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
    ((view, line),) = _changed(app, [task], command, change)
    app.out.say(line, view)


def change_tasks(app: App, tasks: Sequence[TaskView], command: str, change: Callable[[Task], Task]) -> None:
    """Change tasks as one operation, and say what became of each."""
    changed = _changed(app, tasks, command, change)
    views = [view for view, _ in changed]
    app.out.say([line for _, line in changed], views)


def _changed(
    app: App, tasks: Sequence[TaskView], command: str, change: Callable[[Task], Task]
) -> list[tuple[View, str]]:
    """Change tasks as one operation; return the view of each, and what became of it."""
    from mentorlog.models.task import Task

    def work(transaction: Transaction) -> list[tuple[View, str]]:
        changed = []
        for task in tasks:
            old = transaction.get(Task, task["id"])
            new = change(old)
            view = transaction.put(new)
            changed.append((view, messages.outcome(view, command, task["status"], changed=new is not old)))
        return changed

    return app.journal.change(f"task {command}: {'; '.join(task['title'] for task in tasks)}", work)
