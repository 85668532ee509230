"""`mentorlog mentor lessons`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import With
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.domain import lessons
from mentorlog.output.screens import lessons as layout
from mentorlog.store.journal import Query


def run(
    ctx: opt.Context,
    kind: list[str] | None = opt.kind(
        vocabulary.ENDINGS, f"{', '.join(vocabulary.ENDINGS)} (repeat for any of several)", rare=False
    ),
    reason: list[str] | None = of_mentor.reasons(help="Only with this reason (repeat for any of several)"),
    with_: With = None,
) -> None:
    """Show what ended mentorships taught you, by kind.

    Shows what worked, what did not and what you learned, for every end that you recorded with `mentor end`, then
    the reasons. All of it is private: only an export for yourself contains it.

    Example: mentorlog mentor lessons
    Example: mentorlog mentor lessons --reason time
    """
    app = ctx.obj
    mentors = app.reading.find(Query("mentor", ids=tuple(with_ or ())))
    data = lessons.lessons(mentors, kind or (), reason or ())
    names = {ending["mentor"]: ending["name"] for ending in data["endings"]}
    empty = "No endings match." if kind or reason or with_ else "No mentorship has ended yet."
    app.out.page(lambda page: layout.lines(data, page, names, empty), data, app.reading.problems)
