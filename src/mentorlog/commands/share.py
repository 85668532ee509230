"""`mentorlog share`: set who may see records."""

from mentorlog.commands import options as opt
from mentorlog.commands.options import View
from mentorlog.flows import share_records as flow


def run(
    ctx: opt.Context,
    records: list[View] = opt.argument("ID...", "Ids or unique prefixes, or words of a title", opt.ids(), flow.records),
    with_: str | None = opt.option(
        "--with",
        "-w",
        metavar="WORD",
        help="nobody, mentor (those it names), program (those and your program) or open (anyone)",
        completion=opt.choices(*flow.READERS),
        to=flow.visibility,
    ),
    tasks: bool = opt.flag("--tasks", help="Also the tasks of the goals"),
) -> None:
    """Set who may see records in exports.

    Sets the `visibility` of all of them as one change. A mentor gets what names them, also through a goal or a
    meeting; your program gets goals, notes and reviews, but of meetings and most tasks only the number. Nothing is
    sent: see what an export would include with --preview.

    Example: mentorlog share g7k3q --with program --tasks
    Example: mentorlog share n4k2q r5by8 --with nobody
    """
    flow.share(ctx.obj, records, flow.needed(with_), tasks=tasks)
