"""`mentorlog export cv`."""

from datetime import date
from typing import Any

from mentorlog.commands import options as opt
from mentorlog.commands.export import options as of_export
from mentorlog.commands.filters import Since, With, about
from mentorlog.domain.audience import SELF
from mentorlog.flows.write_export import write_export
from mentorlog.vocabulary import CV_FORMATS


def run(
    ctx: opt.Context,
    output: str | None = of_export.output(),
    format: str = opt.choice(
        "--format", of=CV_FORMATS, help=f"{opt.either(*CV_FORMATS)} (default md)", rare=False, default="md"
    ),
    with_: With = None,
    since: Since = None,
    for_: of_export.For = None,
    me: str | None = opt.text("--me", metavar="NAME", help='Your name as an author (e.g. "Blackwell E")', rare=False),
    goal: opt.View | None = opt.about_goal("--goal", "-g", help="Only for this goal", rare=True),
    until: date | None = opt.day("--until", help="On or before this date", rare=True),
    oldest_first: bool = opt.flag("--oldest-first", help="Oldest entries first", rare=True),
    no_submitted: bool = opt.flag("--no-submitted", help="Leave out what is in review", rare=True),
    add: of_export.Add = None,
    preview: of_export.Preview = False,
    despite_lint: of_export.DespiteLint = False,
    yes: of_export.Yes = False,
) -> None:
    """Export your CV, from your wins and your profile.

    Lists every win with a section, and the entries of your profile (see `profile set`), never the text of a win. Wins
    without a section are named on stderr with the command that sets it. It is for yourself unless you use --for.

    Example: mentorlog export cv -o cv.md
    Example: mentorlog export cv --with osler --since 2025-07-01
    Example: mentorlog export cv --format bibtex -o papers.bib
    """
    asked = about(with_, goal, None, None).but(notes=("win",))
    request = of_export.request(ctx.obj, asked, for_ or SELF, add=add, preview=preview, despite_lint=despite_lint)
    options: dict[str, Any] = {"layout": format, "since": since, "until": until, "oldest_first": oldest_first, "me": me}
    write_export(ctx.obj, "cv", output, request, yes=yes, with_submitted=not no_submitted, **options)
