"""`mentorlog history`: what was changed, newest first."""

from mentorlog.commands import options as opt
from mentorlog.output.screens import history as layout


def run(
    ctx: opt.Context,
    id: str | None = opt.argument("ID", "Id or unique prefix", opt.ids(), default=None),
    limit: int = opt.option("--limit", metavar="N", help="Show at most N (default 20)", min=1, default=20),
    all: bool = opt.flag("--all", help="Show the whole history"),
) -> None:
    """Show the change history, the newest first.

    With an id, only the changes to that record, deleted ones included.

    Example: mentorlog history
    Example: mentorlog history g7k3q --all
    """
    app = ctx.obj
    wanted = app.journal.id_ever(id) if id is not None else None
    entries, damaged = app.journal.operations(wanted, None if all else limit + 1)
    rows = [layout.data(entry) for entry in (entries if all else entries[:limit])]
    app.out.listing(rows, layout.COLUMNS, layout.empty(wanted), damaged)
    if len(entries) > len(rows):
        app.out.note("There is more: mentorlog history --all shows the whole log.")
