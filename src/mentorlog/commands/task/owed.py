"""`mentorlog task owed`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import With
from mentorlog.domain import computed, loop
from mentorlog.domain.mentees import only_mentored
from mentorlog.models.views import joined
from mentorlog.output.screens import owed as layout
from mentorlog.store.journal import Query


def run(ctx: opt.Context, with_: With = None) -> None:
    """Show what you owe and what you are owed, by mentor.

    You owe a mentor the tasks that they assigned, that help their project, or that come from a meeting or goal with
    them. What a mentee has to do is shown --with them only.

    Example: mentorlog task owed --with osler
    """
    app = ctx.obj
    mentors = tuple(with_ or ())
    tasks = computed.tasks(app.reading.find(Query("task", statuses=vocabulary.OPEN_TASKS)), app.reading, app.today)
    mentees = only_mentored(app.reading.find(Query("mentor")))
    owed = loop.owed([task for task in tasks if task["owner"] not in mentees.difference(mentors)], mentors)
    title = "Theirs to do" if mentors and mentees.issuperset(mentors) else "I am owed"
    names = app.reading.titles([*mentors, *{id for task in tasks for id in task["with"]}])
    whom = f" with {joined([names[id] for id in mentors], 'or')}" if mentors else ""
    empty, problems = f"No open tasks or promises{whom}.", app.reading.problems
    app.out.page(lambda page: layout.lines(owed, page, app.today, names, mentors, empty, title), owed, problems)
