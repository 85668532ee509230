"""`mentorlog export markdown`."""

from mentorlog.commands import options as opt
from mentorlog.commands.export import options as of_export
from mentorlog.commands.filters import Since, Until, about
from mentorlog.export.document import Request
from mentorlog.flows.write_export import write_export


def run(
    ctx: opt.Context,
    output: str | None = of_export.output(),
    with_: opt.WithMentors = None,
    goal: opt.ForGoal = None,
    since: Since = None,
    until: Until = None,
    include_private: bool = opt.flag("--include-private", help="Include private records and fields", rare=True),
    yes: opt.Yes = False,
) -> None:
    """Export the journal as one Markdown document.

    Profile, mentors, goals with their tasks and story, meetings, reviews, notes. Private records (notes and reviews
    are, unless you say otherwise) and private fields (fit, closure, reasons of a status, conflicts of interest, off
    limits, feelings, usefulness, pulse, your needs) stay out; what was left out is counted on stderr.

    Example: mentorlog export markdown -o journal.md
    Example: mentorlog export markdown --with osler --since "6 months ago"
    """
    request = Request(about(with_, goal, since, until), include_private)
    write_export(ctx.obj, "markdown", output, request, yes=yes)
