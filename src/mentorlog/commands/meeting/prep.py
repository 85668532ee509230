"""`mentorlog meeting prep`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.flows.screens import prepared


def run(ctx: typer.Context, mentor: opt.MentorArg) -> None:
    """Show what to prepare for the next meeting with a mentor, on one screen to look at or to print.

    Since last time: what I owe, what they promised, drafts with them. Then questions, goals and changes not yet told.

    Example: mentorlog meeting prep osler
    """
    from mentorlog.output.screens import prep as layout

    app: App = ctx.obj
    found = prepared(app, app.lookup.mentor(mentor))
    app.out.page(lambda page: layout.lines(found, page, app.today), found, problems=app.journal.problems)
