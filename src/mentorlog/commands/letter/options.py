"""The argument shared by the verbs of `mentorlog letter`."""

from functools import partial
from typing import Annotated

from mentorlog.commands import options as opt
from mentorlog.flows import letters

_about = "Id or unique prefix of its task, or words of the title"
Letter = Annotated[opt.View, opt.argument("LETTER", _about, opt.ids("task"), letters.found)]
_who = "Who will write it; or a planned letter that you asked for"
writer_or_letter = partial(opt.argument, "MENTOR|LETTER", _who, opt.ids("mentor"), letters.writer_or_letter)
