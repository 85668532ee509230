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
    due = next_review.due(app.reading.find(Query("review")), app.reading.first_day())
    data = next_review.as_data(due, app.today)
    app.out.say(layout.next_due(due, app.today), data, app.reading.problems)
