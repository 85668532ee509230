"""`mentorlog note list`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import Goal, Since, Tags, Until, With, query
from mentorlog.errors import Usage
from mentorlog.models.views import made_at
from mentorlog.output.screens import lists


def run(
    ctx: opt.Context,
    kind: list[str] | None = opt.kind(
        vocabulary.NOTE_KINDS, f"{', '.join(vocabulary.NOTE_KINDS)} (repeat for any of several)", rare=False
    ),
    with_: With = None,
    goal: Goal = None,
    open_: bool = opt.flag("--open", help="Only open notes"),
    since: Since = None,
    until: Until = None,
    status: str | None = opt.choice("--status", of=vocabulary.NOTE_STATUSES),
    tag: Tags = None,
) -> None:
    """List notes, newest first.

    Example: mentorlog note list --kind question --with osler --open
    """
    if open_ and status not in (None, "open"):
        raise Usage(f"--open and --status {status} cannot be used together.", "use only one of them")
    app = ctx.obj
    status = "open" if open_ else status
    asked = query("note", status, mentors=with_, goal=goal, kinds=kind, tags=tag, since=since, until=until)
    notes = sorted(app.reading.find(asked), key=lambda note: (note["on"], made_at(note)), reverse=True)
    app.out.listing(notes, lists.notes(app.today), "No notes found.", app.reading.problems)
