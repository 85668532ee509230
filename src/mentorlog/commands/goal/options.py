"""The options that verbs of `mentorlog goal` share."""

from typing import Annotated

from mentorlog import lookup, vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.options import View

Horizon = Annotated[str | None, opt.choice("--horizon", of=vocabulary.HORIZONS, help=opt.either(*vocabulary.HORIZONS))]
Domain = Annotated[
    str | None,
    opt.text(
        "--domain",
        metavar="WORD",
        help=f"{', '.join(vocabulary.DOMAINS)} …",
        completion=opt.words(*vocabulary.DOMAINS),
    ),
]
Parent = Annotated[
    View | None,
    opt.option(
        "--parent", metavar="GOAL", help="Part of this goal", completion=opt.ids("goal"), to=lookup.goal, rare=True
    ),
]
