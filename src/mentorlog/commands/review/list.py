"""`mentorlog review list`."""

from mentorlog import lookup, vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import Since, Tags, Until, query
from mentorlog.output.screens import lists


def run(
    ctx: opt.Context,
    kind: str | None = opt.kind(vocabulary.REVIEW_KINDS, help=opt.either(*vocabulary.REVIEW_KINDS)),
    about: opt.View | None = opt.option(
        "--about",
        metavar="ID",
        help="Only with a verdict on this goal, task or mentor",
        completion=opt.ids("goal", "task", "mentor"),
        to=lookup.record("goal", "task", "mentor"),
    ),
    since: Since = None,
    until: Until = None,
    tag: Tags = None,
) -> None:
    """List reviews, newest first.

    Example: mentorlog review list --since "2 years ago"
    Example: mentorlog review list --about g7k3q
    """
    app = ctx.obj
    of, kinds = about and about["id"], [kind] if kind else []
    asked = query("review", kinds=kinds, tags=tag, since=since, until=until, about=of)
    app.out.listing(app.reading.find(asked), lists.reviews(app.today), "No reviews found.", app.reading.problems)
