"""`mentorlog export`: the journal as a document to read, or as a file to keep."""

from typing import Annotated

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.export import json_backup
from mentorlog.flows import screens_export as exports
from mentorlog.output.json_document import envelope

app = typer.Typer(
    help="Example: mentorlog export markdown -o journal.md\nExample: mentorlog export json -o journal.json"
)

Target = Annotated[
    str | None,
    opt.option("--output", "-o", metavar="PATH", help="Write to this file, readable by you alone (- is stdout)"),
]


@app.command("markdown")
def markdown(
    ctx: typer.Context,
    output: Target = None,
    with_: opt.WithMentors = None,
    goal: opt.GoalOption = None,
    since: opt.Since = None,
    until: opt.Until = None,
    include_private: opt.IncludePrivate = False,
    yes: opt.Yes = False,
) -> None:
    """Write the journal as one Markdown document.

    Profile, mentors, goals with their tasks and story, meetings, reviews, notes. Private records (notes and reviews
    are, unless you say otherwise) and private fields (fit, closure, reasons of a status, conflicts of interest, off
    limits, feelings, usefulness, pulse, your needs) stay out; what was left out is counted on stderr.

    Example: mentorlog export markdown -o journal.md
    Example: mentorlog export markdown --with osler --since "6 months ago"
    """
    app: App = ctx.obj
    file = exports.target(app, output, yes)
    written = exports.markdown(app, exports.about(app, with_, goal, since, until), include_private)
    left = {"counts": dict(written.left.records), "field_count": written.left.fields}
    exports.deliver(app, file, written.text, {"record_count": written.records, "left_out": left})
    if said := written.left.said():
        app.out.note(said)


@app.command("json")
def json(ctx: typer.Context, output: Target = None, yes: opt.Yes = False) -> None:
    """Write everything as JSON, to keep or to import elsewhere.

    It holds all of it: private records and fields too, and keys that mentorlog does not know. Imported into an empty
    journal it is the same journal.

    Example: mentorlog export json -o journal.json
    """
    app: App = ctx.obj
    file = exports.target(app, output, yes)
    data = json_backup.document(app.journal.contents())
    count = len(data["records"]) + (data["profile"] is not None)
    exports.deliver(app, file, envelope(data), {"record_count": count})
    app.out.note("It holds everything, private records too: keep it where only you can read it.")
