"""The arguments and options that verbs of `mentorlog mentor` share."""

from typing import Annotated

from mentorlog import dates, lookup, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.options import View


def _known(app: App, text: str) -> View:
    """Return the mentor that the text means; the hint for somebody unknown says how they come into the journal."""
    from shlex import quote

    who = quote(text)
    hint = f"somebody new: mentorlog mentor scout {who}, or for a mentor you have: mentorlog mentor add {who}"
    return lookup.mentor(app, text, hint)


def _days(app: App, text: str) -> int:
    return dates.days(text)


KnownMentor = Annotated[
    View,
    opt.argument("MENTOR", "Id or unique prefix of an id or name", opt.ids("mentor"), to=_known),
]

_ROLES = {"metavar": "WORD", "help": f"{', '.join(vocabulary.ROLES)} … (can be repeated)"}
_EVERY = {"metavar": "LENGTH", "help": 'How often to meet: "4 weeks", 10d, monthly', "to": _days}
_LONGEST = {"metavar": "LENGTH", "help": "The longest time between meetings", "to": _days}
_MINUTES = {"metavar": "N", "help": "How long a meeting takes, in minutes"}

Slug = Annotated[str | None, opt.text("--id", metavar="SLUG", help="The id to use")]
Roles = Annotated[list[str] | None, opt.option("--role", **_ROLES)]
RareRoles = Annotated[list[str] | None, opt.option("--role", rare=True, **_ROLES)]
Domains = Annotated[list[str] | None, opt.option("--domain", metavar="WORD", help="What they know (can be repeated)")]
Every = Annotated[int | None, opt.option("--every", **_EVERY)]
RareEvery = Annotated[int | None, opt.option("--every", rare=True, **_EVERY)]
Longest = Annotated[int | None, opt.option("--longest", **_LONGEST)]
RareLongest = Annotated[int | None, opt.option("--longest", rare=True, **_LONGEST)]
Mode = Annotated[str | None, opt.choice("--mode", of=vocabulary.MODES, rare=False)]
RareMode = Annotated[str | None, opt.choice("--mode", of=vocabulary.MODES)]
Minutes = Annotated[int | None, opt.option("--minutes", **_MINUTES)]
RareMinutes = Annotated[int | None, opt.option("--minutes", rare=True, **_MINUTES)]
IntroducedBy = Annotated[str | None, opt.person("--introduced-by", help="The mentor who brought us together")]
