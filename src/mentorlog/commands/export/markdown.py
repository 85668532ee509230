"""`mentorlog export markdown`."""

from mentorlog.commands import options as opt
from mentorlog.commands.export import options as of_export
from mentorlog.commands.filters import Goal, Since, Until, With, about
from mentorlog.export.document import Request
from mentorlog.flows.write_export import write_export


def run(
    ctx: opt.Context,
    output: str | None = of_export.output(),
    with_: With = None,
    goal: Goal = None,
    since: Since = None,
    until: Until = None,
    include_private: bool = opt.flag("--include-private", help="Include private records and fields", rare=True),
    yes: opt.Yes = False,
) -> None:
    """Export the journal as one Markdown document.

    Includes your profile, mentors, goals with their tasks and history, meetings, reviews and notes. Private records
    stay out (notes and reviews are private by default), and so do private fields: fit, closure, reasons for a status,
    conflicts of interest, off limits, feelings, usefulness, pulse and your needs. What was left out is counted on
    stderr.

    Example: mentorlog export markdown -o journal.md
    Example: mentorlog export markdown --with osler --since "6 months ago"
    """
    request = Request(about(with_, goal, since, until), include_private)
    write_export(ctx.obj, "markdown", output, request, yes=yes)
