"""`mentorlog ask`: a question parked for the next meeting with a mentor."""

from typing import Any

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.models.views import View
from mentorlog.output.messages import task as messages

app = typer.Typer()


@app.command("ask")
def ask(
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
    who, about = app.mentor(mentor), app.goal(goal) if goal else None
    more = {"goal": about["id"] if about else None, "tags": tuple(tag or ())}
    given = text if edit or text is not None else app.ask("What do you want to ask?", option="TEXT")
    view = _park(app, who["id"], app.prose(given, edit, name="question") or "", more)
    _, planned = app.reading.meeting_days([who["id"]], app.today).get(who["id"], (None, None))
    app.out.say(messages.parked(view, who, about, planned), {**view, "next_meeting_on": planned})


def _park(app: App, mentor: str, text: str, more: dict[str, Any]) -> View:
    from mentorlog.models.note import Note

    about: dict[str, Any] = {"kind": "question", "status": "open", "mentors": (mentor,), **more}
    note = Note(id=app.journal.new_id("note"), created=app.now, on=app.today, text=text, **about)
    return app.journal.add(note, name=f"ask: {messages.echo(note.heading)}")
