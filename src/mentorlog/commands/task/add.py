"""`mentorlog task add`."""

from dataclasses import replace
from datetime import date

from mentorlog import lookup
from mentorlog.commands import options as opt
from mentorlog.flows.new_record import ask_missing, record_fields, report
from mentorlog.models.views import noun
from mentorlog.output.messages import task as messages


def run(
    ctx: opt.Context,
    title: opt.Title = None,
    owner: opt.View | None = opt.owner(help="Who will do it (default me)"),
    assigned_by: opt.View | None = opt.person("--from", help="Who assigned it", to=lookup.me_or_mentor, rare=False),
    goal: opt.ForGoal = None,
    due: date | None = opt.day("--due", "-d", help="Due date", ahead=True),
    instructions: str | None = opt.text("--instructions", help="Instructions (- reads stdin)", rare=False),
    edit: opt.Edit = False,
    helps: opt.View | None = opt.person("--helps", help="Mentor whose project it helps"),
    meeting: opt.View | None = opt.from_meeting(rare=True),
    priority: opt.Priority = None,
    deliverable: str | None = opt.text("--deliverable", help="What to deliver"),
    notes: opt.RareNotes = None,
    links: opt.Links = None,
    tags: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Add a task of yours, of a mentor or of a mentee.

    A promise is a task that a mentor owns; what a mentee owns is for them to do. --edit opens your editor for the
    instructions.

    Example: mentorlog task add "Revise your CV" --from osler --due "in 2 weeks"
    Example: mentorlog task add "Send the sample protocol" --owner osler
    """
    from mentorlog.models.task import Task

    app = ctx.obj
    given = ask_missing(app, "task", {**ctx.params, "title": app.texts.text(title)})
    fields = record_fields(app, given, "instructions")
    task = Task(id=app.journal.new_id("task"), created=app.now, **fields)
    instructions = app.texts.prose(instructions, edit, name="instructions") or None
    task = replace(task, instructions=instructions, notes=app.texts.prose(notes) or None)
    view = app.journal.add(task, name=f"task add: {task.title}")
    names = app.reading.titles([id for id in (task.owner, task.assigned_by, task.helps) if id])
    other = noun(given["owner"]) if task.owner in names else ""
    report(app, messages.new(view, names, given["goal"], meeting, other), view)
