"""The arguments and options that commands share: one spelling, one help text, one completion everywhere.

A command gives the default: `None` for what may be left out, `False` for a flag.
"""

import os
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from mentorlog import vocabulary

MORE = "More options"
"""The second panel of the help; six common options stand in the first."""

# typer looks into each completion function of a command that it builds: only a shell that completes pays for that.
_COMPLETING = "_MENTORLOG_COMPLETE" in os.environ

Completion = Callable[[typer.Context, str], list[tuple[str, str]]] | None


def ids(*kinds: str) -> Completion:
    """Complete ids of these kinds (of all where none is named), with the title or name as help."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        return ctx.obj.completions(incomplete, kinds)  # type: ignore[no-any-return]

    return complete if _COMPLETING else None


def words(*choices: str) -> Completion:
    """Complete one of a few words."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        return [(choice, "") for choice in choices if choice.startswith(incomplete)]

    return complete if _COMPLETING else None


def either(*choices: str) -> str:
    """Return `low, normal or high`."""
    return f"{', '.join(choices[:-1])} or {choices[-1]}"


def argument(metavar: str, help: str, completion: Completion = None, **more: Any) -> Any:
    """Return what typer needs to know of an argument."""
    return typer.Argument(metavar=metavar, help=help, autocompletion=completion, show_default=False, **more)


def option(*spellings: str, help: str, completion: Completion = None, rare: bool = False, **more: Any) -> Any:
    """Return what typer needs to know of an option; a rare one stands in the second panel of the help."""
    panel = MORE if rare else None
    return typer.Option(
        *spellings, help=help, autocompletion=completion, show_default=False, rich_help_panel=panel, **more
    )


def choice(*spellings: str, of: Sequence[str], rare: bool = True, metavar: str = "WORD") -> Any:
    """Return what typer needs to know of an option that takes one of a few words, which are its help too."""
    return option(*spellings, metavar=metavar, help=", ".join(of), completion=words(*of), rare=rare)


def state(*states: str, rare: bool = False) -> Any:
    """Return what typer needs to know of --status, which narrows a list to one of these states."""
    return choice("--status", of=states, rare=rare)


def _day(name: str, help: str, rare: bool = False) -> Any:
    return option(name, metavar="DATE", help=help, rare=rare)


_MENTOR = argument("MENTOR", "The mentor: an id, or the beginning of one or of a name", ids("mentor"))
_MENTORS = argument("MENTOR...", "The mentors: ids, or the beginning of one or of a name", ids("mentor"))
_ID = argument("ID", "The record: its id, or a beginning of it", ids())

MentorArg = Annotated[str, _MENTOR]
MaybeMentorsArg = Annotated[list[str] | None, _MENTORS]
GoalArg = Annotated[str, argument("GOAL", "The goal: its id, or a beginning of it", ids("goal"))]
TaskArg = Annotated[str, argument("TASK", "The task: its id, or a beginning of it", ids("task"))]
MeetingArg = Annotated[str, argument("MEETING", "The meeting: its id, or a beginning of it", ids("meeting"))]
NoteArg = Annotated[str, argument("NOTE", "The note: its id, or a beginning of it", ids("note"))]
ReviewArg = Annotated[str, argument("REVIEW", "The review: its id, or a beginning of it", ids("review"))]
IdArg = Annotated[str, _ID]
MaybeIdArg = Annotated[str | None, _ID]
TitleArg = Annotated[str | None, argument("TITLE", "What it is, in one line (- reads it from stdin)")]
NameArg = Annotated[str | None, argument("NAME", "The name of the person")]
TextArg = Annotated[str | None, argument("TEXT", "The text (- reads it from stdin)")]
DateArg = Annotated[str, argument("DATE", "The day: 2027-02-03, 3 feb, fri, in 6 weeks")]
StepsArg = Annotated[int, argument("N", "How many steps", min=1)]
PairsArg = Annotated[list[str] | None, argument("KEY=VALUE...", "Fields and their new values")]

WithMentors = Annotated[
    list[str] | None,
    option("--with", "-w", metavar="MENTOR", help="With this mentor (may be repeated)", completion=ids("mentor")),
]
GoalOption = Annotated[str | None, option("--goal", "-g", metavar="GOAL", help="For this goal", completion=ids("goal"))]
Due = Annotated[str | None, option("--due", "-d", metavar="DATE", help="Due on this day")]
By = Annotated[str | None, option("--by", metavar="DATE", help="To be reached by this day")]
OnDate = Annotated[str | None, _day("--on", "The day it happened (today)")]
RareOnDate = Annotated[str | None, _day("--on", "The day it happened (today)", rare=True)]
Since = Annotated[str | None, _day("--since", "From this day on")]
RareSince = Annotated[str | None, _day("--since", "From this day on", rare=True)]
Until = Annotated[str | None, _day("--until", "Up to this day")]
RareUntil = Annotated[str | None, _day("--until", "Up to this day", rare=True)]
DueBy = Annotated[str | None, option("--due-by", metavar="DATE", help="Due on this day or before")]
FromMentor = Annotated[
    str | None, option("--from", metavar="MENTOR", help="Assigned by this mentor", completion=ids("mentor"))
]
Helps = Annotated[
    str | None,
    option("--helps", metavar="MENTOR", help="The mentor whose project it is", completion=ids("mentor"), rare=True),
]
MeetingOption = Annotated[
    str | None,
    option("--meeting", metavar="MEETING", help="From this meeting", completion=ids("meeting"), rare=True),
]
Priority = Annotated[
    str | None,
    option(
        "--priority",
        metavar="WORD",
        help=either(*vocabulary.PRIORITIES),
        completion=words(*vocabulary.PRIORITIES),
        rare=True,
    ),
]
Message = Annotated[
    str | None, option("--message", "-m", metavar="TEXT", help="The reason, outcome or comment (- reads stdin)")
]
Notes = Annotated[str | None, option("--notes", metavar="TEXT|-", help="Notes in Markdown (- reads stdin)")]
Edit = Annotated[bool, option("--edit", "-e", help="Write the text in your editor")]
Tags = Annotated[list[str] | None, option("--tag", metavar="WORD", help="With this tag (may be repeated)", rare=True)]
Links = Annotated[
    list[str] | None, option("--link", metavar="ADDRESS", help="An address or a path (may be repeated)", rare=True)
]
Private = Annotated[bool, option("--private", help="Keep it out of the Markdown export", rare=True)]
IncludePrivate = Annotated[bool, option("--include-private", help="Take private records and fields along", rare=True)]
All = Annotated[bool, option("--all", help="Closed ones too")]
Yes = Annotated[bool, option("--yes", help="Go on without asking")]
Clear = Annotated[list[str] | None, option("--clear", metavar="KEY", help="Empty this field (may be repeated)")]
