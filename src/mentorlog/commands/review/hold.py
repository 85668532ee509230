"""`mentorlog review`."""

from datetime import date

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt


def _scope(app: App, text: str) -> str:
    """Return the id of the goal or mentor for the text, or `all`."""
    return text if text == "all" else str(app.reading.resolve(text, "goal", "mentor", by_name=True)["id"])


def run(
    ctx: opt.Context,
    quick: bool = opt.flag("--quick", help="Ask only three questions, and about drifting goals"),
    scope: str | None = opt.option(
        "--scope", metavar="ID", help="Review only this goal or mentor", completion=opt.ids("goal", "mentor"), to=_scope
    ),
    form: bool = opt.flag("--form", help="Fill in a form in your editor"),
    print_form: bool = opt.flag("--print-form", help="Print the form, with the facts as comments"),
    answers: str | None = opt.option("--answers", metavar="FILE", help="Read a filled-in form (- reads stdin)"),
    resume: bool = opt.flag("--resume", help="Continue an unfinished review"),
    kind: str | None = opt.kind(vocabulary.REVIEW_KINDS, help=opt.explained(vocabulary.REVIEW_KIND_MEANINGS)),
    since: date | None = opt.day("--since", help="First day of the period (default by kind)", rare=True),
    on: date | None = opt.day("--on", help="Date of the review (default today)", rare=True),
) -> None:
    """Reassess goals, late tasks and mentorships.

    Asks questions on a terminal. Your answers are saved as you go; --resume continues an unfinished review.
    A review is one change, so `mentorlog undo` undoes all of it.

    Example: mentorlog review --quick
    Example: mentorlog review --print-form > review.toml
    Example: mentorlog review --answers review.toml
    """
    from mentorlog.flows import review
    from mentorlog.flows.review_prompts import session
    from mentorlog.output.screens import review as layout

    app = ctx.obj
    review.check_one_way(form=form, print_form=print_form, answers=answers, resume=resume)
    asked = review.parse_options(on=on, kind=kind, quick=quick, scope=scope, since=since)
    if print_form:
        text = review.form_text(app, asked)
        app.out.page(lambda _: text.splitlines(), {"form": text}, app.reading.problems)
    else:
        written = form or answers is not None
        outcome = review.hold(app, asked, answers) if written else session.hold(app, asked, resume=resume)
        app.out.page(lambda page: layout.outcome(outcome, page, seen=not written), review.as_data(outcome))
