"""`mentorlog search`: find words in everything."""

from collections.abc import Sequence

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.output.screens import search as screen

BEST = 20
"""How many finds are shown unless all are asked for."""


def _kinds(app: App, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds that the texts name, in the singular or the plural; BadValue names all kinds."""
    from mentorlog.models.rules import among

    allowed = (*vocabulary.RECORD_KINDS, "profile")
    singular = {f"{kind}s": kind for kind in allowed}
    return tuple(among(singular.get(text.lower(), text), "kind", allowed) for text in texts)


def run(
    ctx: opt.Context,
    text: list[str] = opt.argument("TEXT...", "Words or their beginnings; all must match"),
    kinds: list[str] | None = opt.option(
        "--in", metavar="KIND", help="Only in records of this kind (can be repeated)", to=_kinds
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
