"""`mentorlog import csv`."""

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.import_ import options as of_import
from mentorlog.errors import Usage
from mentorlog.exchange.csv_cells import DATES
from mentorlog.exchange.csv_columns import KINDS
from mentorlog.exchange.csv_sheet import Sheet
from mentorlog.export.csv import SEPARATORS
from mentorlog.flows import import_csv
from mentorlog.models.rules import among


def _kind(app: App, text: str) -> str:
    """Return the kind of record that the rows are."""
    return KINDS[among(text, "kind", list(KINDS))]


def _pairs(app: App, texts: list[str]) -> list[tuple[str, str]]:
    """Return the column and the field in each text; a column may have `=` in its name."""
    for text in texts:
        if "=" not in text:
            raise Usage(f"--map {text} has no field.", "write the column and the field, for example: --map Aim=title")
    return [(column, field) for column, _, field in (text.rpartition("=") for text in texts)]


def run(
    ctx: opt.Context,
    file: str = of_import.file("a spreadsheet, or by `export csv`"),
    as_: str = opt.option(
        "--as",
        metavar="KIND",
        help=f"What the rows are: {opt.either(*KINDS)}",
        completion=opt.choices(*KINDS),
        to=_kind,
        default=...,
    ),
    dry_run: of_import.DryRun = False,
    replace: of_import.Replace = False,
    map_: list[str] | None = opt.option(
        "--map",
        metavar="COLUMN=FIELD",
        help="Which field a column is; without one it is only kept (repeatable)",
        to=_pairs,
    ),
    drop: list[str] | None = opt.option("--drop", metavar="COLUMN", help="Leave out a column (repeatable)", rare=True),
    dates: str | None = opt.choice(
        "--dates", of=DATES, help="What 03/01/2026 is: day-first (3 Jan) or month-first", rare=False
    ),
    key: str | None = opt.option(
        "--key", metavar="COLUMN", help="Column that tells the rows apart (default: title, or date)"
    ),
    separator: str | None = opt.choice(
        "--separator", of=list(SEPARATORS), help=f"{opt.either(*SEPARATORS)} (default: found)"
    ),
    add_mentors: of_import.AddMentors = False,
) -> None:
    """Import rows of a spreadsheet.

    The first row names the columns: a field, or a usual word for it, such as deadline. What is no field is kept in the
    record. If a cell is wrong, nothing is imported, and every such cell is listed.

    Example: mentorlog import csv mentors.csv --as mentors --dry-run
    Example: mentorlog import csv goals.csv --as goals --map Aim=title --dry-run
    """
    mapped: list[tuple[str, str]] = map_ or []  # type: ignore[assignment]
    sheet = Sheet(as_, separator, tuple(mapped), key, tuple(drop or ()), dates)
    import_csv.run(ctx.obj, file, sheet, add_mentors=add_mentors, replace=replace, dry_run=dry_run)
