"""The arguments and options that commands share: one spelling, one help text, one completion everywhere.

Words become values here, while the command line is parsed: ids are looked up, days are understood. A command gives
the default: `None` for what may be left out, `False` for a flag.
"""

import os
from collections.abc import Callable, Sequence
from datetime import date
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

# typer looks into each completion function of a command that it builds: only a shell that completes pays for that.
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


def words(*choices: str) -> Completion:
    """Complete one of a few words."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        return [(choice, "") for choice in choices if choice.startswith(incomplete)]

    return complete if _COMPLETING else None


def either(*choices: str) -> str:
    """Return `low, normal or high`."""
    return f"{', '.join(choices[:-1])} or {choices[-1]}"


def argument(metavar: str, help: str, completion: Completion = None, to: Conversion | None = None, **more: Any) -> Any:
    """Return what typer needs to know of an argument; `to` makes a value of its words."""
    settings = _converted(to) | more
    return typer.Argument(metavar=metavar, help=help, autocompletion=completion, show_default=False, **settings)


def option(
    *spellings: str,
    help: str,
    completion: Completion = None,
    to: Conversion | None = None,
    rare: bool = False,
    **more: Any,
) -> Any:
    """Return what typer needs to know of an option; a rare one stands in the second panel of the help.

    `to` makes a value of its words.
    """
    settings = _converted(to) | {"rich_help_panel": MORE if rare else None} | more
    return typer.Option(*spellings, help=help, autocompletion=completion, show_default=False, **settings)


def _converted(to: Conversion | None, *, always: bool = False) -> dict[str, Any]:
    """Return the settings with which typer calls the conversion; `always` where nothing is given, too."""

    def convert(ctx: typer.Context, value: Any) -> Any:
        if ctx.resilient_parsing or (value is None and not always):
            return value
        return to(ctx.obj, value) if to else value

    return {"parser": str, "callback": convert} if to else {}


def choice(
    *spellings: str, of: Sequence[str], help: str | None = None, rare: bool = True, metavar: str = "WORD"
) -> Any:
    """Return what typer needs to know of an option that takes one of a few words, which are its help too."""
    field = spellings[0].lstrip("-").replace("-", "_")

    def one_of(app: App, given: Any) -> Any:
        from mentorlog.models.rules import among

        return among(given, field, of) if isinstance(given, str) else [among(word, field, of) for word in given]

    shown = help or ", ".join(of)
    return option(*spellings, metavar=metavar, help=shown, completion=words(*of), to=one_of, rare=rare)


def on(help: str = "The day it happened (today)", rare: bool = False) -> Any:
    """Return what typer needs to know of --on: a day that is not to come, today where none is given."""
    settings = _converted(lookup.day_before, always=True) | {"default_factory": _nothing}
    return option("--on", metavar="DATE", help=help, rare=rare, **settings)


def _nothing() -> None:
    return None


def day(*spellings: str, help: str, rare: bool = False, ahead: bool = False) -> Any:
    """Return what typer needs to know of an option with a day in words: one that has been, or one `ahead`."""
    to = lookup.day_ahead if ahead else lookup.day_before
    return option(*spellings, metavar="DATE", help=help, to=to, rare=rare)


def from_meeting(*, rare: bool = False) -> Any:
    """Return what typer needs to know of --meeting: the meeting that a record comes from."""
    help, completion = "From this meeting", ids("meeting")
    return option("--meeting", metavar="MEETING", help=help, completion=completion, to=_record("meeting"), rare=rare)


def person(*spellings: str, help: str, metavar: str = "MENTOR", to: Conversion | None = None, rare: bool = True) -> Any:
    """Return what typer needs to know of an option that names a mentor, whose id is its value."""
    return option(*spellings, metavar=metavar, help=help, completion=ids("mentor"), to=to or mentor_id, rare=rare)


def message(help: str) -> Any:
    """Return what typer needs to know of --message, which says here what the help says."""
    return option("--message", "-m", metavar="TEXT", help=f"{help} (- reads stdin)")


def text(*spellings: str, help: str, metavar: str = "TEXT", rare: bool = True, **more: Any) -> Any:
    """Return what typer needs to know of an option with words of one's own."""
    return option(*spellings, metavar=metavar, help=help, rare=rare, **more)


