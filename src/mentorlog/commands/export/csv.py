"""`mentorlog export csv`."""

from mentorlog.commands import options as opt
from mentorlog.commands.export import options as of_export
from mentorlog.commands.filters import Goal, Since, Until, With, about
from mentorlog.errors import Usage
from mentorlog.export.csv import SEPARATORS
from mentorlog.export.csv_tables import TABLES
from mentorlog.flows.write_export import write_export
from mentorlog.models.rules import among

_FILES = tuple(f"{name}.csv" for name in TABLES)
_TABLE = opt.argument(
    "TABLE", opt.either(*TABLES), opt.choices(*TABLES), lambda app, text: among(text, "table", list(TABLES)), None
)


def run(
    ctx: opt.Context,
    table: str | None = _TABLE,
    output: str | None = of_export.output(),
    all_: bool = opt.flag("--all", help="Every table, as the files of a folder", rare=True),
    for_: of_export.For = None,
    with_: With = None,
    goal: Goal = None,
    since: Since = None,
    until: Until = None,
    separator: str = opt.choice(
        "--separator", of=list(SEPARATORS), help=f"{opt.either(*SEPARATORS)} (default comma)", default="comma"
    ),
    excel: bool = opt.flag("--excel", help="Add the byte order mark that Excel needs", rare=True),
    add: of_export.Add = None,
    preview: of_export.Preview = False,
    include_private: of_export.IncludePrivate = False,
    despite_lint: of_export.DespiteLint = False,
    yes: of_export.Yes = False,
) -> None:
    """Export a table for a spreadsheet as CSV.

    There is a table for each kind of record, and one each for what is within records: the progress of goals, changes of
    goals and of due dates, verdicts of reviews, your ratings of yourself, and the conflicts of records, which are only
    for you. Lists are joined with semicolons, and a text that a spreadsheet would take for a formula gets an apostrophe
    in front.

    Example: mentorlog export csv goals -o goals.csv
    Example: mentorlog export csv --all -o tables --for self
    """
    _check(table, all_, output)
    chosen = about(with_, goal, since, until)
    request = of_export.request(ctx.obj, chosen, for_, include_private, add, preview, despite_lint)
    into, options = _FILES if all_ else (), {"table": table, "separator": separator, "excel": excel}
    write_export(ctx.obj, "csv", output, request, yes=yes, into=into, **options)


def _check(table: str | None, all: bool, output: str | None) -> None:
    if table and all:
        raise Usage("TABLE and --all cannot be used together.", "use only one of them")
    if all and output in (None, "-"):
        raise Usage("--all writes a folder.", "name it, for example: mentorlog export csv --all -o tables")
    if not table and not all:
        raise Usage("Missing argument 'TABLE'.", f"one of: {', '.join(TABLES)}; or --all with -o FOLDER")
