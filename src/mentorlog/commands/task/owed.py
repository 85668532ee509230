"""`mentorlog task owed`."""

from collections.abc import Sequence

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.domain import loop
from mentorlog.models.views import View
from mentorlog.output.screens import owed as layout
from mentorlog.store.journal import Query


def run(ctx: opt.Context, with_: opt.WithMentors = None) -> None:
    """Show what you owe and what you are owed, mentor by mentor.

    You owe a mentor what they assigned, what helps their project, and what comes from a meeting or a goal with them.

    Example: mentorlog task owed --with osler
    """
    app = ctx.obj
    mentors = tuple(with_ or ())
    tasks = app.journal.find(Query("task", statuses=vocabulary.OPEN_TASKS))
    found = loop.owed(tasks, _linked(app, tasks), app.today, mentors)
    names = app.journal.titles([*mentors, *{id for side in found.values() for task in side for id in task["with"]}])
    between = f" between you and {' or '.join(names[id] for id in mentors)}" if mentors else ", by you or to you"
    empty, problems = f"Nothing is owed{between}.", app.journal.problems
    app.out.page(lambda page: layout.lines(found, page, app.today, names, mentors, empty), found, problems)


def _linked(app: App, tasks: Sequence[View]) -> list[View]:
    """Return the goals and meetings that the tasks come from."""
    found: list[View] = []
    for kind in ("goal", "meeting"):
        named = tuple({task[kind] for task in tasks if task[kind]})
        found += app.journal.find(Query(kind, ids=named)) if named else []
    return found
