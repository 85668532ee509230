"""Options shared by the verbs of `mentorlog goal`."""

from functools import partial

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt


def _domain(app: App, text: str) -> str:
    from mentorlog.models.rules import short_word

    return short_word(text, "domain")


horizon = partial(opt.choice, "--horizon", of=vocabulary.HORIZONS, help=opt.either(*vocabulary.HORIZONS))
domain = partial(
    opt.text,
    "--domain",
    metavar="WORD",
    help=f"{', '.join(vocabulary.DOMAINS)} …",
    completion=opt.choices(*vocabulary.DOMAINS),
    to=_domain,
)
whose = partial(opt.person, "--whose", metavar="MENTEE", to=lookup.mentee)
parent = partial(opt.about_goal, "--parent", help="Parent goal", rare=True)
