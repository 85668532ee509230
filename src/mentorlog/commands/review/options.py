"""The option that verbs of `mentorlog review` share."""

from typing import Annotated

from mentorlog import vocabulary
from mentorlog.commands import options as opt

Kind = Annotated[
    str | None,
    opt.choice("--kind", "-k", of=vocabulary.REVIEW_KINDS, metavar="KIND", help=opt.either(*vocabulary.REVIEW_KINDS)),
]
