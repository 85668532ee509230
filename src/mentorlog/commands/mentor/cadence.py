"""`mentorlog mentor cadence`."""

from mentorlog import date_words
from mentorlog.commands import options as opt
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.errors import Usage
from mentorlog.output.messages import mentor as messages


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    every: int | None = of_mentor.every(),
    longest: int | None = of_mentor.longest(),
    mode: str | None = of_mentor.mode(rare=False),
    minutes: int | None = of_mentor.minutes(),
    off: bool = opt.flag("--off", help="Remove the cadence"),
) -> None:
    """Set how often, how and for how long to meet.

    Values that you omit stay as they are.

    Example: mentorlog mentor cadence osler --every "4 weeks" --minutes 30
    """
    from mentorlog.models.mentor import Mentor

    app = ctx.obj
    given = any(one is not None for one in (every, longest, mode, minutes))
    if off and given:
        raise Usage("--off cannot be used with a cadence.", "use only one of them")
    if not off and not given:
        every = app.prompt.ask_value(
            "How often do you meet? (e.g. 4 weeks, monthly)", date_words.days, option="--every LENGTH"
        )
    view, changed = app.journal.update(
        Mentor,
        mentor["id"],
        f"mentor cadence: {mentor['name']}",
        lambda m: m.without_cadence() if off else m.meeting_every(every, longest, mode, minutes),
    )
    app.out.say(messages.cadence_changed(view, changed), view)
