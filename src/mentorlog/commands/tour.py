"""`mentorlog tour`: the loop on a sample year."""

from mentorlog.commands import options as opt
from mentorlog.flows import tour


def run(
    ctx: opt.Context,
    keep: bool = opt.flag("--keep", help="Keep the sample, and show where it is"),
) -> None:
    """Show one turn of the loop on a sample year.

    Status, meeting preparation, a review and the Markdown export, as they print. The sample is in a folder of its own
    that is removed again; your journal is not read or changed.

    Example: mentorlog tour
    Example: mentorlog tour --keep
    """
    tour.show_tour(ctx.obj, keep=keep)
