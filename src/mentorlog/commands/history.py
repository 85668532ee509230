"""`mentorlog history`: list the changes, newest first, or show one."""

from mentorlog.commands import options as opt
from mentorlog.domain.reports import OperationEntry
from mentorlog.flows.show_change import show_change
from mentorlog.models.views import View
from mentorlog.output.table import ALWAYS, Column

COLUMNS = (
    Column("no", lambda entry: str(entry["seq"]), align="right", keep=ALWAYS),
    Column("when", lambda entry: entry["changed_at"][:16].replace("T", " "), keep=ALWAYS),
    Column("change", "name", shrink=True),
)


def run(
    ctx: opt.Context,
    id: str | None = opt.argument("ID|N", "Id or unique prefix, or a change's number", opt.ids(), default=None),
    limit: int = opt.option(
        "--limit", metavar="N", help="Show at most N changes (default 20)", to=opt.number(), default=20
    ),
    all: bool = opt.flag("--all", help="Show the whole history"),
) -> None:
    """Show the change history, newest first, or what one change did.

    With an id, shows only the changes to that record, which may be deleted. With the number of a change, shows what it
    did, field by field.

    Example: mentorlog history
    Example: mentorlog history g7k3q --all
    Example: mentorlog history 12
    """
    app = ctx.obj
    if id is not None and id.isascii() and id.isdigit():
        return show_change(app, opt.number()(app, id))
    wanted = app.journal.past.id_ever(id) if id is not None else None
    entries, damaged = app.journal.past.entries(wanted, None if all else limit + 1)
    rows = [_data(entry) for entry in (entries if all else entries[:limit])]
    empty = f"No changes to {wanted}: its file was not created by mentorlog." if wanted else "No changes yet."
    app.out.listing(rows, COLUMNS, empty, damaged)
    if len(entries) > len(rows):
        app.out.note("There are more changes; show all with: mentorlog history --all")
    return None


def _data(entry: OperationEntry) -> View:
    shown = {"seq": entry.seq, "changed_at": entry.changed_at, "name": entry.name, "operation": entry.operation}
    return {**shown, "undoes": entry.undoes, "files": entry.paths}
