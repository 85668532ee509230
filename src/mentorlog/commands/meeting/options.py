"""Options shared by the verbs of `mentorlog meeting`."""

from functools import partial

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.options import View


def ahead(app: App, text: str) -> View:
    """Return the date and time of a future meeting, as its fields."""
    from mentorlog.domain import meetings

    return meetings.planned_time(text, app.today)


_goals = lookup.each_once(lookup.goal)
goals = partial(opt.about_goal, "--goal", "-g", help="Related goal (repeatable)", to=_goals)
mode = partial(opt.choice, "--mode", of=vocabulary.MODES)
minutes = partial(opt.option, "--minutes", metavar="N", help="Length in minutes", to=opt.number(), rare=True)
