"""The argument shared by the verbs of `mentorlog letter`."""

from functools import partial
from typing import Annotated

from mentorlog import lookup
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.errors import UnknownId


def _letter(app: App, text: str) -> opt.View:
    """Return the letter for the text."""
    try:
        found = app.reading.resolve(text, "task", by_name=True)
    except UnknownId:
        raise UnknownId(text, ("letter",)) from None
    if found["letter"] is None:
        from mentorlog.domain.letters import not_a_letter

        raise not_a_letter(found["id"])
    return found


def _writer_or_letter(app: App, text: str) -> opt.View:
    """Return the mentor for the text, or the letter."""
    found = lookup.mentor_or_task(app, text)
    return found if found["record"] == "mentor" else _letter(app, found["id"])


_about = "Id or unique prefix of its task, or words of the title"
Letter = Annotated[opt.View, opt.argument("LETTER", _about, opt.ids("task"), _letter)]
_who = "Who will write it; or a planned letter that you asked for"
writer_or_letter = partial(opt.argument, "MENTOR|LETTER", _who, opt.ids("mentor"), _writer_or_letter)
