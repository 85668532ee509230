"""`mentorlog meeting prep`."""

from mentorlog.commands import options as opt
from mentorlog.flows.meetings import prepare
from mentorlog.output.screens import prep as layout


def run(ctx: opt.Context, mentor: opt.Mentor) -> None:
    """Show what to prepare for the next meeting with a mentor.

    On one screen: what you owe, what they promised and which drafts are out since last time, then questions, goals and
    changes not yet told.

    Example: mentorlog meeting prep osler
    """
    app = ctx.obj
    sheet = prepare(app, mentor)
    app.out.page(lambda page: layout.lines(sheet, page, app.today), sheet, problems=app.reading.problems)
