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
    sync: bool = opt.flag("--sync", help="Undo only the last sync; the next one sends that"),
    yes: opt.Yes = False,
) -> None:
    """Undo the last N changes (default 1), all or nothing; syncs are passed over.

    --no undoes any one change instead, even an undo, if no later change touched its records. On a terminal, you are
    asked before a change that is older than a day is undone. What a sync brought stays, also in the same record.

    Example: mentorlog undo
    Example: mentorlog undo 3
    Example: mentorlog undo --no 12
    Example: mentorlog undo --sync
    """
    ways = {"N": steps is not None, "--no": no is not None, "--sync": sync}
    if len(chosen := [way for way, is_chosen in ways.items() if is_chosen]) > 1:
        raise Usage(f"{chosen[0]} and {chosen[1]} cannot be used together.", "use only one of them")
    undo_changes(ctx.obj, steps or 1, no, sync=sync, yes=yes)
