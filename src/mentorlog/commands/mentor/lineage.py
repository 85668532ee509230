"""`mentorlog mentor lineage`."""

from mentorlog.commands import options as opt
from mentorlog.domain import lineage
from mentorlog.output.screens import lineage as layout


def run(ctx: opt.Context) -> None:
    """Show who helped you and who led to whom.

    Shows every mentor with the time, what they helped you in, and what you learned, and below them the people to whom
    they introduced you.

    Example: mentorlog mentor lineage
    """
    app = ctx.obj
    people = app.reading.in_snapshot(lambda: lineage.lineage(app.reading))
    names = {one["id"]: one["name"] for one in people if one["id"]}
    empty = 'No mentors yet. Add one with: mentorlog mentor add "William Osler"'
    app.out.page(lambda page: layout.lines(people, page, names, empty), people, app.reading.problems)
