"""The option that verbs of `mentorlog export` share."""

from functools import partial

from mentorlog.commands import options as opt

output = partial(
    opt.option, "--output", "-o", metavar="PATH", help="Write to this file, readable only by you (- for stdout)"
)
