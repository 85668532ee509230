"""`mentorlog import markdown`."""

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.import_ import options as of_import
from mentorlog.errors import BadValue, Usage, shortened

_KINDS = ("meetings", "notes")


def _kind(app: App, text: str) -> str:
    """Return the kind of record that a file becomes; BadValue for another word."""
    if text.lower() not in _KINDS:
        raise BadValue("as", f"A file cannot become {shortened(text)}.", "pass --as meetings or --as notes")
    return text.lower()


def run(
    ctx: opt.Context,
    paths: list[str] = opt.argument("PATH...", "Markdown files, and folders of them"),
    as_: str | None = opt.option(
        "--as", metavar="meetings|notes", help="What the files become", completion=opt.choices(*_KINDS), to=_kind
    ),
    mentors: opt.WithMentors = None,
    tasks: bool = opt.flag("--tasks", help="Make tasks of the action items in meetings"),
    skip: bool = opt.flag("--skip", help="Leave out files that cannot be imported"),
    dry_run: of_import.DryRun = False,
    replace: of_import.Replace = False,
    add_mentors: of_import.AddMentors = False,
    private: opt.Private = False,
) -> None:
    """Import meetings or notes from Markdown files.

    The day is that of `date:` in the front matter, else of the file's name, else of the first heading. People in
    `with:`, `attendees:` or `members:` who are your mentors become those of the record, and so do those of --with.
    Front matter is kept, but not shown in the text. A file that was imported before is recognised by its path below the
    folder. An import is one change, so `mentorlog undo` undoes all of it.

    Example: mentorlog import markdown ~/vault/meetings --as meetings --dry-run
    Example: mentorlog import markdown note.md --as meetings --with osler --tasks
    Example: mentorlog import markdown diary --as notes
    """
    from mentorlog.exchange.markdown import Request
    from mentorlog.flows import import_markdown

    if as_ is None:
        raise Usage("What the files become is missing.", "pass --as meetings or --as notes")
    if tasks and as_ == "notes":
        raise Usage("--tasks and --as notes cannot be used together.", "only meetings have action items")
    request = Request(as_, ctx.obj.today, mentors=tuple(mentors or ()), skip=skip)
    import_markdown.run(
        ctx.obj, paths, request, tasks=tasks, private=private, add_mentors=add_mentors, replace=replace, dry_run=dry_run
    )
