"""`mentorlog mentee list`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import Tags, query
from mentorlog.domain import computed, mentees, roster
from mentorlog.output.screens import people


def run(
    ctx: opt.Context,
    status: str | None = opt.choice("--status", of=vocabulary.LISTED_MENTORS, rare=False),
    tag: Tags = None,
    all_: bool = opt.flag("--all", help="Include former mentees"),
) -> None:
    """List mentees by next meeting.

    Shows how many goals and tasks of theirs are open. Those who mentor you too are in both lists.

    Example: mentorlog mentee list
    """
    app = ctx.obj
    asked = query("mentor", status, default=() if all_ else roster.LISTED_STATUSES, tags=tag)
    found = [view for view in app.reading.find(asked) if mentees.is_mentored(view)]
    ids = tuple(view["id"] for view in found)
    goals = app.reading.find(query("goal", default=vocabulary.OPEN_GOALS, whose=ids)) if ids else []
    tasks = app.reading.find(query("task", default=vocabulary.OPEN_TASKS, owners=ids)) if ids else []
    rows = roster.ordered(computed.mentors(found, app.reading, app.today))
    narrowed = asked != query("mentor", default=roster.LISTED_STATUSES)
    empty = "No mentees match." if narrowed else 'No mentees yet. Add one with: mentorlog mentee add "Emmy Noether"'
    listed = mentees.with_open(rows, goals, tasks, app.today)
    app.out.listing(listed, people.mentees(app.today), empty, app.reading.problems)
