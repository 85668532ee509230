"""`mentorlog review due`."""

from mentorlog.commands import options as opt
from mentorlog.domain.reviewing import due as next_review
from mentorlog.store.journal import Query


def run(ctx: opt.Context) -> None:
    """Show when the next review is due, and why.

    Example: mentorlog review due
    """
    from mentorlog.output.screens import review as layout

    app = ctx.obj
    reading = app.reading
    due = next_review.due(reading.find(Query("review")), reading.first_day(), app.rules, reading.blocks())
    data = next_review.as_data(due, app.today)
    app.out.say(layout.next_due(due, app.today), data, app.reading.problems)
