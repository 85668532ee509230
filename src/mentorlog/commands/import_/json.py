"""`mentorlog import json`."""

from typing import Annotated

from mentorlog.commands import options as opt
from mentorlog.exchange import json_backup
from mentorlog.flows.read_source import read_source
from mentorlog.output.screens import import_ as screen


def run(
    ctx: opt.Context,
    file: Annotated[str, opt.argument("FILE", "What export json has written (- reads stdin)")],
    dry_run: Annotated[bool, opt.option("--dry-run", help="Only show what would happen")] = False,
    replace: Annotated[bool, opt.option("--replace", help="Where records differ, take those of the file")] = False,
) -> None:
    """Import what export json has written.

    Records that are here already with the same content are skipped. Where one differs nothing at all is imported,
    and all that differ are named, unless --replace is given. An import is one change: undo takes all of it back.

    Example: mentorlog import json journal.json --dry-run
    Example: mentorlog import json journal.json
    """
    app = ctx.obj
    outcome = json_backup.take_in(app.journal, read_source(app, file), replace=replace, dry_run=dry_run)
    ids = {change: [one.id for one in outcome.of(change)] for change in ("new", "replaced", "same", "differs")}
    app.out.page(lambda page: screen.lines(outcome.items, dry_run, page), {**ids, "dry_run": dry_run})
