"""`mentorlog delete`: delete a record; links to it remain."""

from mentorlog.commands import options as opt
from mentorlog.output.messages.forget import references
from mentorlog.output.phrases import describe, title


def run(ctx: opt.Context, id: opt.Id, yes: opt.Yes = False) -> None:
    """Delete a record.

    If other records link to it, you are asked first, and the links remain. Unreadable records can be deleted too.
    `mentorlog undo` restores the file exactly.

    Example: mentorlog delete n4m2x
    Example: mentorlog delete g7k3q --yes
    """
    app = ctx.obj
    record = app.reading.deletable(id, *app.kinds)
    others = app.reading.references(record["id"])
    if others and not yes and not app.prompt.confirm(f"{references(record, others)} Delete it?"):
        return app.out.say("Nothing was deleted.", None)
    app.journal.change(f"delete: {title(record)}", lambda transaction: transaction.delete(record["id"]))
    return app.out.say([f"Deleted {describe(record)}", "Undo with: mentorlog undo"], record)
