"""`mentorlog import json`."""

from mentorlog.commands import options as opt
from mentorlog.exchange import json_backup
from mentorlog.output.screens import import_ as screen


def run(
    ctx: opt.Context,
    file: str = opt.argument("FILE", "File written by `export json` (- reads stdin)"),
    dry_run: bool = opt.flag("--dry-run", help="Show what would be imported"),
    replace: bool = opt.flag("--replace", help="Replace records that differ"),
) -> None:
    """Import a JSON export.

    Records that are already in the journal are skipped. If any record differs, nothing is imported, and those that
    differ are listed; use --replace to overwrite them. An import is one change, so `mentorlog undo` undoes all of it.

    Example: mentorlog import json journal.json --dry-run
    Example: mentorlog import json journal.json
    """
    app = ctx.obj
    data = app.texts.source(file, json_backup.LIMIT, "use a file written by: mentorlog export json")
    outcome = json_backup.import_backup(app.journal, data, replace=replace, dry_run=dry_run)
    ids = {change: [one.id for one in outcome.of(change)] for change in ("new", "replaced", "same", "differs")}
    app.out.page(lambda page: screen.lines(outcome.items, dry_run, page), {**ids, "dry_run": dry_run})
