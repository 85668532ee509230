"""Pause, resume, achieve and drop a goal, and ask for the reason."""

from __future__ import annotations

from datetime import date
from functools import partial

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.models.rules import clean_line
from mentorlog.output.messages import goal as messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView


def change_status(
    app: App, verb: str, goal: GoalView, status: str, on: date, message: str | None, question: str | None = None
) -> None:
    """Change a goal's status as one operation and print it; the question asks for a missing reason."""
    from mentorlog.models.goal import Goal

    if goal["status"] == status:
        return app.out.say(messages.status_already(goal), goal)
    reason = ask_reason(app, message, question) if question else app.texts.text(message)
    name = f"goal {verb}: {goal['title']}"
    view, _ = app.journal.update(Goal, goal["id"], name, lambda now: now.moved_to(status, on=on, reason=reason))
    app.out.say(messages.status_changed(view, on, lookup.whose(app, view)), view)
    if status in vocabulary.CLOSED_GOALS and (still := messages.still_open(app.reading.references(goal["id"]))):
        app.out.note(still)
    return None


def ask_reason(app: App, message: str | None, question: str) -> str:
    """Return the reason; ask for it if it is not given."""
    parse = partial(clean_line, field="reason")
    return app.texts.text(message) or app.prompt.ask_value(question, parse, option="--message TEXT (-m)")
