"""The arguments and options that verbs of `mentorlog meeting` share."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.models.views import View
from mentorlog.output.messages import meeting as messages
from mentorlog.output.phrases import joined

Goals = Annotated[
    list[str] | None,
    opt.option("--goal", "-g", metavar="GOAL", help="About this goal (may be repeated)", completion=opt.ids("goal")),
]


Mode = Annotated[str | None, opt.choice("--mode", of=vocabulary.MODES)]


Kind = Annotated[str | None, opt.choice("--kind", "-k", of=vocabulary.MEETING_KINDS, metavar="KIND")]


Minutes = Annotated[int | None, opt.option("--minutes", metavar="N", help="How long, in minutes", rare=True)]


def known_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that something was said of."""
    said = {name: value for name, value in facts.items() if name != "private" and value is not None}
    return {**said, "visibility": "private"} if facts["private"] else said


def goals_named(app: App, words: Sequence[str] | None) -> dict[str, str]:
    """Return the goals that the texts mean: titles by id."""
    return {view["id"]: view["title"] for view in map(app.lookup.goal, words or ())}


def names_of(people: Sequence[View]) -> str:
    """Return the names of mentors in one phrase."""
    return joined([str(one["name"]) for one in people])


def title_of(app: App, view: View) -> str:
    """Return what a meeting is called."""
    return messages.title(view, app.journal.titles(view["mentors"]))


def differ(before: View, after: View) -> bool:
    """Tell whether a field of the view has changed."""
    return any(before.get(key) != value for key, value in after.items())


def report(app: App, lines: list[str], meeting: View, made: Sequence[View], complaints: Sequence[str]) -> None:
    """Say what was done and which tasks it made; then, on stderr, which action lines made none."""
    names = app.journal.titles([id for task in made for id in (task["owner"], task["goal"]) if id])
    app.out.say([*lines, *messages.added(made, names)], meeting)
    for complaint in complaints:
        app.out.note(complaint)
    if complaints:
        app.out.note(f"The notes are saved as they are; correct a line with: mentorlog edit {meeting['id']}")
