"""`mentorlog mentor cadence`."""

from typing import TYPE_CHECKING

from mentorlog import date_words, lookup
from mentorlog.commands import options as opt
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.errors import Usage
from mentorlog.output.messages import mentor as messages

if TYPE_CHECKING:
    from mentorlog.store.journal import Transaction


def run(
    ctx: opt.Context,
    mentor: list[opt.View] = opt.argument(
        "MENTOR...", "Ids, nicknames or names, or unique prefixes", opt.ids("mentor"), lookup.people
    ),
    every: int | None = of_mentor.every(),
    longest: int | None = of_mentor.longest(),
    mode: str | None = of_mentor.mode(rare=False),
    minutes: int | None = of_mentor.minutes(),
    off: bool = opt.flag("--off", help="Remove the cadence"),
) -> None:
    """Set how often, how and for how long to meet.

    Values that you omit stay as they are. Of several mentors, it is set for all of them in one change.

    Example: mentorlog mentor cadence osler --every "4 weeks" --minutes 30
    Example: mentorlog mentor cadence osler curie --every "6 weeks"
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

    def work(transaction: "Transaction") -> list[tuple[opt.View, bool]]:
        done = []
        for old in (transaction.get(Mentor, one["id"]) for one in mentor):
            new = old.without_cadence() if off else old.meeting_every(every, longest, mode, minutes)
            done.append((transaction.put(new), new is not old))
        return done

    done = app.journal.change(f"mentor cadence: {', '.join(one['name'] for one in mentor)}", work)
    views = [view for view, _ in done]
    app.out.say([messages.cadence_changed(*one) for one in done], views if len(views) > 1 else views[0])
