"""`mentorlog review list`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import Since, Tags, Until, query
from mentorlog.output.screens import lists


def run(
    ctx: opt.Context,
    kind: str | None = opt.kind(vocabulary.REVIEW_KINDS, help=opt.either(*vocabulary.REVIEW_KINDS)),
    since: Since = None,
    until: Until = None,
    tag: Tags = None,
) -> None:
    """List reviews, newest first.

    Example: mentorlog review list --since "2 years ago"
    """
    app = ctx.obj
    asked = query("review", kinds=[kind] if kind else [], tags=tag, since=since, until=until)
    app.out.listing(app.reading.find(asked), lists.reviews(), "No reviews found.", app.reading.problems)
