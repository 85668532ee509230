"""`mentorlog advice`: advice side by side."""

from mentorlog.commands import options as opt
from mentorlog.domain import advice
from mentorlog.flows.decisions import goal_or_decision
from mentorlog.output.screens import advice as layout


def run(
    ctx: opt.Context,
    about: opt.View | None = opt.argument(
        "GOAL|DECISION", opt.ID_OR_TITLE, opt.ids("goal", "note"), goal_or_decision, None
    ),
    all_: bool = opt.flag("--all", help="List closed decisions and goals too"),
) -> None:
    """Show who advised what, and what came of it.

    All advice on a goal or decision is side by side. Without an argument, lists open decisions and goals with advice.
    Save advice with `note add --kind advice`, and what came of it with `note close`.

    Example: mentorlog advice
    Example: mentorlog advice g7k3q
    """
    app, problems = ctx.obj, ctx.obj.reading.problems
    if about:
        found = advice.on(about, app.reading)
        names = app.reading.titles(advice.named(found))
        app.out.page(lambda page: layout.lines(found, page, app.today, names), found, problems)
    else:
        every = advice.overview(app.reading, closed=all_)
        app.out.page(lambda page: layout.overview(every, page, app.today), every, problems)
