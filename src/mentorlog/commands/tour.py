"""`mentorlog tour`: the loop on a sample year."""

from typing import Annotated

from mentorlog.commands import options as opt
from mentorlog.flows.tour import tour as shown_tour


def run(
    ctx: opt.Context,
    keep: Annotated[bool, opt.option("--keep", help="Leave the sample there, and say where it lies")] = False,
) -> None:
    """Show one turn of the loop on a sample year.

    Status, the screen before a meeting, a reassessment and the Markdown export, as they print. The sample lies in a
    folder of its own that is removed again; no journal of yours is read or changed.

    Example: mentorlog tour
    Example: mentorlog tour --keep
    """
    app = ctx.obj
    shown = shown_tour(app, keep=keep)
    app.out.page(shown.lines, shown.data())
