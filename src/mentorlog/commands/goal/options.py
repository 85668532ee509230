"""The arguments and options that verbs of `mentorlog goal` share."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.models.views import View

if TYPE_CHECKING:
    from mentorlog.models.goal import Goal


Words = dict[str, Any]


_STANDS = {
    "active": "active",
    "paused": "paused",
    "achieved": "achieved",
    "partly": "partly achieved",
    "dropped": "dropped",
}


_HORIZONS = opt.words(*vocabulary.HORIZONS)


Horizon = Annotated[
    str | None,
    opt.option("--horizon", metavar="WORD", help=opt.either(*vocabulary.HORIZONS), completion=_HORIZONS, rare=True),
]


Domain = Annotated[
    str | None,
    opt.option(
        "--domain",
        metavar="WORD",
        help=f"{', '.join(vocabulary.DOMAINS)} …",
        completion=opt.words(*vocabulary.DOMAINS),
        rare=True,
    ),
]


Parent = Annotated[
    str | None,
    opt.option("--parent", metavar="GOAL", help="Part of this goal", completion=opt.ids("goal"), rare=True),
]


def update(app: App, verb: str, found: View, change: Callable[["Goal"], "Goal"]) -> View:
    """Change a goal as one operation, named by the verb."""
    from mentorlog.models.goal import Goal

    return app.journal.update(Goal, found["id"], name=f"goal {verb}: {found['title']}", change=change)


def ask_reason(app: App, message: str | None, question: str) -> str:
    """Return the reason, asked for where it was not given."""
    from mentorlog.models.rules import clean_line

    given = app.texts.text(message)
    return given or app.prompt.ask(
        question, option="--message TEXT (-m)", check=lambda text: clean_line(text, "reason")
    )


class Step:
    """One step of a goal from state to state: pause, resume, achieve, drop."""

    def __init__(self, app: App, goal: str, on: str | None, verb: str, status: str) -> None:
        self.found = app.lookup.goal(goal)
        self.day = app.lookup.day_before(on)
        self._here = app
        self._verb = verb
        self._status = status

    def take(
        self, said: str, change: Callable[["Goal", Any], "Goal"], message: str | None, ask: str | None = None
    ) -> None:
        """Take the step as one operation and say so; where the goal stands there already, only say that."""
        app, found = self._here, self.found
        if found["status"] == self._status:
            app.out.say(f"Goal {found['id']}: {found['title']} is {_STANDS[self._status]} already.", found)
            return
        why = ask_reason(app, message, ask) if ask else app.texts.text(message)
        view = update(app, self._verb, found, lambda now: change(now, why))
        app.out.say(f"{said} goal {view['id']}: {view['title']}, on {app.lookup.format_day(self.day)}.", view)
        if self._verb in ("achieve", "drop"):
            self._tell_open()

    def _tell_open(self) -> None:
        """Say on stderr what is still open below the goal."""
        below = self._here.journal.references(self.found["id"])
        parts = [one for one in below if one["record"] == "goal" and one["status"] in vocabulary.OPEN_GOALS]
        tasks = [one for one in below if one["record"] == "task" and one["status"] in vocabulary.OPEN_TASKS]
        counts = [_count(len(parts), "goal"), _count(len(tasks), "task")]
        if parts or tasks:
            self._here.out.note(f"Still open below it: {' and '.join(filter(None, counts))}.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
