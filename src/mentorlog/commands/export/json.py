"""`mentorlog export json`."""

from mentorlog.commands import options as opt
from mentorlog.commands.export import options as of_export
from mentorlog.flows.write_export import write_backup


def run(ctx: opt.Context, output: str | None = of_export.output(), yes: of_export.Yes = False) -> None:
    """Export everything as JSON.

    Includes private records and fields, and keys that mentorlog does not know. Importing it into an empty journal
    restores the same journal.

    Example: mentorlog export json -o journal.json
    """
    write_backup(ctx.obj, output, yes=yes)
