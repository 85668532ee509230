"""`mentorlog profile`: what the journal knows of the resident."""

from typing import TYPE_CHECKING, Annotated

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.domain.assign import keys
from mentorlog.flows.screens import show_profile
from mentorlog.models.views import View
from mentorlog.output.messages import set as messages

if TYPE_CHECKING:
    from mentorlog.store.journal import Transaction

app = typer.Typer(
    help='Example: mentorlog profile set name="Mary Blackwell" stage=resident\nExample: mentorlog profile show'
)


@app.command("show")
def show(ctx: typer.Context) -> None:
    """Show what the journal knows of you.

    Example: mentorlog profile show
    """
    app: App = ctx.obj
    show_profile(app)


@app.command("set")
def set_fields(ctx: typer.Context, pairs: opt.PairsArg = None, clear: opt.Clear = None) -> None:
    """Set or clear what is known of you.

    Fields: name, stage (student, intern, resident, fellow …), program, institution, strengths, growth_areas, values,
    needs (the support you want). Lists take commas.

    Example: mentorlog profile set stage=fellow strengths="listening, suturing"
    """
    app: App = ctx.obj
    words = app.pairs(pairs, clear)
    fields = keys(words, clear or ())
    view = app.journal.assign_profile(words, clear or (), name=f"profile set: {', '.join(fields)}")
    app.out.say(["Set your profile", *messages.lines(view, fields, {})], view)


@app.command("assess")
def assess(
    ctx: typer.Context,
    area: Annotated[str, opt.argument("AREA", "What you rate: suturing, teaching, writing …")],
    rating: Annotated[int, opt.argument("RATING", "From 1 (beginning) to 5 (could teach it)")],
    message: opt.Message = None,
    on: opt.OnDate = None,
) -> None:
    """Rate yourself in an area, from 1 to 5, so that later ratings can be compared.

    Example: mentorlog profile assess suturing 3 -m "Alone, with time"
    """
    app: App = ctx.obj
    day, comment = app.day_before(on), app.text(message)

    def rate(transaction: "Transaction") -> tuple[View, str]:
        profile = transaction.profile()
        before = profile.before(area, day)
        view = transaction.put_profile(profile.assessed(area, rating, on=day, comment=comment))
        return view, f" ({before.rating} of 5 on {app.say_day(before.on)})" if before else ""

    view, before = app.journal.change(f"profile assess: {area}", rate)
    app.out.say(f"Assessed {area}: {rating} of 5 on {app.say_day(day)}{before}.", view)
