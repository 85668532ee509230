"""`mentorlog task list`."""

from datetime import date

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import Goal, Tags, With, query
from mentorlog.domain import loop
from mentorlog.models.views import joined
from mentorlog.output.screens import lists


def run(
    ctx: opt.Context,
    goal: Goal = None,
    with_: With = None,
    owner: opt.View | None = opt.owner(help="Only tasks that this person owns"),
    status: str | None = opt.choice("--status", of=vocabulary.TASK_STATUSES, rare=False),
    due_by: date | None = opt.day("--due-by", help="Due on or before this date", ahead=True),
    all_: bool = opt.flag("--all", help="Include closed tasks"),
    tag: Tags = None,
    since: date | None = opt.day("--since", help="Due on or after this date", ahead=True, rare=True),
    until: date | None = opt.day("--until", help="Due on or before this date", ahead=True, rare=True),
) -> None:
    """List tasks by due date.

    --with finds every task that concerns the mentor: as its owner, as who assigned it or is helped by it, or through
    its goal or meeting. --due-by, --since and --until look ahead: fri is the next Friday.

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
        owners=(owner["id"],) if owner else (),
        since=since,
        until=min(filter(None, (until, due_by)), default=None),
    )
    tasks = app.reading.find(asked)
    for task in tasks:
        task["late"] = task["due"] is not None and loop.late(task, app.today)  # most have no due date
    sent = [task for task in tasks if task["status"] in vocabulary.SENT_TASKS]  # few of a long list
    drafts = list(filter(loop.is_out, sent))
    states = {}
    if drafts:
        from mentorlog.domain import computed

        full = computed.tasks(drafts, app.reading, app.today)
        states = {one["id"]: loop.draft_state(joined(one["with"]), one["sent_on"], app.today) for one in full}
    app.out.listing(tasks, lists.tasks(states, app.today), "No tasks found.", app.reading.problems)
