"""`mentorlog undo`: undo the last changes, or any one change."""

from mentorlog.commands import options as opt
from mentorlog.errors import Usage
from mentorlog.flows.undo_changes import undo_changes


def run(
    ctx: opt.Context,
    steps: opt.Steps = None,
    no: int | None = opt.option(
        "--no", metavar="N", help="Undo only the change with this number in `history`", to=opt.number()
    ),
    yes: opt.Yes = False,
) -> None:
    """Undo the last N changes (default 1), all or nothing.

    --no undoes any one change instead, even an undo, if no later change touched its records. On a terminal, you are
    asked before a change that is older than a day is undone.

    Example: mentorlog undo
    Example: mentorlog undo 3
    Example: mentorlog undo --no 12
    """
    if steps is not None and no is not None:
        raise Usage("N and --no cannot be used together.", "use only one of them")
    undo_changes(ctx.obj, steps or 1, no, yes=yes)
