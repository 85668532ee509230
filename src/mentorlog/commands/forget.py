"""`mentorlog forget`: a record goes, and its texts in the log with it."""

import typer

from mentorlog.app import Context
from mentorlog.commands import options as opt
from mentorlog.output.messages import forget as messages

app = typer.Typer()


@app.command("forget")
def forget(ctx: typer.Context, id: opt.IdArg, yes: opt.Yes = False) -> None:
    """Remove a record and all its texts for good; you are asked first, and no undo brings it back.

    Its file goes, its texts in the history, drafts of it, and the index. A record that was deleted can be forgotten by
    its whole id. What was changed before can no longer be taken back.

    Example: mentorlog forget n4m2x
    Example: mentorlog forget n4m2x --yes
    """
    here: Context = ctx.obj
    traces = here.journal.traces(id, here.places.state / "drafts")
    others = [view["id"] for view in here.journal.references(traces.id)]
    if traces.nothing:
        return here.out.say(f"Nothing is left of {traces.kind} {traces.id}", None)
    for line in () if yes else messages.warnings(traces, others):
        here.out.note(line)
    title = here.journal.titles([traces.id]).get(traces.id)
    if not yes and not here.confirm(messages.question(traces, title)):
        return here.out.say("Nothing was forgotten.", None)
    done = here.journal.forget(traces.record, here.places.state / "drafts")
    return here.out.say(messages.lines(done, others), messages.data(done, others))
