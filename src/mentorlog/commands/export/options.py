"""The arguments and options that verbs of `mentorlog export` share."""

from typing import Annotated

from mentorlog.commands import options as opt

Target = Annotated[
    str | None,
    opt.option("--output", "-o", metavar="PATH", help="Write to this file, readable only by you (- for stdout)"),
]
