"""Arguments and options shared by the verbs of `mentorlog mentor`."""

from functools import partial

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt


def _known(app: App, text: str) -> opt.View:
    """Return the mentor for the text; the hint for an unknown one shows how to add them."""
    return lookup.mentor(app, text, lookup.adding(text))


def _reasons(app: App, given: list[str]) -> list[str]:
    """Return the words for why mentorships end, as they are stored."""
    from mentorlog.models.rules import words  # a list does not need it

    return words("reason", given)


reasons = partial(
    opt.option, "--reason", metavar="WORD", completion=opt.choices(*vocabulary.ENDING_REASONS), to=_reasons
)
known = partial(opt.argument, "MENTOR", opt.MENTOR, opt.ids("mentor"), to=_known)
_word = partial(opt.option, metavar="WORD")
_roles = opt.choices(*vocabulary.ROLES)
roles = partial(_word, "--role", help=f"{', '.join(vocabulary.ROLES)} … (repeatable)", completion=_roles)
_domains = opt.choices(*vocabulary.DOMAINS)
domains = partial(_word, "--domain", help="Area of expertise (repeatable)", completion=_domains)
met_via = partial(opt.text, "--met-via", "--where", help="Where or how you met")
introduced_by = partial(opt.person, "--introduced-by", help="Mentor who introduced you")
slug, nickname, every = opt.slug, opt.nickname, opt.every
longest = partial(opt.length, "--longest", help="Longest time between meetings")
mode = partial(opt.choice, "--mode", of=vocabulary.MODES)
minutes = partial(opt.option, "--minutes", metavar="N", help="Length of a meeting in minutes", to=opt.number())
revisit = partial(opt.day, "--revisit", help="Date to look at the agreement again", ahead=True)
comfort = partial(opt.choice, "--comfort", of=vocabulary.COMFORTS, help="Whether you are comfortable", rare=False)
their_comfort = partial(
    opt.choice, "--their-comfort", of=vocabulary.COMFORTS, help="Whether they are, as far as you know", rare=False
)
