"""`mentorlog task owed`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.domain import computed, loop
from mentorlog.output.screens import owed as layout
from mentorlog.store.journal import Query


def run(ctx: opt.Context, with_: opt.WithMentors = None) -> None:
    """Show what you owe and what you are owed, by mentor.

    You owe a mentor what they assigned, what helps their project, and what comes from a meeting or a goal with them.

    Example: mentorlog task owed --with osler
    """
    app = ctx.obj
    mentors = tuple(with_ or ())
    tasks = computed.tasks(app.reading.find(Query("task", statuses=vocabulary.OPEN_TASKS)), app.reading, app.today)
    owed = loop.owed(tasks, mentors)
    names = app.reading.titles([*mentors, *{id for task in tasks for id in task["with"]}])
    between = f" between you and {' or '.join(names[id] for id in mentors)}" if mentors else ", by you or to you"
    empty, problems = f"Nothing is owed{between}.", app.reading.problems
    app.out.page(lambda page: layout.lines(owed, page, app.today, names, mentors, empty), owed, problems)
