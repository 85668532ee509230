"""`mentorlog export pack`."""

from datetime import date

from mentorlog.commands import options as opt
from mentorlog.commands.export import options as of_export
from mentorlog.domain.audience import PROGRAM
from mentorlog.domain.packet.making import KINDS, SECTIONS
from mentorlog.domain.packet.period import parsed
from mentorlog.domain.query import About
from mentorlog.flows.write_export import write_export


def run(
    ctx: opt.Context,
    output: str | None = of_export.output(),
    for_: of_export.For = None,
    kind: str | None = opt.choice("--kind", "-k", of=tuple(KINDS), rare=False, metavar="KIND", default="semiannual"),
    period: str | None = opt.option(
        "--period", metavar="PERIOD", help="half-year, year or START..END (default that of the last review)"
    ),
    section: list[str] | None = opt.choice(
        "--section", of=tuple(SECTIONS), help="Also this section (repeatable)", metavar="NAME", rare=False
    ),
    format: str | None = opt.choice("--format", of=("md", "html"), help="md or html (default by the name of the file)"),
    until: date | None = opt.day("--until", help="Day that it speaks of (default today)"),
    add: of_export.Add = None,
    preview: of_export.Preview = False,
    include_private: of_export.IncludePrivate = False,
    despite_lint: of_export.DespiteLint = False,
    yes: of_export.Yes = False,
) -> None:
    """Export a packet for a review with the program.

    A semi-annual review, an individual learning plan (ilp) or development plan (idp), for the program or --for a
    mentor, with only what they may see. A section without content is left out. Where a form expects an answer that
    your journal does not have there is a blank; stderr names each with the command that fills it.

    Example: mentorlog export pack -o packet.html
    Example: mentorlog export pack --kind ilp --for osler --period half-year
    """
    app = ctx.obj
    audience = for_ or (None if include_private else PROGRAM)
    request = of_export.request(app, About(), audience, include_private, add, preview, despite_lint)
    as_of = until or app.today
    days = parsed(period, as_of, app.first_weekday) if period else None
    layout = format or ("html" if (output or "").lower().endswith((".html", ".htm")) else "md")
    options = {"kind": kind, "layout": layout, "period": days, "also": section or (), "as_of": as_of}
    write_export(app, "pack", output, request, yes=yes, into=(), **options)
