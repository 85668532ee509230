"""`mentorlog task list`."""

from datetime import date

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import All, query
from mentorlog.domain import loop
from mentorlog.output.screens import lists


def run(
    ctx: opt.Context,
    goal: opt.ForGoal = None,
    with_: opt.WithMentors = None,
    owner: opt.View | None = opt.owner(),
    status: str | None = opt.choice("--status", of=vocabulary.TASK_STATUSES, rare=False),
    due_by: date | None = opt.day("--due-by", help="Due on this day or before", ahead=True),
    all_: All = False,
    tag: opt.Tags = None,
    since: date | None = opt.day("--since", help="From this day on", rare=True),
    until: date | None = opt.day("--until", help="Up to this day", rare=True),
) -> None:
    """List tasks by due date.

    --with selects every task that concerns the mentor: as owner, as the one who assigned it or is helped by it, or
    through its goal or meeting. --since and --until filter by due date.

    Example: mentorlog task list --with osler --due-by fri
    Example: mentorlog task list --status submitted
    """
    app = ctx.obj
    asked = query(
        "task",
        status,
        default=() if all_ else vocabulary.OPEN_TASKS,
        goal=goal,
        tags=tag,
        concerning=tuple(with_ or ()),
        owner=owner["id"] if owner else None,
        since=since,
        until=min(filter(None, (until, due_by)), default=None),
    )
    tasks = app.reading.find(asked)
    for task in tasks:
        task["late"] = task["due"] is not None and loop.late(task, app.today)  # most of a long list have no day
    app.out.listing(tasks, lists.tasks(), "No tasks found.", app.reading.problems)
