"""`mentorlog ask`: a question parked for the next meeting with a mentor."""

from typing import Any

import typer

from mentorlog.app import Context
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
    here: Context = ctx.obj
    who, about = here.mentor(mentor), here.goal(goal) if goal else None
    more = {"goal": about["id"] if about else None, "tags": tuple(tag or ())}
    given = text if edit or text is not None else here.ask("What do you want to ask?", option="TEXT")
    view = _park(here, who["id"], here.prose(given, edit, name="question") or "", more)
    meeting = here.journal.next_planned(who["id"])
    here.out.say(messages.parked(view, who, about, meeting), {**view, "next_meeting": meeting})


def _park(here: Context, mentor: str, text: str, more: dict[str, Any]) -> View:
    from mentorlog.models.note import Note

    about: dict[str, Any] = {"kind": "question", "status": "open", "mentors": (mentor,), **more}
    note = Note(id=here.journal.new_id("note"), created=here.now, on=here.today, text=text, **about)
    return here.journal.add(note, name=f"ask: {messages.echo(note.heading)}")
