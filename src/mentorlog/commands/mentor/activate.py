"""`mentorlog mentor activate`."""

from mentorlog.commands import options as opt
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.output.messages import mentor as messages


def run(
    ctx: opt.Context,
    mentor: opt.View = of_mentor.known(),
    *,
    on: opt.On,
    message: str | None = opt.message("What you agreed"),
) -> None:
    """Start or resume a mentorship.

    Example: mentorlog mentor activate curie -m "Agreed over coffee"
    """
    from mentorlog.models.mentor import Mentor

    app = ctx.obj
    reason, name = app.texts.prose(message), f"mentor activate: {mentor['name']}"
    view, changed = app.journal.update(Mentor, mentor["id"], name, lambda m: m.moved_to("active", on=on, reason=reason))
    app.out.say(messages.moved(view, changed), view)
