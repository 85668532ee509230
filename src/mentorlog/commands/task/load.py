"""`mentorlog task load`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import With
from mentorlog.domain import computed
from mentorlog.domain import load as work
from mentorlog.models.views import joined
from mentorlog.output.screens import load as layout
from mentorlog.store.journal import Query


def run(ctx: opt.Context, with_: With = None) -> None:
    """Show how much open work you have, by mentor and week.

    It counts the tasks on your side: a draft that is out counts again when it comes back. A task that concerns several
    mentors counts for each of them.

    Example: mentorlog task load
    """
    app = ctx.obj
    mentors = tuple(with_ or ())
    tasks = computed.tasks(app.reading.find(Query("task", statuses=vocabulary.OPEN_TASKS)), app.reading, app.today)
    names = app.reading.titles([*mentors, *{id for task in tasks for id in task["with"]}])
    load = work.load(tasks, names, app.today, mentors, app.reading.blocks(), app.first_weekday)
    whom = f" for {joined([names[id] for id in mentors], 'or')}" if mentors else ""
    app.out.page(lambda page: layout.lines(load, page, app.today, f"No open tasks{whom}."), load, app.reading.problems)
