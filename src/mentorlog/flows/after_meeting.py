"""What is said of a saved meeting: the tasks that came of its notes, and the lines of which none came."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.app import App
from mentorlog.models.views import View
from mentorlog.output.messages import meeting as messages


def report(app: App, lines: Sequence[str], meeting: View, complaints: Sequence[str]) -> None:
    """Say what was done and which `new_tasks` it made; then, on stderr, which action lines made none."""
    tasks = meeting["new_tasks"]
    names = app.reading.titles([id for task in tasks for id in (task["owner"], task["goal"]) if id])
    app.out.say([*lines, *messages.added(tasks, names)], meeting)
    app.out.note(*complaints)
    if complaints:
        app.out.note(f"The notes are saved as they are; correct a line with: mentorlog edit {meeting['id']}")
