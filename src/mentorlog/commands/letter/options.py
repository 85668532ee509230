"""The argument shared by the verbs of `mentorlog letter`."""

from functools import partial
from typing import Annotated

from mentorlog import lookup
from mentorlog.app import App
from mentorlog.commands import options as opt


def _writer_or_letter(app: App, text: str) -> opt.View:
    """Return the mentor for the text, or the letter."""
    found = lookup.mentor_or_task(app, text)
    return found if found["record"] == "mentor" else lookup.letter(app, found["id"])


_about = "Id or unique prefix of its task, or words of the title"
Letter = Annotated[opt.View, opt.argument("LETTER", _about, opt.ids("task"), lookup.letter)]
_who = "Who will write it; or a planned letter that you asked for"
writer_or_letter = partial(opt.argument, "MENTOR|LETTER", _who, opt.ids("mentor"), _writer_or_letter)
