"""`mentorlog note list`."""

from collections.abc import Sequence
from typing import Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.note.options import _KIND
from mentorlog.errors import Usage
from mentorlog.output.screens import lists
from mentorlog.store.journal import Query

Kinds = Annotated[list[str] | None, _KIND]
Status = Annotated[str | None, opt.state(*vocabulary.NOTE_STATUSES, rare=True)]
Open = Annotated[bool, opt.option("--open", help="Only those that are open")]


def run(
    ctx: typer.Context,
    kind: Kinds = None,
    with_: opt.WithMentors = None,
    goal: opt.GoalOption = None,
    open_: Open = False,
    since: opt.Since = None,
    until: opt.Until = None,
    status: Status = None,
    tag: opt.Tags = None,
) -> None:
    """List notes, the newest first, each with the first line of its text.

    Example: mentorlog note list --kind question --with osler --open
    """
    app: App = ctx.obj
    query = Query(
        "note", statuses=_statuses(status, open_), mentors=app.lookup.mentor_ids(with_), kinds=_kinds(kind),
        goals=(app.lookup.goal(goal)["id"],) if goal else (), tags=tuple(tag or ()), since=app.lookup.day_text(since),
        until=app.lookup.day_text(until),
    )  # fmt: skip
    found = sorted(app.journal.find(query), key=lambda note: (note["on"], note["created"]), reverse=True)
    app.out.listing(found, lists.NOTES, "No notes found.", app.journal.problems)


def _statuses(status: str | None, open_: bool) -> tuple[str, ...]:
    if status is None:
        return ("open",) if open_ else ()
    from mentorlog.models.rules import among

    word = among(status, "status", vocabulary.NOTE_STATUSES)
    if open_ and word != "open":
        raise Usage(f"--open and --status {word} do not go together.", "leave one of them out")
    return (word,)


def _kinds(kinds: Sequence[str] | None) -> tuple[str, ...]:
    if not kinds:
        return ()
    from mentorlog.models.rules import among

    return tuple(among(kind, "kind", vocabulary.NOTE_KINDS) for kind in kinds)
