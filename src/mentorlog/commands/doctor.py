"""`mentorlog doctor`: what is wrong with the journal, and what to do."""

import typer

from mentorlog.commands import options as opt
from mentorlog.output.screens import doctor as screen


def run(
    ctx: opt.Context,
    fix: bool = opt.flag("--fix", help="Repair what can be repaired without losing anything"),
) -> None:
    """Check the journal.

    Finds unreadable records, broken links, duplicate ids, sync conflict copies and wrong permissions. Each finding is
    one line: where, what is wrong, what to do. Errors need you (exit status 3), notices do not. --fix finishes an
    interrupted change, removes leftovers of a killed process and identical copies, closes files to other users, and
    discards a damaged index.

    Example: mentorlog doctor
    Example: mentorlog doctor --fix
    """
    app = ctx.obj
    fixed = app.journal.repair() if fix and app.journal.exists else []
    report = app.journal.examine()
    facts = report.findings, report.records, fixed
    app.out.page(lambda page: screen.lines(*facts, page), screen.data(*facts))
    raise typer.Exit(3 if report.errors else 0)
