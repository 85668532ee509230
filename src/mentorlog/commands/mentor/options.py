"""The arguments and options that verbs of `mentorlog mentor` share."""

import shlex
from typing import Annotated, Any

from mentorlog import dates, vocabulary
from mentorlog.commands import options as opt


def text(help: str, *names: str, metavar: str = "TEXT", rare: bool = True) -> Any:
    """Return what typer needs to know of an option with a text."""
    return opt.option(*names, metavar=metavar, help=help, rare=rare)


def person(help: str, name: str, metavar: str = "MENTOR", rare: bool = True) -> Any:
    """Return what typer needs to know of an option that names a mentor."""
    return opt.option(name, metavar=metavar, help=help, completion=opt.ids("mentor"), rare=rare)


_ROLES = f"{', '.join(vocabulary.ROLES)} … (may be repeated)"


_EVERY = 'How often to meet: "4 weeks", 10d, monthly'


Slug = Annotated[str | None, text("The id to know them by", "--id", metavar="SLUG")]


Roles = Annotated[list[str] | None, text(_ROLES, "--role", metavar="WORD", rare=False)]


Domains = Annotated[list[str] | None, text("What they know (may be repeated)", "--domain", metavar="WORD", rare=False)]


Every = Annotated[str | None, text(_EVERY, "--every", metavar="LENGTH", rare=False)]


_LONGEST = "The longest time without meeting"


_LENGTH = "How long a meeting takes, in minutes"


IntroducedBy = Annotated[str | None, person("The mentor who brought us together", "--introduced-by")]


def days(text: str | None) -> int | None:
    """Return a length of time in days."""
    return None if text is None else dates.days(text)


def nobody(text: str) -> str:
    """Return the hint for somebody who is not in the journal yet."""
    who = shlex.quote(text)
    return f"somebody new: mentorlog mentor scout {who}, or for a mentor you have: mentorlog mentor add {who}"
