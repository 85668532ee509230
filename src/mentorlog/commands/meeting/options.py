"""Options shared by the verbs of `mentorlog meeting`."""

from functools import partial

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.options import View
from mentorlog.errors import MentorlogError


def with_recap(app: App, text: str) -> View:
    """Return the meeting for the text, or the last one held with the mentor for it."""
    from mentorlog.domain.query import Query
    from mentorlog.models.views import called

    found = app.reading.resolve(text, "meeting", "mentor", by_name=True)
    if found["record"] == "meeting":
        return found
    held = app.reading.find(Query("meeting", mentors=(found["id"],), statuses=("held",), limit=1))
    if not held:
        hint = f"log one with: mentorlog meeting log {found['id']}"
        raise MentorlogError(f"No meeting with {called(found)} was held yet.", hint)
    return held[0]


_goals = lookup.each_once(lookup.goal)
goals = partial(opt.about_goal, "--goal", "-g", help="Related goal (repeatable)", to=_goals)
mode = partial(opt.choice, "--mode", of=vocabulary.MODES)
minutes = partial(opt.option, "--minutes", metavar="N", help="Length in minutes", to=opt.number(), rare=True)
