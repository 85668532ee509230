"""`mentorlog forget`: a record goes, and its texts in the log with it."""

from mentorlog.commands import options as opt
from mentorlog.output.messages import forget as messages


def run(ctx: opt.Context, id: opt.Id, yes: opt.Yes = False) -> None:
    """Permanently erase a record and its history.

    Asks first, and cannot be undone. Removes the file, its content in history, drafts and index. A deleted record needs
    its full id. Earlier changes can no longer be undone.

    Example: mentorlog forget n4m2x
    Example: mentorlog forget n4m2x --yes
    """
    app = ctx.obj
    plan = app.journal.forget_plan(id, app.places.state / "drafts")
    others = [view["id"] for view in app.reading.references(plan.id)]
    if plan.is_empty:
        return app.out.say(f"Nothing is left of {plan.record} {plan.id}", None)
    app.out.note(*(() if yes else messages.warnings(plan, others)))
    title = app.reading.titles([plan.id]).get(plan.id)
    if not yes and not app.prompt.confirm(messages.question(plan, title)):
        return app.out.say("Nothing was forgotten.", None)
    done = app.journal.forget(plan.record, plan.id, app.places.state / "drafts")
    return app.out.say(messages.lines(done, others), messages.data(done, others))
