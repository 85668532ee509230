"""`mentorlog mentor fit`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.output.messages import mentor as messages


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    answer: str = opt.argument("ANSWER", opt.explained(vocabulary.FIT_MEANINGS), opt.choices(*vocabulary.FIT_ANSWERS)),
    *,
    message: str | None = opt.message("Reason for the answer"),
    on: opt.On,
) -> None:
    """Record whether a mentorship works for you.

    Is it productive, friendly and useful? ANSWER is good, deciding or not_good. It is private: the Markdown export
    leaves it out.

    Example: mentorlog mentor fit osler good -m "He answers within a day"
    """
    from mentorlog.models.mentor import Mentor

    app = ctx.obj
    comment, name = app.texts.prose(message), f"mentor fit: {mentor['name']}"
    view, changed = app.journal.update(Mentor, mentor["id"], name, lambda m: m.fitting(answer, on=on, comment=comment))
    app.out.say(messages.fit(view, on.isoformat(), answer, changed), view)
