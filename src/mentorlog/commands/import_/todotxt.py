"""`mentorlog import todotxt`."""

from mentorlog.commands import options as opt
from mentorlog.commands.import_ import options as of_import
from mentorlog.exchange import todotxt
from mentorlog.flows import import_records


def run(
    ctx: opt.Context,
    file: str = of_import.file("todo.txt"),
    dry_run: of_import.DryRun = False,
    replace: of_import.Replace = False,
    add_mentors: of_import.AddMentors = False,
) -> None:
    """Import tasks from a todo.txt file.

    The mentor of a task is the first one whom an @word names; other @words and +words become tags. A task is known
    again by its words and the date on which it was made: if it differs now, it is listed, and --replace takes it.

    Example: mentorlog import todotxt todo.txt --dry-run
    Example: mentorlog import todotxt done.txt
    """
    app = ctx.obj
    data = import_records.content(app, file, todotxt.FORMAT.hint)
    people = import_records.directory(app, add=add_mentors)
    batch = todotxt.read(data, people)
    import_records.run(app, batch, people, replace=replace, dry_run=dry_run)
