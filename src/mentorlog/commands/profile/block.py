"""`mentorlog profile block`."""

from functools import partial
from typing import TYPE_CHECKING

from mentorlog import lookup, vocabulary
from mentorlog.commands import options as opt
from mentorlog.models.views import View
from mentorlog.output.messages import profile as messages

if TYPE_CHECKING:
    from mentorlog.store.journal import Transaction


def run(
    ctx: opt.Context,
    name: str = opt.argument("NAME", "Its name (e.g. wards, night float, leave)"),
    first: str | None = opt.argument("FROM", "First day", default=None),
    last: str | None = opt.argument("TO", "Last day; words such as 'in 4 weeks' count from the first", default=None),
    load: str | None = opt.choice(
        "--load", of=vocabulary.BLOCK_LOADS, rare=False, help="light, normal (default), heavy or away"
    ),
    remove: bool = opt.flag("--remove", help="Remove the block"),
) -> None:
    """Add, change or remove a rotation.

    Days of a block that is away do not count until contact is due or a goal is drifting, and those of a heavy one count
    half. At the end of a block, a review is due. A block of the same name with a day in common is changed.

    Example: mentorlog profile block Nights 2026-12-01 2026-12-14 --load away
    Example: mentorlog profile block Nights --remove
    Example: mentorlog goal add "Read 50 ECGs" --by end-of-block
    """
    app = ctx.obj
    ask = app.prompt.ask_value
    begins = lookup.day_ahead(app, first) if first else None
    if not remove and begins is None:
        begins = ask("From when? (e.g. 1 dec, monday)", partial(lookup.day_ahead, app), "FROM")
    ends = partial(app.reading.day_ahead, today=begins or app.today)
    until = begins if remove else ends(last) if last else ask("Until when? (e.g. 14 dec, in 4 weeks)", ends, "TO")

    def change(transaction: "Transaction") -> tuple[View, list[str]]:
        profile = transaction.profile()
        if begins is None or until is None or remove:
            without, gone = profile.without_block(name, begins)
            return transaction.put_profile(without), [messages.removed(gone)]
        changed, replaced = profile.in_block(name, begins, until, load)
        return transaction.put_profile(changed), [*messages.block(changed, name, replaced, changed is not profile)]

    view, lines = app.journal.change(f"profile block: {name}", change)
    app.out.say(lines, view)
