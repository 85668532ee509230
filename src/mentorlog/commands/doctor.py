"""`mentorlog doctor`: check the journal and repair it."""

import typer

from mentorlog.commands import options as opt
from mentorlog.output.screens import doctor as screen


def run(
    ctx: opt.Context,
    verify: bool = opt.flag("--verify", help="Read every byte and compare it with the change history"),
    fix: bool = opt.flag("--fix", help="Repair what can be repaired without losing data"),
) -> None:
    """Check the journal for problems.

    Finds unreadable records, broken links, duplicate ids, sync conflict copies and wrong permissions, and tries whether
    a change can be saved; with errors, the exit status is 3, warnings do not count. --verify reads every byte instead,
    and compares it with the change history. --fix completes an interrupted change, removes leftover files and identical
    copies, corrects permissions, and discards a damaged index.

    Example: mentorlog doctor
    Example: mentorlog doctor --verify
    Example: mentorlog doctor --fix
    """
    app = ctx.obj
    fixed = app.journal.repair() if fix and app.journal.exists else []
    if verify:
        found = app.journal.verify()
        app.out.page(lambda page: screen.verified(found, fixed, page), screen.verified_data(found, fixed))
        raise typer.Exit(3 if found.errors else 0)
    report = app.journal.examine()
    facts = report.findings, report.records, fixed
    app.out.page(lambda page: screen.lines(*facts, page), screen.data(*facts))
    raise typer.Exit(3 if report.errors else 0)
