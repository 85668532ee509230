"""`mentorlog mentor fit`."""

from datetime import date
from functools import partial
from typing import Annotated

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.flows import agreement
from mentorlog.models.rules import among

_test = partial(opt.choice, of=("yes", "no"), metavar="yes|no", rare=False)


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    answer: str | None = opt.argument(
        "ANSWER",
        opt.explained(vocabulary.FIT_MEANINGS),
        opt.choices(*vocabulary.FIT_ANSWERS),
        lambda app, text: among(text, "answer", vocabulary.FIT_ANSWERS),
        default=None,
    ),
    *,
    productive: str | None = _test("--productive", help="Whether it is productive"),
    amicable: str | None = _test("--amicable", help="Whether it is amicable"),
    beneficial: str | None = _test("--beneficial", help="Whether it is beneficial"),
    comfort: str | None = of_mentor.comfort(),
    their_comfort: str | None = of_mentor.their_comfort(),
    message: str | None = opt.message("Reason for the answer"),
    on: Annotated[date, opt.on(rare=True)],
) -> None:
    """Record whether a mentorship works for you.

    ANSWER is good, deciding or not_good. Three tests help: is it productive, amicable and beneficial? All of this
    is private and goes into no export for others.

    Example: mentorlog mentor fit osler good -m "He answers within a day"
    Example: mentorlog mentor fit osler --comfort yes --their-comfort unsure
    """
    app = ctx.obj
    tests = {"productive": productive, "amicable": amicable, "beneficial": beneficial}
    given = agreement.Fit(
        answer,
        {name: word == "yes" for name, word in tests.items() if word},
        agreement.Comfort(comfort, their_comfort),
        app.texts.prose(message),
    )
    agreement.fit(app, mentor, given, on)
