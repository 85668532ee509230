"""`mentorlog review`."""

from datetime import date

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt


def _scope(app: App, text: str) -> str:
    """Return the id of the goal or mentor that the text means; `all` is all."""
    return text if text == "all" else str(app.reading.resolve(text, "goal", "mentor", by_name=True)["id"])


def run(
    ctx: opt.Context,
    quick: bool = opt.flag("--quick", help="Three questions, and drifting goals"),
    scope: str | None = opt.option(
        "--scope", metavar="ID", help="Only one goal or one mentor", completion=opt.ids("goal", "mentor"), to=_scope
    ),
    form: bool = opt.flag("--form", help="Answer in a form in your editor"),
    print_form: bool = opt.flag("--print-form", help="Print the form"),
    answers: str | None = opt.option(
        "--answers", metavar="FILE|-", help="Take the answers from a form (- reads stdin)"
    ),
    resume: bool = opt.flag("--resume", help="Continue an interrupted review"),
    kind: str | None = opt.kind(vocabulary.REVIEW_KINDS, help=opt.either(*vocabulary.REVIEW_KINDS)),
    on: date | None = opt.day("--on", help="The day of the review (today)", rare=True),
) -> None:
    """Reassess and refine: review goals, late tasks and mentors.

    On a terminal it asks. Answers are saved as you go; --resume continues. A review is one change: undo reverts all of
    it.

    Example: mentorlog review --quick
    Example: mentorlog review --print-form > review.toml
    Example: mentorlog review --answers review.toml
    """
    from mentorlog.flows import review
    from mentorlog.flows.review_prompts import session
    from mentorlog.output.screens import review as layout

    app = ctx.obj
    review.check_one_way(form=form, print_form=print_form, answers=answers, resume=resume)
    asked = review.parse_options(on=on, kind=kind, quick=quick, scope=scope)
    if print_form:
        text = review.form_text(app, asked)
        app.out.say(text.splitlines(), {"form": text}, app.reading.problems)
    else:
        written = form or answers is not None
        outcome = review.hold(app, asked, answers) if written else session.hold(app, asked, resume=resume)
        app.out.page(lambda page: layout.outcome(outcome, page, seen=not written), review.as_data(outcome))
