"""`mentorlog doctor`: check the journal and repair it."""

import typer

from mentorlog.commands import options as opt
from mentorlog.errors import Usage
from mentorlog.flows.repair_journal import Repair
from mentorlog.output.messages import doctor as messages
from mentorlog.output.screens import doctor as screen


def run(
    ctx: opt.Context,
    verify: bool = opt.flag("--verify", help="Read every byte and compare it with the change history"),
    fix: bool = opt.flag("--fix", help="Repair what can be repaired without losing data"),
    yes: bool = opt.flag("--yes", help="With --fix: answer yes to every question"),
) -> None:
    """Check the journal for problems.

    Finds unreadable records, broken links, duplicate ids, sync conflict copies and wrong permissions, and tries whether
    a change can be saved; with errors, the exit status is 3, warnings do not count. --verify reads every byte instead,
    and compares it with the change history. --fix completes an interrupted change, merges the copies of sync programs,
    corrects permissions, discards a damaged index, and asks which damaged records to restore from the history.

    Example: mentorlog doctor
    Example: mentorlog doctor --verify
    Example: mentorlog doctor --fix
    """
    if yes and not fix:
        raise Usage("--yes can only be used with --fix.", "omit it, or run: mentorlog doctor --fix --yes")
    app = ctx.obj
    repair = Repair(app, yes=yes)
    fixed = repair.run() if fix else []
    offered = {"restorable": [messages.data(one, repair.restored) for one in repair.offered]}
    if verify:
        found = app.journal.verify()
        app.out.page(lambda page: screen.verified(found, fixed, page), screen.verified_data(found, fixed) | offered)
        raise typer.Exit(3 if found.errors else 0)
    report = app.journal.examine()
    facts = report.findings, report.records, report.unchecked, fixed
    app.out.page(lambda page: screen.lines(*facts, page), screen.data(*facts) | offered)
    raise typer.Exit(3 if report.errors else 0)
