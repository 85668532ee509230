"""`mentorlog edit`: edit a record in the user's editor."""

from mentorlog.commands import options as opt
from mentorlog.flows.edit_record import edit_record
from mentorlog.output.phrases import describe


def run(
    ctx: opt.Context,
    id: opt.Id,
    notes: bool = opt.flag("--notes", help="Edit only the notes, as Markdown"),
    whole: bool = opt.flag("--toml", help="Edit the whole record, as TOML"),
) -> None:
    """Edit a record in your editor.

    Opens the text of a note or meeting, and the whole file of other records. An invalid edit reopens with the error at
    the top. ID may be `profile`, or an unreadable record that needs repair.

    Example: mentorlog edit m4k2p
    Example: mentorlog edit osler --notes
    """
    app = ctx.obj
    source = app.journal.source(id, *app.kinds)
    prose = (notes or source.kind in ("note", "meeting")) and source.kind != "profile"
    view, lines = edit_record(app, source, prose=prose and not whole)
    app.out.say([f"Edited {describe(view)}", *lines], view)