def mentor_id(app: App, text: str) -> str:
    """Return the id of the mentor that the text means."""
    return str(lookup.mentor(app, text)["id"])


def each_once(find: Callable[[App, str], View]) -> Conversion:
    """Return what looks up the records that several texts mean, each once."""

    def records(app: App, texts: Sequence[str]) -> list[View]:
        return list({view["id"]: view for view in (find(app, text) for text in texts)}.values())

    return records


def _record(*kinds: str) -> Conversion:
    return lambda app, text: app.reading.resolve(text, *kinds)


def by_id(kind: str) -> Any:
    """Return what typer needs to know of an argument that names a record of a kind by its id."""
    return argument(kind.upper(), "Id or unique prefix", ids(kind), _record(kind))


# Arguments

Mentor = Annotated[View, argument("MENTOR", "Id or unique prefix of an id or name", ids("mentor"), lookup.mentor)]
Tasks = Annotated[list[View], argument("TASK...", "Ids or unique prefixes", ids("task"), each_once(_record("task")))]
Goal = Annotated[View, by_id("goal")]
Task = Annotated[View, by_id("task")]
Meeting = Annotated[View, by_id("meeting")]
Note = Annotated[View, by_id("note")]
_ID = "Id or unique prefix"
Record = Annotated[View, argument("ID", _ID, ids(), _record())]
Id = Annotated[str, argument("ID", _ID, ids())]
Title = Annotated[str | None, argument("TITLE", "What it is, in one line (- reads it from stdin)")]
Name = Annotated[str | None, argument("NAME", "The name of the person")]
Text = Annotated[str | None, argument("TEXT", "The text (- reads it from stdin)")]
Steps = Annotated[int, argument("N", "How many changes", min=1)]
Pairs = Annotated[list[str] | None, argument("KEY=VALUE...", "Fields and their new values")]

# Options

WithMentors = Annotated[
    list[str] | None,
    person("--with", "-w", help="With this mentor (can be repeated)", to=lookup.mentor_ids, rare=False),
]
ForGoal = Annotated[
    View | None,
    option("--goal", "-g", metavar="GOAL", help="For this goal", completion=ids("goal"), to=lookup.goal),
]
On = Annotated[date, on()]
Since = Annotated[date | None, day("--since", help="From this day on")]
Until = Annotated[date | None, day("--until", help="Up to this day")]
Priority = Annotated[str | None, choice("--priority", of=vocabulary.PRIORITIES, help=either(*vocabulary.PRIORITIES))]
Notes = Annotated[str | None, text("--notes", metavar="TEXT|-", help="Notes in Markdown (- reads stdin)", rare=False)]
RareNotes = Annotated[str | None, text("--notes", metavar="TEXT|-", help="Notes in Markdown (- reads stdin)")]
Edit = Annotated[bool, option("--edit", "-e", help="Write the text in your editor")]
Tags = Annotated[list[str] | None, option("--tag", metavar="WORD", help="With this tag (can be repeated)", rare=True)]
Links = Annotated[
    list[str] | None, option("--link", metavar="ADDRESS", help="An address or a path (can be repeated)", rare=True)
]
Private = Annotated[bool, option("--private", help="Leave it out of the Markdown export", rare=True)]
All = Annotated[bool, option("--all", help="Include closed ones")]
Yes = Annotated[bool, option("--yes", help="Continue without asking")]
Clear = Annotated[list[str] | None, option("--clear", metavar="KEY", help="Empty this field (can be repeated)")]
