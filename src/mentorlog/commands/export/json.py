"""`mentorlog export json`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.export.options import Target
from mentorlog.flows import screens_export as exports
from mentorlog.output.json_document import envelope


def run(ctx: typer.Context, output: Target = None, yes: opt.Yes = False) -> None:
    """Write everything as JSON, to keep or to import elsewhere.

    It holds all of it: private records and fields too, and keys that mentorlog does not know. Imported into an empty
    journal it is the same journal.

    Example: mentorlog export json -o journal.json
    """
    app: App = ctx.obj
    file = exports.target(app, output, yes)
    data = app.journal.document()
    count = len(data["records"]) + (data["profile"] is not None)
    exports.deliver(app, file, envelope(data), {"records": count})
    app.out.note("It holds everything, private records too: keep it where only you can read it.")
