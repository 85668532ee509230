"""`mentorlog mentor agree`."""

from datetime import date

from mentorlog.commands import options as opt
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.flows import agreement


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    *,
    on: opt.On,
    revisit: date | None = of_mentor.revisit(),
    comfort: str | None = of_mentor.comfort(),
    their_comfort: str | None = of_mentor.their_comfort(),
) -> None:
    """Record that you and a mentor agree on the terms.

    The terms are the purpose, the cadence and the expectations as they stand now. `mentor agreement` shows them, and
    what changed since you agreed.

    Example: mentorlog mentor agree osler --revisit "in 6 months"
    Example: mentorlog mentor agree osler --comfort yes --their-comfort unsure
    """
    agreement.agree(ctx.obj, mentor, on, revisit, agreement.Comfort(comfort, their_comfort))
