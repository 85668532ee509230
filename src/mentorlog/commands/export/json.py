"""`mentorlog export json`."""

from mentorlog.commands import options as opt
from mentorlog.commands.export import options as of_export
from mentorlog.export.document import Request
from mentorlog.flows import write_export as exports


def run(ctx: opt.Context, output: str | None = of_export.output(), yes: opt.Yes = False) -> None:
    """Export everything as JSON.

    It includes private records and fields, and keys that mentorlog does not know. Imported into an empty journal it is
    the same journal.

    Example: mentorlog export json -o journal.json
    """
    app = ctx.obj
    file = exports.target(app, output, yes)
    exports.write_export(app, "json", file, Request())
