"""`mentorlog tour`: show the main commands on a sample journal."""

from mentorlog.commands import options as opt
from mentorlog.flows import tour


def run(
    ctx: opt.Context,
    keep: bool = opt.flag("--keep", help="Keep the sample journal and the report, and show where they are"),
) -> None:
    """Take a tour of a sample journal.

    Shows the output of `status`, `meeting prep` and `review` for a sample year, on a terminal with a pause after each,
    and makes a report for the browser. All of it is in a temporary folder; your own journal is not read or changed.

    Example: mentorlog tour
    Example: mentorlog tour --keep
    """
    tour.show_tour(ctx.obj, keep=keep)
