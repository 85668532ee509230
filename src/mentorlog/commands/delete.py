"""`mentorlog delete`: a record goes; what refers to it keeps its link."""

from mentorlog.commands import options as opt
from mentorlog.output.messages.forget import references
from mentorlog.output.phrases import describe, title


def run(ctx: opt.Context, id: opt.Id, yes: opt.Yes = False) -> None:
    """Delete a record.

    Asks first if other records link to it; the links remain. A file that cannot be read as a record is deleted too.
    `mentorlog undo` restores either, to the byte.

    Example: mentorlog delete n4m2x
    Example: mentorlog delete g7k3q --yes
    """
    app = ctx.obj
    record = app.reading.deletable(id, *app.kinds)
    others = app.reading.references(record["id"])
    if others and not yes and not app.prompt.confirm(f"{references(record, others)} Delete it?"):
        return app.out.say("Nothing was deleted.", None)
    app.journal.change(f"delete: {title(record)}", lambda transaction: transaction.delete(record["id"]))
    return app.out.say(f"Deleted {describe(record)} (mentorlog undo brings it back)", record)
