"""The options that verbs of `mentorlog goal` share."""

from typing import TYPE_CHECKING, Annotated

from mentorlog import lookup, vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.options import View

if TYPE_CHECKING:
    from mentorlog.app import App


def _domain(app: "App", text: str) -> str:
    from mentorlog.models.rules import short_word

    return short_word(text, "domain")


Horizon = Annotated[str | None, opt.choice("--horizon", of=vocabulary.HORIZONS, help=opt.either(*vocabulary.HORIZONS))]
Domain = Annotated[
    str | None,
    opt.text(
        "--domain",
        metavar="WORD",
        help=f"{', '.join(vocabulary.DOMAINS)} …",
        completion=opt.words(*vocabulary.DOMAINS),
        to=_domain,
    ),
]
Parent = Annotated[
    View | None,
    opt.option(
        "--parent", metavar="GOAL", help="Part of this goal", completion=opt.ids("goal"), to=lookup.goal, rare=True
    ),
]
