"""`mentorlog export markdown`."""

from mentorlog.commands import options as opt
from mentorlog.commands.export import options as of_export
from mentorlog.commands.filters import Goal, Since, Until, With, about
from mentorlog.flows.write_export import write_export


def run(
    ctx: opt.Context,
    output: str | None = of_export.output(),
    for_: of_export.For = None,
    with_: With = None,
    goal: Goal = None,
    open_: bool = opt.flag("--open", help="Only open goals, tasks and questions, and planned meetings", rare=True),
    since: Since = None,
    until: Until = None,
    add: of_export.Add = None,
    preview: of_export.Preview = False,
    include_private: of_export.IncludePrivate = False,
    despite_lint: of_export.DespiteLint = False,
    yes: of_export.Yes = False,
) -> None:
    """Export the journal as one Markdown document.

    Includes your profile, mentors, goals with their tasks and history, meetings, reviews and notes. Private records
    stay out (notes and reviews are private by default), and so do private fields: fit, closure, reasons for a status,
    conflicts of interest, off limits, feelings, usefulness, pulse, wellbeing and your needs. What was left out is
    counted on stderr. --open makes a short list, for example to read on a phone.

    Example: mentorlog export markdown -o journal.md
    Example: mentorlog export markdown --open --for self -o open.md
    Example: mentorlog export markdown --with osler --since "6 months ago"
    """
    chosen = about(with_, goal, since, until).but(is_open=open_)
    request = of_export.request(ctx.obj, chosen, for_, include_private, add, preview, despite_lint)
    write_export(ctx.obj, "markdown", output, request, yes=yes)
