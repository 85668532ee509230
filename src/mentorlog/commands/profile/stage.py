"""`mentorlog profile stage`."""

from typing import TYPE_CHECKING

from mentorlog.commands import options as opt
from mentorlog.models.views import View
from mentorlog.output.messages import profile as messages

if TYPE_CHECKING:
    from mentorlog.store.journal import Transaction


def run(
    ctx: opt.Context,
    stage: str = opt.argument("WORD", "student, intern, resident, fellow, junior_staff, staff …"),
    level: str | None = opt.text("--level", help="Level or year (e.g. PGY-3)", rare=False),
    institution: str | None = opt.text("--institution", help="Institution, if it is another one", rare=False),
    *,
    on: opt.On,
) -> None:
    """Record a new stage of your career or year of training.

    The stage before it ends on the day before, and stays in your profile.

    Example: mentorlog profile stage resident --level PGY-3 --on 2026-07-01
    """
    app = ctx.obj
    level, institution = app.texts.text(level), app.texts.text(institution)

    def begin(transaction: "Transaction") -> tuple[View, list[str]]:
        old = transaction.profile()
        new, ended = old.at_stage(stage, on=on, level=level, institution=institution)
        return transaction.put_profile(new), [*messages.stage(new, old, ended)]

    view, lines = app.journal.change(f"profile stage: {stage}", begin)
    app.out.say(lines, view)
