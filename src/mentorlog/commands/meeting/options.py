"""Options shared by the verbs of `mentorlog meeting`."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.options import View
from mentorlog.errors import BadValue, MentorlogError, shortened


def _held(app: App, text: str) -> View:
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


def _answers(app: App, texts: Sequence[str]) -> list[str]:
    """Return each `ID=TEXT` with the id of the question, and the text from stdin for `-`."""
    answers = []
    for given in texts:
        start, equals, text = given.partition("=")
        if not (equals and text.strip()):
            raise BadValue("answered", f"{shortened(given)} is not an answer.", 'for example: n4m2x="Me first"')
        answers.append(f"{app.reading.resolve(start.strip(), 'note', by_name=True)['id']}={app.texts.text(text)}")
    return answers


def _words(texts: Sequence[str]) -> list[str]:
    """Return the words that commas separate in several texts."""
    return [word.strip() for text in texts for word in text.split(",") if word.strip()]


def _ids(*kinds: str) -> opt.Conversion:
    """Return the conversion of texts to the ids of records of these kinds, or `all`."""

    def convert(app: App, texts: Sequence[str]) -> list[str]:
        from mentorlog.domain.unsettled import ALL

        found = (word if word == ALL else app.reading.resolve(word, *kinds)["id"] for word in _words(texts))
        return list(dict.fromkeys(found))

    return convert


def _settling(spelling: str, help: str, *kinds: str) -> "partial[Any]":
    """Return the declaration of an option for records of these kinds that a meeting settled."""
    return partial(
        opt.option, spelling, metavar="all|ID", help=help, completion=opt.ids(*kinds, also=["all"]), to=_ids(*kinds)
    )


def _points(app: App, texts: Sequence[str]) -> list[str]:
    """Return the numbers of points, or `all`."""
    from mentorlog.domain.unsettled import ALL

    return [word if word == ALL else str(opt.number(1, 999)(app, word)) for word in _words(texts)]


_meeting = "Id of a meeting, or a mentor for the last one held (default the last one held with anybody)"
held = partial(opt.argument, "MEETING|MENTOR", _meeting, opt.ids("meeting", "mentor"), _held, default=None)
_goals = lookup.each_once(lookup.goal)
goals = partial(opt.about_goal, "--goal", "-g", help="Related goal (repeatable)", to=_goals)
mode = partial(opt.choice, "--mode", of=vocabulary.MODES)
minutes = partial(opt.option, "--minutes", metavar="N", help="Length in minutes", to=opt.number(), rare=True)
SETTLING = ("answered", "told", "kept", "done", "discussed")
"""The options that say what a meeting settled."""
answered = partial(
    opt.option, "--answered", metavar="ID=TEXT", help="Question and its answer (repeatable)", to=_answers
)
told = _settling("--told", "Goal or change that you told them about (repeatable)", "goal", "note")
kept = _settling("--kept", "Promise they kept, or draft they returned (repeatable)", "task")
done = _settling("--done", "Task that is done (repeatable)", "task")
discussed = partial(
    opt.option, "--discussed", metavar="all|N", help="Number of a point on the agenda (repeatable)", to=_points
)
