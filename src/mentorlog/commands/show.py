"""`mentorlog show`: show a record and what is linked to it."""

from mentorlog.commands import options as opt
from mentorlog.flows.show_record import show_profile, show_record


def run(ctx: opt.Context, record: opt.Record) -> None:
    """Show a record with the records linked to it.

    ID may be `profile`.

    Example: mentorlog show g7k3q
    """
    show_profile(ctx.obj) if record["record"] == "profile" else show_record(ctx.obj, record)
