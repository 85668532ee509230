"""Options shared by the verbs of `mentorlog goal`."""

from functools import partial

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.errors import BadValue, shortened


def _domain(app: App, text: str) -> str:
    from mentorlog.models.rules import short_word

    return short_word(text, "domain")


def _mentee(app: App, text: str) -> opt.View:
    """Return the mentee for the text; BadValue for somebody who only mentors me."""
    found = lookup.mentor(app, text)
    if found["my_role"] not in vocabulary.MENTORING:
        from mentorlog.domain import goal_links

        goal_links.check_mentee(found)
    return found


def _above_zero(app: App, text: str) -> float:
    """Return a number above zero; BadValue for anything else."""
    from mentorlog.domain.progress import number

    count = number(text.strip())
    if not count:
        raise BadValue("target", f"{shortened(text)} is not a number above zero.", "for example: 50")
    return count


target = partial(opt.option, "--target", metavar="COUNT", help="How many you want to reach", to=_above_zero)
unit = partial(opt.option, "--unit", metavar="WORD", help="What is counted, such as procedures")
horizon = partial(opt.choice, "--horizon", of=vocabulary.HORIZONS, help=opt.either(*vocabulary.HORIZONS))
domain = partial(
    opt.text,
    "--domain",
    metavar="WORD",
    help=f"{', '.join(vocabulary.DOMAINS)} …",
    completion=opt.choices(*vocabulary.DOMAINS),
    to=_domain,
)
whose = partial(opt.person, "--whose", metavar="MENTEE", to=_mentee)
parent = partial(opt.about_goal, "--parent", help="Parent goal", rare=True)
