"""The argument shared by the verbs of `mentorlog template`."""

from functools import partial

from mentorlog.commands import options as opt

name = partial(opt.argument, "TEMPLATE", "Name of the template", opt.template_names())
