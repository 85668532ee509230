"""`mentorlog history`: list the changes, newest first."""

from mentorlog.commands import options as opt
from mentorlog.domain.reports import OperationEntry
from mentorlog.models.views import View
from mentorlog.output.table import ALWAYS, Column

COLUMNS = (
    Column("no", lambda entry: str(entry["seq"]), align="right", keep=ALWAYS),
    Column("when", lambda entry: entry["changed_at"][:16].replace("T", " "), keep=ALWAYS),
    Column("change", "name", shrink=True),
)


def run(
    ctx: opt.Context,
    id: str | None = opt.argument("ID", "Id or unique prefix", opt.ids(), default=None),
    limit: int = opt.option(
        "--limit", metavar="N", help="Show at most N changes (default 20)", to=opt.number(), default=20
    ),
    all: bool = opt.flag("--all", help="Show the whole history"),
) -> None:
    """Show the change history, newest first.

    With an id, shows only the changes to that record, which may be deleted.

    Example: mentorlog history
    Example: mentorlog history g7k3q --all
    """
    app = ctx.obj
    wanted = app.journal.id_ever(id) if id is not None else None
    entries, damaged = app.journal.operations(wanted, None if all else limit + 1)
    rows = [_data(entry) for entry in (entries if all else entries[:limit])]
    empty = f"No changes to {wanted}: its file was not created by mentorlog." if wanted else "No changes yet."
    app.out.listing(rows, COLUMNS, empty, damaged)
    if len(entries) > len(rows):
        app.out.note("There are more changes; show all with: mentorlog history --all")


def _data(entry: OperationEntry) -> View:
    shown = {"seq": entry.seq, "changed_at": entry.changed_at, "name": entry.name, "operation": entry.operation}
    return {**shown, "undoes": entry.undoes, "files": entry.paths}
