"""`mentorlog doctor`: what is wrong with the journal, and what to do."""

from typing import Annotated

import typer

from mentorlog.commands import options as opt
from mentorlog.output.screens import doctor as screen


def run(
    ctx: opt.Context,
    fix: Annotated[bool, opt.option("--fix", help="Repair what can be repaired without losing anything")] = False,
) -> None:
    """Check the journal: unreadable records, broken links, two files of one id, copies of sync programs, permissions.

    Each finding is one line: where, what is wrong, what to do. Errors need you (exit status 3), notices do not.
    --fix finishes an interrupted change, removes what a killed process left and second copies of the very same
    bytes, closes files to other users, and throws a damaged index away.

    Example: mentorlog doctor
    Example: mentorlog doctor --fix
    """
    app = ctx.obj
    fixed = app.journal.mend() if fix and app.journal.exists else []
    report = app.journal.examine()
    found, count = report.findings, report.records
    app.out.page(lambda page: screen.lines(found, count, fixed, page), screen.data(found, count, fixed))
    raise typer.Exit(3 if report.errors else 0)
