"""`mentorlog tour`: show the main commands on a sample journal."""

from mentorlog.commands import options as opt
from mentorlog.flows import tour


def run(
    ctx: opt.Context,
    keep: bool = opt.flag("--keep", help="Keep the sample journal and show where it is"),
) -> None:
    """Take a tour of a sample journal.

    Shows the output of `status`, `meeting prep`, `review` and `export markdown` for a sample year, with a pause after
    each screen on a terminal. The sample journal is in a temporary folder; your own journal is not read or changed.

    Example: mentorlog tour
    Example: mentorlog tour --keep
    """
    tour.show_tour(ctx.obj, keep=keep)
