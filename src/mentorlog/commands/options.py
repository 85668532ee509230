"""The arguments and options of commands: one spelling, one help text, one completion everywhere.

What several commands share is a type here, for which each of them gives the default (`tags: opt.Tags = None`). What a
command has alone is made by a function here, in the place of its default (`why: str | None = opt.text("--why", …)`).
Words become values while the command line is parsed: ids are looked up, days are understood.
"""

import os
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorlog import lookup, vocabulary
from mentorlog.app import App

if TYPE_CHECKING:
    from mentorlog.models.views import View as View
else:
    View = dict  # typer asks whether the type of an option is a class

MORE = "More options"
"""The second panel of the help; six common options stand in the first."""

# Typer inspects each completion function of a command; only a shell that completes pays for it.
_COMPLETING = "_MENTORLOG_COMPLETE" in os.environ

Completion = Callable[[typer.Context, str], list[tuple[str, str]]] | None
Conversion = Callable[[App, Any], Any]


class Context(typer.Context):
    """What a command is given by the parser: its `obj` is the run."""

    obj: App


def ids(*kinds: str) -> Completion:
    """Complete ids of these kinds (of all where none is named), with the title or name as help."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        return lookup.completions(ctx.obj, incomplete, kinds)

    return complete if _COMPLETING else None


def choices(*allowed: str) -> Completion:
    """Complete one of a few words."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        return [(word, "") for word in allowed if word.startswith(incomplete)]

    return complete if _COMPLETING else None


def either(*words: str) -> str:
    """Return `low, normal or high`."""
    return f"{', '.join(words[:-1])} or {words[-1]}"


def argument(
    metavar: str,
    help: str,
    completion: Completion = None,
    to: Conversion | None = None,
    default: Any = ...,
    **more: Any,
) -> Any:
    """Declare an argument, required without a default; `to` makes a value of its words."""
    settings = (_converted(to) if to else {}) | more
    return typer.Argument(
        default, metavar=metavar, help=help, autocompletion=completion, show_default=False, **settings
    )


def option(
    *spellings: str,
    help: str,
    completion: Completion = None,
    to: Conversion | None = None,
    rare: bool = False,
    default: Any = None,
    **more: Any,
) -> Any:
    """Declare an option; a rare one stands in the second panel of the help.

    `to` makes a value of its words. In a type the default is `...`: there the parameter gives it.
    """
    settings = (_converted(to) if to else {}) | {"rich_help_panel": MORE if rare else None} | more
    return typer.Option(default, *spellings, help=help, autocompletion=completion, show_default=False, **settings)


flag = partial(option, default=False)
"""An option that takes no value."""

text = partial(option, metavar="TEXT", rare=True)
"""An option with words of one's own."""


def _converted(to: Conversion, *, always: bool = False) -> dict[str, Any]:
    """Return the settings with which typer calls the conversion; `always`: also without a value."""

    def convert(ctx: typer.Context, value: Any) -> Any:
        if ctx.resilient_parsing or (value is None and not always):
            return value
        return to(ctx.obj, value)

    return {"parser": str, "callback": convert}


def choice(
    *spellings: str, of: Sequence[str], help: str = "", rare: bool = True, metavar: str = "WORD", default: Any = None
) -> Any:
    """Declare an option that takes one of a few words, which are its help too."""
    field = spellings[0].lstrip("-").replace("-", "_")

    def one_of(app: App, given: Any) -> Any:
        from mentorlog.models.rules import among

        return among(given, field, of) if isinstance(given, str) else [among(word, field, of) for word in given]

    shown = {"metavar": metavar, "help": help or ", ".join(of)}
    return option(*spellings, completion=choices(*of), to=one_of, rare=rare, default=default, **shown)


def kind(of: Sequence[str], help: str = "", rare: bool = True) -> Any:
    """Declare --kind: the kind of a meeting, a note or a review."""
    return choice("--kind", "-k", of=of, help=help, rare=rare, metavar="KIND")


def on(*, rare: bool = False) -> Any:
    """Declare, in a type, --on: a day that is not to come, today where none is given."""
    settings = _converted(lookup.day_before, always=True) | {"default_factory": lambda: None}
    return option("--on", metavar="DATE", help="The day it happened (today)", rare=rare, default=..., **settings)


