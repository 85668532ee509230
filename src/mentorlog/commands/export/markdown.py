"""`mentorlog export markdown`."""

from typing import Annotated

from mentorlog.commands import options as opt
from mentorlog.commands.export.options import Target
from mentorlog.commands.filters import about
from mentorlog.export.document import Request
from mentorlog.flows import write_export as exports

IncludePrivate = Annotated[bool, opt.option("--include-private", help="Include private records and fields", rare=True)]


def run(
    ctx: opt.Context,
    output: Target = None,
    with_: opt.WithMentors = None,
    goal: opt.ForGoal = None,
    since: opt.Since = None,
    until: opt.Until = None,
    include_private: IncludePrivate = False,
    yes: opt.Yes = False,
) -> None:
    """Export the journal as one Markdown document.

    Profile, mentors, goals with their tasks and story, meetings, reviews, notes. Private records (notes and reviews
    are, unless you say otherwise) and private fields (fit, closure, reasons of a status, conflicts of interest, off
    limits, feelings, usefulness, pulse, your needs) stay out; what was left out is counted on stderr.

    Example: mentorlog export markdown -o journal.md
    Example: mentorlog export markdown --with osler --since "6 months ago"
    """
    app = ctx.obj
    file = exports.target(app, output, yes)
    exports.write_export(app, "markdown", file, Request(about(with_, goal, since, until), include_private))
