"""Changes of one or several tasks as one operation, with a line of output for each."""

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


def change_tasks(app: App, tasks: TaskView | Sequence[TaskView], command: str, change: Callable[[Task], Task]) -> None:
    """Change tasks, or one task, as one operation, and print a line for each."""
    from mentorlog.models.task import Task

    several = tasks if isinstance(tasks, Sequence) else [tasks]

    def work(transaction: Transaction) -> tuple[list[str], list[View]]:
        lines, views = [], []
        for task in several:
            old = transaction.get(Task, task["id"])
            new = change(old)
            views.append(transaction.put(new))
            lines.append(messages.outcome(views[-1], command, task["status"], changed=new is not old))
        return lines, views

    lines, views = app.journal.change(f"task {command}: {'; '.join(task['title'] for task in several)}", work)
    app.out.say(lines, views if several is tasks else views[0])
