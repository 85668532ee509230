"""`mentorlog doctor`: check the journal and repair it."""

import typer

from mentorlog.commands import options as opt
from mentorlog.errors import Usage
from mentorlog.flows.repair_journal import Repair
from mentorlog.output.messages import doctor as messages
from mentorlog.output.screens import doctor as screen


def run(
    ctx: opt.Context,
    fix: bool = opt.flag("--fix", help="Repair what can be repaired without losing data"),
    yes: bool = opt.flag("--yes", help="With --fix: restore damaged records from the log without asking"),
) -> None:
    """Check the journal for problems.

    Finds unreadable records, broken links, duplicate ids, sync conflict copies and wrong permissions, and tries whether
    a change can be saved. With errors, the exit status is 3; warnings do not count. --fix completes an interrupted
    change, removes leftover files and identical copies, corrects permissions, and discards a damaged index. It asks
    about each damaged record of which the log holds a good text.

    Example: mentorlog doctor
    Example: mentorlog doctor --fix
    """
    if yes and not fix:
        raise Usage("--yes can only be used with --fix.", "omit it, or run: mentorlog doctor --fix --yes")
    app = ctx.obj
    repair = Repair(app, yes=yes)
    fixed = repair.run() if fix else []
    report = app.journal.examine()
    facts = report.findings, report.records, fixed
    offered = [messages.data(one, repair.restored) for one in repair.offered]
    app.out.page(lambda page: screen.lines(*facts, page), {**screen.data(*facts), "restorable": offered})
    raise typer.Exit(3 if report.errors else 0)
