"""The option shared by the verbs of `mentorlog export`."""

from functools import partial

from mentorlog.commands import options as opt

output = partial(opt.option, "--output", "-o", metavar="PATH", help="Output file, readable only by you (- for stdout)")
