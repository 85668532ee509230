"""`mentorlog mentor panel`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.domain import panel
from mentorlog.models.rules import among
from mentorlog.output.screens import panel as layout
from mentorlog.store.journal import Query


def run(
    ctx: opt.Context,
    by: str = opt.option(
        "--by",
        metavar="WORD",
        help=f"{opt.either(*panel.VIEWS)} (of the mentors)",
        completion=opt.choices(*panel.VIEWS),
        to=lambda app, text: among(text, "view", panel.VIEWS),
        default="needs",
    ),
) -> None:
    """Show what you need against the mentors you have.

    What you need are the needs and growth areas of your profile and the domains of your open goals. A mentor covers
    it if all its words are in one of their domains or roles, or the other way round, or if you share a goal in it;
    case, accents and hyphens do not matter, and nothing else is guessed.

    Example: mentorlog mentor panel
    Example: mentorlog mentor panel --by proximity
    """
    app = ctx.obj
    mentors = app.reading.find(Query("mentor", statuses=vocabulary.LIVE_MENTORS))
    goals = app.reading.find(Query("goal", statuses=vocabulary.OPEN_GOALS))
    found = panel.gather(app.reading.profile(), goals, mentors)
    app.out.page(lambda page: layout.lines(found, page, by), found, app.reading.problems)
