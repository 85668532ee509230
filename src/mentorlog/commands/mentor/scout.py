"""`mentorlog mentor scout`."""

from dataclasses import replace

from mentorlog.commands import options as opt
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.domain import roster
from mentorlog.flows.new_record import ask_missing, record_fields, report
from mentorlog.output.messages import mentor as messages
from mentorlog.store.journal import Query


def run(
    ctx: opt.Context,
    name: opt.Name = None,
    *,
    met_via: str | None = of_mentor.met_via(rare=False),
    qualities: str | None = opt.text("--qualities", help="What impressed you", rare=False),
    domains: list[str] | None = of_mentor.domains(),
    roles: list[str] | None = of_mentor.roles(rare=True),
    on: opt.On,
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    introduced_by: opt.View | None = of_mentor.introduced_by(),
    id: str | None = of_mentor.slug(),
    tags: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Add a prospective mentor.

    Example: mentorlog mentor scout "Marie Curie" --met-via "grand rounds"
    """
    from mentorlog.models.mentor import Mentor

    app = ctx.obj
    fields = record_fields(app, ask_missing(app, "candidate", ctx.params), "id", "on")
    mentor = Mentor(id="new", created=app.now, status="candidate", **fields).entered(on=on)
    mentor = replace(mentor, notes=app.texts.prose(notes, edit, name="mentor"))
    view = app.journal.change(
        f"mentor scout: {mentor.name}",
        lambda transaction: roster.enter(transaction, transaction.find(Query("mentor")), mentor, id),
    )
    report(app, messages.scouted(view, on), view)
