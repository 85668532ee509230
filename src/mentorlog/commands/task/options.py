"""The options that verbs of `mentorlog task` share."""

from typing import Annotated

from mentorlog import lookup
from mentorlog.commands import options as opt

Owner = Annotated[
    str | None,
    opt.person(
        "--owner", metavar="me|MENTOR", help="Who will do it: me or a mentor", to=lookup.me_or_mentor, rare=False
    ),
]
