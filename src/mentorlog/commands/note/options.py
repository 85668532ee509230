"""The options that verbs of `mentorlog note` share."""

from typing import Annotated

from mentorlog import vocabulary
from mentorlog.commands import options as opt

_KIND = opt.choice("--kind", "-k", of=vocabulary.NOTE_KINDS, metavar="KIND", rare=False)
Kind = Annotated[str | None, _KIND]
Kinds = Annotated[list[str] | None, _KIND]