def day(*spellings: str, help: str, ahead: bool = False, **more: Any) -> Any:
    """Declare an option with a day in words: one that has been, or one `ahead`."""
    return option(*spellings, metavar="DATE", help=help, to=lookup.day_ahead if ahead else lookup.day_before, **more)


def message(help: str) -> Any:
    """Declare --message, which says here what the help says."""
    return option("--message", "-m", metavar="TEXT", help=f"{help} (- reads stdin)")


def by_id(kind: str) -> Any:
    """Declare an argument that names a record of a kind by its id."""
    return argument(kind.upper(), _ID, ids(kind), lookup.record(kind))


person = partial(option, metavar="MENTOR", completion=ids("mentor"), to=lookup.mentor, rare=True)
"""An option that names a mentor."""

owner = partial(
    person, "--owner", metavar="me|MENTOR", help="Who will do it: me or a mentor", to=lookup.me_or_mentor, rare=False
)
"""The option that says whose a task is."""

about_goal = partial(option, metavar="GOAL", completion=ids("goal"), to=lookup.goal)
"""An option that names a goal."""

from_meeting = partial(
    option,
    "--meeting",
    metavar="MEETING",
    help="From this meeting",
    completion=ids("meeting"),
    to=lookup.record("meeting"),
)
"""The option that names the meeting which a record comes from."""

# Arguments

_ID = "Id or unique prefix"
Mentor = Annotated[View, argument("MENTOR", f"{_ID} of an id or name", ids("mentor"), lookup.mentor)]
_tasks = lookup.each_once(lookup.record("task"))
Tasks = Annotated[list[View], argument("TASK...", "Ids or unique prefixes", ids("task"), _tasks)]
Goal = Annotated[View, by_id("goal")]
Task = Annotated[View, by_id("task")]
Meeting = Annotated[View, by_id("meeting")]
Note = Annotated[View, by_id("note")]
Record = Annotated[View, argument("ID", _ID, ids(), lookup.record())]
Id = Annotated[str, argument("ID", _ID, ids())]
Title = Annotated[str | None, argument("TITLE", "What it is, in one line (- reads it from stdin)")]
Name = Annotated[str | None, argument("NAME", "The name of the person")]
Text = Annotated[str | None, argument("TEXT", "The text (- reads it from stdin)")]
Steps = Annotated[int, argument("N", "How many changes", min=1)]
Pairs = Annotated[list[str] | None, argument("KEY=VALUE...", "Fields and their new values")]

# Options

WithMentors = Annotated[
    list[str] | None,
    person("--with", "-w", help="With this mentor (can be repeated)", to=lookup.mentor_ids, rare=False, default=...),
]
ForGoal = Annotated[View | None, about_goal("--goal", "-g", help="For this goal", default=...)]
On = Annotated[date, on()]
_priority = choice("--priority", of=vocabulary.PRIORITIES, help=either(*vocabulary.PRIORITIES), default=...)
Priority = Annotated[str | None, _priority]
_notes = {"metavar": "TEXT|-", "help": "Notes in Markdown (- reads stdin)", "default": ...}
Notes = Annotated[str | None, text("--notes", rare=False, **_notes)]
RareNotes = Annotated[str | None, text("--notes", **_notes)]
Edit = Annotated[bool, flag("--edit", "-e", help="Write the text in your editor", default=...)]
Tags = Annotated[
    list[str] | None, option("--tag", metavar="WORD", help="With this tag (can be repeated)", rare=True, default=...)
]
_links = option("--link", metavar="ADDRESS", help="An address or a path (can be repeated)", rare=True, default=...)
Links = Annotated[list[str] | None, _links]
Private = Annotated[bool, flag("--private", help="Leave it out of the Markdown export", rare=True, default=...)]
Yes = Annotated[bool, flag("--yes", help="Continue without asking", default=...)]
_clear = option("--clear", metavar="KEY", help="Empty this field (can be repeated)", default=...)
Clear = Annotated[list[str] | None, _clear]
