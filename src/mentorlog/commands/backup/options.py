"""The argument shared by the verbs of `mentorlog backup`."""

from mentorlog.commands import options as opt

path = opt.argument("PATH", "File of the backup")
