"""`mentorlog review diff`."""

from typing import Annotated

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.models.views import View
from mentorlog.store.journal import Query

ReviewArg = Annotated[str, opt.argument("REVIEW", "A review: its id, or a beginning of it", opt.ids("review"))]


def run(ctx: typer.Context, one: ReviewArg, other: ReviewArg) -> None:
    """Show how aims moved between two reviews: goals added, closed and revised, facts side by side, fits.

    Example: mentorlog review diff r4k2m r7t9p
    """
    from mentorlog.domain.reviewing import comparing
    from mentorlog.output.screens import review_diff as review_diff_screen

    app: App = ctx.obj
    pair: list[View] = [app.journal.resolve(text, "review") for text in (one, other)]
    found = comparing.compare(pair[0], pair[1], app.journal.find(Query("goal")), app.journal.find(Query("mentor")))
    app.out.page(lambda page: review_diff_screen.lines(found, page), comparing.as_data(found), app.journal.problems)
