"""`mentorlog letter list`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import With, query
from mentorlog.domain import letter_states
from mentorlog.output.screens import letters as layout


def run(ctx: opt.Context, with_: With = None, all_: bool = opt.flag("--all", help="Include closed letters")) -> None:
    """List open letters by due date.

    Shows who writes each one, for what, when it is due, and how far it is. --all includes those that were received,
    declined or dropped.

    Example: mentorlog letter list
    """
    app = ctx.obj
    tasks = app.reading.find(query("task", default=() if all_ else vocabulary.OPEN_TASKS))
    rows = letter_states.listed(tasks, tuple(with_ or ()), app.reading, app.today)
    empty = 'No letters. Ask for one with: mentorlog letter ask osler "Fellowship" --due "1 feb"'
    app.out.listing(rows, layout.columns(app.today), empty, app.reading.problems)
