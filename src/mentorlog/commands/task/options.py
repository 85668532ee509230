"""The options that verbs of `mentorlog task` share."""

from typing import Annotated

from mentorlog.commands import options as opt
from mentorlog.flows.new_record import me_or_mentor

Owner = Annotated[
    str | None,
    opt.person("--owner", metavar="me|MENTOR", help="Who will do it: me or a mentor", to=me_or_mentor, rare=False),
]
