"""`mentorlog forget`: erase a record, and its content in the operation log."""

from mentorlog.commands import options as opt
from mentorlog.output.messages import forget as messages
from mentorlog.store.journal import Query


def run(ctx: opt.Context, id: opt.Id, yes: opt.Yes = False) -> None:
    """Permanently erase a record and its history.

    Asks first. Removes the file and its content in the history, drafts and index. This cannot be undone, and
    earlier changes only one by one (`undo --no`). To erase a record that is already deleted, enter its full id.

    Example: mentorlog forget n4m2x
    Example: mentorlog forget n4m2x --yes
    """
    app = ctx.obj
    plan = app.journal.forget_plan(id, app.places.state / "drafts")
    others = [view["id"] for view in app.reading.references(plan.id)]
    if plan.is_empty:
        return app.out.say(f"Nothing left to erase of {plan.record} {plan.id}", None)
    app.out.note(*(() if yes else messages.warnings(plan, others)))
    view = next(iter(app.reading.find(Query(plan.record, ids=(plan.id,)))), None)
    if not yes and not app.prompt.confirm(messages.question(plan, view)):
        return app.out.say("Nothing was erased.", None)
    done = app.journal.forget(plan.record, plan.id, app.places.state / "drafts")
    return app.out.say(messages.lines(done, others, view), messages.data(done, others))
