"""`mentorlog profile assess`."""

from typing import TYPE_CHECKING

from mentorlog import dates
from mentorlog.commands import options as opt
from mentorlog.models.views import View

if TYPE_CHECKING:
    from mentorlog.store.journal import Transaction


def run(
    ctx: opt.Context,
    area: str = opt.argument("AREA", "What you rate (e.g. suturing, teaching, writing)"),
    rating: int = opt.argument("RATING", "From 1 (beginner) to 5 (could teach it)", to=opt.number(1, 5)),
    *,
    message: str | None = opt.message("What the rating is based on"),
    on: opt.On,
) -> None:
    """Rate yourself in an area, from 1 to 5.

    Each rating is dated, so you can compare it with earlier ones.

    Example: mentorlog profile assess suturing 3 -m "Alone, with time"
    """
    app = ctx.obj
    comment = app.texts.text(message)

    def rate(transaction: "Transaction") -> tuple[View, str]:
        profile = transaction.profile()
        before = profile.before(area, on)
        view = transaction.put_profile(profile.assessed(area, rating, on=on, comment=comment))
        return view, f"; {before.rating} of 5 on {dates.say(before.on)}" if before else ""

    view, before = app.journal.change(f"profile assess: {area}", rate)
    app.out.say(f"Rated {area}: {rating} of 5 ({dates.say(on)}{before})", view)
