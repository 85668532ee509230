"""`mentorlog import jrnl`."""

from mentorlog.commands import options as opt
from mentorlog.commands.import_ import options as of_import
from mentorlog.exchange import jrnl
from mentorlog.flows import import_records


def run(
    ctx: opt.Context,
    file: str = of_import.file("jrnl"),
    kind: str = opt.choice(
        "--kind", "-k", of=jrnl.KINDS, help="note (default) or reflection", rare=False, metavar="KIND", default="note"
    ),
    dry_run: of_import.DryRun = False,
    replace: of_import.Replace = False,
) -> None:
    """Import the entries of jrnl as notes.

    FILE is its JSON export, or the text file of a journal; both bring the same private notes. A tag such as @osler
    becomes the mentor whom it names, every other one stays a tag, and a star is the tag `starred`.

    Example: mentorlog import jrnl jrnl.json --dry-run
    Example: jrnl --format json | mentorlog import jrnl -
    """
    app = ctx.obj
    data = import_records.content(app, file, jrnl.FORMAT.hint)
    people = import_records.directory(app)
    import_records.run(
        app, jrnl.read(data, people, today=app.today, kind=kind), people, replace=replace, dry_run=dry_run
    )
