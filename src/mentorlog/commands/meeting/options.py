"""The options that verbs of `mentorlog meeting` share."""

from functools import partial

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.options import View


def ahead(app: App, text: str) -> View:
    """Return the day and hour of a meeting to come, as fields of it."""
    from mentorlog.domain import meetings

    return meetings.planned_time(text, app.today)


_goals = lookup.each_once(lookup.goal)
goals = partial(opt.about_goal, "--goal", "-g", help="About this goal (can be repeated)", to=_goals)
mode = partial(opt.choice, "--mode", of=vocabulary.MODES)
minutes = partial(opt.option, "--minutes", metavar="N", help="How long, in minutes", rare=True)
