"""`mentorlog mentor agreement`."""

from datetime import date

from mentorlog.commands import options as opt
from mentorlog.domain import agreement
from mentorlog.output.screens import agreement as layout


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    at: date | None = opt.day("--at", help="Show what both had agreed to on that day"),
    diff: bool = opt.flag("--diff", help="Show what changed each time, and since you last agreed"),
) -> None:
    """Show what you and a mentor expect of each other.

    Shows both sides, what the other side has not answered, what was never asked, what changed since you both agreed,
    whether you are both comfortable, and when to look again.

    Example: mentorlog mentor agreement osler
    Example: mentorlog mentor agreement osler --diff
    """
    app = ctx.obj
    sheet = agreement.sheet(mentor, app.today, at)
    app.out.page(
        lambda page: layout.history(sheet, page) if diff else layout.lines(sheet, page, app.today),
        sheet,
        app.reading.problems,
    )
