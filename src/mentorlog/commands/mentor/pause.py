"""`mentorlog mentor pause`."""

from mentorlog.commands import options as opt
from mentorlog.output.messages import mentor as messages


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    on: opt.On,
    message: str | None = opt.message("Reason for the pause"),
) -> None:
    """Pause a mentorship; no meetings fall due until it resumes.

    Example: mentorlog mentor pause osler -m "On leave until March"
    """
    from mentorlog.models.mentor import Mentor

    app = ctx.obj
    reason, name = app.texts.prose(message), f"mentor pause: {mentor['name']}"
    view, changed = app.journal.update(Mentor, mentor["id"], name, lambda m: m.moved_to("paused", on=on, reason=reason))
    app.out.say(messages.moved(view, changed), view)
