"""`mentorlog forget`: a record goes, and its texts in the log with it."""

from mentorlog.commands import options as opt
from mentorlog.output.messages import forget as messages


def run(ctx: opt.Context, id: opt.Id, yes: opt.Yes = False) -> None:
    """Remove a record and all its texts for good; you are asked first, and no undo brings it back.

    Its file goes, its texts in the history, drafts of it, and the index. A record that was deleted can be forgotten by
    its whole id. What was changed before can no longer be taken back.

    Example: mentorlog forget n4m2x
    Example: mentorlog forget n4m2x --yes
    """
    app = ctx.obj
    traces = app.journal.traces(id, app.places.state / "drafts")
    others = [view["id"] for view in app.journal.references(traces.id)]
    if traces.is_empty:
        return app.out.say(f"Nothing is left of {traces.record} {traces.id}", None)
    for line in () if yes else messages.warnings(traces, others):
        app.out.note(line)
    title = app.journal.titles([traces.id]).get(traces.id)
    if not yes and not app.prompt.confirm(messages.question(traces, title)):
        return app.out.say("Nothing was forgotten.", None)
    done = app.journal.forget(traces.record, traces.id, app.places.state / "drafts")
    return app.out.say(messages.lines(done, others), messages.data(done, others))
