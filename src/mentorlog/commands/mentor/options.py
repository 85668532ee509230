"""The arguments and options that verbs of `mentorlog mentor` share."""

from functools import partial

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt


def _known(app: App, text: str) -> opt.View:
    """Return the mentor that the text means; the hint for an unknown one says how to add them."""
    from shlex import quote

    who = quote(text)
    hint = f"somebody new: mentorlog mentor scout {who}, or for a mentor you have: mentorlog mentor add {who}"
    return lookup.mentor(app, text, hint)


known = partial(opt.argument, "MENTOR", "Id or unique prefix of an id or name", opt.ids("mentor"), to=_known)
slug = partial(opt.text, "--id", metavar="SLUG", help="The id to use")
roles = partial(opt.option, "--role", metavar="WORD", help=f"{', '.join(vocabulary.ROLES)} … (can be repeated)")
domains = partial(opt.option, "--domain", metavar="WORD", help="What they know (can be repeated)")
introduced_by = partial(opt.person, "--introduced-by", help="The mentor who brought us together")
_length = partial(opt.option, metavar="LENGTH", to=lookup.length)
every = partial(_length, "--every", help='How often to meet: "4 weeks", 10d, monthly')
longest = partial(_length, "--longest", help="The longest time between meetings")
mode = partial(opt.choice, "--mode", of=vocabulary.MODES)
minutes = partial(opt.option, "--minutes", metavar="N", help="How long a meeting takes, in minutes")
