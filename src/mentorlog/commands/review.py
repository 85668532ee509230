"""`mentorlog review`: reassess and refine, and look back on earlier reviews.

What a review needs is imported where one is held: looking back is an everyday command and does without.
"""

from typing import Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.domain.reviewing import due as next_review
from mentorlog.models.views import View
from mentorlog.output.screens import review_list as review_list_screen
from mentorlog.store.journal import Query

app = typer.Typer()

Quick = Annotated[bool, opt.option("--quick", help="Three questions, and the goals that drift")]
Scope = Annotated[
    str | None,
    opt.option("--scope", metavar="ID", help="Only one goal or one mentor", completion=opt.ids("goal", "mentor")),
]
Kind = Annotated[
    str | None,
    opt.option(
        "--kind",
        "-k",
        metavar="KIND",
        help=opt.either(*vocabulary.REVIEW_KINDS),
        completion=opt.words(*vocabulary.REVIEW_KINDS),
        rare=True,
    ),
]
On = Annotated[str | None, opt.option("--on", metavar="DATE", help="The day of the review (today)", rare=True)]
Form = Annotated[bool, opt.option("--form", help="Answer in your editor, in one form")]
PrintForm = Annotated[bool, opt.option("--print-form", help="Print that form")]
AnswersFile = Annotated[
    str | None, opt.option("--answers", metavar="FILE|-", help="Take the answers from a form (- reads stdin)")
]
Resume = Annotated[bool, opt.option("--resume", help="Go on with a review that was interrupted")]


@app.callback(invoke_without_command=True)
def review(
    ctx: typer.Context,
    quick: Quick = False,
    scope: Scope = None,
    form: Form = False,
    print_form: PrintForm = False,
    answers: AnswersFile = None,
    resume: Resume = False,
    kind: Kind = None,
    on: On = None,
) -> None:
    """Reassess and refine: facts, then goals, late tasks and mentors, then one change that undo takes back.

    On a terminal it asks. What was answered outlives Ctrl-C and a closed terminal: --resume goes on.

    Example: mentorlog review --quick
    Example: mentorlog review --print-form > review.toml
    Example: mentorlog review --answers review.toml
    """
    from mentorlog.flows import review
    from mentorlog.flows.review_prompts import session
    from mentorlog.output.screens import review as layout

    app: App = ctx.obj
    review.check_one_way(form=form, print_form=print_form, answers=answers, resume=resume)
    said = review.parse_options(app, on=on, kind=kind, quick=quick, scope=scope)
    if print_form:
        text = review.form_text(app, said)
        app.out.say(text.splitlines(), {"form": text}, app.reading.problems)
    else:
        written = form or answers is not None
        outcome = review.hold(app, said, answers) if written else session.hold(app, said, resume=resume)
        app.out.page(lambda page: layout.outcome(outcome, page, seen=not written), review.as_data(outcome))


def _kinds(text: str | None) -> tuple[str, ...]:
    if text is None:
        return ()
    from mentorlog.flows.review import parse_kind

    return (parse_kind(text),)


@app.command("list")
def list_reviews(
    ctx: typer.Context, kind: Kind = None, since: opt.Since = None, until: opt.Until = None, tag: opt.Tags = None
) -> None:
    """List reviews, the newest first.

    Example: mentorlog review list --since "2 years ago"
    """
    app: App = ctx.obj
    days = [app.day_before(text) if text else None for text in (since, until)]
    found = app.reading.find(Query("review", kinds=_kinds(kind), since=days[0], until=days[1], tags=tuple(tag or ())))
    app.out.listing(found, review_list_screen.COLUMNS, "No reviews.", app.reading.problems)


@app.command("due")
def due(ctx: typer.Context) -> None:
    """Say when the next review is due, and why.

    Example: mentorlog review due
    """
    app: App = ctx.obj
    found = next_review.due(app.reading.find(Query("review")), app.reading.first_day())
    data = next_review.as_data(found, app.today)
    app.out.say(review_list_screen.due(found, app.today), data, app.reading.problems)


ReviewArg = Annotated[str, opt.argument("REVIEW", "A review: its id, or a beginning of it", opt.ids("review"))]


@app.command("diff")
def diff(ctx: typer.Context, one: ReviewArg, other: ReviewArg) -> None:
    """Show how aims moved between two reviews: goals added, closed and revised, facts side by side, fits.

    Example: mentorlog review diff r4k2m r7t9p
    """
    from mentorlog.domain.reviewing import comparing
    from mentorlog.output.screens import review_diff as review_diff_screen

    app: App = ctx.obj
    pair: list[View] = [app.reading.resolve(text, "review") for text in (one, other)]
    found = comparing.compare(pair[0], pair[1], app.reading.find(Query("goal")), app.reading.find(Query("mentor")))
    app.out.page(lambda page: review_diff_screen.lines(found, page), comparing.as_data(found), app.reading.problems)
