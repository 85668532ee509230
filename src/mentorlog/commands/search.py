"""`mentorlog search`: find words in everything."""

from mentorlog import lookup
from mentorlog.commands import options as opt
from mentorlog.output.screens import search as screen

BEST = 20
"""How many finds are shown unless all are asked for."""


def run(
    ctx: opt.Context,
    text: list[str] = opt.argument("TEXT...", "Words or their beginnings; all must match"),
    kinds: list[str] | None = opt.option(
        "--in", metavar="KIND", help="Only in records of this kind (can be repeated)", to=lookup.kinds
    ),
    all_: bool = opt.flag("--all", help=f"Show all results, not only the best {BEST}"),
) -> None:
    """Search all records, the best matches first.

    Example: mentorlog search case rep
    Example: mentorlog search consent --in meeting
    """
    app = ctx.obj
    asked = " ".join(text)
    hits, total = app.reading.search(asked, kinds or (), limit=None if all_ else BEST)
    app.out.page(lambda page: screen.lines(hits, page, asked), list(map(screen.data, hits)), app.reading.problems)
    if more := total - len(hits):
        app.out.note(f"{more} more; see them with --all, or give another word.")
