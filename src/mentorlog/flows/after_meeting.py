"""What is said of a saved meeting: the tasks that came of its notes, and the lines of which none came."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.app import App
from mentorlog.models.views import View
from mentorlog.output.messages import meeting as messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import TaskView


def added_tasks(app: App, tasks: Sequence[TaskView]) -> list[str]:
    """Return a line for each task that an action line became."""
    return messages.added(tasks, app.reading.titles([id for one in tasks for id in (one["owner"], one["goal"]) if id]))


def report(app: App, lines: Sequence[str], meeting: View, complaints: Sequence[str]) -> None:
    """Say what was done and which `new_tasks` it made; then, on stderr, which action lines made none."""
    app.out.say([*lines, *added_tasks(app, meeting["new_tasks"])], meeting)
    app.out.note(*complaints)
    if complaints:
        app.out.note(f"The notes are saved as they are; correct a line with: mentorlog edit {meeting['id']}")
