"""`mentorlog show`: one record, whole."""

from mentorlog.commands import options as opt
from mentorlog.flows.show_record import show_profile, show_record


def run(ctx: opt.Context, record: opt.Record) -> None:
    """Show a record with what is linked to it, or your profile.

    Example: mentorlog show g7k3q
    """
    show_profile(ctx.obj) if record["record"] == "profile" else show_record(ctx.obj, record)
