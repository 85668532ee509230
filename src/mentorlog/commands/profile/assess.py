"""`mentorlog profile assess`."""

from functools import partial
from typing import TYPE_CHECKING

from mentorlog import dates
from mentorlog.commands import options as opt
from mentorlog.models.views import View

if TYPE_CHECKING:
    from mentorlog.store.journal import Transaction


def run(
    ctx: opt.Context,
    area: str = opt.argument("AREA", "What you rate (e.g. suturing, teaching, patient care)"),
    rating: float | None = opt.argument(
        "RATING", "From 1 (beginner) to 5 (could teach it), in steps of 0.5", to=opt.rating, default=None
    ),
    *,
    competency: opt.Competency = None,
    message: str | None = opt.message("What the rating is based on"),
    on: opt.On,
) -> None:
    """Rate yourself in an area, from 1 to 5.

    Each rating is dated, so you can compare it with earlier ones. With --competency, the rating also stands for one of
    the six core competencies in `export pack`.

    Example: mentorlog profile assess suturing 3 -m "Alone, with time"
    Example: mentorlog profile assess "patient care" 3.5 --competency PC
    """
    app = ctx.obj
    if rating is None:
        question = f"How do you rate yourself in {area}? (1 to 5, in steps of 0.5)"
        rating = app.prompt.ask_value(question, partial(opt.rating, app), option="RATING")
    comment = app.texts.text(message)

    def rate(transaction: "Transaction") -> tuple[View, str]:
        profile = transaction.profile()
        before = profile.before(area, on)
        rated = profile.assessed(area, rating, on=on, competency=competency, comment=comment)
        return transaction.put_profile(rated), f"; {before.rating} of 5 on {dates.say(before.on)}" if before else ""

    view, before = app.journal.change(f"profile assess: {area}", rate)
    app.out.say(f"Rated {area}: {rating} of 5 ({dates.say(on)}{before})", view)
