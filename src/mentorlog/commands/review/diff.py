"""`mentorlog review diff`."""

from mentorlog.commands import options as opt
from mentorlog.domain.reviewing import comparing
from mentorlog.output.screens import review_diff as layout
from mentorlog.store.journal import Query


def run(ctx: opt.Context, one: opt.View = opt.by_id("review"), other: opt.View = opt.by_id("review")) -> None:
    """Compare two reviews.

    Shows goals that were added, closed and revised between them, and the facts and fits side by side.

    Example: mentorlog review diff r4k2m r7t9p
    """
    app = ctx.obj
    difference = comparing.compare(one, other, app.reading.find(Query("goal")), app.reading.find(Query("mentor")))
    app.out.page(lambda page: layout.lines(difference, page), comparing.as_data(difference), app.reading.problems)
