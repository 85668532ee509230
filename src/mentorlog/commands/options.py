"""The arguments and options of commands, each with one spelling, help text and completion everywhere.

What several commands share is a type here, and each command gives the default (`tags: opt.Tags = None`). An option of
one command is declared by a function here in place of its default (`why: str | None = opt.text("--why", …)`).
Values are converted while the command line is parsed: ids become records, dates in words become dates.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.errors import BadValue, shortened
from mentorlog.models.views import joined

if TYPE_CHECKING:
    from mentorlog.candidates import Candidate
    from mentorlog.models.views import View as View
else:
    View = dict  # Typer checks whether the type of an option is a class

ON = "Date it happened (default today)"
MORE = "More options"
"""The second panel of the help; the most common options are in the first."""

Completion = Callable[[typer.Context, str], "list[Candidate]"] | None
Conversion = Callable[[App, Any], Any]


class Context(typer.Context):
    """The context that a command receives from the parser; its `obj` is the App."""

    obj: App


def ids(*kinds: str, also: Sequence[str] = ()) -> Completion:
    """Complete ids of these kinds (default: all), by words of their titles too, mentors by their names, and words."""

    def complete(ctx: typer.Context, start: str) -> "list[Candidate]":
        from mentorlog import candidates

        return candidates.words(also, start) + candidates.records(ctx.obj, start, kinds or ctx.obj.kinds)

    return complete


def template_names() -> Completion:
    """Complete names of templates."""

    def complete(ctx: typer.Context, start: str) -> "list[Candidate]":
        from mentorlog import candidates
        from mentorlog.flows import templates

        return candidates.words(templates.names(ctx.obj), start)

    return complete


def choices(*allowed: str) -> Completion:
    """Complete one of the words."""

    def complete(ctx: typer.Context, start: str) -> "list[Candidate]":
        from mentorlog import candidates

        return candidates.words(allowed, start)

    return complete


def keys(*, clear: bool = False) -> Completion:
    """Complete the fields of the record that is named before them, or of the profile; to `clear`, without a value."""

    def complete(ctx: typer.Context, start: str) -> "list[Candidate]":
        from mentorlog import candidates

        named = next((ctx.params[name] for name in ("record", "goal") if name in ctx.params), "profile")
        return candidates.fields(ctx.obj, str(named), start, clear=clear)

    return complete


def either(*words: str) -> str:
    """Return `low, normal or high`; of one word, the word."""
    return joined(words, "or")


def explained(meanings: Mapping[str, str]) -> str:
    """Return words with their meanings: `completed (its goals are reached), conduct (…)`."""
    return ", ".join(f"{word} ({meaning})" for word, meaning in meanings.items())


def argument(
    metavar: str,
    help: str,
    completion: Completion = None,
    to: Conversion | None = None,
    default: Any = ...,
    **more: Any,
) -> Any:
    """Declare an argument, required unless it has a default; `to` converts its text.

    cli/reply.py asks for its `completion`, of which Typer would refuse what does not begin with what was typed.
    """
    settings = (_converted(to) if to else {}) | more
    declared: Any = typer.Argument(default, metavar=metavar, help=help, show_default=False, **settings)
    declared.completion = completion
    return declared


def option(
    *spellings: str,
    help: str,
    completion: Completion = None,
    to: Conversion | None = None,
    rare: bool = False,
    default: Any = None,
    **more: Any,
) -> Any:
    """Declare an option; a rare one is in the second panel of the help.

    `to` converts its text. In a type the default is `...`, and the parameter gives the real one.
    """
    settings = (_converted(to) if to else {}) | {"rich_help_panel": MORE if rare else None} | more
    declared: Any = typer.Option(default, *spellings, help=help, show_default=False, **settings)
    declared.completion = completion
    return declared


flag = partial(option, default=False)
"""Declare an option without a value."""

text = partial(option, metavar="TEXT", rare=True)
"""Declare an option that takes free text."""


def _converted(to: Conversion, *, always: bool = False) -> dict[str, Any]:
    """Return the settings that make Typer call the conversion; `always`: also without a value."""

    def convert(ctx: typer.Context, value: Any) -> Any:
        if ctx.resilient_parsing or (value is None and not always):
            return value
        return to(ctx.obj, value)

    return {"parser": str, "callback": convert}


def choice(
    *spellings: str, of: Sequence[str], help: str = "", rare: bool = True, metavar: str = "WORD", default: Any = None
) -> Any:
    """Declare an option that takes one of the words, which are also its default help."""
    field = spellings[0].lstrip("-").replace("-", "_")

    def one_of(app: App, given: Any) -> Any:
        from mentorlog.models.rules import among

        return among(given, field, of) if isinstance(given, str) else [among(word, field, of) for word in given]

    shown = {"metavar": metavar, "help": help or ", ".join(of)}
    return option(*spellings, completion=choices(*of), to=one_of, rare=rare, default=default, **shown)


def kind(of: Sequence[str], help: str = "", rare: bool = True) -> Any:
    """Declare --kind: the kind of a meeting, note, review or ending."""
    return choice("--kind", "-k", of=of, help=help, rare=rare, metavar="KIND")


def on(*, rare: bool = False) -> Any:
    """Declare --on in a type: a date that is not in the future (default today)."""
    settings = _converted(lookup.day_before, always=True) | {"default_factory": lambda: None}
    return option("--on", metavar="DATE", help=ON, rare=rare, default=..., **settings)


def day(*spellings: str, help: str, ahead: bool = False, **more: Any) -> Any:
    """Declare an option that takes a date in words, in the past or `ahead`."""
    return option(*spellings, metavar="DATE", help=help, to=lookup.day_ahead if ahead else lookup.day_before, **more)


def message(help: str) -> Any:
    """Declare --message with the help for one command."""
    return option("--message", "-m", metavar="TEXT", help=f"{help} (- reads stdin)")


def draft(help: str) -> Any:
    """Declare --draft: print a text to send, from a template."""
    return flag("--draft", help=f"{help}; records nothing", rare=True)


def by_id(kind: str) -> Any:
    """Declare an argument that takes the id of a record of a kind."""
    return argument(kind.upper(), _ID if kind == "meeting" else ID_OR_TITLE, ids(kind), lookup.record(kind))


person = partial(option, metavar="MENTOR", completion=ids("mentor"), to=lookup.mentor, rare=True)
"""Declare an option that takes a mentor."""

slug = partial(text, "--id", metavar="SLUG", help="Id to use (default: from the name)")
"""Declare the option for the id of a new mentor or mentee."""

nickname = partial(text, "--nickname", metavar="NAME", help="Short name, by which you can find them too")
"""Declare the option for their nickname."""

length = partial(option, metavar="LENGTH", to=lookup.length)
"""Declare an option that takes a length of time in days."""

every = partial(length, "--every", help='How often to meet: "4 weeks", 10d, monthly')
"""Declare the option for their cadence."""

output = partial(option, "--output", "-o", metavar="PATH", help="Output file, readable only by you (- for stdout)")
"""Declare the option for the file that is written."""

_owners = ids("mentor", also=[vocabulary.ME])
owner = partial(person, "--owner", metavar="me|MENTOR", to=lookup.me_or_mentor, completion=_owners, rare=False)
"""Declare the option for the owner of a task."""

about_goal = partial(option, metavar="GOAL", completion=ids("goal"), to=lookup.goal)
"""Declare an option that takes a goal."""

from_meeting = partial(
    option,
    "--meeting",
    metavar="MEETING",
    help="Meeting it comes from",
    completion=ids("meeting"),
    to=lookup.record("meeting"),
)
"""Declare the option for the meeting that a record comes from."""


def number(least: int = 1, most: int | None = None) -> Conversion:
    """Return the conversion of text to a whole number within bounds; BadValue for anything else."""

    def parse(app: App, given: Any) -> int:
        digits = str(given).strip()
        value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else -1
        if least <= value <= (most or value):
            return value
        too_large = digits.isdigit() and digits.strip("0")
        no_bound = most is None and not too_large
        what = "a positive whole number" if no_bound else f"a whole number from {least} to {most or 10**9 - 1}"
        raise BadValue("number", f"{shortened(str(given))} is not {what}.", f"for example: {(most or 5) * 3 // 5}")

    return parse


def rating(app: App, given: Any) -> float:
    """Return a rating from 1 to 5, in halves; BadValue for anything else."""
    digits = str(given).strip().removesuffix(".0").removesuffix(".5")
    value = float(str(given)) if digits in ("1", "2", "3", "4", "5") else 0.0
    if not 1 <= value <= 5:
        sentence = f"{shortened(str(given))} is not a number from 1 to 5, in steps of 0.5."
        raise BadValue("rating", sentence, "for example: 3.5")
    return int(value) if value.is_integer() else value


# Arguments

_ID = "Id or unique prefix"
ID_OR_TITLE = f"{_ID}, or words of the title"
MENTOR = "Id, nickname or name, or a unique prefix"
Mentor = Annotated[View, argument("MENTOR", MENTOR, ids("mentor"), lookup.mentor)]
_tasks = lookup.each_once(lookup.record("task"))
Tasks = Annotated[list[View], argument("TASK...", "Ids or unique prefixes, or words of a title", ids("task"), _tasks)]
Goal = Annotated[View, by_id("goal")]
Task = Annotated[View, by_id("task")]
Meeting = Annotated[View, by_id("meeting")]
Note = Annotated[View, by_id("note")]
Record = Annotated[View, argument("ID", ID_OR_TITLE, ids(), lookup.record())]
ExactRecord = Annotated[View, argument("ID", _ID, ids(), lookup.record(by_name=False))]
Id = Annotated[str, argument("ID", _ID, ids())]
Title = Annotated[str | None, argument("TITLE", "Title in one line (- reads stdin)")]
Name = Annotated[str | None, argument("NAME", "Full name")]
Text = Annotated[str | None, argument("TEXT", "Text (- reads stdin)")]
Steps = Annotated[int | None, argument("N", "Number of changes (default 1)", to=number())]
Pairs = Annotated[list[str] | None, argument("KEY=VALUE...", "Fields and their new values", keys())]

# Options

WithMentors = Annotated[
    list[str] | None,
    person("--with", "-w", help="Related mentor (repeatable)", to=lookup.mentor_ids, rare=False, default=...),
]
ForGoal = Annotated[View | None, about_goal("--goal", "-g", help="Related goal", default=...)]
On = Annotated[date, on()]
_priority = choice("--priority", of=vocabulary.PRIORITIES, help=either(*vocabulary.PRIORITIES), default=...)
Priority = Annotated[str | None, _priority]
_competency = choice(
    "--competency", of=vocabulary.COMPETENCIES, help=f"ACGME: {either(*vocabulary.COMPETENCIES)}", default=...
)
Competency = Annotated[str | None, _competency]
_notes = {"metavar": "TEXT", "help": "Notes in Markdown (- reads stdin)", "default": ...}
Notes = Annotated[str | None, text("--notes", rare=False, **_notes)]
RareNotes = Annotated[str | None, text("--notes", **_notes)]
Edit = Annotated[bool, flag("--edit", "-e", help="Write the text in your editor", default=...)]
tags = partial(option, "--tag", metavar="WORD", to=lookup.tags, rare=True, default=...)
Tags = Annotated[list[str] | None, tags(help="Tag (repeatable)")]
_links = option("--link", metavar="ADDRESS", help="URL or file path (repeatable)", rare=True, default=...)
Links = Annotated[list[str] | None, _links]
Private = Annotated[bool, flag("--private", help="Keep it out of the Markdown export", rare=True, default=...)]
_template = option(
    "--template", metavar="TEMPLATE", help="Template to start with", completion=template_names(), rare=True, default=...
)
Template = Annotated[str | None, _template]
_despite = flag("--despite-lint", help="Write it even if it may identify a patient", rare=True, default=...)
DespiteLint = Annotated[bool, _despite]
Yes = Annotated[bool, flag("--yes", help="Do not ask for confirmation", default=...)]
_clear = option("--clear", metavar="KEY", help="Field to clear (repeatable)", completion=keys(clear=True), default=...)
Clear = Annotated[list[str] | None, _clear]
