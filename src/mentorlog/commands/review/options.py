"""The arguments and options that verbs of `mentorlog review` share."""

from typing import Annotated

from mentorlog import vocabulary
from mentorlog.commands import options as opt

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
