"""`mentorlog meeting prep`."""

from mentorlog.commands import options as opt
from mentorlog.flows.meetings import prepare
from mentorlog.output.screens import prep as layout


def run(ctx: opt.Context, mentor: opt.Mentor) -> None:
    """Show what to prepare for a meeting with a mentor.

    Shows what they expect of you, what you owe, what they promised, drafts that they have, open questions, what they do
    not know yet of each goal, and a suggested agenda.

    Example: mentorlog meeting prep osler
    """
    app = ctx.obj
    sheet = prepare(app, mentor)
    app.out.page(lambda page: layout.lines(sheet, page, app.today), sheet, problems=app.reading.problems)
