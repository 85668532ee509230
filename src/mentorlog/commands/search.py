"""`mentorlog search`: search all records."""

from collections.abc import Sequence

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.output.screens import search as screen

BEST = 20
"""How many results are shown without --all."""


_SEARCHED = (*vocabulary.RECORD_KINDS, "profile")


def _kinds(app: App, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds, given in the singular or plural; BadValue lists them all."""
    from mentorlog.models.rules import among

    singular = {f"{kind}s": kind for kind in _SEARCHED}
    return tuple(among(singular.get(text.lower(), text), "kind", _SEARCHED) for text in texts)


def run(
    ctx: opt.Context,
    text: list[str] = opt.argument("TEXT...", "Words or prefixes of words; all must match"),
    kinds: list[str] | None = opt.option(
        "--in",
        metavar="RECORD",
        help="Only this kind of record (repeat for any of several)",
        completion=opt.choices(*_SEARCHED),
        to=_kinds,
    ),
    all_: bool = opt.flag("--all", help=f"Show all results, not only the best {BEST}"),
) -> None:
    """Search all records, best matches first.

    RECORD is mentor, goal, task, meeting, note, review or profile.

    Example: mentorlog search case rep
    Example: mentorlog search consent --in meeting
    """
    app = ctx.obj
    asked = " ".join(text)
    hits, total = app.reading.search(asked, kinds or (), limit=None if all_ else BEST)
    app.out.page(lambda page: screen.lines(hits, page, asked), list(map(screen.data, hits)), app.reading.problems)
    if more := total - len(hits):
        app.out.note(f"{more} more; show them with --all, or add a word to narrow the search")
