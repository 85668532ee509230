"""`mentorlog init`: begin a journal, or choose one that is there."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from mentorlog.commands import options as opt
from mentorlog.context import Context
from mentorlog.models.profile import Profile

app = typer.Typer()


@app.command("init")
def init(
    ctx: typer.Context,
    path: Annotated[str | None, opt.argument("PATH", "The folder; it is remembered")] = None,
    name: Annotated[str | None, opt.option("--name", metavar="NAME", help="Your name")] = None,
    stage: Annotated[
        str | None, opt.option("--stage", metavar="WORD", help="student, intern, resident, fellow …")
    ] = None,
    program: Annotated[str | None, opt.option("--program", metavar="NAME", help="Your program")] = None,
) -> None:
    """Begin a journal in a folder, or go on with the one that is there.

    The folder is remembered for every later command. Without PATH it is the one that --journal, MENTORLOG_JOURNAL,
    an earlier init or your system names.

    Example: mentorlog init ~/mentorship --name "Mary Blackwell" --stage resident
    """
    here: Context = ctx.obj
    journal = here.chosen(path)
    told: dict[str, Any] = {"name": name, "stage": stage, "program": program}
    if not journal.exists:
        told = here.fill(told, {"name": "Your name", "stage": "Your stage", "program": "Your program"})
    told = {field: here.text(text) for field, text in told.items() if text}
    Profile(**told)  # what it refuses is refused before anything is made
    created = here.begin(journal, remember=path is not None)
    if told:
        journal.change("init", lambda batch: batch.put_profile(replace(batch.profile(), **told)))
    data = {"journal": str(journal.root), "created": created, "remembered": path is not None}
    here.out.say(f"{'Began a' if created else 'Using the'} journal in {journal.root}", data)
