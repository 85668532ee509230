"""`mentorlog doctor`: check the journal and repair it."""

import typer

from mentorlog.commands import options as opt
from mentorlog.output.screens import doctor as screen


def run(
    ctx: opt.Context,
    fix: bool = opt.flag("--fix", help="Repair what can be repaired without losing data"),
) -> None:
    """Check the journal for problems.

    Finds unreadable records, broken links, duplicate ids, sync conflict copies and wrong permissions, and tries whether
    a change can be saved. With errors, the exit status is 3; warnings do not count. --fix completes an interrupted
    change, removes leftover files and identical copies, corrects permissions, and discards a damaged index.

    Example: mentorlog doctor
    Example: mentorlog doctor --fix
    """
    app = ctx.obj
    fixed = app.journal.repair() if fix and app.journal.exists else []
    report = app.journal.examine()
    facts = report.findings, report.records, fixed
    app.out.page(lambda page: screen.lines(*facts, page), screen.data(*facts))
    raise typer.Exit(3 if report.errors else 0)
