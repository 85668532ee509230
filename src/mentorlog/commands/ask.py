"""`mentorlog ask`: a question parked for the next meeting with a mentor."""

from typing import Any

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.models.views import View
from mentorlog.output.messages import note as messages
from mentorlog.output.phrases import shorten


def run(
    ctx: typer.Context,
    mentor: opt.MentorArg,
    text: opt.TextArg = None,
    goal: opt.GoalOption = None,
    edit: opt.Edit = False,
    tag: opt.Tags = None,
) -> None:
    """Park a question for the next meeting with a mentor.

    It is a note of the kind question: meeting prep shows it, note close keeps the answer.

    Example: mentorlog ask osler "Which journal would you send it to?"
    """
    app: App = ctx.obj
    who, about = app.lookup.mentor(mentor), app.lookup.goal(goal) if goal else None
    more = {"goal": about["id"] if about else None, "tags": tuple(tag or ())}
    given = text if edit or text is not None else app.prompt.ask("What do you want to ask?", option="TEXT")
    view = _park(app, who["id"], app.texts.prose(given, edit, name="question") or "", more)
    meeting = app.journal.next_planned(who["id"])
    app.out.say(messages.parked(view, who, about, meeting), {**view, "next_meeting": meeting})


def _park(app: App, mentor: str, text: str, more: dict[str, Any]) -> View:
    from mentorlog.models.note import Note

    about: dict[str, Any] = {"kind": "question", "status": "open", "mentors": (mentor,), **more}
    note = Note(id=app.journal.new_id("note"), created=app.now, on=app.today, text=text, **about)
    return app.journal.add(note, name=f"ask: {shorten(note.heading)}")
