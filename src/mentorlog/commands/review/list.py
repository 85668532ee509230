"""`mentorlog review list`."""

from mentorlog.commands import options as opt
from mentorlog.commands.filters import query
from mentorlog.commands.review.options import Kind
from mentorlog.output.screens import lists


def run(
    ctx: opt.Context, kind: Kind = None, since: opt.Since = None, until: opt.Until = None, tag: opt.Tags = None
) -> None:
    """List reviews, the newest first.

    Example: mentorlog review list --since "2 years ago"
    """
    app = ctx.obj
    asked = query("review", kinds=[kind] if kind else [], tags=tag, since=since, until=until)
    app.out.listing(app.reading.find(asked), lists.reviews(), "No reviews.", app.reading.problems)
