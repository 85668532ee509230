"""`mentorlog task owed`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import With
from mentorlog.domain import computed, loop
from mentorlog.models.views import joined
from mentorlog.output.screens import owed as layout
from mentorlog.store.journal import Query


def run(ctx: opt.Context, with_: With = None) -> None:
    """Show what you owe and what you are owed, by mentor.

    You owe a mentor the tasks that they assigned, that help their project, or that come from a meeting or goal with
    them.

    Example: mentorlog task owed --with osler
    """
    app = ctx.obj
    mentors = tuple(with_ or ())
    tasks = computed.tasks(app.reading.find(Query("task", statuses=vocabulary.OPEN_TASKS)), app.reading, app.today)
    owed = loop.owed(tasks, mentors)
    names = app.reading.titles([*mentors, *{id for task in tasks for id in task["with"]}])
    whom = f" with {joined([names[id] for id in mentors], 'or')}" if mentors else ""
    empty, problems = f"No open tasks or promises{whom}.", app.reading.problems
    app.out.page(lambda page: layout.lines(owed, page, app.today, names, mentors, empty), owed, problems)
